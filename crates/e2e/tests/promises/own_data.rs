//! What is a member's own: everything that they wrote, taken along, and their account, which they may delete.

use std::{collections::BTreeMap, io::Cursor};

use e2e::{
    Guest,
    http::{Answer, Ask},
    minted::{draft, fresh_id},
    patience::eventually,
};
use hyper::Method;
use protocol::{
    EventKind, RoomInfo, ServerFrame, Slug, encode,
    http::{ApiToken, Exported, MyRooms, NewRoom, RoomNamed, SearchPage, SendBody, Written},
    room::Visibility,
};
use serde_json::json;
use zip::ZipArchive;

use crate::server;

/// The files of an export, by name.
async fn export(guest: &Guest<'_>) -> BTreeMap<String, String> {
    let answer = guest.get("/api/me/export").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")));
    let mut archive = ZipArchive::new(Cursor::new(answer.body.to_vec())).expect("a zip file");
    (0..archive.len())
        .map(|number| {
            let mut file = archive.by_index(number).expect("a file whose checksum will be looked at");
            let name = file.name().expect("a name in ASCII").into_owned();
            (name, std::io::read_to_string(&mut file).expect("text, as it was packed"))
        })
        .collect()
}

fn lines(files: &BTreeMap<String, String>, room: &Slug) -> Vec<String> {
    let file = files.get(&format!("rooms/{room}.ndjson")).map(String::as_str).unwrap_or_default();
    let written = file.lines().map(|line| serde_json::from_str::<Written>(line).expect("a line").text);
    written.collect()
}

async fn post(guest: &Guest<'_>, room: &Slug, text: &str) {
    let body = SendBody { id: fresh_id(), draft: draft(text) };
    let answer = guest.ask(Method::POST, format!("/api/rooms/{room}/messages")).json(&body).answer().await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

async fn private_room(guest: &Guest<'_>) -> Slug {
    let (title, visibility) = ("Letters".to_owned(), Visibility::Private);
    let body = NewRoom { room: None, title, visibility, topic: None, region: None };
    let answer = guest.ask(Method::POST, "/api/rooms").json(&body).answer().await;
    answer.json::<RoomInfo>(201).room
}

#[tokio::test]
async fn everything_that_a_member_wrote_is_packed_and_nothing_of_others() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let (public, letters, silent) = (ada.new_room().await, private_room(&ada).await, ada.new_room().await);
    // By socket, by HTTP alone, and in a room where she only looked.
    let mut socket = ada.enter(&public).await;
    socket.say("by socket, naïve 👩‍👩‍👧‍👦").await;
    post(&bob, &public, "SECRET of bob").await;
    post(&ada, &public, "by HTTP").await;
    post(&ada, &letters, "dear diary").await;
    drop(ada.enter(&silent).await);

    let files = export(&ada).await;

    let whose: Exported = serde_json::from_str(&files["me.json"]).expect("whose it is");
    assert_eq!(whose.member, ada.member);
    assert_eq!(lines(&files, &public), ["by socket, naïve 👩‍👩‍👧‍👦", "by HTTP"]);
    assert_eq!(lines(&files, &letters), ["dear diary"]);
    assert_eq!(files.len(), 3, "{files:?}");
    assert!(!format!("{files:?}").contains("SECRET"));
    assert_eq!(lines(&export(&bob).await, &public), ["SECRET of bob"]);
}

#[tokio::test]
async fn more_than_one_page_of_a_room_stands_in_one_file_in_order() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    // 130 of 4,000 characters are more than a page's 512 KiB.
    for number in 0..140 {
        socket.say(&format!("{number} {}", "x".repeat(3_900))).await;
    }
    let written = lines(&export(&ada).await, &room);
    let numbers: Vec<usize> =
        written.iter().filter_map(|text| text.split(' ').next()?.parse().ok()).collect();
    assert_eq!(numbers, (0..140).collect::<Vec<_>>());
}

#[tokio::test]
async fn whoever_never_wrote_anything_gets_a_file_that_says_so_and_a_stranger_none() {
    let ada = Guest::sign_in(server(), "Ada").await;
    assert_eq!(export(&ada).await.keys().collect::<Vec<_>>(), ["me.json"]);
    Ask::get(server(), "/api/me/export").answer().await.refused(401, "no_session");
}

async fn depart(guest: &Guest<'_>, messages: &str) -> Answer {
    guest.ask(Method::DELETE, format!("/api/me?messages={messages}")).answer().await
}

#[tokio::test]
async fn whoever_deletes_their_account_is_nobody_to_everybody_at_once() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = bob.new_room().await;
    let body = json!({ "member": ada.member.id });
    let direct = bob.ask(Method::POST, "/api/direct").json(&body).answer().await.json::<RoomNamed>(200).room;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("stays").await.seq.expect("it is in the log");
    post(&ada, &direct, "between us").await;
    let mut reader = bob.enter(&room).await;

    let gone = depart(&ada, "anonymised").await;

    assert_eq!(gone.status, 204, "{}", gone.text());
    assert!(gone.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")), "{gone:?}");
    assert_eq!(socket.closed().await, Some(4001));
    ada.get("/api/session").await.refused(401, "no_session");
    depart(&ada, "anonymised").await.refused(401, "no_session");
    let heard = reader
        .find("nobody wrote it", |frame| match frame {
            ServerFrame::Events { events } => events.iter().find_map(|event| match &event.kind {
                EventKind::Anonymised { targets, removed: false, .. } => Some(targets.clone()),
                _ => None,
            }),
            _ => None,
        })
        .await;
    assert_eq!(heard, [seq]);
    let page = bob.messages(&room, "").await;
    assert_eq!((page.messages[0].text.as_str(), page.messages[0].by.name.as_str()), ("stays", ""));
    assert_ne!(page.messages[0].by.id, ada.member.id);
    let found = format!("/api/rooms/{room}/search?author={}", ada.member.id);
    assert_eq!(bob.get(found).await.json::<SearchPage>(200).messages, []);
    let of_ada = async |room: &Slug| bob.log(room).await.iter().any(|event| encode(event).contains("Ada"));
    eventually("no event tells who they were", async || !of_ada(&room).await && !of_ada(&direct).await).await;
    bob.ask(Method::POST, "/api/direct").json(&body).answer().await.refused(404, "not_found");
    let title = async || bob.get("/api/me/rooms").await.json::<MyRooms>(200).rooms[0].title.clone();
    eventually("the room of the two has no name", async || title().await.is_empty()).await;
}

#[tokio::test]
async fn an_account_is_deleted_by_its_member_alone_who_must_say_what_becomes_of_the_messages() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let bot = json!({ "name": "bot" });
    let token: ApiToken = ada.ask(Method::POST, "/api/me/tokens").json(&bot).answer().await.json(201);
    let token = token.token.expect("it is shown this once");

    Ask::new(server(), Method::DELETE, "/api/me?messages=removed").answer().await.refused(401, "no_session");
    for messages in ["", "kept"] {
        depart(&ada, messages).await.refused(400, "bad_request");
    }
    ada.ask(Method::DELETE, "/api/me").answer().await.refused(400, "bad_request");
    let by_program = Ask::new(server(), Method::DELETE, "/api/me?messages=removed").bearer(&token);
    by_program.answer().await.refused(403, "forbidden");
    assert_eq!(ada.get("/api/session").await.status, 200);

    assert_eq!(depart(&ada, "removed").await.status, 204);
    Ask::get(server(), "/api/session").bearer(&token).answer().await.refused(401, "no_session");
}
