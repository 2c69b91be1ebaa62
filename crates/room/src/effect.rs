//! What comes out of a room: everything it can want done, one case each.

use crate::importing::Unfit;
use archive::{Change, SqlError};
use protocol::{CloseCode, Millis, RejectCode, RoomInfo, SessionId, http::Sent};

/// What a turn wants done, in order; every `Store` stands before everything else.
pub type Effects = Vec<Effect>;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write it. All `Store`s of a turn are one transaction; if it fails nothing else of the turn happens.
    Store(Change),
    /// Remember this with the session's socket, over hibernation.
    Attach {
        /// Whose socket.
        session: SessionId,
        /// At most 16 KiB; the bytes of a versioned record that only the room reads.
        attachment: String,
    },
    /// Send one encoded frame to these sessions.
    Send {
        /// To whom.
        to: Vec<SessionId>,
        /// The frame.
        frame: String,
    },
    /// Close the session's socket.
    Close {
        /// Whose.
        session: SessionId,
        /// Why.
        code: CloseCode,
        /// For whoever debugs a client; may be empty.
        reason: &'static str,
    },
    /// Answer the HTTP request of this turn.
    Answer {
        /// The number it came with.
        request: u64,
        /// The answer.
        answer: Answer,
    },
    /// Ring the in-memory timer then; replaces the one before.
    Timer(Millis),
    /// Ring the object's alarm then; replaces the one before. It is set inside the turn, in the same commit as the `Store`s.
    Alarm(Millis),
}

/// What is answered by HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is in the room.
    Sent(Sent),
    /// The room, with its settings changed.
    Room(Box<RoomInfo>),
    /// It is so now.
    Done,
    /// The invitation is spent, or its time is over.
    Spent,
    /// Nothing of it was taken over: it does not fit what is there.
    Unfit(Unfit),
    /// It is not.
    Rejected {
        /// Why.
        code: RejectCode,
        /// When to try again, in milliseconds from now.
        retry_after_ms: Option<u64>,
    },
}

/// The archive could not be read: throw the room away and restore it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the room's archive could not be read: {0}")]
pub struct Fatal(#[from] pub SqlError);

/// A session as its socket remembers it, given back to `Room::restore`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Whose.
    pub session: SessionId,
    /// The last attachment; empty if it never got one.
    pub attachment: String,
}
