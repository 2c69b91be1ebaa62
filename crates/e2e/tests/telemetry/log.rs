//! The log: one JSON object a line with the same fields in front, one request id from the edge through the object, and no secret.

use std::collections::BTreeSet;

use e2e::{
    Guest,
    entry::Entry,
    http::Ask,
    minted::{draft, fresh_id},
    server::{Build, Limits},
};
use hyper::Method;
use protocol::http::SendBody;
use serde_json::Value;

use crate::scrape::{TOKEN, log_when, server};

/// The lines of the Worker; Miniflare itself says other things.
fn lines(log: &str) -> Vec<Value> {
    let objects = log.lines().filter(|line| line.starts_with('{'));
    objects.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn about<'a>(lines: &'a [Value], request_id: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["request_id"] == request_id).collect()
}

#[tokio::test]
async fn one_request_can_be_followed_from_the_edge_through_its_object() {
    let server = server(Limits::Off, Build::Shipped, vec![("LOG_LEVEL", "debug".to_owned())]);
    let ada = Guest::sign_in(&server, "Ada").await;
    let room = ada.new_room().await;
    let body = SendBody { id: fresh_id(), draft: draft("hello") };
    let path = format!("/api/rooms/{room}/messages");
    let ask = ada.ask(Method::POST, path).json(&body).header("x-request-id", "followed-by-http");
    assert_eq!(ask.answer().await.header("x-request-id"), Some("followed-by-http"));
    let mut socket =
        Entry::new(&room, &ada.token).header("x-request-id", "followed-by-socket").enter(&server).await;
    socket.say("hello").await;
    let session = socket.welcome().session.to_string();

    let log = log_when(&server, |log| log.matches("followed-by-socket").count() >= 3).await;
    let lines = lines(&log);

    let by_http = about(&lines, "followed-by-http");
    let messages: BTreeSet<_> = by_http.iter().filter_map(|line| line["message"].as_str()).collect();
    assert_eq!(messages, BTreeSet::from(["a turn", "answered"]), "{by_http:?}");
    let turn = by_http.iter().find(|line| line["message"] == "a turn").expect("the object's line");
    let room_hash = turn["room_hash"].as_str().expect("a hash");
    assert_eq!(room_hash.len(), 12);
    let of_socket = about(&lines, "followed-by-socket");
    let turns: Vec<_> = of_socket.iter().filter(|line| line["session"] == session.as_str()).collect();
    assert!(turns.len() >= 2, "the opening and the message: {of_socket:?}");
    assert!(turns.iter().all(|line| line["room_hash"] == room_hash));
}

#[tokio::test]
async fn every_line_says_when_how_grave_where_what_and_of_which_release() {
    let server = server(Limits::Off, Build::Shipped, Vec::new());
    let ada = Guest::sign_in(&server, "Ada").await;
    ada.get("/api/session").await;
    let lines = lines(&log_when(&server, |log| log.matches("answered").count() >= 2).await);
    for line in &lines {
        assert!(line["ts"].as_u64().is_some_and(|ts| ts > 1_700_000_000_000), "{line}");
        assert!(["error", "warn", "info"].contains(&line["level"].as_str().unwrap_or_default()), "{line}");
        assert!(
            line["target"].as_str().is_some_and(|target| target.starts_with("edgewise_worker")),
            "{line}"
        );
        assert!(line["message"].is_string() && line["request_id"].is_string(), "{line}");
        assert!(line["release"].as_str().is_some_and(|release| release.starts_with("edgewise@")), "{line}");
    }
}

#[tokio::test]
async fn no_line_holds_a_text_a_token_a_name_or_a_rooms_slug_however_much_is_logged() {
    let server = server(Limits::Off, Build::Shipped, vec![("LOG_LEVEL", "trace".to_owned())]);
    let ada = Guest::sign_in(&server, "Ada-in-person").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    socket.say("a secret between us").await;
    socket.send_text("{\"type\":\"send\",\"text\":\"a broken secret\"").await;
    socket.reject().await;
    let path = format!("/api/rooms/{room}/messages?limit=a-secret-limit");
    ada.get(path).await.refused(400, "bad_request");
    Ask::get(&server, "/api/session").bearer("a.forged.token").answer().await.refused(401, "no_session");
    Ask::get(&server, "/metrics").bearer(TOKEN).answer().await;
    socket.close().await;

    let log = log_when(&server, |log| log.contains("\"route\":\"metrics\"")).await;

    assert!(log.contains("a turn"), "it did log");
    for secret in ["secret", "Ada-in-person", room.as_str(), &ada.token, "forged", TOKEN, "127.0.0.1"] {
        assert!(!log.contains(secret), "{secret} stands in\n{log}");
    }
}
