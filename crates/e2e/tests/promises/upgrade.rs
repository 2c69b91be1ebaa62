//! Opening a socket: who is let in, by which proof, and how each refusal is told to a browser, which cannot read statuses.

use e2e::{
    Guest,
    entry::{Entry, Opened},
    minted::draft,
    minted::fresh_id,
};
use protocol::{ClientFrame, Seq, ServerFrame, limits};

use crate::server;

/// The upgrade went through with this subprotocol echoed, and then the socket was closed with this code.
async fn accepted_then_closed(entry: Entry, echoed: &str, code: u16) {
    match entry.open(server()).await {
        Opened::Open { mut socket, protocol } => {
            assert_eq!(protocol.as_deref(), Some(echoed), "{entry:?}");
            let first = socket.next_text().await;
            assert_eq!(first, Err(Some(code)), "{entry:?} is closed before any frame");
        }
        Opened::Refused { status, body } => panic!("{entry:?} got {status}: {body}"),
    }
}

#[tokio::test]
async fn the_server_speaks_first_and_says_all_that_a_reader_needs() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let Opened::Open { mut socket, protocol } = Entry::new(&room, &ada.token).open(server()).await else {
        panic!("a member with a session is let in");
    };
    assert_eq!(protocol.as_deref(), Some("edgewise.v1"));

    let ServerFrame::Welcome(welcome) = socket.next_frame().await else {
        panic!("the first frame is welcome")
    };

    assert_eq!(welcome.protocol, 1);
    assert_eq!((&welcome.me.id, welcome.me.name.as_str()), (&ada.member.id, "Ada"));
    assert_eq!(welcome.me.role, protocol::Role::Owner, "who founds a room owns it");
    assert_eq!(welcome.room.room, room);
    assert_eq!((welcome.head, welcome.floor.value(), welcome.recovered), (Seq::ZERO, 1, false));
    assert_eq!(
        welcome.roster.members.iter().map(|present| &present.id).collect::<Vec<_>>(),
        [&ada.member.id]
    );
    assert_eq!(welcome.roster.count, 1);
    assert_eq!((welcome.limits.text as usize, welcome.limits.mentions as usize), (limits::TEXT_SCALARS, 20));
    assert_eq!(welcome.limits.frame_bytes as usize, limits::CLIENT_FRAME_BYTES);
    assert_eq!(welcome.heartbeat_ms, limits::HEARTBEAT_MS);
    assert!(welcome.now >= welcome.room.created_at && welcome.pins.is_empty());
}

#[tokio::test]
async fn every_session_has_an_id_of_its_own() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let (one, two) = (ada.enter(&room).await, ada.enter(&room).await);
    assert_ne!(one.welcome().session, two.welcome().session);
    assert_eq!(one.welcome().me, two.welcome().me);
}

#[tokio::test]
async fn a_second_subprotocol_may_bear_the_token_and_is_never_echoed() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let bearer = format!("bearer.{}", ada.token);
    for offered in [["edgewise.v1", &bearer], [&bearer, "edgewise.v1"]] {
        let entry = Entry::nobody(room.as_str()).protocols(&offered);
        let Opened::Open { mut socket, protocol } = entry.open(server()).await else {
            panic!("it is let in")
        };
        assert_eq!(protocol.as_deref(), Some("edgewise.v1"));
        assert_eq!(socket.next_welcome().await.me.id, ada.member.id);
    }
}

#[tokio::test]
async fn a_cookie_authenticates_a_socket() {
    let signed_in = crate::session::sign_in_by_cookie("Ada").await;
    let entry = Entry::nobody("lobby").header("cookie", &signed_in.cookie).header("origin", server().url());
    let mut socket = entry.open(server()).await.socket();
    assert_eq!(socket.next_welcome().await.me.id, signed_in.member.id);
}

