//! Files: brought, shown by messages, given to whoever may read the room, and gone with what showed them; over a bucket, and over rooms
//! that keep files themselves.

use std::sync::OnceLock;

use e2e::{
    Guest, Server,
    entry::Entry,
    http::Answer,
    minted::{draft, fresh_id},
    patience::{eventually, within},
    server,
};
use hyper::Method;
use protocol::{ClientFrame, Draft, File, RoomInfo, Slug, http::Sent};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The beginning of a picture of 320 by 200, and bytes behind it.
fn picture(bytes: usize) -> Vec<u8> {
    let mut picture = b"GIF89a\x40\x01\xc8\0\0\0\0".to_vec();
    picture.extend((picture.len()..bytes).map(|at| u8::try_from(at % 251).expect("a byte")));
    picture
}

/// A server without a bucket.
fn room_shelf() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    let script = server::root().join("ops/dev/serve.mjs");
    SERVER.get_or_init(|| Server::start_script(&script, &["--files", "room", "--limits", "off"]))
}

fn shelves() -> [&'static Server; 2] {
    [crate::server(), room_shelf()]
}

fn at(room: &Slug, file: &File) -> String {
    format!("/api/rooms/{room}/files/{}", file.file)
}

async fn shown(guest: &Guest<'_>, room: &Slug, file: &File) -> u64 {
    let draft = Draft { attachments: vec![file.file.clone()], ..draft("look") };
    let sent: Sent = guest.post(room, &fresh_id(), draft).await.json(201);
    sent.seq.expect("a seq").value()
}

async fn part(guest: &Guest<'_>, path: &str, range: &str) -> Answer {
    guest.ask(Method::GET, path).header("range", range).answer().await
}

/// What the server says to a file of so many bytes before any of them comes.
async fn announced(guest: &Guest<'_>, room: &Slug, bytes: usize) -> String {
    let (address, token) = (guest.server.address(), &guest.token);
    let request = format!(
        "POST /api/rooms/{room}/files HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\ncontent-length: {bytes}\r\n\r\n",
        address.authority()
    );
    let mut stream = address.connect().await.expect("the server listens");
    stream.write_all(request.as_bytes()).await.expect("it takes a head");
    let mut line = [0; 32];
    within("an answer to a file that is announced", stream.read_exact(&mut line))
        .await
        .expect("a first line");
    String::from_utf8_lossy(&line).into_owned()
}

