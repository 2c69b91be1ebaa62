//! The log as a stream of lines, and a room that keeps things for a time.

use e2e::{Guest, minted::fresh_id};
use hyper::Method;
use protocol::{ClientFrame, Event, EventKind, RoomInfo};

use crate::server;

fn events(body: &str) -> Vec<Event> {
    body.lines().map(|line| serde_json::from_str(line).expect("an event a line")).collect()
}

#[tokio::test]
async fn an_export_has_the_whole_log_one_event_a_line_without_what_was_deleted() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    // More than one piece of the stream.
    let long = "long ".repeat(700);
    for _ in 0..120 {
        socket.say(&long).await;
    }
    let secret = socket.say("a SECRET").await.seq.expect("a seq");
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq: secret }).await;

    let answer = ada.get(format!("/api/rooms/{room}/export")).await;

    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/x-ndjson")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(!answer.text().contains("SECRET"));
    assert_eq!(events(&answer.text()), ada.log(&room).await);
}

#[tokio::test]
async fn an_export_is_for_moderators_and_of_rooms_that_are_there() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;

    bob.get(format!("/api/rooms/{room}/export")).await.refused(403, "forbidden");
    ada.get("/api/rooms/was-never-made/export").await.refused(404, "room_not_found");
    let empty = ada.get(format!("/api/rooms/{room}/export")).await;

    assert_eq!((empty.status, empty.text().as_str()), (200, ""));
}

#[tokio::test]
async fn a_room_that_keeps_things_for_a_day_keeps_what_was_written_today() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    socket.say("today").await;

    let change = serde_json::json!({ "retention_days": 1 });
    let answer = ada.ask(Method::PATCH, format!("/api/rooms/{room}")).json(&change).answer().await;
    socket.say("later today").await;

    assert_eq!(answer.json::<RoomInfo>(200).retention_days, Some(1));
    let log = ada.log(&room).await;
    let messages = log.iter().filter(|event| matches!(event.kind, EventKind::Message { .. })).count();
    assert_eq!((messages, log[0].seq.value()), (2, 1));
}
