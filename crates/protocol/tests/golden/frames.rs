//! Frames, in both directions, and the mark that any server frame may bear.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    Availability, ClientFrame, Draft, Millis, Moderation, Present, RejectCode, Role, RoomInfo, Sanction,
    ServerFrame, Slug, Welcome,
    codec::Received,
    decode_client, decode_server, encode,
    frame::{Limits, Me, Roster},
    limits,
    room::{Posting, RoomKind, Visibility},
    with_mark,
};

use crate::{
    Golden,
    events::{every_event, file, message},
    given::{AT, ada, command, epoch, member, seq, session},
};

fn every_client_frame() -> Vec<(&'static str, ClientFrame)> {
    let id = || command("c1");
    let hello = Draft { text: "hello".to_owned(), ..Draft::default() };
    let full = Draft {
        reply_to: Some(seq(3)),
        mentions: vec![member("m-bob")],
        attachments: vec![file().file],
        ..hello.clone()
    };
    let emoji = || "👍".to_owned();
    let ban = Moderation {
        action: Sanction::Ban,
        for_ms: Some(3_600_000),
        reason: Some("advertising".to_owned()),
        ..kick()
    };
    vec![
        ("send, the least", ClientFrame::Send { id: id(), draft: hello }),
        ("send, everything in it", ClientFrame::Send { id: id(), draft: full }),
        ("edit", ClientFrame::Edit { id: id(), seq: seq(7), text: "hallo".to_owned() }),
        ("delete", ClientFrame::Delete { id: id(), seq: seq(7) }),
        ("react, on", ClientFrame::React { id: id(), seq: seq(7), emoji: emoji(), on: true }),
        ("react, off", ClientFrame::React { id: id(), seq: seq(7), emoji: emoji(), on: false }),
        ("pin, on", ClientFrame::Pin { id: id(), seq: seq(7), on: true }),
        ("pin, off", ClientFrame::Pin { id: id(), seq: seq(7), on: false }),
        ("moderate, the least", ClientFrame::Moderate { id: id(), moderation: kick() }),
        ("moderate, everything in it", ClientFrame::Moderate { id: id(), moderation: ban }),
        ("role", ClientFrame::Role { id: id(), member: member("m-bob"), role: Role::Owner }),
        ("read", ClientFrame::Read { seq: seq(7) }),
        ("received", ClientFrame::Received { mark: "k1".to_owned() }),
        ("resume", ClientFrame::Resume { cursor: "e1.7".to_owned() }),
        ("typing", ClientFrame::Typing),
        ("presence, active", ClientFrame::Presence { state: Availability::Active }),
        ("presence, away", ClientFrame::Presence { state: Availability::Away }),
    ]
}

fn kick() -> Moderation {
    Moderation { member: member("m-bob"), action: Sanction::Kick, for_ms: None, reason: None }
}

fn present(name: &str, role: Role, state: Availability) -> Present {
    Present { id: member(&format!("m-{}", name.to_lowercase())), name: name.to_owned(), role, state }
}

pub fn room_info() -> RoomInfo {
    RoomInfo {
        room: Slug::parse("lobby").expect("a good slug"),
        title: "Lobby".to_owned(),
        topic: String::new(),
        visibility: Visibility::Public,
        kind: RoomKind::Public,
        slow_mode_ms: 0,
        retention_days: None,
        posting: Posting::Everyone,
        created_at: AT,
    }
}

fn snapshot() -> Welcome {
    Welcome {
        protocol: 1,
        session: session(),
        me: Me { id: member("m-ada"), name: "Ada".to_owned(), role: Role::Owner },
        room: room_info(),
        epoch: epoch(),
        head: seq(7),
        floor: seq(1),
        recovered: false,
        events: None,
        messages: Some(vec![message()]),
        more: false,
        more_before: true,
        pins: Vec::new(),
        roster: Roster { count: 1, members: vec![present("Ada", Role::Owner, Availability::Active)] },
        read: seq(6),
        limits: Limits {
            text: limits::TEXT_SCALARS as u32,
            frame_bytes: limits::CLIENT_FRAME_BYTES as u32,
            mentions: limits::MENTIONS as u32,
            attachments: 10,
            file_bytes: 10 * 1024 * 1024,
            send_per_s: limits::SEND_PER_S,
            send_burst: limits::SEND_BURST,
        },
        now: AT.plus(1_000),
        heartbeat_ms: limits::HEARTBEAT_MS,
        spread_ms: limits::SPREAD_MS,
    }
}

fn recovered() -> Welcome {
    let events = every_event().into_iter().map(|(_, event)| event).take(2).collect();
    let room = RoomInfo {
        topic: "What is built".to_owned(),
        slow_mode_ms: 1_000,
        retention_days: Some(30),
        posting: Posting::Moderators,
        ..room_info()
    };
    Welcome {
        recovered: true,
        events: Some(events),
        messages: None,
        more: true,
        more_before: false,
        pins: vec![seq(2)],
        room,
        ..snapshot()
    }
}

