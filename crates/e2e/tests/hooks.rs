//! Webhooks against a real receiver on this machine, which only a test build may call.

use std::sync::OnceLock;

use e2e::{
    Guest, Server, Socket,
    http::{Answer, Ask},
    listener::{Heard, Listener, Reply},
    minted::{draft, fresh_id},
    patience::eventually,
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{
    ClientFrame, Event, EventKind, Moderation, Sanction, Slug,
    http::{CommandLines, HookCall, HookLine, HookLines, MadeHook, Sent},
};
use serde_json::{Value, json};
use standardwebhooks::Webhook;

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(Limits::Off, Build::WithFaults))
}

async fn ada_and_room() -> (Guest<'static>, Slug) {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    (ada, room)
}

async fn ask_for(ada: &Guest<'_>, room: &Slug, body: Value) -> Answer {
    ada.ask(Method::POST, format!("/api/rooms/{room}/hooks")).json(&body).answer().await
}

async fn make(ada: &Guest<'_>, room: &Slug, body: Value) -> MadeHook {
    ask_for(ada, room, body).await.json(201)
}

async fn listed(ada: &Guest<'_>, room: &Slug) -> Vec<HookLine> {
    ada.get(format!("/api/rooms/{room}/hooks")).await.json::<HookLines>(200).hooks
}

/// Writes by an incoming webhook, as whoever has its address does: without a session.
async fn write(url: &str, body: Value) -> Answer {
    let path = url.strip_prefix(server().url()).expect("an address of this server").to_owned();
    Ask::new(server(), Method::POST, path).json(&body).answer().await
}

/// What was told, if its signature is good.
fn told(heard: &Heard, secret: &str) -> HookCall {
    let signed = Webhook::new(secret).expect("a secret of Standard Webhooks");
    signed.verify(heard.body.as_bytes(), &heard.headers).expect("a good signature");
    serde_json::from_str(&heard.body).expect("a call")
}

fn text(event: &Event) -> Option<&str> {
    match &event.kind {
        EventKind::Message { text, .. } => text.as_deref(),
        _ => None,
    }
}

/// The next message that somebody else writes.
async fn next_message(socket: &mut Socket, from: u64) -> Event {
    let seq = protocol::Seq::try_new(from).expect("a seq");
    socket.event(seq).await
}

#[tokio::test]
async fn whoever_has_the_address_of_a_webhook_writes_in_the_room_once() {
    let (ada, room) = ada_and_room().await;
    let made = make(&ada, &room, json!({"name": "Builds"})).await;
    let url = made.url.expect("an address to write to");
    assert!(url.contains(&format!("/api/hooks/{room}.")), "{url}");
    let mut socket = ada.enter(&room).await;

    let sent: Sent = write(&url, json!({"text": "built", "id": "b1"})).await.json(201);
    let again: Sent = write(&url, json!({"text": "built", "id": "b1"})).await.json(200);
    assert_eq!((again.seq, again.duplicate), (sent.seq, true));
    assert_eq!(write(&url, json!({"text": "broken", "name": "CI"})).await.status, 201);

    let first = next_message(&mut socket, 1).await;
    assert_eq!(
        (first.by.id.clone(), first.by.name.as_str(), text(&first)),
        (made.hook.clone(), "Builds", Some("built"))
    );
    let second = next_message(&mut socket, 2).await;
    assert_eq!((second.by.id, second.by.name.as_str()), (made.hook, "CI"));
    write(&url, json!({"text": ""})).await.refused(400, "empty");
    write(&url, json!({"text": "x", "name": "Admin"})).await.refused(409, "name_taken");
    write(&url, json!({"words": "x"})).await.refused(400, "bad_request");
}

#[tokio::test]
async fn an_address_that_is_none_or_was_taken_away_says_nothing() {
    let (ada, room) = ada_and_room().await;
    let made = make(&ada, &room, json!({"name": "Builds"})).await;
    let url = made.url.expect("an address to write to");
    let gone = ada.ask(Method::DELETE, format!("/api/rooms/{room}/hooks/{}", made.hook)).answer().await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    let here = server().url();
    for url in [
        url,
        format!("{here}/api/hooks/{room}.AAAA"),
        format!("{here}/api/hooks/no-such-room.AAAA"),
        format!("{here}/api/hooks/x"),
    ] {
        write(&url, json!({"text": "psst"})).await.refused(404, "not_found");
    }
    assert_eq!(ada.log(&room).await, []);
}

