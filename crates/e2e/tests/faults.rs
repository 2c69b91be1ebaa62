//! When the room itself fails: a fault that only test builds have makes a turn panic or fail. Whoever asked hears of it
//! within a second, nothing that was acked is lost, and no other room notices.

use std::time::Duration;

use e2e::{
    Guest, Server, Socket,
    minted::{draft, fresh_id},
    server::{Build, Limits},
};
use protocol::{ClientFrame, CommandId, RejectCode, ServerFrame};

/// A handler's error and a panic both become a frame or a close within this time.
const AT_ONCE: Duration = Duration::from_secs(1);

fn server() -> &'static Server {
    static SERVER: std::sync::OnceLock<Server> = std::sync::OnceLock::new();
    SERVER.get_or_init(|| Server::start(Limits::Off, Build::WithFaults))
}

/// The next frame to this socket's room goes wrong so.
async fn arm(socket: &mut Socket, fault: &str) {
    socket.send_text(&format!(r#"{{"type":"fault","fault":"{fault}"}}"#)).await;
}

fn send(id: &CommandId, text: &str) -> ClientFrame {
    ClientFrame::Send { id: id.clone(), draft: draft(text) }
}

/// Two members in a room, and one of them in another room too.
struct Scene {
    ada: Guest<'static>,
    bob: Guest<'static>,
    room: protocol::Slug,
    unlucky: Socket,
    beside: Socket,
    elsewhere: Socket,
}

impl Scene {
    async fn open() -> Self {
        let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
        let (room, other) = (ada.new_room().await, ada.new_room().await);
        let mut unlucky = ada.enter(&room).await;
        let beside = bob.enter(&room).await;
        let mut elsewhere = bob.enter(&other).await;
        unlucky.say("before").await;
        elsewhere.say("before").await;
        Self { ada, bob, room, unlucky, beside, elsewhere }
    }

    /// The other room works as if nothing had been, with what it had in memory; and so does this one, for who is still in it.
    async fn nobody_else_noticed(&mut self) {
        let first = self.elsewhere.say("I noticed nothing").await.seq.expect("a seq");
        assert_eq!(first.value(), 2);
        let seq = self.beside.say("still here").await.seq.expect("a seq");
        let log = self.bob.log(&self.room).await;
        assert_eq!(log.last().map(|event| event.seq), Some(seq), "the log goes on without a hole");
        assert!(log.iter().zip(1..).all(|(event, expected)| event.seq.value() == expected), "{log:?}");
    }
}

#[tokio::test]
async fn a_panic_closes_the_socket_that_caused_it_within_a_second_and_costs_nobody_else_anything() {
    let mut scene = Scene::open().await;
    let id = fresh_id();
    arm(&mut scene.unlucky, "panic").await;
    scene.unlucky.send(&send(&id, "unlucky")).await;

    let closed = tokio::time::timeout(AT_ONCE, scene.unlucky.closed()).await;

    assert_eq!(closed, Ok(Some(4100)));
    scene.nobody_else_noticed().await;
    let again = scene.ada.enter(&scene.room).await.command(&send(&id, "unlucky")).await;
    assert!(!again.duplicate, "it was not stored, so it may be sent again");
}

#[tokio::test]
async fn an_error_before_the_commit_is_storage_failed_within_a_second_and_stores_nothing() {
    for fault in ["error", "commit"] {
        let mut scene = Scene::open().await;
        let id = fresh_id();
        arm(&mut scene.unlucky, fault).await;

        let refused = tokio::time::timeout(AT_ONCE, scene.unlucky.refused(&send(&id, "unlucky"))).await;

        let refused = refused.unwrap_or_else(|_| panic!("{fault}: silence"));
        assert_eq!((refused.code, refused.retryable), (RejectCode::StorageFailed, true), "{fault}");
        assert!(refused.retry_after_ms.is_some(), "{fault}: {refused:?}");
        assert_eq!(scene.bob.log(&scene.room).await.len(), 1, "{fault}: nothing of the turn is stored");
        scene.nobody_else_noticed().await;
        let again = scene.unlucky.command(&send(&id, "unlucky")).await;
        assert!(!again.duplicate, "{fault}: the same socket may send it again");
    }
}

#[tokio::test]
async fn a_panic_behind_the_commit_loses_and_doubles_nothing() {
    let mut scene = Scene::open().await;
    let id = fresh_id();
    arm(&mut scene.unlucky, "panic_after_commit").await;
    scene.unlucky.send(&send(&id, "stored but not acked")).await;
    let closed = tokio::time::timeout(AT_ONCE, scene.unlucky.closed()).await;
    assert_eq!(closed, Ok(Some(4100)));

    // Who was there hears where the log ends, and gets what was missed.
    let head = tokio::time::timeout(
        AT_ONCE,
        scene.beside.find("where the log ends", |frame| match frame {
            ServerFrame::Head { head, .. } => Some(*head),
            _ => None,
        }),
    );
    assert_eq!(head.await.map(protocol::Seq::value), Ok(2));
    scene.beside.send(&ClientFrame::Resume { cursor: scene.beside.cursor() }).await;
    assert!(scene.beside.next_welcome().await.recovered);
    assert_eq!(scene.beside.log.last().and_then(|event| event.id.clone()), Some(id.clone()));

    let again = scene.ada.enter(&scene.room).await.command(&send(&id, "stored but not acked")).await;
    assert!(again.duplicate && again.seq.map(protocol::Seq::value) == Some(2), "{again:?}");
    scene.nobody_else_noticed().await;
}
