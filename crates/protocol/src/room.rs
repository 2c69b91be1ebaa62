//! What a room tells of itself and of who is in it.

use serde::{Deserialize, Serialize};

use crate::{
    id::{MemberId, Slug},
    read_by_fields,
    time::Millis,
};

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes and reads.
    Member,
    /// Also deletes what others wrote.
    Moderator,
    /// Also changes the room.
    Owner,
}

/// Whether a member who is here is at the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// At least one of their sessions is active.
    Active,
    /// All of them are away.
    Away,
}

/// A member who is in the room now: one line of the roster, however many sessions they have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Present {
    /// Who.
    pub id: MemberId,
    /// Their name now.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// At the keyboard or not.
    pub state: Availability,
}

read_by_fields!(Present { id, name, role, state });

/// Who may find a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Its members.
    Private,
}

/// What sort of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// In the Directory.
    Public,
}

/// Who may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Posting {
    /// Every member.
    Everyone,
    /// Moderators and the owner.
    Moderators,
}

/// A room, as `welcome` and `GET /api/rooms/{room}` give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomInfo {
    /// Its slug.
    pub room: Slug,
    /// Its name for people.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
    /// Who may find it.
    pub visibility: Visibility,
    /// What sort of room.
    pub kind: RoomKind,
    /// Milliseconds between two messages of one member; 0 for none.
    pub slow_mode_ms: u64,
    /// Days that messages are kept; null for ever.
    pub retention_days: Option<u32>,
    /// Who may write.
    pub posting: Posting,
    /// When it was made.
    pub created_at: Millis,
}

read_by_fields!(RoomInfo {
    room,
    title,
    topic,
    visibility,
    kind,
    slow_mode_ms,
    retention_days,
    posting,
    created_at
});
