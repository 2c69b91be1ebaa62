//! Private and direct rooms, invitations, one's own list, and the end of a room.

use e2e::{
    Guest, Server,
    entry::Entry,
    minted::{draft, fresh, fresh_id},
    patience::eventually,
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{
    MemberId, RoomInfo, Slug,
    http::{Invite, MyRoom, MyRooms, RoomNamed, RoomPage},
    room::{RoomKind, Visibility},
};
use serde_json::json;

use crate::server;

async fn private(ada: &Guest<'_>) -> RoomInfo {
    let body = json!({"title": "The plan", "visibility": "private"});
    ada.ask(Method::POST, "/api/rooms").json(&body).answer().await.json(201)
}

async fn invite(ada: &Guest<'_>, room: &Slug, uses: u32) -> Invite {
    let path = format!("/api/rooms/{room}/invites");
    ada.ask(Method::POST, path).json(&json!({ "uses": uses })).answer().await.json(201)
}

async fn redeem(bob: &Guest<'_>, code: &str) -> e2e::http::Answer {
    bob.ask(Method::POST, format!("/api/invites/{code}")).answer().await
}

async fn mine(ada: &Guest<'_>) -> Vec<MyRoom> {
    ada.get("/api/me/rooms").await.json::<MyRooms>(200).rooms
}

async fn slugs(ada: &Guest<'_>) -> Vec<Slug> {
    mine(ada).await.into_iter().map(|room| room.room).collect()
}

async fn direct(ada: &Guest<'_>, member: &MemberId) -> e2e::http::Answer {
    ada.ask(Method::POST, "/api/direct").json(&json!({ "member": member })).answer().await
}

#[tokio::test]
async fn a_private_room_is_there_for_its_members_and_for_nobody_else() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = private(&ada).await;
    assert_eq!((room.visibility, room.kind), (Visibility::Private, RoomKind::Private));
    assert_eq!(room.room.as_str().len(), 36);
    assert_eq!(ada.enter(&room.room).await.welcome().me.role, protocol::Role::Owner);

    // One that was never minted, beside the one that bob may not know of: the same answers but for the request's id.
    let never = "a".repeat(36);
    let answers = async |slug: String| {
        let path = format!("/api/rooms/{slug}");
        let mut said = Vec::new();
        for at in ["", "/messages", "/events", "/members"] {
            said.push(
                bob.ask(Method::GET, format!("{path}{at}")).header("x-request-id", "r").answer().await.text(),
            );
        }
        let body = protocol::http::SendBody { id: fresh_id(), draft: draft("hello?") };
        let sent = bob.ask(Method::POST, format!("{path}/messages")).header("x-request-id", "r").json(&body);
        said.push(sent.answer().await.text());
        let entry = Entry::nobody(&slug).header("authorization", format!("Bearer {}", bob.token));
        said.push(format!("{:?}", entry.open(server()).await.socket().closed().await));
        said
    };
    let (known, unknown) = (answers(room.room.to_string()).await, answers(never).await);
    assert_eq!(known, unknown);
    assert!(known.last().is_some_and(|code| code == "Some(4004)"), "{known:?}");
    let listed: RoomPage = bob.get("/api/rooms?q=plan").await.json(200);
    assert!(!listed.rooms.iter().any(|listed| listed.room == room.room), "it is in no list");
}

#[tokio::test]
async fn guesses_at_private_rooms_and_invitations_make_no_object() {
    let own = Server::start(Limits::Off, Build::Shipped);
    let bob = Guest::sign_in(&own, "Bob").await;
    bob.get("/api/rooms/lobby").await;
    let before = own.objects_of("RoomObject");
    for number in 0..20 {
        let slug = format!("{number:02}").replace(['0', '1', '8', '9'], "a") + &"b".repeat(34);
        bob.get(format!("/api/rooms/{slug}")).await.refused(404, "room_not_found");
        redeem(&bob, &format!("{slug}.AAAAAAAAAAAAAAAAAAAAAA")).await.refused(404, "not_found");
    }
    assert_eq!(own.objects_of("RoomObject"), before);
}

