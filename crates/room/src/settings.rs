//! What a room is told about the house it runs in, once, when it is restored.

use protocol::limits::{FILE_BYTES, FILE_BYTES_IN_ROOM, ROOM_FILE_BYTES};

/// Fixed for the life of a [`crate::Room`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Whether members are held to their rates and their number of sockets.
    pub limits: Limits,
    /// Where the bytes of files are.
    pub shelf: Shelf,
    /// Whether members who are not here are nudged.
    pub nudges: Nudges,
}

/// Whether whoever a message calls is told of it while they are not in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudges {
    /// They are.
    On,
    /// They are not: the house has no key to send notifications with.
    Off,
}

/// Whether the limits of one member hold. The limits of frames and of the protocol hold in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// As `protocol::limits` says.
    On,
    /// Lifted, for load tests: one member may send without end over any number of sockets.
    Off,
}

/// Where the bytes of files are, which says how many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// In a bucket that all rooms share.
    Bucket,
    /// In the room's own storage.
    Room,
}

impl Shelf {
    /// A file may have so many bytes.
    #[must_use]
    pub const fn file_bytes(self) -> u64 {
        match self {
            Self::Bucket => FILE_BYTES,
            Self::Room => FILE_BYTES_IN_ROOM,
        }
    }

    /// All files of a room may have so many bytes; `None` where there is no bound.
    #[must_use]
    pub const fn room_bytes(self) -> Option<u64> {
        match self {
            Self::Bucket => None,
            Self::Room => Some(ROOM_FILE_BYTES),
        }
    }
}
