//! What a client keeps on disk over a reload: its outbox and its place in the log. Versioned by the shell's database.

use protocol::{Command, CommandId, File, MemberId, Message, Millis, RejectCode, Seq, Slug, read_by_fields};
use serde::Serialize;

/// Whose something is that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// The member.
    pub member: MemberId,
    /// The room.
    pub room: Slug,
    /// The tab, by a name that no other has.
    pub tab: String,
}

read_by_fields!(Owner { member, room, tab });

/// A command that is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedCommand {
    /// The command's id.
    pub id: CommandId,
    /// What it asks.
    pub command: Command,
    /// The files on a message, for its echo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// Its place in the outbox: commands go out in this order.
    pub order: u64,
    /// When the person gave it.
    pub at: Millis,
    /// The reason for which it failed, if it did.
    pub failed: Option<String>,
    /// The code of that reason, where it has one that this version knows: by it the shell says it in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<RejectCode>,
}

read_by_fields!(SavedCommand { id, command, order, at, failed; files, code });

/// What was kept, for [`crate::Client::new`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// The last place that was kept, of this member in this room.
    pub place: Option<SavedPlace>,
    /// All commands that were kept and not forgotten, in any order.
    pub outbox: Vec<SavedCommand>,
}

/// Where a reader was, with the newest messages: enough to show the room at once and to go on by a resume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedPlace {
    /// `{epoch}.{seq}`.
    pub cursor: String,
    /// The newest seq the person has read.
    pub read: Seq,
    /// The newest messages as they are at the cursor, oldest first, as this member sees them.
    pub messages: Vec<Message>,
    /// There are older messages than these.
    pub more_before: bool,
}

read_by_fields!(SavedPlace { cursor, read, messages, more_before });
