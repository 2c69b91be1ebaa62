//! Who is here and who types; slow readers.

use std::time::Duration;

use e2e::{Guest, entry::Entry, socket::Socket};
use protocol::{Availability, ClientFrame, MemberId, Present, Seq, ServerFrame, limits};

use tokio::time::timeout;

use crate::server;

async fn joined(socket: &mut Socket, who: &MemberId) -> (u32, Present) {
    socket
        .find("somebody in the roster", |frame| match frame {
            ServerFrame::Presence { count, joined, .. } => {
                joined.iter().find(|one| one.id == *who).map(|one| (*count, one.clone()))
            }
            _ => None,
        })
        .await
}

async fn left(socket: &mut Socket, who: &MemberId) -> u32 {
    socket
        .find("somebody leaving the roster", |frame| match frame {
            ServerFrame::Presence { count, left, .. } => left.contains(who).then_some(*count),
            _ => None,
        })
        .await
}

async fn types(socket: &mut Socket, who: &MemberId) {
    socket
        .find("somebody typing", |frame| match frame {
            ServerFrame::Typing { members } => members.iter().any(|member| member.id == *who).then_some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn who_comes_and_goes_is_told_to_those_who_are_here() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut here = ada.enter(&room).await;

    let other = bob.enter(&room).await;
    let (count, shown) = joined(&mut here, &bob.member.id).await;
    assert_eq!((count, shown.name.as_str(), shown.state), (2, "Bob", Availability::Active));
    assert_eq!(other.welcome().roster.count, 2);

    other.close().await;
    assert_eq!(left(&mut here, &bob.member.id).await, 1);
}

#[tokio::test]
async fn the_roster_counts_members_however_many_sessions_each_has() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut here = ada.enter(&room).await;
    let (first, second) = (bob.enter(&room).await, bob.enter(&room).await);
    let roster = &second.welcome().roster;
    assert_eq!((roster.count, roster.members.len()), (2, 2));

    first.close().await;
    // The last session's end is the first that the roster tells of.
    second.close().await;
    assert_eq!(left(&mut here, &bob.member.id).await, 1);
}

#[tokio::test]
async fn a_member_is_away_only_when_all_their_sessions_are() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut here = ada.enter(&room).await;
    let (mut desk, mut phone) = (bob.enter(&room).await, bob.enter(&room).await);
    joined(&mut here, &bob.member.id).await;
    let away = ClientFrame::Presence { state: Availability::Away };

    desk.send(&away).await;
    desk.say("the desk is away, I am not").await;
    phone.send(&away).await;
    let (_, shown) = joined(&mut here, &bob.member.id).await;
    assert_eq!(shown.state, Availability::Away);
    assert_eq!(here.log.len(), 1, "nothing was told before the second went away");

    phone.send(&ClientFrame::Presence { state: Availability::Active }).await;
    assert_eq!(joined(&mut here, &bob.member.id).await.1.state, Availability::Active);
}

#[tokio::test]
async fn who_types_is_shown_to_others_and_never_to_themselves() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut desk, mut phone, mut other) =
        (ada.enter(&room).await, ada.enter(&room).await, bob.enter(&room).await);

    desk.send(&ClientFrame::Typing).await;
    types(&mut other, &ada.member.id).await;

    let seq = other.say("I saw you typing").await.seq.expect("a seq");
    for own in [&mut desk, &mut phone] {
        loop {
            match own.next_frame().await {
                ServerFrame::Typing { members } => panic!("Ada was told that {members:?} type"),
                ServerFrame::Events { events } if events.iter().any(|event| event.seq == seq) => break,
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn opening_closing_and_typing_make_no_event() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut here = ada.enter(&room).await;
    let mut other = bob.enter(&room).await;
    other.send(&ClientFrame::Typing).await;
    other.send(&ClientFrame::Read { seq: Seq::ZERO }).await;
    types(&mut here, &bob.member.id).await;
    other.close().await;
    left(&mut here, &bob.member.id).await;
    assert!(ada.log(&room).await.is_empty());
}

#[tokio::test]
async fn what_a_member_has_read_is_known_on_their_other_device_and_never_above_the_head() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut writer = ada.enter(&room).await;
    writer.say("1").await;
    let seq = writer.say("2").await.seq.expect("a seq");
    let mut desk = bob.enter(&room).await;

    let beyond = Seq::try_new(9_000).expect("a seq");
    desk.send(&ClientFrame::Read { seq: beyond }).await;
    desk.say("read it").await;

    let read = bob.enter(&room).await.welcome().read;
    assert!(read >= seq && read <= ada.messages(&room, "").await.head, "{read}");
    assert_eq!(ada.enter(&room).await.welcome().read, Seq::ZERO, "and nobody else's mark moves");
}

#[tokio::test]
async fn what_a_member_reads_on_one_device_their_others_hear_within_2_s_and_nobody_else() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut writer = ada.enter(&room).await;
    let mut desk = bob.enter(&room).await;
    let mut phone = bob.enter(&room).await;
    let mut pocket = Entry::new(&room, &bob.token).query("mode=notify").enter(server()).await;
    let seq = writer.say("1").await.seq.expect("a seq");

    desk.send(&ClientFrame::Read { seq }).await;

    let read = |frame: &ServerFrame| {
        matches!(frame, ServerFrame::Read { seq: heard } if *heard == seq).then_some(())
    };
    for device in [&mut phone, &mut pocket] {
        timeout(Duration::from_secs(2), device.find("its own marker", read)).await.expect("told within 2 s");
    }
    let told = writer.say("2").await.seq.expect("a seq");
    let not_told = |frame: &ServerFrame| match frame {
        ServerFrame::Read { .. } => panic!("whoever read it knows"),
        ServerFrame::Events { events } => events.iter().any(|event| event.seq == told).then_some(()),
        _ => None,
    };
    desk.find("what was said next", not_told).await;
}

#[tokio::test]
async fn a_slow_reader_is_closed_with_4102_and_costs_nobody_else_anything() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut writer = ada.enter(&room).await;
    let mut keeps_up = bob.enter(&room).await;
    // It reads what comes, but returns no mark.
    let mut slow = bob.enter(&room).await;
    let cursor = slow.cursor();

    let text = "😀".repeat(limits::TEXT_SCALARS);
    let messages = 2 * limits::UNREAD_BYTES / text.len();
    let mut last = Seq::ZERO;
    for _ in 0..messages {
        last = writer.say(&text).await.seq.expect("a seq");
        keeps_up.event(last).await;
    }

    assert_eq!(slow.closed().await, Some(4102));
    assert_eq!(keeps_up.log.len(), messages);
    let mut back = bob.come_back(&room, &cursor).await;
    while back.log.len() < messages {
        back.send(&ClientFrame::Resume { cursor: back.cursor() }).await;
        assert!(back.next_welcome().await.recovered);
    }
    assert_eq!(back.log.last().map(|event| event.seq), Some(last));
}
