//! What a person wants, in the words of the screen. The driver gives each command among them its id.

use client::view::GapEdge;
use protocol::{CommandId, File, MemberId, Millis, Moderation, Role, Seq};

/// One wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Write a message.
    Send {
        /// What.
        text: String,
        /// In answer to.
        reply_to: Option<Seq>,
        /// With these files, which are in the room already.
        files: Vec<File>,
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
    /// Pin a message to the room.
    Pin(Seq),
    /// Take a pinned message down.
    Unpin(Seq),
    /// Act on a member.
    Moderate(Moderation),
    /// Give a member a role.
    Role {
        /// Whom.
        member: MemberId,
        /// Which.
        role: Role,
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
    /// The reader's place hangs on this message.
    InView(Seq),
    /// This message is wanted, wherever it is.
    Visit(Seq),
    /// What was written then is wanted.
    VisitDate(Millis),
    /// Older messages are wanted.
    Older,
    /// The messages of a gap are wanted.
    FillGap(GapEdge),
}
