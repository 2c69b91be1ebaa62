//! Pages of history and of the log: what is on them, where they end, and that they say so.

use archive::{Anchor, Archive, Bounds, History, Target};
use protocol::{Event, EventKind, Excerpt, Millis, Reaction, Seq, encode};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{Driver, PLENTY, Pen, append_all, id, member, room, seq, seqs};

/// Messages at 1, 3, 5, 7 and 9, a reaction to each behind it.
fn five_messages() -> Archive<Driver> {
    let (archive, mut pen) = (room(), Pen::default());
    let pairs = [1, 3, 5, 7, 9].map(|at| [pen.says("ada", "hi"), pen.reacts("bob", at, "👍")]);
    append_all(&archive, &pairs.concat());
    archive
}

fn page(archive: &Archive<Driver>, anchor: Anchor, count: usize) -> (Vec<u64>, bool, bool) {
    let history = archive.messages(anchor, &id("ada"), Bounds { count, ..PLENTY }).unwrap();
    (seqs(&history), history.more_before, history.more_after)
}

fn newest(archive: &Archive<Driver>, reader: &str) -> History {
    archive.messages(Anchor::Newest, &id(reader), PLENTY).unwrap()
}

#[test]
fn the_newest_page_ends_the_history_and_says_whether_older_messages_are_there() {
    let archive = five_messages();

    assert_eq!(page(&archive, Anchor::Newest, 2), (vec![7, 9], true, false));
    assert_eq!(page(&archive, Anchor::Newest, 5), (vec![1, 3, 5, 7, 9], false, false));
    assert_eq!(page(&room(), Anchor::Newest, 5), (vec![], false, false));
}

#[test]
fn before_and_after_exclude_their_seq_whether_or_not_a_message_has_it() {
    let archive = five_messages();

    assert_eq!(page(&archive, Anchor::Before(seq(7)), 2), (vec![3, 5], true, true));
    assert_eq!(page(&archive, Anchor::Before(seq(8)), 2), (vec![5, 7], true, true));
    assert_eq!(page(&archive, Anchor::After(seq(3)), 2), (vec![5, 7], true, true));
    assert_eq!(page(&archive, Anchor::After(seq(4)), 9), (vec![5, 7, 9], true, false));
}

#[test]
fn a_page_with_nothing_on_it_still_says_what_lies_on_either_side() {
    let archive = five_messages();

    assert_eq!(page(&archive, Anchor::Before(seq(1)), 2), (vec![], false, true));
    assert_eq!(page(&archive, Anchor::Before(Seq::ZERO), 2), (vec![], false, true));
    assert_eq!(page(&archive, Anchor::After(seq(9)), 2), (vec![], true, false));
    assert_eq!(page(&archive, Anchor::After(seq((1 << 53) - 1)), 2), (vec![], true, false));
}

#[test]
fn around_gives_the_larger_half_at_or_below_and_the_rest_above() {
    let archive = five_messages();

    assert_eq!(page(&archive, Anchor::Around(seq(5)), 3), (vec![3, 5, 7], true, true));
    assert_eq!(page(&archive, Anchor::Around(seq(6)), 4), (vec![3, 5, 7, 9], true, false));
    assert_eq!(page(&archive, Anchor::Around(seq(1)), 4), (vec![1, 3, 5], false, true));
    assert_eq!(page(&archive, Anchor::Around(Seq::ZERO), 4), (vec![1, 3], false, true));
    assert_eq!(page(&archive, Anchor::Around(seq(99)), 2), (vec![9], true, false));
}

#[test]
fn where_the_bytes_do_not_suffice_what_is_nearest_to_the_anchor_stays() {
    let archive = five_messages();
    let one = newest(&archive, "ada").messages.iter().map(|message| encode(message).len() + 1).max().unwrap();
    let cut = |anchor, bytes| {
        let history = archive.messages(anchor, &id("ada"), Bounds { count: 4, bytes }).unwrap();
        (seqs(&history), history.more_before, history.more_after)
    };

    assert_eq!(cut(Anchor::Newest, 2 * one), (vec![7, 9], true, false));
    assert_eq!(cut(Anchor::Newest, 2 * one - 1), (vec![9], true, false));
    assert_eq!(cut(Anchor::Before(seq(9)), 2 * one), (vec![5, 7], true, true));
    assert_eq!(cut(Anchor::After(seq(1)), 2 * one), (vec![3, 5], true, true));
    assert_eq!(cut(Anchor::Around(seq(5)), 3 * one), (vec![5, 7, 9], true, false));
    assert_eq!(cut(Anchor::Around(seq(5)), 2 * one), (vec![5, 7], true, true));
}

