//! What a server that was just deployed must keep before people are left to it: a few promises, each by its shortest proof.
//!
//! `EDGEWISE_URL=https://… cargo test -p e2e --test smoke` asks a server that is there already; without an address it asks one of its
//! own, as all tests here do. It leaves little behind: one room, always the same, and a few lines in it.

use e2e::{
    Guest, Server,
    deployed::server,
    http::Ask,
    minted::{draft, fresh_id},
};
use hyper::Method;
use protocol::{
    ClientFrame, Slug,
    http::{Health, NewRoom, SendBody, Sent},
    room::Visibility,
};

/// The room of all these checks. It is founded by the first.
async fn room(guest: &Guest<'_>) -> Slug {
    let slug = Slug::parse("after-deploy").expect("a good slug");
    let body = NewRoom {
        room: Some(slug.to_string()),
        title: "Checks after a deploy".to_owned(),
        visibility: Visibility::Public,
        topic: None,
        region: None,
    };
    let answer = guest.ask(Method::POST, "/api/rooms").json(&body).answer().await;
    assert!([201, 409].contains(&answer.status), "founding the room got {}", answer.text());
    slug
}

async fn two(server: &'static Server) -> (Guest<'static>, Guest<'static>) {
    (Guest::sign_in(server, "Check One").await, Guest::sign_in(server, "Check Two").await)
}

/// Who checks leaves nothing that could be used.
async fn sign_out(guests: [Guest<'_>; 2]) {
    for guest in guests {
        assert_eq!(guest.ask(Method::DELETE, "/api/session").answer().await.status, 204);
    }
}

#[tokio::test]
async fn it_is_healthy_and_ready() {
    let server = server().await;
    let health: Health = Ask::get(server, "/healthz").answer().await.json(200);
    assert_eq!(health.status, "ok");
    assert_eq!(Ask::get(server, "/readyz").answer().await.status, 200);
}

#[tokio::test]
async fn the_page_is_there_and_both_page_and_answers_bear_the_security_headers() {
    let server = server().await;
    let page = Ask::get(server, "/").answer().await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").unwrap_or_default().starts_with("text/html"));
    page.dressed("/");
    let script = page.text().split('"').find(|part| part.ends_with(".js")).map(str::to_owned);
    let script = Ask::get(server, script.expect("the page names its script")).answer().await;
    assert_eq!(script.status, 200);
    script.dressed("the script");
    Ask::get(server, "/api/session").answer().await.dressed("/api/session");
}

#[tokio::test]
async fn a_sign_in_counts_until_it_is_ended() {
    let server = server().await;
    let guest = Guest::sign_in(server, "Check").await;
    assert_eq!(guest.get("/api/session").await.status, 200);
    assert_eq!(guest.ask(Method::DELETE, "/api/session").answer().await.status, 204);
    assert_eq!(guest.get("/api/session").await.status, 401);
}

#[tokio::test]
async fn what_one_sends_is_acked_once_and_seen_by_another() {
    let (one, other) = two(server().await).await;
    let room = room(&one).await;
    let (mut writer, mut reader) = (one.enter(&room).await, other.enter(&room).await);
    let command = ClientFrame::Send { id: fresh_id(), draft: draft("a check after a deploy") };

    let (first, again) = (writer.command(&command).await, writer.command(&command).await);

    let seq = first.seq.expect("a seq");
    assert_eq!((first.duplicate, again.duplicate, again.seq), (false, true, Some(seq)));
    let seen = reader.event(seq).await;
    assert_eq!(seen.by.id, one.member.id);
    let page = other.events(&room, &format!("?after={}&limit=100", seq.before().value())).await;
    assert_eq!(
        page.events.iter().filter(|event| event.by.id == one.member.id).count(),
        1,
        "it is there once"
    );
    sign_out([one, other]).await;
}

#[tokio::test]
async fn who_comes_back_gets_what_was_missed_and_the_rest_comes_live() {
    let (one, other) = two(server().await).await;
    let room = room(&one).await;
    let (mut writer, away) = (one.enter(&room).await, other.enter(&room).await);
    let cursor = away.cursor();
    away.close().await;
    let missed = writer.say("said while the other was away").await.seq.expect("a seq");

    let mut back = other.come_back(&room, &cursor).await;

    assert!(back.welcome().recovered, "{:?}", back.welcome());
    assert!(back.log.iter().any(|event| event.seq == missed), "what was missed is in the welcome");
    let live = writer.say("said to who is back").await.seq.expect("a seq");
    back.event(live).await;
    sign_out([one, other]).await;
}

#[tokio::test]
async fn a_message_by_http_is_in_the_history() {
    let (one, other) = two(server().await).await;
    let room = room(&one).await;
    let body = SendBody { id: fresh_id(), draft: draft("a check by HTTP") };
    let answer = one.ask(Method::POST, format!("/api/rooms/{room}/messages")).json(&body).answer().await;
    let sent: Sent = answer.json(201);
    let page = other.messages(&room, "?limit=50").await;
    assert!(page.messages.iter().any(|message| Some(message.seq) == sent.seq), "{page:?}");
    sign_out([one, other]).await;
}