#[tokio::test]
async fn an_invitation_of_one_use_lets_in_one_of_a_hundred_who_use_it_at_once() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = private(&ada).await.room;
    let code = invite(&ada, &room, 1).await.code;
    let mut guests = Vec::new();
    for number in 0..100 {
        guests.push(Guest::sign_in(server(), &format!("Guest {number}")).await);
    }
    let tries = guests.iter().map(|guest| redeem(guest, &code));
    let answers = futures_util::future::join_all(tries).await;
    let with = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((with(200), with(410)), (1, 99));
    let members: serde_json::Value = ada.get(format!("/api/rooms/{room}/members")).await.json(200);
    assert_eq!(members["members"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn whoever_is_invited_comes_in_and_writes_and_whoever_leaves_is_out() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = private(&ada).await.room;
    let made = invite(&ada, &room, 2).await;
    assert!(made.url.ends_with(&format!("/invite/{}", made.code)), "{}", made.url);
    assert_eq!(redeem(&bob, &made.code).await.json::<RoomNamed>(200).room, room);
    assert_eq!(slugs(&bob).await, std::slice::from_ref(&room));
    assert_eq!(bob.post(&room, &fresh_id(), draft("here I am")).await.status, 201);
    assert_eq!(redeem(&bob, &made.code).await.status, 200, "a member does not use it up");

    let left = bob.ask(Method::DELETE, format!("/api/me/rooms/{room}")).answer().await;
    assert_eq!(left.status, 204, "{}", left.text());
    assert_eq!(slugs(&bob).await, []);
    bob.get(format!("/api/rooms/{room}")).await.refused(404, "room_not_found");
    assert_eq!(redeem(&bob, &made.code).await.status, 200, "the second use");
    let cyd = Guest::sign_in(server(), "Cyd").await;
    redeem(&cyd, &made.code).await.refused(410, "invite_spent");
}

#[tokio::test]
async fn an_invitation_that_is_taken_back_and_one_that_never_was_let_nobody_in() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = private(&ada).await.room;
    let code = invite(&ada, &room, 5).await.code;
    redeem(&bob, &format!("{room}.AAAAAAAAAAAAAAAAAAAAAA")).await.refused(404, "not_found");
    let gone = ada.ask(Method::DELETE, format!("/api/rooms/{room}/invites/{code}")).answer().await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    redeem(&bob, &code).await.refused(410, "invite_spent");
    for body in [json!({"uses": 0}), json!({"uses": 1001}), json!({"expires_in_ms": 0})] {
        let path = format!("/api/rooms/{room}/invites");
        ada.ask(Method::POST, path).json(&body).answer().await.refused(400, "bad_request");
    }
}

#[tokio::test]
async fn two_members_have_one_direct_room_whoever_asks() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = direct(&ada, &bob.member.id).await.json::<RoomNamed>(200).room;
    assert_eq!(direct(&bob, &ada.member.id).await.json::<RoomNamed>(200).room, room);
    for (one, other) in [(&ada, "Bob"), (&bob, "Ada")] {
        let rooms = mine(one).await;
        let shown: Vec<_> = rooms.iter().map(|room| (&room.room, room.title.as_str(), room.kind)).collect();
        assert_eq!(shown, [(&room, other, RoomKind::Direct)]);
    }
    let cyd = Guest::sign_in(server(), "Cyd").await;
    cyd.get(format!("/api/rooms/{room}")).await.refused(404, "room_not_found");
    direct(&ada, &ada.member.id).await.refused(400, "bad_request");
    direct(&ada, &MemberId::parse("nobody-of-that-id").expect("an id")).await.refused(404, "not_found");
}

#[tokio::test]
async fn what_is_unread_is_the_same_on_all_devices_and_gone_once_it_is_read() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = direct(&ada, &bob.member.id).await.json::<RoomNamed>(200).room;
    for text in ["one", "two"] {
        assert_eq!(ada.post(&room, &fresh_id(), draft(text)).await.status, 201);
    }
    assert_eq!(bob.post(&room, &fresh_id(), draft("my own")).await.status, 201);
    let counts = |rooms: Vec<MyRoom>| rooms.first().and_then(|room| room.unread);
    assert_eq!(counts(mine(&bob).await), Some(2));
    assert_eq!(counts(mine(&ada).await), Some(1));

    let mut socket = bob.enter(&room).await;
    let head = socket.welcome().head;
    socket.send(&protocol::ClientFrame::Read { seq: head }).await;
    eventually("nothing is unread", async || counts(mine(&bob).await) == Some(0)).await;
    assert_eq!(counts(mine(&ada).await), Some(1));
}

