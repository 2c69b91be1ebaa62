//! Deleting: what was written is gone from everywhere, its place stays.

use archive::{Anchor, Archive, Sql};
use protocol::{Event, EventKind, Excerpt, Seq, encode};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, PLENTY, Pen, append_all, id, member, room, seq};

/// A secret at 1, edited twice, reacted to, answered at 5; the answer has an edit and a reaction of its own.
fn story(pen: &mut Pen) -> Vec<Event> {
    let mut first = pen.says("ada", "SECRET one");
    let EventKind::Message { reply_to, mentions, attachments, .. } = &mut first.kind else { unreachable!() };
    (*reply_to, *mentions) = (Some(seq(1)), vec![id("bob")]);
    attachments.push(given::file("SECRET-file"));
    vec![
        first,
        pen.edits("ada", 1, "SECRET two"),
        pen.reacts("bob", 1, "👍"),
        pen.edits("ada", 1, "SECRET three"),
        pen.replies("bob", 1, "an answer"),
        pen.edits("bob", 5, "another answer"),
        pen.reacts("ada", 5, "🎉"),
    ]
}

#[test]
fn a_deletion_redacts_the_message_event_and_all_its_edits_and_nothing_else() {
    let (archive, mut pen) = (room(), Pen::default());
    let mut events = story(&mut pen);
    append_all(&archive, &events);
    events.push(pen.deletes("cy", 1));

    append_all(&archive, &events[7..]);

    let redacted = |event: &Event, kind| Event { kind, ..event.clone() };
    let gone = EventKind::Message {
        text: None,
        reply_to: None,
        mentions: vec![],
        attachments: Vec::new(),
        redacted: true,
    };
    events[0] = redacted(&events[0], gone);
    for edit in [1, 3] {
        let gone = EventKind::Edited { target: seq(1), text: None, redacted: true };
        events[edit] = redacted(&events[edit], gone);
    }
    assert_eq!(archive.events_after(Seq::ZERO, PLENTY).unwrap(), events);
}

#[test]
fn a_deleted_message_keeps_its_place_its_author_and_its_time_and_its_excerpts_are_empty() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(&archive, &story(&mut pen));

    append_all(&archive, &[pen.deletes("ada", 1)]);

    let messages = archive.messages(Anchor::Newest, &id("bob"), PLENTY).unwrap().messages;
    let [deleted, answer] = messages.as_slice() else { panic!("two messages keep their places") };
    assert_eq!(
        encode(deleted),
        r#"{"seq":1,"at":2001,"by":{"id":"ada","name":"ada the \"first\""},"text":"","deleted":true,"mentions":[],"attachments":[],"reactions":[],"pinned":false}"#
    );
    let empty = Excerpt { seq: seq(1), by: Some(member("ada")), excerpt: Some(String::new()) };
    assert_eq!((answer.reply_to.as_ref(), answer.reactions.len()), (Some(&empty), 1));
}

#[test]
fn nothing_that_was_deleted_is_left_in_any_column_of_any_table() {
    let database = given::driver();
    let archive = Archive::open(&database).unwrap();
    let mut pen = Pen::default();
    append_all(&archive, &story(&mut pen));
    assert!(tables(&database).contains("SECRET"));

    append_all(&archive, &[pen.deletes("ada", 1)]);

    let left = tables(&database);
    assert!(left.contains("another answer") && !left.contains("SECRET"), "{left}");
    assert_eq!(database.query("SELECT 1 FROM reactors WHERE target = 1", &[]).unwrap(), Vec::<Vec<_>>::new());
}

#[test]
fn a_second_deletion_and_what_comes_after_the_first_change_nothing() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(&archive, &story(&mut pen));
    append_all(&archive, &[pen.deletes("ada", 1)]);
    let before = archive.messages(Anchor::Newest, &id("bob"), PLENTY).unwrap();

    let late = [
        pen.edits("ada", 1, "again"),
        pen.reacts("bob", 1, "👍"),
        pen.deletes("ada", 1),
        pen.deletes("ada", 99),
    ];
    append_all(&archive, &late);

    assert_eq!(archive.messages(Anchor::Newest, &id("bob"), PLENTY).unwrap(), before);
    assert_eq!(archive.log().unwrap().unwrap().head, seq(12));
}

fn tables(database: &given::Driver) -> String {
    ["events", "messages", "reactions", "reactors", "once", "pins", "moderation"]
        .map(|table| format!("{:?}", database.query(&format!("SELECT * FROM {table}"), &[]).unwrap()))
        .join("\n")
}