#[tokio::test]
async fn a_token_in_the_address_authenticates_nobody() {
    let ada = Guest::sign_in(server(), "Ada").await;
    for name in ["token", "bearer", "access_token"] {
        let entry = Entry::nobody("lobby").query(&format!("{name}={}", ada.token));
        accepted_then_closed(entry, "edgewise.v1", 4001).await;
    }
}

#[tokio::test]
async fn without_a_session_the_socket_is_accepted_and_closed_with_4001() {
    let ada = Guest::sign_in(server(), "Ada").await;
    accepted_then_closed(Entry::nobody("lobby"), "edgewise.v1", 4001).await;
    accepted_then_closed(Entry::nobody("no-such-room"), "edgewise.v1", 4001).await;
    let forged = format!("{}x", ada.token);
    let bearer = |token: &str| Entry::nobody("lobby").header("authorization", format!("Bearer {token}"));
    for token in ["", "nonsense", "a.b.c", &forged] {
        accepted_then_closed(bearer(token), "edgewise.v1", 4001).await;
    }
}

#[tokio::test]
async fn without_such_a_room_the_socket_is_accepted_and_closed_with_4004() {
    let ada = Guest::sign_in(server(), "Ada").await;
    for room in ["no-such-room", "UPPER", "-dash", "a_b", &"x".repeat(49)] {
        let entry = Entry::nobody(room).header("authorization", format!("Bearer {}", ada.token));
        accepted_then_closed(entry, "edgewise.v1", 4004).await;
    }
}

#[tokio::test]
async fn a_version_that_is_not_spoken_is_echoed_and_closed_with_4006() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    for offered in [&["edgewise.v9"][..], &["edgewise.v0", "chat"]] {
        accepted_then_closed(Entry::new(&room, &ada.token).protocols(offered), offered[0], 4006).await;
    }
    let both = Entry::new(&room, &ada.token).protocols(&["edgewise.v9", "edgewise.v1"]);
    let Opened::Open { mut socket, protocol } = both.open(server()).await else { panic!("it is let in") };
    assert_eq!(protocol.as_deref(), Some("edgewise.v1"), "of several, one that is spoken is taken");
    assert_eq!(socket.next_welcome().await.protocol, 1);
}

#[tokio::test]
async fn a_page_of_another_site_gets_403_before_any_room_is_touched() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"] {
        for entry in [Entry::new(&room, &ada.token), Entry::nobody("no-such-room")] {
            match entry.header("origin", origin).open(server()).await {
                Opened::Refused { status, .. } => assert_eq!(status, 403, "{origin}"),
                Opened::Open { .. } => panic!("{origin} was let in"),
            }
        }
    }
    let own = Entry::new(&room, &ada.token).header("origin", server().url());
    own.open(server()).await.socket().next_welcome().await;
}

#[tokio::test]
async fn the_address_of_a_socket_asked_without_an_upgrade_is_a_problem() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let answer = ada.get("/api/rooms/lobby/socket").await;
    answer.refused(426, "upgrade_required");
}

#[tokio::test]
async fn a_notify_socket_hears_only_where_the_log_ends() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut writer = ada.enter(&room).await;
    writer.say("before").await;
    let entry = Entry::new(&room, &bob.token).query("mode=notify");
    let mut quiet = entry.open(server()).await.socket();
    let welcome = quiet.next_welcome().await;
    assert_eq!((welcome.recovered, welcome.messages.as_deref()), (false, Some(&[][..])));
    assert_eq!((welcome.roster.count, welcome.roster.members.len()), (0, 0));

    let calls = protocol::Draft { mentions: vec![bob.member.id.clone()], ..draft("hey Bob") };
    let command = ClientFrame::Send { id: fresh_id(), draft: calls };
    let seq = writer.command(&command).await.seq.expect("a seq");

    loop {
        match quiet.next_frame().await {
            ServerFrame::Head { head, mentions } if head == seq => {
                assert_eq!(mentions, Some(1));
                break;
            }
            ServerFrame::Head { .. } => {}
            other => panic!("a notify socket hears only heads, not {other:?}"),
        }
    }
}
