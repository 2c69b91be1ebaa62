//! Events as they are stored and fanned out, and messages as they fold.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{Event, EventKind, Excerpt, Message, Reaction};

use crate::{
    Golden,
    given::{AT, ada, command, member, seq},
};

pub fn event(at: u64, kind: EventKind) -> Event {
    Event { seq: seq(at), at: AT, by: ada(), id: Some(command("c1")), kind }
}

pub fn written(text: &str) -> EventKind {
    EventKind::Message { text: Some(text.to_owned()), reply_to: None, mentions: Vec::new(), redacted: false }
}

pub fn message() -> Message {
    Message {
        seq: seq(7),
        at: AT,
        by: ada(),
        text: "hello".to_owned(),
        edited_at: None,
        deleted: false,
        reply_to: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        reactions: Vec::new(),
        pinned: false,
    }
}

/// One of each kind, as the golden file names it.
pub fn every_event() -> Vec<(&'static str, Event)> {
    let target = seq(7);
    let full = EventKind::Message {
        text: Some("\"quoted\" \\ back, tab\t, new\nline, é, 😀".to_owned()),
        reply_to: Some(seq(3)),
        mentions: vec![member("m-bob"), member("m-cem")],
        redacted: false,
    };
    let redacted = EventKind::Message { text: None, reply_to: None, mentions: Vec::new(), redacted: true };
    let answered =
        EventKind::Message { text: None, reply_to: Some(seq(3)), mentions: Vec::new(), redacted: true };
    let nobody = Event { id: None, ..event(7, written("by nobody's command")) };
    let largest = Event { seq: seq((1 << 53) - 1), ..event(1, written("the largest seq")) };
    vec![
        ("message, the least", event(7, written("hello"))),
        ("message, everything in it", event(7, full)),
        ("message, without a command", nobody),
        ("message, at the largest seq", largest),
        ("message, redacted", event(7, redacted)),
        ("message, an answer, redacted", event(7, answered)),
        ("edited", event(8, EventKind::Edited { target, text: Some("hallo".to_owned()), redacted: false })),
        ("edited, redacted", event(8, EventKind::Edited { target, text: None, redacted: true })),
        ("deleted", event(9, EventKind::Deleted { target })),
        ("reacted, on", event(8, EventKind::Reacted { target, emoji: "👍".to_owned(), on: true })),
        ("reacted, off", event(9, EventKind::Reacted { target, emoji: "👍".to_owned(), on: false })),
    ]
}

#[test]
fn every_kind_of_event_has_these_bytes() {
    let mut golden = Golden::default();
    for (case, event) in every_event() {
        golden.pin(case, &event);
    }
    golden.check("events.txt", include_str!("events.txt"));
}

#[test]
fn every_form_of_a_message_has_these_bytes() {
    let reply = Excerpt { seq: seq(3), by: Some(ada()), excerpt: Some("what was asked".to_owned()) };
    let pruned = Excerpt { seq: seq(3), by: None, excerpt: None };
    let reactions = vec![
        Reaction { emoji: "👍".to_owned(), count: 2, mine: true },
        Reaction { emoji: "🎉".to_owned(), count: 1, mine: false },
    ];
    let full = Message {
        edited_at: Some(AT.plus(5)),
        reply_to: Some(reply),
        mentions: vec![member("m-bob")],
        reactions,
        ..message()
    };
    let deleted = Message { text: String::new(), deleted: true, ..message() };

    let mut golden = Golden::default();
    golden.pin("the least", &message());
    golden.pin("everything in it", &full);
    golden.pin("an answer to something that is gone", &Message { reply_to: Some(pruned), ..message() });
    golden.pin("deleted", &deleted);
    golden.check("messages.txt", include_str!("messages.txt"));
}
