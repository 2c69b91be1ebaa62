//! Promises 1 to 3: what was acked or seen is there, in one order that everybody sees.

use e2e::{Guest, minted::draft, minted::fresh_id};
use protocol::{ClientFrame, EventKind};

use crate::server;

#[tokio::test]
async fn what_was_acked_is_in_the_log_and_in_the_history() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;

    let ack = socket.say("hello").await;

    let seq = ack.seq.expect("a message has a seq");
    let log = ada.log(&room).await;
    let event = log.iter().find(|event| event.seq == seq).expect("the event is in the log");
    assert_eq!((event.at, &event.by), (ack.at, &ada.member));
    assert!(
        matches!(&event.kind, EventKind::Message { text: Some(text), .. } if text == "hello"),
        "{event:?}"
    );
    let page = ada.messages(&room, "").await;
    assert_eq!(
        page.messages.iter().filter(|message| message.seq == seq && message.text == "hello").count(),
        1
    );
}

#[tokio::test]
async fn what_was_seen_is_in_the_log() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut writer, mut reader) = (ada.enter(&room).await, bob.enter(&room).await);

    let ack = writer.say("hello").await;
    let seen = reader.event(ack.seq.expect("a seq")).await;

    assert_eq!(bob.log(&room).await, [seen]);
}

#[tokio::test]
async fn the_first_event_of_a_room_has_seq_1_and_the_log_has_no_hole() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;

    let first = socket.say("1").await.seq.expect("a seq");
    let edit = ClientFrame::Edit { id: fresh_id(), seq: first, text: "one".to_owned() };
    socket.command(&edit).await;
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq: first }).await;
    socket.say("2").await;

    let log = ada.log(&room).await;
    assert_eq!(log.iter().map(|event| event.seq.value()).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(log.is_sorted_by_key(|event| event.at), "time in the log never runs backwards");
}

#[tokio::test]
async fn everyone_sees_the_same_order_the_writer_too() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut one, mut two) = (ada.enter(&room).await, bob.enter(&room).await);

    let mut last = Default::default();
    for number in 0..20 {
        for socket in [&mut one, &mut two] {
            let id = fresh_id();
            socket.send(&ClientFrame::Send { id: id.clone(), draft: draft(&number.to_string()) }).await;
            if number == 19 {
                last = socket.ack(&id).await.seq.max(last);
            }
        }
    }

    let last = last.expect("a seq");
    one.event(last).await;
    two.event(last).await;
    assert_eq!(one.log, two.log);
    assert_eq!(one.log, ada.log(&room).await);
    assert_eq!(one.log.len(), 40);
}

#[tokio::test]
async fn commands_of_one_socket_take_effect_in_the_order_they_were_sent() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;

    let ids: Vec<_> = (0..50).map(|_| fresh_id()).collect();
    for id in &ids {
        socket.send(&ClientFrame::Send { id: id.clone(), draft: draft(id.as_str()) }).await;
    }
    for id in &ids {
        socket.ack(id).await;
    }

    let logged: Vec<_> = ada.log(&room).await.into_iter().filter_map(|event| event.id).collect();
    assert_eq!(logged, ids);
}
