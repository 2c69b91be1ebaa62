//! Events as they are stored and fanned out, and messages as they fold.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    Event, EventKind, Excerpt, File, FileId, Member, MemberChange, Message, Reaction, Role, RoomChange,
    room::Posting,
};

use crate::{
    Golden,
    given::{AT, ada, command, member, seq},
};

pub fn event(at: u64, kind: EventKind) -> Event {
    Event { seq: seq(at), at: AT, by: ada(), id: Some(command("c1")), kind }
}

pub fn written(text: &str) -> EventKind {
    EventKind::Message {
        text: Some(text.to_owned()),
        reply_to: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        redacted: false,
    }
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

pub fn file() -> File {
    File {
        file: FileId::parse("f1").expect("a file's id"),
        name: "Sommer \u{2600}.png".to_owned(),
        size: 52_341,
        media: "image/png".to_owned(),
        width: Some(1_024),
        height: Some(768),
    }
}

/// One of each kind, as the golden file names it.
pub fn every_event() -> Vec<(&'static str, Event)> {
    let target = seq(7);
    let full = EventKind::Message {
        text: Some("\"quoted\" \\ back, tab\t, new\nline, é, 😀".to_owned()),
        reply_to: Some(seq(3)),
        mentions: vec![member("m-bob"), member("m-cem")],
        attachments: vec![file()],
        redacted: false,
    };
    let redacted = EventKind::Message {
        text: None,
        reply_to: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        redacted: true,
    };
    let answered = EventKind::Message {
        text: None,
        reply_to: Some(seq(3)),
        mentions: Vec::new(),
        attachments: Vec::new(),
        redacted: true,
    };
    let nobody = Event { id: None, ..event(7, written("by nobody's command")) };
    let largest = Event { seq: seq((1 << 53) - 1), ..event(1, written("the largest seq")) };
    let banned = EventKind::Member {
        member: bob(),
        change: MemberChange::Banned,
        role: None,
        until: Some(AT.plus(3_600_000)),
        reason: Some("advertising".to_owned()),
    };
    let changed = RoomChange {
        title: Some("Lobby".to_owned()),
        topic: Some("All of us".to_owned()),
        slow_mode_ms: Some(5_000),
        retention_days: Some(Some(30)),
        posting: Some(Posting::Moderators),
    };
    let kept_for_ever = RoomChange { retention_days: Some(None), ..RoomChange::default() };
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
        ("pinned, on", event(8, EventKind::Pinned { target, on: true })),
        ("pinned, off", event(9, EventKind::Pinned { target, on: false })),
        ("member, joined", event(8, about(MemberChange::Joined))),
        ("member, left", event(8, about(MemberChange::Left))),
        ("member, role", event(8, appointed(Role::Moderator))),
        ("member, kicked", event(8, about(MemberChange::Kicked))),
        ("member, banned until then, with a reason", event(8, banned)),
        ("member, unbanned", event(8, about(MemberChange::Unbanned))),
        ("member, muted without end", event(8, about(MemberChange::Muted))),
        ("member, unmuted", event(8, about(MemberChange::Unmuted))),
        ("room, everything in it", event(8, EventKind::Room(changed))),
        ("room, kept for ever again", event(8, EventKind::Room(kept_for_ever))),
        ("reacted, off", event(9, EventKind::Reacted { target, emoji: "👍".to_owned(), on: false })),
        ("anonymised", Event { id: None, ..event(9, departed(false)) }),
        ("anonymised, and removed", Event { id: None, ..event(9, departed(true)) }),
        ("pruned", Event { id: None, ..event(9, EventKind::Pruned { floor: seq(7) }) }),
    ]
}

fn bob() -> Member {
    Member { id: member("m-bob"), name: "Bob".to_owned() }
}

fn about(change: MemberChange) -> EventKind {
    EventKind::Member { member: bob(), change, role: None, until: None, reason: None }
}

fn departed(removed: bool) -> EventKind {
    EventKind::Anonymised {
        targets: vec![seq(7), seq(8)],
        author: protocol::MemberId::of_departed(seq(9)),
        removed,
    }
}

fn appointed(role: Role) -> EventKind {
    let change = MemberChange::Role;
    EventKind::Member { member: bob(), change, role: Some(role), until: None, reason: None }
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
