//! What a client keeps on disk over a reload: its outbox and its place in the log. Versioned by the shell's database.

use protocol::{Command, CommandId, Millis, Seq};
use serde::{Deserialize, Serialize};

/// A command that is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCommand {
    /// The command's id.
    pub id: CommandId,
    /// What it asks.
    pub command: Command,
    /// Its place in the outbox: commands go out in this order.
    pub order: u64,
    /// When the person gave it.
    pub at: Millis,
    /// The reason for which it failed, if it did.
    pub failed: Option<String>,
}

/// Where a reader was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPlace {
    /// `{epoch}.{seq}`.
    pub cursor: String,
    /// The newest seq the person has read.
    pub read: Seq,
}