#[test]
fn one_message_is_given_even_where_it_does_not_fit() {
    let archive = five_messages();
    let first = |anchor| seqs(&archive.messages(anchor, &id("ada"), Bounds { count: 4, bytes: 0 }).unwrap());

    assert_eq!(first(Anchor::Newest), [9]);
    assert_eq!(first(Anchor::Before(seq(9))), [7]);
    assert_eq!(first(Anchor::After(seq(1))), [3]);
    assert_eq!(first(Anchor::Around(seq(5))), [5]);
    assert_eq!(first(Anchor::Around(Seq::ZERO)), [1]);
}

#[test]
fn a_reply_shows_the_start_of_what_it_answers_as_that_is_now() {
    let (archive, mut pen) = (room(), Pen::default());
    let long = format!("a\0é{}", "👍".repeat(120));
    let events = [pen.says("ada", "old"), pen.replies("bob", 1, "why?"), pen.replies("bob", 77, "what?")];
    append_all(&archive, &events);
    append_all(&archive, &[pen.edits("ada", 1, &long)]);

    let messages = newest(&archive, "cy").messages;

    let excerpt = long.chars().take(100).collect();
    let answered = Excerpt { seq: seq(1), by: Some(member("ada")), excerpt: Some(excerpt) };
    assert_eq!(messages[0].text, long);
    assert_eq!(messages[1].reply_to, Some(answered));
    assert_eq!(messages[2].reply_to, Some(Excerpt { seq: seq(77), by: None, excerpt: None }));
}

#[test]
fn reactions_stand_in_the_order_in_which_each_came_from_none_to_one() {
    let (archive, mut pen) = (room(), Pen::default());
    let events = [
        pen.says("ada", "hi"),
        pen.reacts("ada", 1, "👍"),
        pen.reacts("bob", 1, "🎉"),
        pen.reacts("bob", 1, "👍"),
        pen.reacts("ada", 1, "😀"),
        // One of two goes: its place stays. The only one goes and comes back: its place is the last.
        pen.unreacts("ada", 1, "👍"),
        pen.unreacts("bob", 1, "🎉"),
        pen.reacts("ada", 1, "🎉"),
    ];
    append_all(&archive, &events);

    let reactions = newest(&archive, "bob").messages.remove(0).reactions;

    let reaction = |emoji: &str, mine| Reaction { emoji: emoji.to_owned(), count: 1, mine };
    assert_eq!(reactions, [reaction("👍", true), reaction("😀", false), reaction("🎉", false)]);
}

#[test]
fn those_behind_a_reaction_stand_in_the_order_in_which_they_gave_it_last() {
    let (archive, mut pen) = (room(), Pen::default());
    let events = [
        pen.says("ada", "hi"),
        pen.reacts("ada", 1, "👍"),
        pen.reacts("bob", 1, "👍"),
        pen.reacts("cem", 1, "🎉"),
        pen.reacts("cem", 1, "👍"),
        pen.unreacts("ada", 1, "👍"),
        pen.unreacts("cem", 1, "🎉"),
        pen.reacts("ada", 1, "👍"),
        pen.says("bob", "another"),
        pen.reacts("dan", 9, "👍"),
    ];
    append_all(&archive, &events);
    let who = |target, emoji, count| {
        let reactors = archive.reactors(seq(target), count).unwrap();
        let members = reactors.get(emoji).into_iter().flatten();
        members.map(|member| member.id.to_string()).collect::<Vec<_>>()
    };

    assert_eq!(who(1, "👍", 10), ["bob", "cem", "ada"]);
    assert_eq!(who(1, "👍", 2), ["bob", "cem"]);
    assert_eq!(who(9, "👍", 10), ["dan"]);
    // Taken back by all, never given, no message.
    for (target, emoji) in [(1, "🎉"), (1, "😀"), (99, "👍")] {
        assert!(who(target, emoji, 10).is_empty());
    }
    let reactors = archive.reactors(seq(1), 1).unwrap();
    assert_eq!(reactors.into_iter().collect::<Vec<_>>(), [("👍".to_owned(), vec![member("bob")])]);
}

#[test]
fn nobody_is_behind_a_reaction_of_a_message_that_is_deleted() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(&archive, &[pen.says("ada", "hi"), pen.reacts("bob", 1, "👍"), pen.deletes("ada", 1)]);

    assert!(archive.reactors(seq(1), 10).unwrap().is_empty());
}