#[tokio::test]
async fn a_file_comes_is_shown_by_a_message_and_given_back_byte_for_byte() {
    for server in shelves() {
        let (ada, bob) = (Guest::sign_in(server, "Ada").await, Guest::sign_in(server, "Bob").await);
        let room = ada.new_room().await;
        let mut reader = bob.enter(&room).await;
        let content = picture(700_000);

        let file: File = ada.bring(&room, "S%C3%B6mmer.gif", &content).await.json(201);
        assert_eq!(
            (file.name.as_str(), file.media.as_str(), file.size),
            ("Sömmer.gif", "image/gif", 700_000)
        );
        assert_eq!((file.width, file.height), (Some(320), Some(200)));
        bob.get(at(&room, &file)).await.refused(404, "not_found");

        let wordless = Draft { attachments: vec![file.file.clone()], ..draft("") };
        let sent: Sent = ada.post(&room, &fresh_id(), wordless).await.json(201);
        let event = reader.event(sent.seq.expect("a seq")).await;
        let message = protocol::Message::begin(&event).expect("a message");
        assert_eq!((message.text.as_str(), message.attachments.as_slice()), ("", [file.clone()].as_slice()));

        for reading in ["first", "from a cache, if there is one"] {
            let answer = bob.get(at(&room, &file)).await;
            assert_eq!((answer.status, answer.body.len()), (200, 700_000), "{reading}");
            assert!(answer.body == content, "{reading}");
        }
    }
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for_and_what_one_has_is_not_sent_again() {
    for server in shelves() {
        let ada = Guest::sign_in(server, "Ada").await;
        let room = ada.new_room().await;
        let content = picture(600_000);
        let file: File = ada.bring(&room, "a.gif", &content).await.json(201);
        let path = at(&room, &file);

        for (range, span) in [
            ("bytes=0-0", 0..1),
            ("bytes=262143-262144", 262_143..262_145),
            ("bytes=599990-", 599_990..600_000),
            ("bytes=-3", 599_997..600_000),
        ] {
            let answer = part(&ada, &path, range).await;
            let said = format!("bytes {}-{}/600000", span.start, span.end - 1);
            assert_eq!(
                (answer.status, answer.header("content-range")),
                (206, Some(said.as_str())),
                "{range}"
            );
            assert!(answer.body == content[span], "{range}");
        }
        let whole = ada.get(&path).await;
        assert_eq!(part(&ada, &path, "bytes=262143-262144").await.body, content[262_143..262_145]);
        let beyond = part(&ada, &path, "bytes=600000-").await;
        beyond.refused(416, "beyond");
        assert_eq!(beyond.header("content-range"), Some("bytes */600000"));

        let tag = whole.header("etag").expect("a tag").to_owned();
        let again = ada.ask(Method::GET, &path).header("if-none-match", tag).answer().await;
        assert_eq!((again.status, again.body.len()), (304, 0));
    }
}

#[tokio::test]
async fn what_a_browser_gets_can_do_nothing_in_it() {
    for server in shelves() {
        let ada = Guest::sign_in(server, "Ada").await;
        let room = ada.new_room().await;
        let script = b"<!doctype html><script>alert(document.cookie)</script>";
        let page: File = ada.bring(&room, "holiday.gif", script).await.json(201);
        let gif: File = ada.bring(&room, "page.html", &picture(64)).await.json(201);

        let page = ada.get(at(&room, &page)).await;
        let gif = ada.get(at(&room, &gif)).await;

        assert_eq!(page.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(page.header("content-disposition").is_some_and(|way| way.starts_with("attachment; ")));
        assert_eq!(gif.header("content-type"), Some("image/gif"));
        assert!(
            gif.header("content-disposition")
                .is_some_and(|way| way.starts_with("inline; filename=\"page.html\""))
        );
        for answer in [page, gif] {
            let policy = answer.header("content-security-policy").expect("a policy");
            assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
            assert_eq!(answer.header("cache-control"), Some("private, max-age=31536000, immutable"));
        }
    }
}

#[tokio::test]
async fn the_rights_of_the_room_hold_for_every_byte() {
    for server in shelves() {
        let (ada, bob) = (Guest::sign_in(server, "Ada").await, Guest::sign_in(server, "Bob").await);
        let body = json!({"title": "The plan", "visibility": "private"});
        let private =
            ada.ask(Method::POST, "/api/rooms").json(&body).answer().await.json::<RoomInfo>(201).room;
        let file: File = ada.bring(&private, "plan.gif", &picture(64)).await.json(201);
        shown(&ada, &private, &file).await;
        bob.get(at(&private, &file)).await.refused(404, "room_not_found");
        bob.bring(&private, "a.gif", &picture(64)).await.refused(404, "room_not_found");
        e2e::http::Ask::get(server, at(&private, &file)).answer().await.refused(401, "no_session");
        // Nor does the address of another room open it.
        let public = bob.new_room().await;
        bob.get(at(&public, &file)).await.refused(404, "not_found");

        // Whoever only reads brings nothing, and whoever is banned gets nothing.
        let room = ada.new_room().await;
        let file: File = ada.bring(&room, "a.gif", &picture(64)).await.json(201);
        shown(&ada, &room, &file).await;
        assert_eq!(bob.get(at(&room, &file)).await.status, 200);
        let change = json!({ "posting": "moderators" });
        ada.ask(Method::PATCH, format!("/api/rooms/{room}"))
            .json(&change)
            .answer()
            .await
            .json::<RoomInfo>(200);
        bob.bring(&room, "a.gif", &picture(64)).await.refused(403, "forbidden");
        let mut socket = ada.enter(&room).await;
        let ban = protocol::Moderation {
            member: bob.member.id.clone(),
            action: protocol::Sanction::Ban,
            for_ms: None,
            reason: None,
        };
        socket.command(&ClientFrame::Moderate { id: fresh_id(), moderation: ban }).await;
        bob.get(at(&room, &file)).await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn one_shows_one_s_own_files_once() {
    let (ada, bob) =
        (Guest::sign_in(crate::server(), "Ada").await, Guest::sign_in(crate::server(), "Bob").await);
    let room = ada.new_room().await;
    let file: File = ada.bring(&room, "a.gif", &picture(64)).await.json(201);
    let with = || Draft { attachments: vec![file.file.clone()], ..draft("mine") };
    bob.post(&room, &fresh_id(), with()).await.refused(404, "not_found");
    let id = fresh_id();
    ada.post(&room, &id, with()).await.json::<Sent>(201);
    assert!(ada.post(&room, &id, with()).await.json::<Sent>(200).duplicate);
    ada.post(&room, &fresh_id(), with()).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_file_goes_with_its_message_and_with_its_room() {
    for server in shelves() {
        let ada = Guest::sign_in(server, "Ada").await;
        let room = ada.new_room().await;
        let (first, second): (File, File) = (
            ada.bring(&room, "a.gif", &picture(300_000)).await.json(201),
            ada.bring(&room, "b.gif", &picture(300_000)).await.json(201),
        );
        let seq = shown(&ada, &room, &first).await;
        shown(&ada, &room, &second).await;
        assert_eq!(ada.get(at(&room, &first)).await.status, 200);

        let mut socket = ada.enter(&room).await;
        let seq = protocol::Seq::try_new(seq).expect("a seq");
        socket.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;
        ada.get(at(&room, &first)).await.refused(404, "not_found");
        assert_eq!(ada.get(at(&room, &second)).await.status, 200);
        let page = ada.messages(&room, "").await;
        assert!(page.messages[0].attachments.is_empty() && page.messages[0].deleted);

        assert_eq!(ada.ask(Method::DELETE, format!("/api/rooms/{room}")).answer().await.status, 204);
        ada.get(at(&room, &second)).await.refused(404, "room_not_found");
    }
}

#[tokio::test]
async fn bytes_in_the_bucket_go_too() {
    let server = Server::start(server::Limits::Off, server::Build::Shipped);
    let ada = Guest::sign_in(&server, "Ada").await;
    let room = ada.new_room().await;
    let file: File = ada.bring(&room, "a.gif", &picture(300_000)).await.json(201);
    let other: File = ada.bring(&room, "b.gif", &picture(300_000)).await.json(201);
    let (seq, _) = (shown(&ada, &room, &file).await, shown(&ada, &room, &other).await);
    assert_eq!(server.blobs(), 2);

    let mut socket = ada.enter(&room).await;
    let seq = protocol::Seq::try_new(seq).expect("a seq");
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;
    eventually("one of two files is left in the bucket", async || server.blobs() == 1).await;

    ada.ask(Method::DELETE, format!("/api/rooms/{room}")).answer().await;
    eventually("nothing is left in the bucket", async || server.blobs() == 0).await;
}

#[tokio::test]
async fn a_file_has_its_bounds() {
    for (server, most) in shelves().into_iter().zip([10, 5]) {
        let ada = Guest::sign_in(server, "Ada").await;
        let room = ada.new_room().await;
        let welcome = Entry::new(&room, &ada.token).enter(server).await.welcome().clone();
        let bytes = most * 1024 * 1024;
        assert_eq!((welcome.limits.attachments, welcome.limits.file_bytes as usize), (10, bytes));

        let file: File = ada.bring(&room, "large.gif", &picture(bytes)).await.json(201);
        assert_eq!(ada.get(at(&room, &file)).await.body.len(), bytes);
        let refusal = announced(&ada, &room, bytes + 1).await;
        assert!(refusal.starts_with("HTTP/1.1 413 "), "before its first byte: {refusal}");
        let nothing = ada.ask(Method::POST, format!("/api/rooms/{room}/files"));
        nothing.header("content-length", "0").answer().await.refused(400, "empty");
        ada.bring(&room, "%ff.gif", &picture(64)).await.refused(400, "bad_request");
        ada.ask(Method::GET, format!("/api/rooms/{room}/files"))
            .answer()
            .await
            .refused(405, "method_not_allowed");
        ada.get(format!("/api/rooms/{room}/files/none")).await.refused(404, "not_found");
    }
}
