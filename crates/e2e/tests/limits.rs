//! The limits of rate and of sockets, which the other tests have off.

use std::time::Duration;

use e2e::{
    Guest, Server,
    entry::Entry,
    http::Ask,
    minted::{draft, fresh_id},
    server::{self, Build, Limits},
};
use hyper::Method;
use protocol::{ClientFrame, RejectCode, ServerFrame, limits};

fn server() -> &'static Server {
    server::shared(Limits::On)
}

#[tokio::test]
async fn who_sends_too_fast_gets_rate_limited_with_a_wait_that_is_true() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let commands: Vec<_> = (0..2 * limits::SEND_BURST)
        .map(|_| ClientFrame::Send { id: fresh_id(), draft: draft("quick") })
        .collect();
    for command in &commands {
        socket.send(command).await;
    }
    let refused = socket.reject().await;

    assert_eq!((refused.code, refused.retryable), (RejectCode::RateLimited, true));
    let wait_ms = refused.retry_after_ms.expect("a rate limit says when to come back");
    assert!(wait_ms > 0 && wait_ms <= 60_000, "{wait_ms} ms");
    let again =
        commands.into_iter().find(|command| id_of(command) == refused.id).expect("it was one of mine");
    // More were refused behind it: wait for the last of them, then as long as the last one says.
    let mut wait_ms = wait_ms;
    let marker = ClientFrame::Resume { cursor: String::new() };
    socket.send(&marker).await;
    loop {
        match socket.next_frame().await {
            ServerFrame::Reject { retry_after_ms, .. } => {
                wait_ms = retry_after_ms.unwrap_or(wait_ms).max(wait_ms)
            }
            ServerFrame::Welcome(_) => break,
            _ => {}
        }
    }
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    assert!(!socket.command(&again).await.duplicate, "a reject is not remembered");
}

#[tokio::test]
async fn who_posts_too_fast_gets_429_with_retry_after() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    for number in 0..=2 * limits::SEND_BURST {
        let answer = ada.post(&room, &fresh_id(), draft("quick")).await;
        if answer.status == 429 {
            answer.refused(429, "rate_limited");
            let seconds = answer.header("retry-after").and_then(|value| value.parse::<u32>().ok());
            assert!(seconds.is_some_and(|seconds| seconds >= 1), "{seconds:?}");
            assert!(number >= limits::SEND_BURST, "the first {} are let through", limits::SEND_BURST);
            return;
        }
        assert_eq!(answer.status, 201);
    }
    panic!("nobody said that this was too fast");
}

#[tokio::test]
async fn one_members_rate_is_not_anothers() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut quick, mut calm) = (ada.enter(&room).await, bob.enter(&room).await);
    for _ in 0..2 * limits::SEND_BURST {
        quick.send(&ClientFrame::Send { id: fresh_id(), draft: draft("quick") }).await;
    }
    assert_eq!(quick.reject().await.code, RejectCode::RateLimited);
    assert!(calm.say("calmly").await.seq.is_some());
}

#[tokio::test]
async fn a_member_has_at_most_16_sockets_in_a_room() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut sockets = Vec::new();
    for _ in 0..limits::SOCKETS_PER_MEMBER {
        sockets.push(ada.enter(&room).await);
    }
    let mut one_more = Entry::new(&room, &ada.token).open(server()).await.socket();
    assert_eq!(one_more.closed().await, Some(4009));
    let bob = Guest::sign_in(server(), "Bob").await;
    bob.enter(&room).await;

    let gone = sockets.pop().expect("sixteen sockets");
    gone.close().await;
    assert!(sockets[0].say("fifteen").await.seq.is_some());
    ada.enter(&room).await;
}

#[tokio::test]
async fn an_address_that_signs_in_without_end_gets_429_with_retry_after() {
    let own = Server::start(Limits::On, Build::Shipped);
    for _ in 0..200 {
        let answer = Ask::new(&own, Method::POST, "/api/session").text(r#"{"name":"Ada"}"#).answer().await;
        if answer.status == 429 {
            answer.refused(429, "rate_limited");
            assert!(answer.header("retry-after").is_some());
            return;
        }
        assert_eq!(answer.status, 201);
    }
    panic!("200 sign-ins in a row were let through");
}

fn id_of(frame: &ClientFrame) -> Option<protocol::CommandId> {
    frame.clone().into_command().map(|(id, _)| id)
}
