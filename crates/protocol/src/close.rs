//! Why a socket ended. The code's range says whether to come back.

/// The codes with which a room closes a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u16)]
pub enum CloseCode {
    /// No sign-in, or it ended.
    NoSession = 4001,
    /// Not allowed here.
    NotAllowed = 4003,
    /// There is no such room.
    NoSuchRoom = 4004,
    /// Thrown out by a moderator.
    Kicked = 4005,
    /// The client speaks no version that the server does.
    VersionNotSpoken = 4006,
    /// Too many sockets of one member.
    TooManySockets = 4009,
    /// Five bad frames in a minute.
    BrokenClient = 4022,
    /// The room has too much to do.
    Overloaded = 4100,
    /// The client sends without end.
    Flooding = 4101,
    /// The client does not read what it is sent.
    SlowReader = 4102,
    /// The room starts anew.
    RoomRestarts = 4103,
    /// The server is being replaced by a new version.
    NewVersion = 4200,
    /// The room is elsewhere now.
    Moved = 4201,
}

/// What a client does after a close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comeback {
    /// Stop and tell the person.
    Never,
    /// Come back with growing, jittered waits.
    WithWaits,
    /// Come back at once, somewhere within the spread.
    Spread,
}

impl CloseCode {
    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> u16 {
        self as u16
    }
}

impl Comeback {
    /// What the range of `code` asks for. A code outside the ranges, 1006 say, asks for waits.
    #[must_use]
    pub const fn after(code: u16) -> Self {
        match code {
            4000..=4099 => Self::Never,
            4200..=4299 => Self::Spread,
            _ => Self::WithWaits,
        }
    }
}
