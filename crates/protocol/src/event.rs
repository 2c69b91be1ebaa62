//! Events: the durable changes of a room, in the one order that everybody sees.

use serde::Serialize;

use crate::{
    file::File,
    id::{CommandId, MemberId, Seq},
    membership::MemberChange,
    read_by_fields,
    room::{Role, RoomChange},
    time::Millis,
};

/// A member, and the name they had at that time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// As it was then; shown, never compared.
    pub name: String,
}

read_by_fields!(Member { id, name });

impl Member {
    /// Somebody who deleted their account: `author` stands for them, and they have no name.
    #[must_use]
    pub fn departed(author: &MemberId) -> Self {
        Self { id: author.clone(), name: String::new() }
    }
}

/// One durable change of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Its place in the log.
    pub seq: Seq,
    /// When the room took it; never before the event in front of it.
    pub at: Millis,
    /// Who made it.
    pub by: Member,
    /// The command that it came from, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CommandId>,
    /// What changed.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    /// Somebody wrote. Once deleted, `redacted` is true and all else is gone.
    Message {
        /// What they wrote; absent once redacted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The message it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<Seq>,
        /// Whom it calls.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<MemberId>,
        /// Files on it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<File>,
        /// Deleted since.
        #[serde(default, skip_serializing_if = "is_false")]
        redacted: bool,
    },
    /// The author changed the text of `target`.
    Edited {
        /// The message.
        target: Seq,
        /// The new text; absent once redacted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The message was deleted since.
        #[serde(default, skip_serializing_if = "is_false")]
        redacted: bool,
    },
    /// `target` is gone; it keeps its place.
    Deleted {
        /// The message.
        target: Seq,
    },
    /// A reaction came or went.
    Reacted {
        /// The message.
        target: Seq,
        /// Which.
        emoji: String,
        /// Came, or went.
        on: bool,
    },
    /// `target` was pinned to the room, or is not any more.
    Pinned {
        /// The message.
        target: Seq,
        /// Pinned, or not any more.
        on: bool,
    },
    /// What the room holds of a member changed.
    Member {
        /// Whom it is about.
        member: Member,
        /// What changed.
        change: MemberChange,
        /// Their new role, where that is what changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<Role>,
        /// When a mute or a ban ends; absent where it has no end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Millis>,
        /// Why, in the words of who did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The room's settings changed: the fields that are there are the new ones.
    Room(RoomChange),
    /// Retention took all below `floor`: messages, events, and what hangs on them.
    Pruned {
        /// The oldest seq that is held from now on.
        floor: Seq,
    },
    /// The author of these messages deleted their account: nobody wrote them, from now on.
    Anonymised {
        /// The messages, all by one author.
        targets: Vec<Seq>,
        /// What stands for the author from now on; its name is empty.
        author: MemberId,
        /// The messages are deleted too.
        #[serde(default, skip_serializing_if = "is_false")]
        removed: bool,
    },
    /// A kind of a later version: it takes its place in the order and changes nothing here.
    #[serde(other)]
    Unknown,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
