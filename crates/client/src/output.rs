//! What comes out of a client.

use protocol::{Millis, Seq};

use crate::saved::{SavedCommand, SavedPlace};

/// One thing to do, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Open a socket with this cursor. The one before is closed already, or forgotten: nothing of it comes in any more.
    Connect {
        /// `{epoch}.{seq}`, unless there is none yet.
        cursor: Option<String>,
    },
    /// Close the socket and forget it.
    Disconnect,
    /// Send this text over the socket.
    Transmit(String),
    /// Give `Input::Timer` then; replaces the one before. `None`: never.
    Timer(Option<Millis>),
    /// Get a page of history by HTTP.
    Fetch(PageRequest),
    /// Keep this command on disk, before anything is sent.
    Keep(SavedCommand),
    /// The command is settled: take it from the disk.
    Forget(protocol::CommandId),
    /// Keep this place on disk.
    KeepPlace(SavedPlace),
    /// Something that a view shows has changed.
    Changed,
}

/// Which page of history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageRequest {
    /// Older than this.
    Before(Seq),
    /// Newer than this.
    After(Seq),
    /// Around this.
    Around(Seq),
    /// Around the first event at or after this instant.
    AroundAt(Millis),
}
