//! Promise 5: every event after the cursor, in pages, or a snapshot; never a part.

use e2e::{
    Guest, Socket,
    minted::{draft, fresh_id},
};
use protocol::{ClientFrame, EventKind, Seq, Welcome, limits};

use crate::server;

async fn write(socket: &mut Socket, messages: usize) -> Seq {
    let ids: Vec<_> = (0..messages).map(|_| fresh_id()).collect();
    for (number, id) in ids.iter().enumerate() {
        socket.send(&ClientFrame::Send { id: id.clone(), draft: draft(&format!("number {number}")) }).await;
    }
    let mut last = None;
    for id in &ids {
        last = socket.ack(id).await.seq;
    }
    last.expect("a seq")
}

fn is_a_snapshot(welcome: &Welcome) -> bool {
    !welcome.recovered && welcome.events.is_none() && welcome.messages.is_some() && !welcome.more
}

#[tokio::test]
async fn who_comes_back_with_a_cursor_gets_every_event_after_it() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("before").await.seq.expect("a seq");
    let away = bob.enter(&room).await;
    let cursor = away.cursor();
    away.close().await;

    socket.command(&ClientFrame::Edit { id: fresh_id(), seq, text: "edited".to_owned() }).await;
    socket.command(&ClientFrame::React { id: fresh_id(), seq, emoji: "👍".to_owned(), on: true }).await;
    let other = socket.say("meanwhile").await.seq.expect("a seq");
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq: other }).await;

    let back = bob.come_back(&room, &cursor).await;
    let welcome = back.welcome();
    assert!(welcome.recovered && !welcome.more && welcome.messages.is_none(), "{welcome:?}");
    let log = ada.log(&room).await;
    let missed: Vec<_> = log.into_iter().filter(|event| event.seq > seq).collect();
    assert_eq!(missed.len(), 4);
    assert_eq!(back.log, missed);
}

#[tokio::test]
async fn a_cursor_at_the_head_recovers_with_no_events() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("hello").await.seq.expect("a seq");
    socket.event(seq).await;

    let back = ada.come_back(&room, &socket.cursor()).await;

    assert!(back.welcome().recovered, "{:?}", back.welcome());
    assert_eq!(back.welcome().events.as_deref(), Some(&[][..]));
}

#[tokio::test]
async fn a_cursor_at_0_gets_the_whole_log_of_a_room() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    write(&mut socket, 3).await;

    let back = ada.come_back(&room, &format!("{}.0", socket.welcome().epoch)).await;

    assert!(back.welcome().recovered);
    assert_eq!(back.log, ada.log(&room).await);
}

#[tokio::test]
async fn a_first_visit_gets_a_snapshot_of_the_newest_50_messages() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let empty = socket.welcome().clone();
    let head = write(&mut socket, 51).await;

    let full = ada.enter(&room).await.welcome().clone();

    assert!(is_a_snapshot(&empty) && is_a_snapshot(&full));
    assert_eq!((empty.head.value(), empty.floor.value(), empty.more_before), (0, 1, false));
    assert_eq!((full.head, full.floor.value(), full.more_before), (head, 1, true));
    let messages = full.messages.unwrap_or_default();
    assert_eq!(messages.iter().map(|m| m.seq.value()).collect::<Vec<_>>(), (2..=51).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_long_absence_comes_in_pages_of_at_most_500_events() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let start = socket.cursor();
    write(&mut socket, limits::RESUME_EVENTS + 1).await;

    let mut back = bob.come_back(&room, &start).await;
    let first = back.welcome().clone();
    assert!(first.recovered && first.more, "501 events are more than a page");
    assert_eq!(first.events.map(|events| events.len()), Some(limits::RESUME_EVENTS));

    // Live events wait until an answer says that there is no more.
    let live = socket.say("live").await.seq.expect("a seq");
    back.send(&ClientFrame::Resume { cursor: back.cursor() }).await;
    let second = back.next_welcome().await;
    assert!(second.recovered && !second.more, "{second:?}");
    back.event(live).await;
    assert_eq!(back.log, ada.log(&room).await);
}

#[tokio::test]
async fn a_page_of_events_has_at_most_256_kib() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let start = socket.cursor();
    let long = "😀".repeat(limits::TEXT_SCALARS);
    for _ in 0..20 {
        socket.say(&long).await;
    }

    let mut back = ada.come_back(&room, &start).await;
    assert!(back.welcome().recovered && back.welcome().more, "20 texts of 16 KB are more than 256 KiB");
    loop {
        back.send(&ClientFrame::Resume { cursor: back.cursor() }).await;
        let page = back.next_welcome().await;
        let bytes: usize = page.events.iter().flatten().map(|event| protocol::encode(event).len()).sum();
        assert!(bytes <= limits::WELCOME_BYTES, "a page has {bytes} bytes");
        if !page.more {
            break;
        }
    }

    assert_eq!(back.log.len(), 20);
    let snapshot = ada.enter(&room).await.welcome().clone();
    let shown = snapshot.messages.as_ref().map_or(0, Vec::len);
    assert!(shown < 20 && snapshot.more_before, "a snapshot is cut to 256 KiB too, not to {shown} messages");
}

#[tokio::test]
async fn a_foreign_malformed_or_future_cursor_gets_a_snapshot_and_changes_nothing() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let head = write(&mut socket, 3).await;
    let epoch = socket.welcome().epoch.clone();
    let bad = [
        format!("not-{epoch}.2"),
        format!("{epoch}.{}", head.next()),
        format!("{epoch}.9007199254740991"),
        format!("{epoch}.-1"),
        epoch.to_string(),
        "nonsense".to_owned(),
        "%00.%ff".to_owned(),
        String::new(),
    ];

    for cursor in &bad {
        let back = ada.come_back(&room, cursor).await;
        assert!(is_a_snapshot(back.welcome()), "{cursor}: {:?}", back.welcome());
        assert_eq!(back.welcome().messages.as_ref().map(Vec::len), Some(3), "{cursor}");
    }
    for cursor in &bad {
        socket.send(&ClientFrame::Resume { cursor: cursor.clone() }).await;
        let welcome = socket.next_welcome().await;
        assert!(is_a_snapshot(&welcome), "{cursor}: {welcome:?}");
    }
    assert_eq!(ada.log(&room).await.len(), 3);
    assert_eq!(ada.enter(&room).await.welcome().epoch, epoch);
}

#[tokio::test]
async fn deleted_messages_come_back_redacted_to_who_was_away() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let start = bob.enter(&room).await.cursor();
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("a secret").await.seq.expect("a seq");
    socket.command(&ClientFrame::Edit { id: fresh_id(), seq, text: "a second secret".to_owned() }).await;
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;

    let back = bob.come_back(&room, &start).await;

    let kinds: Vec<_> = back.log.iter().map(|event| &event.kind).collect();
    assert!(matches!(kinds[0], EventKind::Message { text: None, redacted: true, .. }), "{kinds:?}");
    assert!(matches!(kinds[1], EventKind::Edited { text: None, redacted: true, .. }), "{kinds:?}");
    assert!(matches!(kinds[2], EventKind::Deleted { .. }), "{kinds:?}");
}
