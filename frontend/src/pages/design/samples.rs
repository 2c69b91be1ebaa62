//! Who and what the page speaks of: people, messages and files that are nowhere but here.

use client::room_list::RoomLine;
use protocol::{
    Availability, CommandId, File, FileId, Member, MemberId, Message, Millis, Present, Role, Seq, Slug,
    room::RoomKind,
};

use crate::calendar::Reading;

/// 24 November 2026, 09:14:30 UTC, for ever.
const NOW: Millis = Millis(1_795_511_670_000);
const MINUTE_MS: u64 = 60_000;

/// The page's now.
pub const fn reading() -> Reading {
    Reading { now: NOW, zone_ms: 0 }
}

/// So many minutes ago.
pub const fn ago(minutes: u64) -> Millis {
    Millis(NOW.0 - minutes * MINUTE_MS)
}

/// A room of the page's own; each field that has a name in the page is in another one.
pub fn room(slug: &str) -> Slug {
    Slug::parse(slug).unwrap_or_else(|_| unreachable!("{slug} is a slug"))
}

pub fn bob() -> Member {
    member("bob", "Bob")
}

pub fn cem() -> Member {
    member("cem", "Cem Ada-Maria Long-Name Longer")
}

fn member(id: &str, name: &str) -> Member {
    Member { id: member_id(id), name: name.to_owned() }
}

pub fn member_id(id: &str) -> MemberId {
    MemberId::parse(id).unwrap_or_else(|_| unreachable!("{id} is an id"))
}

pub fn present(member: Member, role: Role, state: Availability) -> Present {
    Present { id: member.id, name: member.name, role, state }
}

pub fn seq(seq: u64) -> Seq {
    Seq::try_new(seq).unwrap_or(Seq::ZERO)
}

pub fn command(id: &str) -> CommandId {
    CommandId::parse(id).unwrap_or_else(|_| unreachable!("{id} is an id"))
}

/// A message of two minutes ago.
pub fn message(number: u64, by: Member, text: &str) -> Message {
    Message {
        seq: seq(number),
        at: ago(2),
        by,
        text: text.to_owned(),
        edited_at: None,
        deleted: false,
        reply_to: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        reactions: Vec::new(),
        pinned: false,
    }
}

/// A file that is no picture: none is given to a page that shows none.
pub fn file(name: &str) -> File {
    let file = FileId::parse("sample").unwrap_or_else(|_| unreachable!("it is an id"));
    File {
        file,
        name: name.to_owned(),
        size: 1_234_567,
        media: "application/pdf".to_owned(),
        width: None,
        height: None,
    }
}

/// A room of each kind, read and unread.
pub fn room_lines() -> Vec<RoomLine> {
    let line = |room_name: &str, title: &str, kind, unread, mentions| RoomLine {
        room: room(room_name),
        title: title.to_owned(),
        kind,
        unread,
        mentions,
        open: room_name == "design",
        here: room_name == "bob",
    };
    vec![
        line("lobby", "lobby", RoomKind::Public, 0, 0),
        line("design", "design", RoomKind::Public, 0, 0),
        line("build", "build", RoomKind::Public, 3, 0),
        line("news", "A room with a name that is longer than its place", RoomKind::Public, 120, 0),
        line("plans", "plans", RoomKind::Private, 12, 2),
        line("bob", "Bob", RoomKind::Direct, 1, 0),
        line("cem", "Cem", RoomKind::Direct, 0, 0),
    ]
}
