//! What a person wants, in the words of the screen. The driver gives each command among them its id.

use protocol::{CommandId, Seq};

/// One wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Write a message.
    Send {
        /// What.
        text: String,
        /// In answer to.
        reply_to: Option<Seq>,
    },
    /// Change a message of mine.
    Edit {
        /// Which.
        seq: Seq,
        /// To what.
        text: String,
    },
    /// Delete a message.
    Delete(Seq),
    /// Put a reaction on a message.
    React {
        /// Which message.
        seq: Seq,
        /// With what.
        emoji: String,
    },
    /// Take my reaction from a message.
    Unreact {
        /// Which message.
        seq: Seq,
        /// Which reaction.
        emoji: String,
    },
    /// Send a failed command again.
    Retry(CommandId),
    /// Give a failed command up.
    Discard(CommandId),
    /// Connect now, without more waiting.
    TryNow,
    /// Somebody is at the keys.
    Typing,
    /// This was on the screen.
    Seen(Seq),
    /// This message is wanted, wherever it is.
    Visit(Seq),
    /// Older messages are wanted.
    Older,
    /// The messages of a gap are wanted.
    FillGap {
        /// The newest message before it.
        above: Seq,
    },
}
