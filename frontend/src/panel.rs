//! Which side panel lies open over the timeline on a small screen. On a wide one both stand beside it.

/// Which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Panel {
    /// None: the timeline alone.
    #[default]
    Closed,
    /// The rooms and me.
    Rooms,
    /// Who is in the room.
    People,
}
