//! What a socket remembers over hibernation: one versioned record of JSON.
//!
//! It holds the session, a copy of what the room keeps of its member, and a copy of what the room keeps of itself.
//! Every copy is whole: when a member's part changes all their sockets get it, when the room's changes all sockets do.
//! So any one socket is enough, and the last one to close takes nothing with it that anybody could miss.
//! The largest has 4 KiB of the 16 KiB that a socket may hold: ids and a sign-in of 64 bytes, a name of 32 scalars.

use protocol::{Availability, MemberId, Millis, Role, Seq, fields::Fields, read_by_fields};
use serde::Serialize;

use crate::{bucket::Bucket, floods::Origin, input::Mode, roster::Extent, trouble::Trouble};

/// How attachments are written today. A test reads the bytes of version 1.
const VERSION: u32 = 1;

/// The record, as it is written.
#[derive(Debug, Serialize)]
struct Record<'a> {
    v: u32,
    session: &'a KeptSession,
    member: &'a KeptMember,
    room: &'a KeptRoom,
}

/// What is kept of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct KeptSession {
    /// What its sign-in may do in every room.
    pub(crate) role: Role,
    /// Whose end closes it.
    pub(crate) sign_in: String,
    /// What it wants to hear.
    pub(crate) mode: Mode,
    /// At the keyboard or not.
    pub(crate) state: Availability,
    /// Its last frame, to within [`LIFE_MS`].
    pub(crate) life: Millis,
    /// Whether it hears events as they happen.
    pub(crate) flow: Flow,
    /// When it sent what was no frame, within the last minute.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) bad: Vec<Millis>,
    /// Where it comes from, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) origin: Option<Origin>,
    /// The last `head` that a `notify` socket got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) told: Option<Told>,
}

read_by_fields!(KeptSession { role, sign_in, mode, state, life, flow, origin, told; bad });

/// Whether a session hears events as they happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Flow {
    /// Yes.
    Live,
    /// Not before an answer to `resume` has said that there is no more.
    CatchingUp,
}

protocol::read_by_tag!(Flow {
    "live" => Live,
    "catching_up" => CatchingUp,
});

/// A `head` that went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Told {
    /// What it said.
    pub(crate) head: Seq,
    /// When.
    pub(crate) at: Millis,
}

read_by_fields!(Told { head, at });

/// What is kept of a member, over all their sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct KeptMember {
    /// Who.
    pub(crate) id: MemberId,
    /// Their name now.
    pub(crate) name: String,
    /// What they may still send.
    pub(crate) bucket: Bucket,
    /// When they last typed.
    pub(crate) typed_at: Millis,
    /// When their read marker was last written.
    pub(crate) read_at: Millis,
    /// A read marker that is not written yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) read: Option<Seq>,
}

read_by_fields!(KeptMember { id, name, read; bucket, typed_at, read_at });

/// What is kept of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct KeptRoom {
    /// How much of the roster clients hold.
    pub(crate) roster: Extent,
    /// Whether writing failed of late.
    pub(crate) trouble: Trouble,
    /// When the alarm rings, while that is not what the archive's table says: after a failure it is put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alarm: Option<Millis>,
}

read_by_fields!(KeptRoom { roster, trouble, alarm });

/// How far a session's last life may lie behind: one attachment in that time, however many frames.
pub(crate) const LIFE_MS: u64 = 5_000;

pub(crate) fn write(session: &KeptSession, member: &KeptMember, room: &KeptRoom) -> String {
    protocol::encode(&Record { v: VERSION, session, member, room })
}

/// Reads a record; `None` for one that this version does not know, whose socket has to come back.
pub(crate) fn read(attachment: &str) -> Option<(KeptSession, KeptMember, KeptRoom)> {
    let mut record = Fields::read(attachment).ok()?;
    if record.take("v").ok() != Some(VERSION) {
        return None;
    }
    Some((record.take("session").ok()?, record.take("member").ok()?, record.take("room").ok()?))
}
