//! Promise 4: a command has its effect once, however often it comes and from wherever.

use e2e::{
    Guest,
    minted::{draft, fresh_id},
};
use protocol::{ClientFrame, CommandId, Emoji, RejectCode, http::Sent};

use crate::server;

fn send(id: &CommandId, text: &str) -> ClientFrame {
    ClientFrame::Send { id: id.clone(), draft: draft(text) }
}

#[tokio::test]
async fn a_repeat_on_the_same_socket_gets_the_first_ack_and_duplicate_true() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let id = fresh_id();

    let first = socket.command(&send(&id, "once")).await;
    let again = socket.command(&send(&id, "once")).await;

    assert!(!first.duplicate && again.duplicate, "{first:?} {again:?}");
    assert_eq!((again.seq, again.at), (first.seq, first.at));
    assert_eq!(ada.log(&room).await.len(), 1);
}

#[tokio::test]
async fn a_repeat_from_another_socket_or_by_http_gets_the_first_ack_too() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let id = fresh_id();

    let first: Sent = ada.post(&room, &id, draft("once")).await.json(201);
    let by_socket = ada.enter(&room).await.command(&send(&id, "once")).await;
    let by_http: Sent = ada.post(&room, &id, draft("once")).await.json(200);

    assert!(!first.duplicate && by_socket.duplicate && by_http.duplicate);
    assert_eq!((by_socket.seq, by_socket.at), (first.seq, first.at));
    assert_eq!((&by_http.id, by_http.seq, by_http.at), (&id, first.seq, first.at));
    assert_eq!(ada.log(&room).await.len(), 1);
}

#[tokio::test]
async fn the_same_id_with_another_body_is_refused_by_socket_and_by_http() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let id = fresh_id();
    let seq = socket.command(&send(&id, "one thing")).await.seq.expect("a seq");

    let other_text = socket.refused(&send(&id, "another")).await;
    let other_type = socket.refused(&ClientFrame::Delete { id: id.clone(), seq }).await;

    assert_eq!((other_text.code, other_text.retryable), (RejectCode::IdReused, false));
    assert_eq!(other_type.code, RejectCode::IdReused);
    ada.post(&room, &id, draft("another")).await.refused(400, "id_reused");
    assert_eq!(ada.log(&room).await.len(), 1);
}

#[tokio::test]
async fn the_same_id_of_another_member_is_another_command() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let id = fresh_id();

    let one = ada.enter(&room).await.command(&send(&id, "mine")).await;
    let two = bob.enter(&room).await.command(&send(&id, "mine")).await;

    assert!(!two.duplicate);
    assert_ne!(one.seq, two.seq);
}

#[tokio::test]
async fn a_reject_is_not_remembered_so_the_command_may_be_sent_again() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let id = fresh_id();

    let refused = socket.refused(&send(&id, "   ")).await;
    let ack = socket.command(&send(&id, "now with a text")).await;

    assert_eq!(refused.code, RejectCode::Empty);
    assert!(!ack.duplicate, "{ack:?}");
}

#[tokio::test]
async fn every_command_has_its_effect_once() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("a message").await.seq.expect("a seq");
    let emoji = Emoji::parse("👍").expect("an emoji").as_str().to_owned();
    let commands = [
        ClientFrame::Edit { id: fresh_id(), seq, text: "edited".to_owned() },
        ClientFrame::React { id: fresh_id(), seq, emoji: emoji.clone(), on: true },
        ClientFrame::React { id: fresh_id(), seq, emoji, on: false },
        ClientFrame::Delete { id: fresh_id(), seq },
    ];

    for command in &commands {
        let (first, again) = (socket.command(command).await, socket.command(command).await);
        assert_eq!((again.seq, again.at, again.duplicate), (first.seq, first.at, true), "{command:?}");
    }

    assert_eq!(ada.log(&room).await.len(), 1 + commands.len());
}

#[tokio::test]
async fn a_command_that_changes_nothing_is_acked_with_seq_null_and_remembered() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("a message").await.seq.expect("a seq");
    let react = |on| ClientFrame::React { id: fresh_id(), seq, emoji: "👍".to_owned(), on };
    socket.command(&react(true)).await;

    let idle = [
        react(true),
        ClientFrame::React { id: fresh_id(), seq, emoji: "🎉".to_owned(), on: false },
        ClientFrame::Edit { id: fresh_id(), seq, text: "a message".to_owned() },
    ];
    for command in &idle {
        assert_eq!(socket.command(command).await.seq, None, "{command:?}");
        let again = socket.command(command).await;
        assert!(again.duplicate && again.seq.is_none(), "{again:?}");
    }
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;
    assert_eq!(socket.command(&ClientFrame::Delete { id: fresh_id(), seq }).await.seq, None);

    assert_eq!(ada.log(&room).await.len(), 3);
}
