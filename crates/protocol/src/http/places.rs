//! Places by HTTP: public rooms, one's own, invitations, and direct rooms.
//!
//! Not here: what a room is (`room.rs`) and who may see it.

use serde::Serialize;

use crate::{
    id::{MemberId, Seq, Slug},
    read_by_fields,
    room::RoomKind,
    time::Millis,
};

/// `GET /api/rooms`: public rooms in the order of their slugs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomPage {
    /// At most as many as were asked for.
    pub rooms: Vec<ListedRoom>,
    /// There are more behind this slug: ask on with `after`.
    pub next: Option<Slug>,
}

read_by_fields!(RoomPage { rooms, next });

/// A public room, as it last said of itself; at most half a minute old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedRoom {
    /// Its slug.
    pub room: Slug,
    /// Its name for people.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
    /// Members who are there now.
    pub members_online: u32,
    /// Where its log ends.
    pub head: Seq,
}

read_by_fields!(ListedRoom { room, title, topic, members_online, head });

/// `GET /api/me/rooms`: the rooms that a member keeps, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyRooms {
    /// At most [`crate::limits::MY_ROOMS`].
    pub rooms: Vec<MyRoom>,
}

read_by_fields!(MyRooms { rooms });

/// A room that a member keeps, and what they have not read of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyRoom {
    /// Its slug.
    pub room: Slug,
    /// Its name for this member: of a direct room, the other's.
    pub title: String,
    /// What sort of room.
    pub kind: RoomKind,
    /// Where its log ends. This and the rest is null where the room did not answer in time.
    pub head: Option<Seq>,
    /// The member's read marker.
    pub read: Option<Seq>,
    /// Undeleted messages of others above it, at most [`crate::limits::UNREAD`].
    pub unread: Option<u32>,
    /// Those of them that call the member.
    pub mentions: Option<u32>,
    /// Of a direct room the other of the two, while they are in it.
    pub other: Option<MemberId>,
    /// Whether the other had a page or a program that asked for their own rooms in the last two and a half minutes. False where that
    /// is not known, and of a room that is not direct.
    pub here: bool,
}

read_by_fields!(MyRoom { room, title, kind, head, read, unread, mentions; other, here });

/// `POST /api/rooms/{room}/invites`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewInvite {
    /// How many it lets in, 1–1,000; one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<u32>,
    /// How long it is good, in milliseconds, at most thirty days; a week where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_ms: Option<u64>,
}

read_by_fields!(NewInvite { uses, expires_in_ms });

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invite {
    /// Lets in whoever asks with it: `POST /api/invites/{code}`.
    pub code: String,
    /// A page of this server that does so.
    pub url: String,
    /// From when on it is no good.
    pub expires_at: Millis,
    /// How many it lets in.
    pub uses: u32,
}

read_by_fields!(Invite { code, url, expires_at, uses });

/// `POST /api/direct`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewDirect {
    /// The other of the two.
    pub member: MemberId,
}

read_by_fields!(NewDirect { member });

/// A room, by its address: the answer to an invitation and to [`NewDirect`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomNamed {
    /// Its slug.
    pub room: Slug,
}

read_by_fields!(RoomNamed { room });
