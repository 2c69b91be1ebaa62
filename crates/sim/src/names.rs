//! Under which name each frame and each close is counted.
//!
//! Not here: the counting (tally.rs).

use protocol::ServerFrame;

/// A frame from the server.
pub(crate) const fn frame_named(frame: &ServerFrame) -> &'static str {
    match frame {
        ServerFrame::Welcome(welcome) if welcome.recovered && welcome.more => {
            "frame: welcome, recovered, more"
        }
        ServerFrame::Welcome(welcome) if welcome.recovered => "frame: welcome, recovered",
        ServerFrame::Welcome(_) => "frame: welcome, snapshot",
        ServerFrame::Events { events } if events.len() > 1 => "frame: events, several",
        ServerFrame::Events { .. } => "frame: events, one",
        ServerFrame::Ack { duplicate: true, .. } => "frame: ack, duplicate",
        ServerFrame::Ack { seq: None, .. } => "frame: ack, nothing changed",
        ServerFrame::Ack { .. } => "frame: ack",
        ServerFrame::Reject { code, .. } => reject_named(*code),
        ServerFrame::Presence { .. } => "frame: presence",
        ServerFrame::Roster { .. } => "frame: roster",
        ServerFrame::Typing { .. } => "frame: typing",
        ServerFrame::Head { .. } => "frame: head",
        ServerFrame::Read { .. } => "frame: read",
        ServerFrame::Notice { .. } => "frame: notice",
        ServerFrame::Unknown => "frame: unknown",
    }
}

const fn reject_named(code: protocol::RejectCode) -> &'static str {
    use protocol::RejectCode as Code;
    match code {
        Code::RateLimited => "frame: reject, rate_limited",
        Code::SlowMode => "frame: reject, slow_mode",
        Code::StorageFailed => "frame: reject, storage_failed",
        Code::ReadOnly => "frame: reject, read_only",
        Code::IdReused => "frame: reject, id_reused",
        Code::NotFound => "frame: reject, not_found",
        Code::NotYours | Code::Forbidden | Code::Muted => "frame: reject, no right to",
        Code::Empty | Code::TooLong | Code::TooMany | Code::BadEmoji => "frame: reject, bad text",
        Code::BadFrame | Code::UnknownType | Code::TooLarge | Code::BadId => "frame: reject, bad frame",
        Code::Busy => "frame: reject, busy",
        Code::Unknown => "frame: reject, unknown",
    }
}

/// A close from the server.
pub(crate) const fn close_named(code: u16) -> &'static str {
    match code {
        4001 => "close: 4001 no session",
        4003 => "close: 4003 not allowed",
        4005 => "close: 4005 kicked",
        4009 => "close: 4009 too many sockets",
        4022 => "close: 4022 broken client",
        4101 => "close: 4101 flooding",
        4102 => "close: 4102 slow reader",
        4103 => "close: 4103 room restarts",
        _ => "close: another code",
    }
}

/// A frame from a client, by how it begins.
pub(crate) fn command_named(text: &str) -> &'static str {
    const NAMES: [(&str, &str); 12] = [
        ("{\"type\":\"send\"", "command: send"),
        ("{\"type\":\"edit\"", "command: edit"),
        ("{\"type\":\"delete\"", "command: delete"),
        ("{\"type\":\"react\"", "command: react"),
        ("{\"type\":\"pin\"", "command: pin"),
        ("{\"type\":\"moderate\"", "command: moderate"),
        ("{\"type\":\"role\"", "command: role"),
        ("{\"type\":\"read\"", "command: read"),
        ("{\"type\":\"received\"", "command: received"),
        ("{\"type\":\"resume\"", "command: resume"),
        ("{\"type\":\"typing\"", "command: typing"),
        ("{\"type\":\"presence\"", "command: presence"),
    ];
    NAMES
        .iter()
        .find(|(begins, _)| text.starts_with(begins))
        .map_or("command: none that is known", |(_, name)| name)
}
