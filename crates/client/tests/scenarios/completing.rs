//! What is being begun at the caret, and what could come of it. The caret is a bar in the texts here.

use client::{
    caret::{byte_at, units_at},
    completing::{Begun, Kind, begun, commands_called, completed, emoji_called, emoji_spelled, members},
    view::{People, Row},
};
use expect_test::expect;
use protocol::{Availability, Member, MemberId, Message, Millis, Present, Role, Seq};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TABLE: &str = "😄 smile grin\n😏 smirk\n🚬 smoking\n👍 +1 thumbsup\n👎 -1 thumbsdown\n🎉 tada";

fn at_bar(text: &str) -> Option<Begun> {
    let caret = text.find('|').expect("a bar");
    begun(&text.replacen('|', "", 1), caret)
}

fn said(text: &str) -> String {
    at_bar(text).map_or_else(|| "nothing".to_owned(), |begun| format!("{:?} {:?}", begun.kind, begun.word))
}

#[test]
fn signs_begin_words_of_their_kind_where_a_word_may_begin() {
    let texts = [
        "@|",
        "hi @ad|",
        "hi @Ada Lo|velace",
        "(@ad|",
        "me@ad|",
        "@ad\n|",
        ":t|",
        ":ta|",
        "so :tad|",
        "12:30|",
        "a:bc|",
        "std::ve|",
        ":ta da|",
        "/|",
        "/rem|",
        "a /rem|",
        "/remind me|",
        "|@ada",
        "@12345678901234567890123456789012|",
        "@123456789012345678901234567890123|",
    ];
    let said: String = texts.iter().map(|text| format!("{text:?}: {}\n", said(text))).collect();
    expect![[r#"
        "@|": Member ""
        "hi @ad|": Member "ad"
        "hi @Ada Lo|velace": Member "Ada Lo"
        "(@ad|": Member "ad"
        "me@ad|": nothing
        "@ad\n|": nothing
        ":t|": nothing
        ":ta|": Emoji "ta"
        "so :tad|": Emoji "tad"
        "12:30|": nothing
        "a:bc|": nothing
        "std::ve|": nothing
        ":ta da|": nothing
        "/|": Command ""
        "/rem|": Command "rem"
        "a /rem|": nothing
        "/remind me|": nothing
        "|@ada": nothing
        "@12345678901234567890123456789012|": Member "12345678901234567890123456789012"
        "@123456789012345678901234567890123|": nothing
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_candidate_takes_the_place_of_its_word_alone_and_a_space_follows() {
    let candidate = |table: &str, word: &str| emoji_called(table, word).remove(0);
    let complete = |text: &str| {
        let begun = at_bar(text).expect("something is begun");
        let text = text.replacen('|', "", 1);
        let (place, put) = completed(&text, &begun, &candidate(TABLE, &begun.word));
        format!("{}{put}{}", &text[..place.start], &text[place.end..])
    };
    assert_eq!(complete("ÿ :tad|"), "ÿ 🎉 ");
    assert_eq!(complete("ÿ :tad| and more"), "ÿ 🎉 and more");
    assert_eq!(complete(":tad|a"), "🎉 a");
}

fn member(id: &str, name: &str) -> Member {
    Member { id: MemberId::parse(id).expect("an id"), name: name.to_owned() }
}

fn wrote(seq: u64, by: Member) -> Row {
    let message = Message {
        seq: Seq::try_new(seq).expect("a seq"),
        at: Millis(seq),
        by,
        text: "words".to_owned(),
        edited_at: None,
        deleted: false,
        reply_to: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        reactions: Vec::new(),
        pinned: false,
    };
    Row::Message { message: message.into(), first_of_group: true, pending: None }
}

fn named(word: &str, role: Role) -> Vec<String> {
    let here = [member("ada", "Ada"), member("bob", "Bob"), member("lov", "Ada Lovelace")];
    let members = here.map(|member| Present {
        id: member.id,
        name: member.name,
        role: Role::Member,
        state: Availability::Active,
    });
    let people = People { count: 3, members: members.to_vec(), typing: Vec::new() };
    let rows = [
        wrote(1, member("lea", "Lea")),
        wrote(2, member("bob", "Robert")),
        wrote(3, member("dan", "Dan Bob")),
    ];
    let me = MemberId::parse("ada").expect("an id");
    self::members(word, &people, &rows, (&me, role)).into_iter().map(|candidate| candidate.text).collect()
}

#[test]
fn members_are_found_by_any_word_of_their_name_those_here_first_and_never_oneself() {
    assert_eq!(named("", Role::Member), ["@Bob", "@Ada Lovelace", "@Dan Bob", "@Lea"]);
    assert_eq!(named("BO", Role::Member), ["@Bob", "@Dan Bob"]);
    assert_eq!(named("lo", Role::Member), ["@Ada Lovelace"]);
    assert_eq!(named("ada lo", Role::Member), ["@Ada Lovelace"]);
    assert_eq!(named("ada lovelace ", Role::Member), Vec::<String>::new());
}

#[test]
fn the_whole_room_is_offered_to_those_who_may_call_it() {
    assert_eq!(named("ro", Role::Member), Vec::<String>::new());
    assert_eq!(named("ro", Role::Moderator), ["@room"]);
}

#[test]
fn emoji_are_found_by_their_names_the_same_name_first_then_beginnings_then_parts() {
    let found = |word: &str| -> String {
        emoji_called(TABLE, word)
            .into_iter()
            .map(|found| format!("{} {} ", found.text, found.label))
            .collect()
    };
    assert_eq!(found("sm"), "😄 :smile: 😏 :smirk: 🚬 :smoking: ");
    assert_eq!(found("ile"), "😄 :smile: ");
    assert_eq!(found("+1"), "👍 :+1: ");
    assert_eq!(found("thumbs"), "👍 :thumbsup: 👎 :thumbsdown: ");
    assert_eq!(found("nope"), "");
}

#[test]
fn a_name_with_both_colons_is_its_emoji_at_once_and_no_space_follows() {
    let spelled = |text: &str| {
        let begun = at_bar(text).filter(|begun| begun.kind == Kind::Spelled)?;
        let candidate = emoji_spelled(TABLE, &begun.word)?;
        Some(completed(&text.replacen('|', "", 1), &begun, &candidate))
    };
    assert_eq!(spelled("so :tada:|"), Some((3..9, "🎉".to_owned())));
    assert_eq!(spelled(":+1:|"), Some((0..4, "👍".to_owned())));
    assert_eq!(spelled("so :tada|"), None);
    assert_eq!(spelled("so :nope:|"), None);
    assert_eq!(spelled("a:tada:|"), None);
    assert_eq!(spelled("::|"), None);
}

#[test]
fn commands_of_the_room_are_found_by_how_they_begin() {
    let found = |word: &str| {
        let called = commands_called("remind Reminders, all of them\nroll Dice", word);
        called.into_iter().map(|found| found.text).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["/remind", "/roll"]);
    assert_eq!(found("ro"), ["/roll"]);
    assert!(found("x").is_empty() && commands_called("", "").is_empty());
    assert_eq!(at_bar("/ro|").map(|begun| begun.kind), Some(Kind::Command));
}

#[test]
fn a_caret_is_counted_in_units_and_stands_at_a_characters_edge() {
    let text = "aÿ🎉b";
    let carets: Vec<usize> = (0..=6).map(|units| byte_at(text, units)).collect();
    assert_eq!(carets, [0, 1, 3, 3, 7, 8, 8]);
    let units: Vec<u32> = [0, 1, 3, 7, 8, 9].into_iter().map(|byte| units_at(text, byte)).collect();
    assert_eq!(units, [0, 1, 2, 4, 5, 5]);
}
