//! Frames of a server, made from a log.

use protocol::{
    Availability, Millis, Present, RejectCode, Role, Seq, ServerFrame, SessionId, Slug, Welcome, encode,
    frame::{Limits, Me, Roster},
    room::{Posting, RoomInfo, RoomKind, Visibility},
    with_mark,
};

use super::{command_id, log::Log, member_id, seq};

/// `welcome`: a snapshot at the head. `after=3`: recovered from there. `to=5`: only up to there, with more to come.
/// `newest=2`: a snapshot of so many messages. `read=4`, `with=bob,cem/away`, `as=moderator`, `slow=60000`, `mark=m`.
pub fn welcome(log: &Log, now: Millis, rest: &str) -> String {
    let option = |name: &str| {
        rest.split(' ').find_map(|word| word.strip_prefix(name).and_then(|word| word.strip_prefix('=')))
    };
    let head = log.head();
    let after = option("after").map(seq);
    let to = option("to").map_or(head, seq);
    let newest = option("newest").map_or(50, |count| count.parse().unwrap());
    let snapshot = log.newest(newest, head);
    let with: Vec<Present> =
        option("with").map(|names| names.split(',').map(present).collect()).unwrap_or_default();
    let role =
        option("as").map_or(Role::Member, |role| serde_json::from_str(&format!("\"{role}\"")).unwrap());
    let welcome = Welcome {
        protocol: 1,
        session: SessionId::parse("s1").unwrap(),
        me: Me { id: member_id(option("me").unwrap_or("ada")), name: "ada".to_owned(), role },
        room: RoomInfo { slow_mode_ms: option("slow").map_or(0, |ms| ms.parse().unwrap()), ..room() },
        epoch: log.epoch.clone(),
        head,
        floor: seq("1"),
        recovered: after.is_some(),
        events: after.map(|after| log.events(after, to)),
        more_before: after.is_none() && snapshot.more_before,
        messages: after.is_none().then_some(snapshot.messages),
        more: to < head,
        pins: vec![],
        roster: Roster { count: u32::try_from(with.len()).unwrap(), members: with },
        read: option("read").map_or(Seq::ZERO, seq),
        limits: limits(),
        now,
        heartbeat_ms: 30_000,
        spread_ms: 5_000,
    };
    let text = encode(&ServerFrame::Welcome(Box::new(welcome)));
    option("mark").map_or(text.clone(), |mark| with_mark(&text, mark))
}

/// `reject a1 rate_limited 700`.
pub fn reject(id: &str, rest: &str) -> ServerFrame {
    let (code, wait) = rest.split_once(' ').map_or((rest, None), |(code, wait)| (code, Some(wait)));
    let code: RejectCode = serde_json::from_str(&format!("\"{code}\"")).unwrap();
    ServerFrame::Reject {
        id: Some(command_id(id)),
        code,
        message: code.sentence().to_owned(),
        retryable: code.retryable(),
        retry_after_ms: wait.map(|wait| wait.parse().unwrap()),
    }
}

/// `bob` or `bob/away`.
pub fn present(name: &str) -> Present {
    let (name, state) = match name.split_once('/') {
        Some((name, _)) => (name, Availability::Away),
        None => (name, Availability::Active),
    };
    Present { id: member_id(name), name: name.to_owned(), role: Role::Member, state }
}

fn room() -> RoomInfo {
    RoomInfo {
        room: Slug::parse("lobby").unwrap(),
        title: "Lobby".to_owned(),
        topic: String::new(),
        visibility: Visibility::Public,
        kind: RoomKind::Public,
        slow_mode_ms: 0,
        retention_days: None,
        posting: Posting::Everyone,
        created_at: Millis(1),
    }
}

fn limits() -> Limits {
    Limits {
        text: 4_000,
        frame_bytes: 65_536,
        mentions: 20,
        attachments: 10,
        file_bytes: 0,
        send_per_s: 5,
        send_burst: 20,
    }
}
