//! What a room tells of itself and of who is in it.

use serde::Serialize;

use crate::{
    fields::{Error, Fields},
    id::{MemberId, Slug},
    limits::{RETENTION_DAYS, SLOW_MODE_MS, TITLE_SCALARS, TOPIC_SCALARS},
    read_by_fields, read_by_tag,
    text::{BadText, bounded},
    time::Millis,
};

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

read_by_tag!(Role {
    "member" => Member,
    "moderator" => Moderator,
    "owner" => Owner,
});

/// Whether a member who is here is at the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// At least one of their sessions is active.
    Active,
    /// All of them are away.
    Away,
}

read_by_tag!(Availability {
    "active" => Active,
    "away" => Away,
});

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Its members.
    Private,
}

read_by_tag!(Visibility {
    "public" => Public,
    "private" => Private,
});

/// What sort of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// In the Directory.
    Public,
    /// Of those who were invited.
    Private,
    /// Private, of two members.
    Direct,
}

read_by_tag!(RoomKind {
    "public" => Public,
    "private" => Private,
    "direct" => Direct,
});

/// Who may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Posting {
    /// Every member.
    Everyone,
    /// Moderators and the owner.
    Moderators,
}

read_by_tag!(Posting {
    "everyone" => Everyone,
    "moderators" => Moderators,
});

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

/// What changes of a room's settings: a `room` event, and the body of `PATCH /api/rooms/{room}`. What is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomChange {
    /// Its name for people: 1–80 scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is about: at most 250 scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Milliseconds between two messages of one member, at most six hours; 0 for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slow_mode_ms: Option<u64>,
    /// Days that messages are kept, 1–3,650; null for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<Option<u32>>,
    /// Who may write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<Posting>,
}

read_by_fields!(RoomChange, room_change);

/// Why settings cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRoomChange {
    /// The title.
    #[error("The title cannot be taken: {0}.")]
    Title(BadText),
    /// The topic.
    #[error("The topic cannot be taken: {0}.")]
    Topic(BadText),
    /// The slow mode.
    #[error("Slow mode is 0 to 21,600,000 milliseconds: at most six hours.")]
    SlowMode,
    /// The retention.
    #[error("Messages are kept for 1 to 3,650 days, or for ever with null.")]
    Retention,
}

impl RoomChange {
    /// Trims the words of a request, and checks it against its bounds.
    ///
    /// # Errors
    /// [`BadRoomChange`] says what is out of bounds.
    pub fn parse(mut self) -> Result<Self, BadRoomChange> {
        if let Some(title) = &mut self.title {
            *title = bounded(title, TITLE_SCALARS).map_err(BadRoomChange::Title)?.to_owned();
        }
        if let Some(topic) = &mut self.topic {
            *topic = match bounded(topic, TOPIC_SCALARS) {
                Ok(topic) => topic.to_owned(),
                Err(BadText::Empty) => String::new(),
                Err(bad) => return Err(BadRoomChange::Topic(bad)),
            };
        }
        if self.slow_mode_ms.is_some_and(|wait| wait > SLOW_MODE_MS) {
            return Err(BadRoomChange::SlowMode);
        }
        if self.retention_days.flatten().is_some_and(|days| !(1..=RETENTION_DAYS).contains(&days)) {
            return Err(BadRoomChange::Retention);
        }
        Ok(self)
    }

    /// What of it is not so already.
    #[must_use]
    pub fn beyond(self, info: &RoomInfo) -> Self {
        Self {
            title: self.title.filter(|title| *title != info.title),
            topic: self.topic.filter(|topic| *topic != info.topic),
            slow_mode_ms: self.slow_mode_ms.filter(|wait| *wait != info.slow_mode_ms),
            retention_days: self.retention_days.filter(|days| *days != info.retention_days),
            posting: self.posting.filter(|posting| *posting != info.posting),
        }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl RoomInfo {
    /// Folds a `room` event in.
    pub fn fold(&mut self, change: &RoomChange) {
        let RoomChange { title, topic, slow_mode_ms, retention_days, posting } = change.clone();
        self.title = title.unwrap_or_else(|| std::mem::take(&mut self.title));
        self.topic = topic.unwrap_or_else(|| std::mem::take(&mut self.topic));
        self.slow_mode_ms = slow_mode_ms.unwrap_or(self.slow_mode_ms);
        self.retention_days = retention_days.unwrap_or(self.retention_days);
        self.posting = posting.unwrap_or(self.posting);
    }
}

impl Role {
    /// The role as it stands on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Moderator => "moderator",
            Self::Owner => "owner",
        }
    }
}

/// Those of a `room` event too, beside its own.
pub(crate) fn room_change(mut fields: Fields) -> Result<RoomChange, Error> {
    Ok(RoomChange {
        title: fields.take("title")?,
        topic: fields.take("topic")?,
        slow_mode_ms: fields.take("slow_mode_ms")?,
        retention_days: fields.take_even_null("retention_days")?,
        posting: fields.take("posting")?,
    })
}
