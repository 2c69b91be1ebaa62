//! Programs: API tokens, and the example bot that bears one.

use std::process::{Child, Command};

use e2e::{
    Guest, Socket,
    entry::Entry,
    minted::{draft, fresh_id},
};
use hyper::Method;
use protocol::{
    EventKind, Member, ServerFrame, Slug,
    http::{ApiToken, ApiTokens, SignedIn},
};
use serde_json::json;

use crate::server;

async fn token(ada: &Guest<'_>, name: &str) -> ApiToken {
    let body = json!({ "name": name });
    ada.ask(Method::POST, "/api/me/tokens").json(&body).answer().await.json(201)
}

/// The program that bears the token, as the member whose it is.
fn program<'a>(token: &ApiToken, member: &Member) -> Guest<'a> {
    let shown = token.token.clone().expect("a new token is shown");
    Guest { server: server(), token: shown, member: member.clone() }
}

async fn enter(bot: &Guest<'_>, room: &Slug) -> Socket {
    Entry::new(room, &bot.token).enter(server()).await
}

#[tokio::test]
async fn a_program_acts_as_the_member_who_made_its_token_until_it_is_taken_back() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let made = token(&ada, "Builds").await;
    let bot = program(&made, &ada.member);
    let signed_in: SignedIn = bot.get("/api/session").await.json(200);
    assert_eq!((signed_in.member, signed_in.expires_at), (ada.member.clone(), made.expires_at));
    assert_eq!(bot.post(&room, &fresh_id(), draft("built")).await.status, 201);
    let mut socket = enter(&bot, &room).await;
    socket.say("and by socket").await;

    let gone = ada.ask(Method::DELETE, format!("/api/me/tokens/{}", made.id)).answer().await;

    assert_eq!(gone.status, 204, "{}", gone.text());
    assert_eq!(socket.closed().await, Some(4001));
    bot.get("/api/session").await.refused(401, "no_session");
    ada.get("/api/session").await.json::<SignedIn>(200);
    ada.ask(Method::DELETE, format!("/api/me/tokens/{}", made.id)).answer().await.refused(404, "not_found");
}

#[tokio::test]
async fn a_token_is_shown_once_and_listed_without_it() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let made = [token(&ada, "Builds").await, token(&ada, "Weather").await];
    let listed: ApiTokens = ada.get("/api/me/tokens").await.json(200);
    let mut names: Vec<_> = listed.tokens.iter().map(|token| token.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Builds", "Weather"]);
    assert!(listed.tokens.iter().all(|token| token.token.is_none()));
    // What names a token lets nobody in.
    let by_id = Guest { token: made[0].id.clone(), ..ada.clone() };
    by_id.get("/api/session").await.refused(401, "no_session");
    for body in [json!({"name": ""}), json!({"name": "x", "expires_in_ms": 0}), json!({})] {
        ada.ask(Method::POST, "/api/me/tokens").json(&body).answer().await.refused(400, "bad_request");
    }
}

#[tokio::test]
async fn a_program_makes_lists_and_takes_back_no_tokens() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let made = token(&ada, "Builds").await;
    let bot = program(&made, &ada.member);
    bot.ask(Method::POST, "/api/me/tokens")
        .json(&json!({"name": "Another"}))
        .answer()
        .await
        .refused(403, "forbidden");
    bot.get("/api/me/tokens").await.refused(403, "forbidden");
    let path = format!("/api/me/tokens/{}", made.id);
    bot.ask(Method::DELETE, path).answer().await.refused(403, "forbidden");
    assert_eq!(ada.get("/api/me/tokens").await.json::<ApiTokens>(200).tokens.len(), 1);
}

/// The client's example, as a process of its own that ends with its test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[tokio::test]
async fn the_example_bot_answers_in_its_room_once_however_often_it_starts() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let keeper = Guest::sign_in(server(), "Bot").await;
    let made = token(&keeper, "Bot").await;
    let arguments = [
        server().authority(),
        room.as_str(),
        keeper.member.id.as_str(),
        made.token.as_deref().expect("a token"),
    ];
    let start =
        || Process(Command::new(env!("CARGO_BIN_EXE_bot")).args(arguments).spawn().expect("it starts"));
    let mut socket = ada.enter(&room).await;
    let bot = start();
    let there = async |socket: &mut Socket| {
        let present = |frame: &ServerFrame| match frame {
            ServerFrame::Presence { joined, .. } => {
                joined.iter().any(|one| one.id == keeper.member.id).then_some(())
            }
            _ => None,
        };
        socket.find("the bot's coming", present).await;
    };
    there(&mut socket).await;
    let pong = async |socket: &mut Socket| {
        let asked = socket.say("ping").await.seq.expect("a seq");
        let answer = socket.event(asked.next()).await;
        let EventKind::Message { text, reply_to, .. } = answer.kind else { panic!("{answer:?}") };
        assert_eq!(
            (answer.by.id, text.as_deref(), reply_to),
            (keeper.member.id.clone(), Some("pong"), Some(asked))
        );
    };
    pong(&mut socket).await;
    socket.say("no ping").await;
    drop(bot);

    let again = start();
    there(&mut socket).await;
    pong(&mut socket).await;

    drop(again);
    let written = ada.log(&room).await;
    let pongs = written.iter().filter(|event| event.by.id == keeper.member.id);
    assert_eq!((pongs.count(), written.len()), (2, 5));
}
