//! What was written elsewhere comes into a room, and nobody here is made to have said it.

use e2e::Guest;
use hyper::Method;
use protocol::{Event, EventKind, Seq};

use crate::server;

const LINES: &str = r#"{"seq":1,"at":1512085950000,"by":{"id":"U1","name":"Una"},"kind":"message","text":"from the old place"}
{"seq":2,"at":1512085960000,"by":{"id":"U2","name":"Bo"},"kind":"message","text":"yes","reply_to":1,"mentions":["U1"]}
{"seq":3,"at":1512085960000,"by":{"id":"U1","name":"Una"},"kind":"reacted","target":2,"emoji":"👍","on":true}
"#;

#[tokio::test]
async fn an_owner_brings_in_what_was_written_elsewhere_and_it_goes_on_from_there() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;

    let path = format!("/api/rooms/{room}/import");
    assert_eq!(ada.ask(Method::POST, &path).text(LINES).answer().await.status, 204);

    let heard = socket.event(Seq::ZERO.next()).await;
    assert_eq!((heard.by.id.as_str(), heard.by.name.as_str()), ("imported-U1", "Una"));
    socket.say("and on we go").await;
    let log: Vec<Event> = ada.log(&room).await;
    assert_eq!(log.len(), 4);
    assert!(matches!(&log[3].kind, EventKind::Message { text: Some(text), .. } if text == "and on we go"));
    let found = ada.get(format!("/api/rooms/{room}/search?q=place")).await;
    assert!(found.text().contains("from the old"), "{}", found.text());
}

#[tokio::test]
async fn a_piece_that_does_not_fit_or_is_not_the_owner_s_changes_nothing() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let path = format!("/api/rooms/{room}/import");
    let sent = |guest: &Guest, body: &str| guest.ask(Method::POST, &path).text(body).answer();

    sent(&bob, LINES).await.refused(403, "forbidden");
    sent(&ada, "no event").await.refused(400, "bad_request");
    sent(&ada, &LINES.replace("\"seq\":3", "\"seq\":4")).await.refused(409, "unfit");
    assert!(ada.log(&room).await.is_empty());
    assert_eq!(sent(&ada, LINES).await.status, 204);
    // The same once more: it does not follow any longer.
    sent(&ada, LINES).await.refused(409, "unfit");
    assert_eq!(ada.log(&room).await.len(), 3);
}
