//! Rooms: founding one, asking for one, and what happens where there is none.

use e2e::{
    Guest, Server,
    entry::Entry,
    minted::{draft, fresh, fresh_id},
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{RoomInfo, Slug, room::Visibility};
use serde_json::json;

use crate::server;

async fn found(ada: &Guest<'_>, body: serde_json::Value) -> e2e::http::Answer {
    ada.ask(Method::POST, "/api/rooms").json(&body).answer().await
}

#[tokio::test]
async fn the_lobby_is_there_from_the_start_and_everybody_may_write_in_it() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let lobby = Slug::parse("lobby").expect("a slug");
    let info: RoomInfo = ada.get("/api/rooms/lobby").await.json(200);
    assert_eq!((&info.room, info.visibility), (&lobby, Visibility::Public));
    let mut socket = ada.enter(&lobby).await;
    assert_eq!(socket.welcome().me.role, protocol::Role::Member);
    assert!(socket.say("hello").await.seq.is_some());
}

#[tokio::test]
async fn a_room_is_founded_under_its_slug_and_shown_to_everybody() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let slug = fresh("build");
    let body = json!({"room": slug, "title": "Build", "visibility": "public", "topic": "What is built"});
    let made: RoomInfo = found(&ada, body).await.json(201);
    assert_eq!(
        (made.room.as_str(), made.title.as_str(), made.topic.as_str()),
        (slug.as_str(), "Build", "What is built")
    );
    let shown: RoomInfo = bob.get(format!("/api/rooms/{slug}")).await.json(200);
    assert_eq!(shown, made);
    assert_eq!(bob.enter(&made.room).await.welcome().room, made);
}

#[tokio::test]
async fn without_a_slug_one_is_made_from_the_title() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let title = format!("Über Grüße & Co. {}", fresh("n"));
    let made: RoomInfo = found(&ada, json!({"title": title, "visibility": "public"})).await.json(201);
    assert_eq!(made.title, title);
    assert_eq!(ada.get(format!("/api/rooms/{}", made.room)).await.status, 200);
    let again: RoomInfo = found(&ada, json!({"title": title, "visibility": "public"})).await.json(201);
    assert_ne!(again.room, made.room, "a title may be taken twice, a slug may not");
}

#[tokio::test]
async fn a_slug_that_is_taken_is_409() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let before: RoomInfo = ada.get(format!("/api/rooms/{room}")).await.json(200);
    for slug in [room.as_str(), "lobby"] {
        let body = json!({"room": slug, "title": "Mine now", "visibility": "public"});
        found(&bob, body).await.refused(409, "room_exists");
    }
    let after: RoomInfo = ada.get(format!("/api/rooms/{room}")).await.json(200);
    assert_eq!(after, before);
    assert_eq!(bob.enter(&room).await.welcome().me.role, protocol::Role::Member);
}

#[tokio::test]
async fn a_room_that_cannot_be_is_400() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let title = "A title";
    let bodies = [
        json!({"title": "", "visibility": "public"}),
        json!({"title": " ", "visibility": "public"}),
        json!({"title": "x".repeat(81), "visibility": "public"}),
        json!({"title": title, "visibility": "public", "topic": "x".repeat(251)}),
        json!({"title": title, "visibility": "secret"}),
        json!({"title": title}),
        json!({"room": "UPPER", "title": title, "visibility": "public"}),
        json!({"room": "-dash", "title": title, "visibility": "public"}),
        json!({"room": "x".repeat(49), "title": title, "visibility": "public"}),
        json!(["build", "Build", "public"]),
    ];
    for body in bodies {
        found(&ada, body.clone()).await.refused(400, "bad_request");
    }
    let longest = json!({"title": "é".repeat(80), "visibility": "public", "topic": "é".repeat(250)});
    assert_eq!(found(&ada, longest).await.status, 201);
}

#[tokio::test]
async fn a_room_that_is_not_there_is_404_on_every_path() {
    let ada = Guest::sign_in(server(), "Ada").await;
    for slug in ["no-such-room", "UPPER", "-dash", "a_b"] {
        let path = format!("/api/rooms/{slug}");
        ada.get(path.clone()).await.refused(404, "room_not_found");
        ada.get(format!("{path}/messages")).await.refused(404, "room_not_found");
        ada.get(format!("{path}/events")).await.refused(404, "room_not_found");
        let body = protocol::http::SendBody { id: fresh_id(), draft: draft("hello?") };
        let sent = ada.ask(Method::POST, format!("{path}/messages")).json(&body).answer().await;
        sent.refused(404, "room_not_found");
    }
}

#[tokio::test]
async fn asking_for_a_room_that_is_not_there_makes_none() {
    let own = Server::start(Limits::Off, Build::Shipped);
    let ada = Guest::sign_in(&own, "Ada").await;
    ada.get("/api/rooms/lobby").await;
    let before = own.objects_of("RoomObject");
    assert!(before > 0, "the lobby has a file");

    for number in 0..20 {
        let slug = format!("no-such-room-{number}");
        ada.get(format!("/api/rooms/{slug}")).await.refused(404, "room_not_found");
        ada.get(format!("/api/rooms/{slug}/messages")).await.refused(404, "room_not_found");
        let entry = Entry::nobody(&slug).header("authorization", format!("Bearer {}", ada.token));
        assert_eq!(entry.open(&own).await.socket().closed().await, Some(4004));
    }

    assert_eq!(own.objects_of("RoomObject"), before, "no object was made for any of them");
    let body = json!({"room": "no-such-room-7", "title": "Now it is", "visibility": "public"});
    assert_eq!(found(&ada, body).await.status, 201, "and the slug is free");
}