#[test]
fn a_reaction_is_known_by_its_member_its_emoji_and_how_many_kinds_there_are() {
    let (archive, mut pen) = (room(), Pen::default());
    let events = [pen.says("ada", "hi"), pen.reacts("ada", 1, "👍"), pen.reacts("bob", 1, "🎉")];
    append_all(&archive, &events);
    let asked = |at, emoji, who| {
        let reacted = archive.reaction(seq(at), emoji, &id(who)).unwrap();
        (reacted.has, reacted.known, reacted.kinds)
    };

    assert_eq!(asked(1, "👍", "ada"), (true, true, 2));
    assert_eq!(asked(1, "👍", "bob"), (false, true, 2));
    assert_eq!(asked(1, "😀", "bob"), (false, false, 2));
    assert_eq!(asked(9, "👍", "ada"), (false, false, 0));
}

#[test]
fn a_target_is_a_message_as_it_is_now_and_no_other_kind_of_event() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(&archive, &[pen.says("ada", "helo"), pen.edits("ada", 1, "hello")]);
    let target = |text: &str, deleted| Some(Target { author: id("ada"), deleted, text: text.to_owned() });

    assert_eq!(archive.target(seq(1)).unwrap(), target("hello", false));
    assert_eq!(archive.target(seq(2)).unwrap(), None);
    assert_eq!(archive.target(seq(3)).unwrap(), None);
    append_all(&archive, &[pen.deletes("bob", 1)]);
    assert_eq!(archive.target(seq(1)).unwrap(), target("", true));
}

#[test]
fn an_edit_shows_its_text_and_its_time_and_keeps_the_rest() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(&archive, &[pen.says("ada", "helo"), pen.edits("ada", 1, "hello")]);

    let message = newest(&archive, "bob").messages.remove(0);

    assert_eq!((message.text.as_str(), message.edited_at), ("hello", Some(Millis(2_002))));
    assert_eq!((message.at, message.by), (Millis(2_001), member("ada")));
}

/// More than two chunks of one statement, so that the seams are walked over.
#[test]
fn mentions_are_counted_above_a_seq_of_others_and_of_what_is_not_deleted() {
    let (archive, mut pen) = (room(), Pen::default());
    let calls = |by: &str, whom: &[&str], pen: &mut Pen| {
        let mentions = whom.iter().map(|name| id(name)).collect();
        let text = Some("look".to_owned());
        pen.event(
            by,
            EventKind::Message { text, reply_to: None, mentions, attachments: Vec::new(), redacted: false },
        )
    };
    let events = [
        calls("ada", &["bob", "cy"], &mut pen),
        calls("ada", &["bob"], &mut pen),
        calls("bob", &["bob", "cy"], &mut pen),
        calls("cy", &["bob"], &mut pen),
        pen.says("ada", "bob is called by nobody here"),
        pen.deletes("cy", 4),
    ];
    append_all(&archive, &events);

    let counts = [0, 1, 2].map(|after| archive.mentions_after(&id("bob"), seq(after)).unwrap());

    assert_eq!(counts, [2, 1, 0]);
    assert_eq!(archive.mentions_after(&id("cy"), seq(0)).unwrap(), 2);
}

fn long_log() -> (Archive<Driver>, Vec<Event>) {
    let (archive, mut pen) = (room(), Pen::default());
    let events: Vec<Event> = (0..300).map(|n| pen.says("ada", &format!("{n}"))).collect();
    append_all(&archive, &events);
    (archive, events)
}

#[test]
fn the_log_comes_from_its_cursor_on_without_a_hole_up_to_the_count() {
    let (archive, events) = long_log();
    let after = |seq, count| archive.events_after(seq, Bounds { count, ..PLENTY }).unwrap();

    assert_eq!(after(Seq::ZERO, 1_000), events);
    assert_eq!(after(seq(17), 260), events[17..277]);
    assert_eq!(after(seq(300), 10), []);
    assert_eq!(after(seq(999), 10), []);
}

#[test]
fn the_log_is_cut_at_the_bytes_and_gives_one_event_in_any_case() {
    let (archive, events) = long_log();
    let size: usize = events[..200].iter().map(|event| encode(event).len() + 1).sum();
    let within = |bytes| archive.events_after(Seq::ZERO, Bounds { count: 1_000, bytes }).unwrap();

    assert_eq!(within(size), events[..200]);
    assert_eq!(within(size - 1), events[..199]);
    assert_eq!(within(0), events[..1]);
}
