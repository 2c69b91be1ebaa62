//! Imports: what fits, whose it is then, and what a piece that does not fit leaves behind (nothing).

use expect_test::expect;
use protocol::{Event, EventKind, MemberId, Role, Seq, room::Visibility};
use room::{Answer, Effect, Input, Unfit, imported};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::{Player, member_of},
    world::{Happening, START},
};

const BY: &str = r#""by":{"id":"U1","name":"Una"}"#;

fn said(seq: u64, at: u64, text: &str) -> String {
    format!(r#"{{"seq":{seq},"at":{at},{BY},"kind":"message","text":"{text}"}}"#)
}

fn about(seq: u64, kind: &str) -> String {
    format!(r#"{{"seq":{seq},"at":7,{BY},{kind}}}"#)
}

fn seq(number: u64) -> Seq {
    Seq::try_from(number).expect("a seq")
}

fn events(lines: &[String]) -> Vec<Event> {
    imported(&lines.join("\n")).expect("lines of an export")
}

fn public() -> Player {
    Player::founded_by("ada", Visibility::Public)
}

fn bring(player: &mut Player, who: &str, role: Role, lines: &[String]) {
    player.world.take_happened();
    let (member, events) = (member_of(who), events(lines));
    player.world.apply(Input::Import { request: 0, member, role, events, origin: None });
}

/// What the room answers.
fn brings(player: &mut Player, who: &str, role: Role, lines: &[String]) -> Answer {
    bring(player, who, role, lines);
    let happened = player.world.take_happened();
    let mut answers = happened.into_iter().filter_map(|happening| match happening {
        Happening::Effect(Effect::Answer { answer, .. }) => Some(answer),
        _ => None,
    });
    answers.next().expect("an answer")
}

#[test]
fn what_comes_in_is_heard_and_read_as_it_was_written_but_by_nobody_here() {
    let mut player = public();
    player.play("bob opens");
    let lines = [
        said(1, 5, "from the old place"),
        about(2, r#""kind":"message","text":"yes","reply_to":1,"mentions":["U2","bob"]"#),
        about(3, r#""kind":"reacted","target":1,"emoji":"👍","on":true"#),
        about(4, r#""kind":"message","redacted":true"#),
        about(5, r#""kind":"deleted","target":4"#),
        about(6, r#""kind":"pinned","target":1,"on":true"#),
    ];

    bring(&mut player, "ada", Role::Member, &lines);

    expect![[r#"
        > wait 0
          store 1 Una message "from the old place"
          store 2 Una message "yes"
          store 3 Una reacted 1 👍
          store 4 Una message "(redacted)"
          store 5 Una deleted 4
          store 6 Una pinned 1
          http <- done
          bob <- events [1 Una message "from the old place", 2 Una message "yes", 3 Una reacted 1 👍, 4 Una message "(redacted)", 5 Una deleted 4, 6 Una pinned 1]
    "#]].assert_eq(&player.play("wait 0"));
    let log = player.world.events();
    let authors: Vec<&str> = log.iter().map(|event| event.by.id.as_str()).collect();
    assert_eq!(authors, ["imported-U1"; 6]);
    let EventKind::Message { mentions, .. } = &log[1].kind else { panic!("a message") };
    assert_eq!(mentions.iter().map(MemberId::as_str).collect::<Vec<_>>(), ["imported-U2", "imported-bob"]);
    assert!(log.iter().all(|event| event.id.is_none() && event.by.name == "Una"));
}

#[test]
fn only_whoever_owns_every_room_restores_one_with_its_authors() {
    let mut player = public();
    assert_eq!(brings(&mut player, "root", Role::Owner, &[said(1, 5, "as it was")]), Answer::Done);
    assert_eq!(player.world.events()[0].by.id, MemberId::parse("U1").unwrap());
}

#[test]
fn members_and_moderators_bring_nothing_in() {
    let mut player = public();
    for role in [Role::Member, Role::Moderator] {
        let answer = brings(&mut player, "bob", role, &[said(1, 5, "hello")]);
        assert!(matches!(answer, Answer::Rejected { .. }), "{answer:?}");
    }
    assert_eq!(player.head(), 0);
}

#[test]
fn a_piece_that_does_not_fit_changes_nothing_and_says_where() {
    let later = START.0 + 1;
    let emoji =
        |seq, n| about(seq, &format!(r#""kind":"reacted","target":1,"emoji":"{}","on":true"#, kind(n)));
    let many: Vec<String> =
        std::iter::once(said(1, 5, "much liked")).chain((2..=22).map(|seq| emoji(seq, seq))).collect();
    let pin = |seq| about(seq, &format!(r#""kind":"pinned","target":{},"on":true"#, seq - 51));
    let pins: Vec<String> = (1..=51).map(|seq| said(seq, 7, "x")).chain((52..=102).map(pin)).collect();
    let pieces = [
        (vec![said(2, 5, "a hole")], Unfit::Follows(Seq::ZERO)),
        (vec![said(1, 5, "a"), said(3, 5, "b")], Unfit::Follows(Seq::ZERO)),
        (vec![said(1, 5, "a"), said(2, 4, "before it")], Unfit::Date(seq(2))),
        (vec![said(1, later, "not yet")], Unfit::Date(seq(1))),
        (many, Unfit::Reactions(seq(22))),
        (pins, Unfit::Pins(seq(102))),
    ];
    for (piece, unfit) in pieces {
        let mut player = public();
        assert_eq!(brings(&mut player, "ada", Role::Member, &piece), Answer::Unfit(unfit));
        assert_eq!(player.head(), 0, "{unfit:?}");
    }
}

fn kind(n: u64) -> char {
    char::from_u32(0x1F600 + u32::try_from(n).expect("a few")).expect("an emoji")
}

#[test]
fn what_was_said_here_already_is_never_overtaken() {
    let mut player = public();
    player.play("ada opens; ada sends first");
    let (older, now) = (said(2, 5, "older"), said(2, START.0, "now"));
    assert_eq!(brings(&mut player, "ada", Role::Member, &[older]), Answer::Unfit(Unfit::Date(seq(2))));
    assert_eq!(brings(&mut player, "ada", Role::Member, &[now]), Answer::Done);
}

#[test]
fn a_line_that_only_a_room_can_make_or_that_is_out_of_bounds_is_named() {
    let long = "x".repeat(4_001);
    let lines = [
        ("no json".to_owned(), "Line 2 is no event"),
        (about(2, r#""kind":"room","title":"Mine""#), "Line 2 tells of the room"),
        (
            about(2, r#""kind":"member","member":{"id":"a","name":"A"},"change":"role","role":"owner""#),
            "Line 2 tells of",
        ),
        (about(2, r#""kind":"pruned","floor":2"#), "Line 2 tells of the room"),
        (about(2, r#""kind":"message","text":"up","reply_to":2"#), "Line 2 is about a later one."),
        (about(2, r#""kind":"deleted","target":9"#), "Line 2 is about a later one."),
        (
            about(2, r#""kind":"reacted","target":1,"emoji":"x","on":true"#),
            "Line 2 has a reaction that is no emoji.",
        ),
        (about(2, r#""kind":"message""#), "Line 2 has no text."),
        (about(2, r#""kind":"message","text":" ""#), "Line 2 has a text that cannot be"),
        (said(2, 7, &long), "Line 2 has a text that cannot be"),
        (
            r#"{"seq":2,"at":7,"by":{"id":"U1","name":"\u200b"},"kind":"message","text":"x"}"#.to_owned(),
            "Line 2 has a name",
        ),
    ];
    for (line, sentence) in lines {
        let bad = imported(&format!("{}\n{line}", said(1, 5, "well"))).expect_err(&line).to_string();
        assert!(bad.starts_with(sentence), "{bad}");
    }
    let many: String = (1..=501).map(|seq| said(seq, 5, "x") + "\n").collect();
    assert!(imported(&many).unwrap_err().to_string().starts_with("Line 501 is one too many"));
}

#[test]
fn files_stay_where_they_were_and_a_message_that_was_nothing_else_says_what_they_were_called() {
    let file = |name: &str| format!(r#"{{"file":"f1","name":"{name}","size":7,"type":"image/png"}}"#);
    let line = |text: &str| {
        format!(
            r#"{{"seq":1,"at":5,"by":{{"id":"ada","name":"Ada"}},"kind":"message","text":"{text}","attachments":[{},{}]}}"#,
            file("a.png"),
            file("b.png")
        )
    };
    for (text, says) in [("", "a.png, b.png"), ("look", "look")] {
        let events = room::imported(&line(text)).expect("an event");
        let EventKind::Message { text, attachments, .. } = &events[0].kind else { panic!("a message") };
        assert_eq!((text.as_deref(), attachments.len()), (Some(says), 0));
    }
}
