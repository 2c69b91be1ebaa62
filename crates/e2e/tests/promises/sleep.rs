//! Hibernation for real: the runtime puts an idle room's object to sleep while its sockets stay open.

use std::time::Duration;

use e2e::{Guest, minted::draft, minted::fresh_id};
use protocol::{Availability, ClientFrame, ServerFrame};

use crate::server;

/// workerd puts an object to sleep after 10 s without anything to do.
const LONGER_THAN_IDLE: Duration = Duration::from_secs(14);

#[tokio::test]
async fn after_a_sleep_the_sockets_are_still_there_and_nothing_is_forgotten() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut one, mut two) = (ada.enter(&room).await, bob.enter(&room).await);
    let first = ClientFrame::Send { id: fresh_id(), draft: draft("before the sleep") };
    let before = one.command(&first).await;
    two.send(&ClientFrame::Presence { state: Availability::Away }).await;
    two.event(before.seq.expect("a seq")).await;

    tokio::time::sleep(LONGER_THAN_IDLE).await;

    // The first frame after it wakes the room; the same command is still the same command.
    let again = one.command(&first).await;
    assert_eq!((again.seq, again.at, again.duplicate), (before.seq, before.at, true));
    let after = two.say("after the sleep").await.seq.expect("a seq");
    assert_eq!(Some(after.before()), before.seq, "the order goes on where it was");
    one.event(after).await;
    two.event(after).await;
    let log = ada.log(&room).await;
    assert_eq!((&one.log, &two.log), (&log, &log));

    let cem = Guest::sign_in(server(), "Cem").await;
    let roster = cem.enter(&room).await.welcome().roster.clone();
    assert_eq!(roster.count, 3, "who was there before the sleep still is: {roster:?}");
    let state =
        roster.members.iter().find(|present| present.id == bob.member.id).map(|present| present.state);
    assert_eq!(state, Some(Availability::Away));
}

#[tokio::test]
async fn a_ping_wakes_nobody_and_is_answered_all_the_same() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    tokio::time::sleep(LONGER_THAN_IDLE).await;
    socket.send_text("ping").await;
    while socket.next_text().await.expect("the socket is open") != "pong" {}
    socket.send(&ClientFrame::Resume { cursor: socket.cursor() }).await;
    let welcome = socket.find("welcome", |frame| match frame {
        ServerFrame::Welcome(welcome) => Some(welcome.recovered),
        _ => None,
    });
    assert!(welcome.await);
}