#[tokio::test]
async fn who_asks_for_their_rooms_is_here_for_the_other_of_a_direct_room_and_for_nobody_else() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = direct(&ada, &bob.member.id).await.json::<RoomNamed>(200).room;
    let other = async |ada: &Guest<'_>| {
        mine(ada).await.into_iter().map(|room| (room.other, room.here)).collect::<Vec<_>>()
    };
    assert_eq!(other(&ada).await, [(Some(bob.member.id.clone()), false)], "Bob has no page yet");
    assert_eq!(other(&bob).await, [(Some(ada.member.id.clone()), true)], "Ada has just asked");
    assert_eq!(other(&ada).await, [(Some(bob.member.id.clone()), true)]);

    let public = ada.new_room().await;
    assert_eq!(ada.ask(Method::PUT, format!("/api/me/rooms/{public}")).answer().await.status, 204);
    let shared = mine(&ada).await.into_iter().find(|room| room.room == public).expect("a kept room");
    assert_eq!((shared.other, shared.here), (None, false), "of a room that is not direct nothing is said");

    let left = bob.ask(Method::DELETE, format!("/api/me/rooms/{room}")).answer().await;
    assert_eq!(left.status, 204, "{}", left.text());
    assert_eq!(mine(&bob).await, [], "whoever has left sees nobody");
    let direct = mine(&ada).await.into_iter().find(|line| line.room == room).expect("her direct room");
    assert_eq!((direct.other, direct.here), (None, false), "and is seen by nobody, though he has just asked");
}

#[tokio::test]
async fn whoever_signs_out_is_not_here_any_more() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    direct(&ada, &bob.member.id).await.json::<RoomNamed>(200);
    let bob_is_here = async || mine(&ada).await.iter().map(|room| room.here).collect::<Vec<_>>();
    mine(&bob).await;
    assert_eq!(bob_is_here().await, [true]);
    let gone = bob.ask(Method::DELETE, "/api/session").answer().await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    assert_eq!(bob_is_here().await, [false]);
}

#[tokio::test]
async fn a_public_room_is_kept_until_it_is_let_go_of() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    assert_eq!(slugs(&bob).await, []);
    let path = format!("/api/me/rooms/{room}");
    for _ in 0..2 {
        assert_eq!(bob.ask(Method::PUT, path.clone()).answer().await.status, 204);
    }
    assert_eq!(slugs(&bob).await, [room]);
    assert_eq!(bob.ask(Method::DELETE, path).answer().await.status, 204);
    assert_eq!(slugs(&bob).await, []);
    bob.ask(Method::PUT, "/api/me/rooms/no-such-room").answer().await.refused(404, "room_not_found");
}

#[tokio::test]
async fn only_its_owner_ends_a_room_and_then_it_is_nowhere_and_its_slug_is_not_given_again() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let word = fresh("w");
    let body = json!({"room": word, "title": word, "visibility": "public"});
    let room = ada.ask(Method::POST, "/api/rooms").json(&body).answer().await.json::<RoomInfo>(201).room;
    assert_eq!(bob.ask(Method::PUT, format!("/api/me/rooms/{room}")).answer().await.status, 204);
    let mut socket = bob.enter(&room).await;
    socket.say("soon gone").await;
    let path = format!("/api/rooms/{room}");
    bob.ask(Method::DELETE, path.clone()).answer().await.refused(403, "forbidden");

    assert_eq!(ada.ask(Method::DELETE, path.clone()).answer().await.status, 204);
    assert_eq!(socket.closed().await, Some(4004));
    for guest in [&ada, &bob] {
        guest.get(path.clone()).await.refused(404, "room_not_found");
        guest.get(format!("{path}/messages")).await.refused(404, "room_not_found");
    }
    eventually("nobody keeps it", async || slugs(&bob).await.is_empty()).await;
    let listed = async || ada.get(format!("/api/rooms?q={word}")).await.json::<RoomPage>(200).rooms;
    eventually("it is not listed", async || listed().await.is_empty()).await;
    ada.ask(Method::POST, "/api/rooms").json(&body).answer().await.refused(409, "room_exists");
    ada.get(path).await.refused(404, "room_not_found");
    ada.ask(Method::DELETE, "/api/rooms/lobby").answer().await.refused(403, "forbidden");
}

#[tokio::test]
async fn the_directory_hears_how_a_room_is() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let shown = async || {
        let page: RoomPage = ada.get(format!("/api/rooms?q={room}")).await.json(200);
        page.rooms.first().map(|room| room.members_online)
    };
    eventually("ada is seen", async || shown().await == Some(1)).await;
    socket.say("hello").await;
}

#[tokio::test]
async fn settings_are_changed_by_moderators_and_shown_to_everybody() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let path = format!("/api/rooms/{room}");
    let change = |guest: &Guest<'_>, body| guest.ask(Method::PATCH, path.clone()).json(&body).answer();
    change(&bob, json!({"topic": "mine"})).await.refused(403, "forbidden");
    let changed: RoomInfo = change(&ada, json!({"topic": "ours", "slow_mode_ms": 1000})).await.json(200);
    assert_eq!((changed.topic.as_str(), changed.slow_mode_ms), ("ours", 1_000));
    assert_eq!(bob.get(path.clone()).await.json::<RoomInfo>(200), changed);
    change(&ada, json!({"title": ""})).await.refused(400, "bad_request");
}