#[tokio::test]
async fn a_webhook_writes_in_a_private_room_too() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let body = json!({"title": "The plan", "visibility": "private"});
    let room =
        ada.ask(Method::POST, "/api/rooms").json(&body).answer().await.json::<protocol::RoomInfo>(201).room;
    let url = make(&ada, &room, json!({"name": "Builds"})).await.url.expect("an address to write to");
    assert_eq!(write(&url, json!({"text": "built"})).await.status, 201);
}

#[tokio::test]
async fn only_moderators_make_see_and_take_away_webhooks() {
    let (ada, room) = ada_and_room().await;
    let made = make(&ada, &room, json!({"name": "Builds"})).await;
    let bob = Guest::sign_in(server(), "Bob").await;
    ask_for(&bob, &room, json!({"name": "Mine"})).await.refused(403, "forbidden");
    bob.get(format!("/api/rooms/{room}/hooks")).await.refused(403, "forbidden");
    let path = format!("/api/rooms/{room}/hooks/{}", made.hook);
    bob.ask(Method::DELETE, path).answer().await.refused(403, "forbidden");
    assert_eq!(listed(&ada, &room).await.len(), 1);
    ada.ask(Method::DELETE, format!("/api/rooms/{room}/hooks/hook-none"))
        .answer()
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_webhook_is_called_under_public_names_by_https_alone() {
    let (ada, room) = ada_and_room().await;
    for url in [
        "http://hooks.example.com/",
        "https://10.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "http://127.0.0.2/",
    ] {
        ask_for(&ada, &room, json!({"name": "Out", "url": url})).await.refused(400, "bad_request");
    }
    let good = json!({"name": "Out", "url": "https://hooks.example.com/1", "command": "out"});
    assert_eq!(ask_for(&ada, &room, good).await.status, 201);
    for bad in [
        json!({"name": "Out", "command": "out"}),
        json!({"name": "Out", "url": "https://a.example", "command": "/Out"}),
    ] {
        ask_for(&ada, &room, bad).await.refused(400, "bad_request");
    }
}

#[tokio::test]
async fn a_webhook_hears_of_every_event_in_order_under_a_good_signature() {
    let (ada, room) = ada_and_room().await;
    let mut listener = Listener::start(vec![Reply::new(204, "")]).await;
    let secret =
        make(&ada, &room, json!({"name": "Out", "url": listener.url()})).await.secret.expect("a secret");
    let mut socket = ada.enter(&room).await;
    for said in ["one", "two", "three"] {
        socket.say(said).await;
    }
    let mut events = Vec::new();
    while events.len() < 3 {
        let call = told(&listener.next().await, &secret);
        assert_eq!((&call.room, call.command), (&room, None));
        events.extend(call.events);
    }
    assert_eq!(events, ada.log(&room).await);
}

#[tokio::test]
async fn a_call_that_is_refused_is_made_again_with_what_came_since_and_nothing_is_lost() {
    let (ada, room) = ada_and_room().await;
    let mut listener = Listener::start(vec![Reply::new(503, "")]).await;
    let made = make(&ada, &room, json!({"name": "Out", "url": listener.url()})).await;
    let secret = made.secret.expect("a secret");
    ada.post(&room, &fresh_id(), draft("one")).await;
    let first = told(&listener.next().await, &secret);
    let failed = async || listed(&ada, &room).await[0].failed;
    eventually("the failure is seen", async || failed().await > 0).await;
    ada.post(&room, &fresh_id(), draft("two")).await;
    listener.answer(Reply::new(200, ""));

    let mut again = told(&listener.next().await, &secret);
    while again.events.len() < 2 {
        again = told(&listener.next().await, &secret);
    }

    assert_eq!(again.events[0], first.events[0]);
    assert_eq!(again.events, ada.log(&room).await);
    eventually("it has heard", async || failed().await == 0).await;
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (ada, room) = ada_and_room().await;
    let mut elsewhere = Listener::start(vec![Reply::new(200, "")]).await;
    let redirect = Reply { header: Some(("location", elsewhere.url())), ..Reply::new(307, "") };
    let mut listener = Listener::start(vec![redirect]).await;
    make(&ada, &room, json!({"name": "Out", "url": listener.url()})).await;
    ada.post(&room, &fresh_id(), draft("one")).await;
    listener.next().await;
    eventually("the call has failed", async || listed(&ada, &room).await[0].failed > 0).await;
    assert!(elsewhere.already().is_none());
}

#[tokio::test]
async fn a_command_is_answered_in_the_room_by_its_webhook() {
    let (ada, room) = ada_and_room().await;
    let mut listener = Listener::start(vec![Reply::new(200, r#"{"text":"sunny"}"#)]).await;
    let body = json!({"name": "Weather", "url": listener.url(), "command": "weather"});
    let made = make(&ada, &room, body).await;
    let secret = made.secret.expect("a secret");
    let mut socket = ada.enter(&room).await;
    socket.say("nice weather").await;
    let asked = socket.say("/weather Berlin, now").await.seq.expect("a seq");

    let call = told(&listener.next().await, &secret);
    assert_eq!(call.command.map(String::from).as_deref(), Some("weather"));
    assert_eq!(call.arguments.as_deref(), Some("Berlin, now"));
    assert_eq!(call.events.iter().map(|event| event.seq).collect::<Vec<_>>(), [asked]);
    let answer = next_message(&mut socket, 3).await;
    assert_eq!(
        (answer.by.id.clone(), answer.by.name.as_str(), text(&answer)),
        (made.hook, "Weather", Some("sunny"))
    );
    assert!(matches!(answer.kind, EventKind::Message { reply_to, .. } if reply_to == Some(asked)));
    assert!(listener.already().is_none(), "nothing else calls it");
}

#[tokio::test]
async fn an_answer_that_is_too_long_or_none_costs_nobody_anything() {
    let (ada, room) = ada_and_room().await;
    let huge = format!(r#"{{"text":"{}"}}"#, "x".repeat(1 << 20));
    let answers =
        vec![Reply::new(200, huge), Reply::new(200, "no json"), Reply::new(200, r#"{"text":"ok"}"#)];
    let mut listener = Listener::start(answers).await;
    make(&ada, &room, json!({"name": "Echo", "url": listener.url(), "command": "echo"})).await;
    let mut socket = ada.enter(&room).await;
    for _ in 0..3 {
        socket.say("/echo").await;
        listener.next().await;
    }
    let answer = next_message(&mut socket, 4).await;
    assert_eq!(text(&answer), Some("ok"));
}

#[tokio::test]
async fn what_a_webhook_has_to_hear_outlives_the_server() {
    let own = Server::start(Limits::Off, Build::WithFaults);
    let ada = Guest::sign_in(&own, "Ada").await;
    let room = ada.new_room().await;
    let mut listener = Listener::start(vec![Reply::new(503, "")]).await;
    let secret =
        make(&ada, &room, json!({"name": "Out", "url": listener.url()})).await.secret.expect("a secret");
    ada.post(&room, &fresh_id(), draft("one")).await;
    let before = told(&listener.next().await, &secret);
    own.kill_and_start_again();
    listener.answer(Reply::new(200, ""));
    let after = told(&listener.next().await, &secret);
    assert_eq!(after.events, before.events);
}

#[tokio::test]
async fn whoever_may_write_sees_which_commands_there_are_and_nobody_else_does() {
    let (ada, room) = ada_and_room().await;
    let bob = Guest::sign_in(server(), "Bob").await;
    let commands = || async { bob.get(format!("/api/rooms/{room}/commands")).await };
    assert_eq!(commands().await.json::<CommandLines>(200).commands, []);

    let url = "https://hooks.example.com/listen";
    for (name, command) in [("Weather", "weather"), ("Builds", "build"), ("Builds, too", "build")] {
        make(&ada, &room, json!({"name": name, "url": url, "command": command})).await;
    }
    make(&ada, &room, json!({"name": "Writes"})).await;

    let told = commands().await.json::<CommandLines>(200).commands;
    let commands_told: Vec<&str> = told.iter().map(|line| line.command.as_str()).collect();
    assert_eq!(commands_told, ["build", "weather"]);
    assert_eq!(told[1].name, "Weather");

    let mut owner = ada.enter(&room).await;
    let moderation = Moderation {
        member: bob.member.id.clone(),
        action: Sanction::Mute,
        for_ms: Some(60_000),
        reason: None,
    };
    owner.command(&ClientFrame::Moderate { id: fresh_id(), moderation }).await;
    commands().await.refused(403, "muted");
}
