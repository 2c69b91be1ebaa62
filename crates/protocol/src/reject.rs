//! Why a command was refused: a stable code, whether to try again, what it is by HTTP, and a sentence for people.

use serde::{Deserialize, Serialize};

/// The stable code of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectCode {
    /// Not a frame, or a known one with wrong fields.
    BadFrame,
    /// A frame type this server does not know; perhaps a later version's.
    UnknownType,
    /// More bytes than a frame may have.
    TooLarge,
    /// Nothing but white space.
    Empty,
    /// More characters than the text may have.
    TooLong,
    /// The command's id is malformed.
    BadId,
    /// The id stands for another command already.
    IdReused,
    /// There is no such message.
    NotFound,
    /// Not within this member's rights.
    Forbidden,
    /// Only its author may do that.
    NotYours,
    /// A moderator keeps this member from writing.
    Muted,
    /// The room takes nothing new for now.
    ReadOnly,
    /// Slow mode: too soon after the member's last message.
    SlowMode,
    /// Too many commands.
    RateLimited,
    /// Too many mentions, or too many different reactions.
    TooMany,
    /// Not exactly one emoji.
    BadEmoji,
    /// The change could not be written; it is not in the room.
    StorageFailed,
    /// The room has too much to do.
    Busy,
    /// A code of a later version.
    #[serde(other)]
    Unknown,
}

impl RejectCode {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::BadFrame,
        Self::UnknownType,
        Self::TooLarge,
        Self::Empty,
        Self::TooLong,
        Self::BadId,
        Self::IdReused,
        Self::NotFound,
        Self::Forbidden,
        Self::NotYours,
        Self::Muted,
        Self::ReadOnly,
        Self::SlowMode,
        Self::RateLimited,
        Self::TooMany,
        Self::BadEmoji,
        Self::StorageFailed,
        Self::Busy,
        Self::Unknown,
    ];

    /// Whether the same command may succeed later.
    #[must_use]
    pub const fn retryable(self) -> bool {
        matches!(self, Self::SlowMode | Self::RateLimited | Self::StorageFailed | Self::Busy)
    }

    /// The HTTP status of the refusal.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::BadFrame | Self::UnknownType | Self::Empty | Self::TooLong | Self::BadId => 400,
            Self::BadEmoji | Self::TooMany | Self::IdReused | Self::Unknown => 400,
            Self::TooLarge => 413,
            Self::Forbidden | Self::NotYours | Self::Muted | Self::ReadOnly => 403,
            Self::NotFound => 404,
            Self::SlowMode | Self::RateLimited => 429,
            Self::StorageFailed | Self::Busy => 503,
        }
    }

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadFrame => "bad_frame",
            Self::UnknownType => "unknown_type",
            Self::TooLarge => "too_large",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::BadId => "bad_id",
            Self::IdReused => "id_reused",
            Self::NotFound => "not_found",
            Self::Forbidden => "forbidden",
            Self::NotYours => "not_yours",
            Self::Muted => "muted",
            Self::ReadOnly => "read_only",
            Self::SlowMode => "slow_mode",
            Self::RateLimited => "rate_limited",
            Self::TooMany => "too_many",
            Self::BadEmoji => "bad_emoji",
            Self::StorageFailed => "storage_failed",
            Self::Busy => "busy",
            Self::Unknown => "unknown",
        }
    }

    /// What happened and what to do, for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::BadFrame => "That could not be read. Check its shape against the protocol.",
            Self::UnknownType => {
                "This server does not know that kind of frame. It may be older than your page."
            }
            Self::TooLarge => "That is more than 64 KiB. Send less at once.",
            Self::Empty => "There is nothing in it. Write something first.",
            Self::TooLong => "That is longer than 4,000 characters. Shorten it or send it in parts.",
            Self::BadId => "The id must have 1 to 64 characters of A-Z a-z 0-9 _ and -. Mint another.",
            Self::IdReused => "That id was used for something else. Mint another and send again.",
            Self::NotFound => "That message is not there any more.",
            Self::Forbidden => "You may not do that in this room.",
            Self::NotYours => "Only the one who wrote it may do that.",
            Self::Muted => "You are muted here. You can still read; a moderator can let you write again.",
            Self::ReadOnly => "The room cannot take anything new just now. It opens again by itself.",
            Self::SlowMode => "This room is in slow mode. Wait a little, then send it again.",
            Self::RateLimited => "That was too fast. Wait a moment, then try again.",
            Self::TooMany => "That is more than one message can carry. Take some away.",
            Self::BadEmoji => "A reaction is exactly one emoji.",
            Self::StorageFailed => "It could not be saved, so it was not sent. Try again in a moment.",
            Self::Busy => "The room has too much to do. Try again in a moment.",
            Self::Unknown => "The server refused it for a reason that this version does not know.",
        }
    }
}