fn every_server_frame() -> Vec<(&'static str, ServerFrame)> {
    let id = || command("c1");
    let ack = |seq, duplicate| ServerFrame::Ack { id: id(), seq, at: AT, duplicate };
    let reject = |id, code: RejectCode, retry_after_ms| ServerFrame::Reject {
        id,
        code,
        message: code.sentence().to_owned(),
        retryable: code.retryable(),
        retry_after_ms,
    };
    let bob = present("Bob", Role::Moderator, Availability::Away);
    let cem = present("Cem", Role::Member, Availability::Active);
    let two = every_event().into_iter().map(|(_, event)| event).take(2).collect();
    vec![
        ("welcome, a snapshot", ServerFrame::Welcome(Box::new(snapshot()))),
        ("welcome, recovered", ServerFrame::Welcome(Box::new(recovered()))),
        ("events", ServerFrame::Events { events: two }),
        ("ack", ack(Some(seq(7)), false)),
        ("ack of a repeat", ack(Some(seq(7)), true)),
        ("ack where nothing changed", ack(None, false)),
        ("reject, for good", reject(Some(id()), RejectCode::TooLong, None)),
        ("reject, for now", reject(Some(id()), RejectCode::RateLimited, Some(200))),
        ("reject, of no command", reject(None, RejectCode::BadFrame, None)),
        (
            "presence",
            ServerFrame::Presence { count: 2, joined: vec![bob.clone()], left: vec![member("m-dan")] },
        ),
        ("presence, nobody named", ServerFrame::Presence { count: 201, joined: vec![], left: vec![] }),
        ("roster", ServerFrame::Roster { count: 150, members: vec![bob, cem] }),
        ("typing", ServerFrame::Typing { members: vec![ada()] }),
        ("head", ServerFrame::Head { head: seq(7), mentions: None }),
        ("head, with mentions", ServerFrame::Head { head: seq(7), mentions: Some(2) }),
        ("read", ServerFrame::Read { seq: seq(7) }),
        ("notice", ServerFrame::Notice { code: "restart".to_owned(), spread_ms: 5_000 }),
    ]
}

/// Breaks the build when a frame is added, so that its shape is pinned above and its name below.
fn name_of_client(frame: &ClientFrame) -> &'static str {
    match frame {
        ClientFrame::Send { .. } => "send",
        ClientFrame::Edit { .. } => "edit",
        ClientFrame::Delete { .. } => "delete",
        ClientFrame::React { .. } => "react",
        ClientFrame::Pin { .. } => "pin",
        ClientFrame::Moderate { .. } => "moderate",
        ClientFrame::Role { .. } => "role",
        ClientFrame::Read { .. } => "read",
        ClientFrame::Received { .. } => "received",
        ClientFrame::Resume { .. } => "resume",
        ClientFrame::Typing => "typing",
        ClientFrame::Presence { .. } => "presence",
    }
}

/// As [`name_of_client`].
fn name_of_server(frame: &ServerFrame) -> &'static str {
    match frame {
        ServerFrame::Welcome(_) => "welcome",
        ServerFrame::Events { .. } => "events",
        ServerFrame::Ack { .. } => "ack",
        ServerFrame::Reject { .. } => "reject",
        ServerFrame::Presence { .. } => "presence",
        ServerFrame::Roster { .. } => "roster",
        ServerFrame::Typing { .. } => "typing",
        ServerFrame::Head { .. } => "head",
        ServerFrame::Read { .. } => "read",
        ServerFrame::Notice { .. } => "notice",
        ServerFrame::Unknown => "unknown",
    }
}

#[test]
fn every_client_frame_has_these_bytes() {
    let mut golden = Golden::default();
    for (case, frame) in every_client_frame() {
        golden.pin(case, &frame);
        assert!(case.starts_with(name_of_client(&frame)), "{case} shows a {}", name_of_client(&frame));
        assert_eq!(decode_client(&encode(&frame)), Ok(frame), "{case} is decoded as it was");
    }
    golden.check("client_frames.txt", include_str!("client_frames.txt"));
}

#[test]
fn every_server_frame_has_these_bytes_with_and_without_a_mark() {
    let mut golden = Golden::default();
    for (case, frame) in every_server_frame() {
        golden.pin(case, &frame);
        assert!(case.starts_with(name_of_server(&frame)), "{case} shows a {}", name_of_server(&frame));
        let plain = encode(&frame);
        assert_eq!(decode_server(&plain), Some(Received { frame: frame.clone(), mark: None }), "{case}");
        let marked = decode_server(&with_mark(&plain, "k1"));
        assert_eq!(marked, Some(Received { frame, mark: Some("k1".to_owned()) }), "{case}, marked");
    }
    let head = encode(&ServerFrame::Head { head: seq(7), mentions: None });
    golden.line("any of them, with a mark", &with_mark(&head, "k1"));
    golden.check("server_frames.txt", include_str!("server_frames.txt"));
}

#[test]
fn a_mark_is_found_beside_the_fields_and_nowhere_else() {
    let mut welcome = snapshot();
    welcome.me.name = "mark".to_owned();
    welcome.now = Millis(1);
    let text = "\"mark\":\"no\", \\\"mark\\\", {\"mark\":\"no\"} mark".to_owned();
    welcome.messages = Some(vec![protocol::Message { text, ..message() }]);
    let frame = ServerFrame::Welcome(Box::new(welcome));
    let plain = encode(&frame);

    assert_eq!(decode_server(&plain), Some(Received { frame: frame.clone(), mark: None }));
    let odd = "quote \" backslash \\ {mark}";
    let marked = decode_server(&with_mark(&plain, odd));
    assert_eq!(marked, Some(Received { frame, mark: Some(odd.to_owned()) }));
}
