//! What stands beside the timeline: on a wide window the people, or a screen in their place; on a small one nothing, or one of
//! them over the timeline.

use crate::words;

/// Which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Panel {
    /// None: on a small window the timeline alone, on a wide one who is in the room.
    #[default]
    Closed,
    /// The rooms and me.
    Rooms,
    /// Who is in the room.
    People,
    /// The keys and what they do.
    Keys,
    /// Looking for messages.
    Search,
    /// What is pinned to the room.
    Pins,
    /// Who belongs to the room, and what is done about them.
    Members,
    /// Inviting people.
    Invite,
    /// The room's settings.
    Settings,
    /// What moderators did.
    Log,
    /// What is the reader's own.
    Me,
}

impl Panel {
    /// Whether it is a screen of its own, in the place of the people.
    #[must_use]
    pub const fn is_screen(self) -> bool {
        match self {
            Self::Closed | Self::Rooms | Self::People => false,
            Self::Search
            | Self::Pins
            | Self::Keys
            | Self::Members
            | Self::Invite
            | Self::Settings
            | Self::Log
            | Self::Me => true,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Closed => "",
            Self::Rooms => words::rooms(),
            Self::People => words::people(),
            Self::Search => words::search(),
            Self::Pins => words::pinned_messages(),
            Self::Keys => words::keys(),
            Self::Members => words::members(),
            Self::Invite => words::invite_people(),
            Self::Settings => words::room_settings(),
            Self::Log => words::moderation_log(),
            Self::Me => words::my_settings(),
        }
    }
}
