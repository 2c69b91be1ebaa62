//! Ids: who, which session, which command, which room, which place in the log.
//!
//! Each is parsed once, at the edge, and cannot be malformed afterwards.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::{EXACT_INTEGER, ID_BYTES, MINTED_ID_BYTES, SLUG_BYTES};

/// Why a string is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadId {
    /// It has no characters.
    #[error("an id must not be empty")]
    Empty,
    /// It has more bytes than it may.
    #[error("an id must not be longer than {0} characters")]
    TooLong(usize),
    /// It has a character that ids do not have.
    #[error("an id may only have the characters {0}")]
    Character(&'static str),
}

fn token(text: &str, longest: usize) -> Result<(), BadId> {
    if text.is_empty() {
        return Err(BadId::Empty);
    }
    if text.len() > longest {
        return Err(BadId::TooLong(longest));
    }
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    text.bytes().all(allowed).then_some(()).ok_or(BadId::Character("A-Z a-z 0-9 _ -"))
}

macro_rules! token_id {
    ($(#[$doc:meta])* $name:ident, $longest:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[A-Za-z0-9_-]{1,64}$")))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads one; refuses what is empty, too long, or has other characters than `[A-Za-z0-9_-]`.
            ///
            /// # Errors
            /// [`BadId`] says which.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                token(text, $longest).map(|()| Self(text.to_owned()))
            }

            /// The id as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                token(&text, $longest).map(|()| Self(text))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

token_id!(
    /// What a client calls a command: 1–64 of `[A-Za-z0-9_-]`, minted by it, never reused.
    CommandId, ID_BYTES
);
token_id!(
    /// A member: a person as rooms know them.
    MemberId, MINTED_ID_BYTES
);
impl MemberId {
    /// Nobody's id, and everybody's: what a mention of the whole room says. Ids that are minted are longer.
    const EVERYBODY: &str = "room";

    /// Whom `@room` calls. Only moderators may.
    #[must_use]
    pub fn everybody() -> Self {
        Self(Self::EVERYBODY.to_owned())
    }

    /// Whether it is [`MemberId::everybody`].
    #[must_use]
    pub fn is_everybody(&self) -> bool {
        self.0 == Self::EVERYBODY
    }
}

impl MemberId {
    const HOOK: &str = "hook-";
    /// Behind the prefix, 128 random bits.
    const HOOK_BYTES: usize = Self::HOOK.len() + 22;

    /// Whoever writes by a webhook, by 22 random characters. Ids of people have another length.
    ///
    /// # Errors
    /// [`BadId`] when these are no characters of an id.
    pub fn of_a_hook(random: &str) -> Result<Self, BadId> {
        Self::parse(&format!("{}{random}", Self::HOOK))
    }

    /// Whether a webhook writes under this id.
    #[must_use]
    pub fn is_of_a_hook(&self) -> bool {
        self.0.len() == Self::HOOK_BYTES && self.0.starts_with(Self::HOOK)
    }
}

token_id!(
    /// A session: one authenticated socket, from welcome to close.
    SessionId, MINTED_ID_BYTES
);
token_id!(
    /// A file in a room: minted by the server, and nobody can guess it.
    FileId, MINTED_ID_BYTES
);
token_id!(
    /// The identity of a room's log; new if the log was ever lost.
    Epoch, MINTED_ID_BYTES
);
token_id!(
    /// A request, in logs, answers and error reports.
    RequestId, ID_BYTES
);

impl MemberId {
    /// The room itself, for what it does by itself. Minted ids have another length: nobody else is called so.
    #[must_use]
    pub fn of_the_room() -> Self {
        Self("room".to_owned())
    }

    /// What stands for somebody who deleted their account, in the room where the first event that says so is `since`: nobody else's
    /// there, and in no other room the same.
    #[must_use]
    pub fn of_departed(since: Seq) -> Self {
        Self(format!("deleted-{since}"))
    }
}

/// A room's address in a URL: 1–48 of `[a-z0-9-]`, no dash at either end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$")))]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// Reads one.
    ///
    /// # Errors
    /// [`BadId`] when it is empty, over 48 bytes, has another character, or a dash at an end.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        if text.is_empty() {
            return Err(BadId::Empty);
        }
        if text.len() > SLUG_BYTES {
            return Err(BadId::TooLong(SLUG_BYTES));
        }
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !text.bytes().all(allowed) || text.starts_with('-') || text.ends_with('-') {
            return Err(BadId::Character("a-z 0-9, and - but at the ends"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The slug as it stands in a URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A position in a room's log: 1, 2, 3 … without holes. 0 stands before the first event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("maximum" = EXACT_INTEGER)))]
#[serde(try_from = "u64", into = "u64")]
pub struct Seq(u64);

impl Seq {
    /// Before the first event.
    pub const ZERO: Self = Self(0);

    /// Reads one; refuses what a JSON number cannot hold exactly (over 2^53 − 1).
    #[must_use]
    pub const fn try_new(seq: u64) -> Option<Self> {
        if seq <= EXACT_INTEGER { Some(Self(seq)) } else { None }
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> u64 {
        self.0
    }

    /// The seq after this one; a log ends long before 2^53 − 1.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(if self.0 < EXACT_INTEGER { self.0 + 1 } else { self.0 })
    }

    /// The seq that lies `count` above; the largest there is, if it lies beyond.
    #[must_use]
    pub const fn plus(self, count: u64) -> Self {
        let seq = self.0.saturating_add(count);
        Self(if seq < EXACT_INTEGER { seq } else { EXACT_INTEGER })
    }

    /// The seq before this one; stays at 0.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl TryFrom<u64> for Seq {
    type Error = String;
    fn try_from(seq: u64) -> Result<Self, String> {
        Self::try_new(seq).ok_or_else(|| format!("{seq} is beyond the largest seq, 2^53 - 1"))
    }
}

impl From<Seq> for u64 {
    fn from(seq: Seq) -> u64 {
        seq.0
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
