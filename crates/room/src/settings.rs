//! What a room is told about the house it runs in, once, when it is restored.

/// Fixed for the life of a [`crate::Room`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Whether members are held to their rates and their number of sockets.
    pub limits: Limits,
}

/// Whether the limits of one member hold. The limits of frames and of the protocol hold in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// As `protocol::limits` says.
    On,
    /// Lifted, for load tests: one member may send without end over any number of sockets.
    Off,
}
