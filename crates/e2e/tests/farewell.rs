//! Deleting one's account, on a server that is killed right after it said that it would.

use e2e::{
    Guest, Server,
    minted::{draft, fresh_id},
    patience::eventually,
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{
    ClientFrame, MemberLine, Role, RoomInfo, Slug, encode,
    http::{Invite, MembersPage, NewRoom},
    room::Visibility,
};
use serde_json::json;

/// What Ada writes in the busy room: more than a room goes through in two turns.
const WRITTEN: usize = 1_200;

#[tokio::test]
async fn what_somebody_wrote_is_removed_in_every_room_though_the_server_is_killed_in_the_middle() {
    let server = Server::start(Limits::Off, Build::Shipped);
    let (ada, bob) = (Guest::sign_in(&server, "Ada").await, Guest::sign_in(&server, "Bob").await);
    let (busy, letters) = (bob.new_room().await, private_room(&ada).await);
    invite(&ada, &letters, &bob).await;
    write_much(&ada, &busy).await;
    for (guest, room) in [(&bob, &busy), (&bob, &letters), (&ada, &letters)] {
        let text = if guest.member == ada.member { "SECRET letter" } else { "what bob says" };
        assert_eq!(guest.post(room, &fresh_id(), draft(text)).await.status, 201);
    }

    let answer = ada.ask(Method::DELETE, "/api/me?messages=removed").answer().await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    server.kill_and_start_again();

    println!("{} messages were left when it was back", left(&bob, &busy).await);
    ada.get("/api/session").await.refused(401, "no_session");
    for room in [&busy, &letters] {
        eventually("nothing of Ada is left", async || left(&bob, room).await == 0).await;
        let texts = bob.messages(room, "?limit=1").await.messages;
        assert!(bob.log(room).await.iter().any(|event| encode(event).contains("what bob says")), "{texts:?}");
    }
    assert_eq!(role(&bob, &letters).await, Some(Role::Owner), "her room is his now");
}

/// How many events still tell who wrote them, or what.
async fn left(reader: &Guest<'_>, room: &Slug) -> usize {
    let log = reader.log(room).await;
    let tells = |event: &&protocol::Event| {
        let event = encode(*event);
        event.contains("SECRET") || event.contains("Ada")
    };
    log.iter().filter(tells).count()
}

async fn write_much(guest: &Guest<'_>, room: &Slug) {
    let mut socket = guest.enter(room).await;
    let ids: Vec<_> = (0..WRITTEN).map(|_| fresh_id()).collect();
    for id in &ids {
        let draft = draft(&format!("SECRET {id}"));
        socket.send(&ClientFrame::Send { id: id.clone(), draft }).await;
    }
    socket.ack(ids.last().expect("there are some")).await;
}

async fn private_room(guest: &Guest<'_>) -> Slug {
    let (title, visibility) = ("Letters".to_owned(), Visibility::Private);
    let body = NewRoom { room: None, title, visibility, topic: None, region: None };
    guest.ask(Method::POST, "/api/rooms").json(&body).answer().await.json::<RoomInfo>(201).room
}

async fn invite(host: &Guest<'_>, room: &Slug, guest: &Guest<'_>) {
    let path = format!("/api/rooms/{room}/invites");
    let invite: Invite = host.ask(Method::POST, path).json(&json!({})).answer().await.json(201);
    let redeemed = guest.ask(Method::POST, format!("/api/invites/{}", invite.code)).answer().await;
    assert_eq!(redeemed.status, 200, "{}", redeemed.text());
}

async fn role(guest: &Guest<'_>, room: &Slug) -> Option<Role> {
    let page: MembersPage = guest.get(format!("/api/rooms/{room}/members")).await.json(200);
    let line = page.members.into_iter().find(|line: &MemberLine| line.id == guest.member.id);
    line.map(|line| line.role)
}
