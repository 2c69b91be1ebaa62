//! Marks by keys: around what is selected, and away again. The selection stands between bars.

use client::formatting::{Change, Mark, toggled};
use proptest::prelude::*;

fn changed(text: &str, mark: Mark) -> String {
    let from = text.find('|').expect("a bar");
    let to = text.rfind('|').expect("a bar");
    let plain = text.replace('|', "");
    let to = if to == from { from } else { to - 1 };
    let Change { place, put, selected } = toggled(&plain, from..to, mark);
    let mut after = format!("{}{put}{}", &plain[..place.start], &plain[place.end..]);
    after.insert(selected.end, '|');
    after.insert(selected.start, '|');
    after
}

#[test]
fn marks_go_around_the_words_and_not_around_the_spaces_at_their_ends() {
    assert_eq!(changed("say |hello| now", Mark::Strong), "say **|hello|** now");
    assert_eq!(changed("say| hello |now", Mark::Emphasis), "say *|hello|* now");
    assert_eq!(changed("|old|", Mark::Struck), "~~|old|~~");
    assert_eq!(changed("|x = 1|", Mark::Code), "`|x = 1|`");
}

#[test]
fn the_same_mark_again_takes_itself_away_wherever_the_selection_ends() {
    assert_eq!(changed("say **|hello|** now", Mark::Strong), "say |hello| now");
    assert_eq!(changed("say |**hello**| now", Mark::Strong), "say |hello| now");
    assert_eq!(changed("*|hello|*", Mark::Emphasis), "|hello|");
    assert_eq!(changed("`|x|`", Mark::Code), "|x|");
}

#[test]
fn emphasis_and_strength_are_told_apart() {
    assert_eq!(changed("**|hello|**", Mark::Emphasis), "***|hello|***");
    assert_eq!(changed("***|hello|***", Mark::Emphasis), "**|hello|**");
    assert_eq!(changed("***|hello|***", Mark::Strong), "*|hello|*");
}

#[test]
fn nothing_selected_leaves_the_caret_between_the_marks() {
    assert_eq!(changed("a ||", Mark::Strong), "a **||**");
}

#[test]
fn code_of_several_lines_or_with_backticks_gets_marks_that_hold_it() {
    assert_eq!(changed("|one\ntwo|", Mark::Code), "```\n|one\ntwo|\n```");
    assert_eq!(changed("|a `b` c|", Mark::Code), "`` |a `b` c| ``");
}

#[test]
fn a_link_asks_for_what_is_missing() {
    assert_eq!(changed("see |this|", Mark::Link), "see [this](||)");
    assert_eq!(changed("|https://example.org|", Mark::Link), "[||](https://example.org)");
}

proptest! {
    #[test]
    fn no_letter_is_lost_and_every_place_is_an_edge(text in "[a🎉 *`~\n]{0,12}", from in 0_usize..40, length in 0_usize..40) {
        for mark in [Mark::Strong, Mark::Emphasis, Mark::Struck, Mark::Code, Mark::Link] {
            let Change { place, put, selected } = toggled(&text, from..from.saturating_add(length), mark);
            let before = text.get(..place.start).expect("an edge");
            let after = text.get(place.end..).expect("an edge");
            let result = format!("{before}{put}{after}");
            prop_assert!(result.get(selected).is_some());
            let letters = |text: &str| text.chars().filter(|c| matches!(c, 'a' | '🎉')).collect::<String>();
            prop_assert_eq!(letters(&result), letters(&text));
        }
    }
}
