//! Icons, drawn on a grid of 20 with one stroke width.

use yew::{Html, html};

/// Which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Send what is written.
    Send,
    /// A face: put a reaction.
    Smile,
    /// Answer this message.
    Reply,
    /// Change this message.
    Pencil,
    /// Delete this message.
    Bin,
    /// On its way.
    Clock,
    /// Failed.
    Warning,
    /// Rooms.
    Menu,
    /// Who is in the room.
    People,
    /// Close what is open.
    Cross,
    /// A file, or a way to put one along.
    Clip,
    /// To the newest message.
    Down,
    /// A private room.
    Lock,
    /// Something new.
    Plus,
    /// Look for messages.
    Search,
    /// Pin to the room.
    Pin,
    /// Settings.
    Gear,
}

impl Icon {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Send,
        Self::Smile,
        Self::Reply,
        Self::Pencil,
        Self::Bin,
        Self::Clock,
        Self::Warning,
        Self::Menu,
        Self::People,
        Self::Cross,
        Self::Clip,
        Self::Down,
        Self::Lock,
        Self::Plus,
        Self::Search,
        Self::Pin,
        Self::Gear,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Send => "M3.5 10 16.5 4 12 16.5 9.5 11.2zM9.5 11.2 16.5 4",
            Self::Smile => {
                "M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM7 12c.8 1.2 1.8 1.8 3 1.8s2.2-.6 3-1.8M7.6 7.9v.6M12.4 7.9v.6"
            }
            Self::Reply => "M8 5 3.5 9.5 8 14M3.8 9.5h7.4c3 0 5.3 2 5.3 5.5",
            Self::Pencil => {
                "M4 16l.8-3.4 8.4-8.4a1.5 1.5 0 0 1 2.1 0l.5.5a1.5 1.5 0 0 1 0 2.1l-8.4 8.4zM12 5.4 14.6 8"
            }
            Self::Bin => "M3.8 5.5h12.4M8 5.3V3.6h4v1.7M5.3 5.5l.7 10.9h8l.7-10.9M8.4 8.6v4.8M11.6 8.6v4.8",
            Self::Clock => "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 6.2V10l2.6 1.7",
            Self::Warning => "M10 3.2 17.4 16H2.6zM10 8v3.6M10 13.6v.3",
            Self::Menu => "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
            Self::People => {
                "M7.5 9.6a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.5 16c.3-2.7 2.2-4.2 5-4.2s4.7 1.5 5 4.2M13 4.3a2.7 2.7 0 0 1 0 5.1M14.6 12.1c1.7.5 2.7 1.8 2.9 3.9"
            }
            Self::Cross => "M5 5l10 10M15 5 5 15",
            Self::Clip => {
                "M15.6 9.4 9.9 15a3.6 3.6 0 0 1-5.1-5.1L11 3.8a2.4 2.4 0 0 1 3.4 3.4L8.2 13.3a1.2 1.2 0 0 1-1.7-1.7l5.6-5.5"
            }
            Self::Down => "M10 4v11.5M5 10.7l5 5 5-5",
            Self::Lock => "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
            Self::Plus => "M10 4.5v11M4.5 10h11",
            Self::Search => "M8.8 3.5a5.3 5.3 0 1 1 0 10.6 5.3 5.3 0 0 1 0-10.6zM12.8 12.8l3.9 3.9",
            Self::Gear => {
                "M10 7.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM10 2.8v2M10 15.2v2M2.8 10h2M15.2 10h2M4.9 4.9l1.4 1.4M13.7 13.7l1.4 1.4M4.9 15.1l1.4-1.4M13.7 6.3l1.4-1.4"
            }
            Self::Pin => "M7.2 3.2h5.6M8 3.2v5.2l-2.3 3h8.6l-2.3-3V3.2M10 11.4v5.6",
        }
    }

    /// Says nothing to a screen reader: what holds it has a label.
    pub fn draw(self) -> Html {
        html! {
            <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d={self.path()} /></svg>
        }
    }
}
