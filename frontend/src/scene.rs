//! Everything of a room that is shown, at one moment.

use std::rc::Rc;

use client::{
    Client,
    care::PendingDeed,
    pane::Jump,
    view::{Above, Connection, People, Row, Unread},
};
use protocol::{Millis, Role, RoomInfo, Seq};

/// What a page draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The timeline, top to bottom.
    pub rows: Rc<Vec<Row>>,
    /// What lies above it.
    pub above: Above,
    /// Where the reader is to be led, once for each number.
    pub jump: Option<Jump>,
    /// How the connection stands.
    pub connection: Connection,
    /// Who is here, who writes.
    pub people: People,
    /// The messages that are pinned to the room.
    pub pins: Rc<Vec<Seq>>,
    /// What the reader did about members and is not in the room yet.
    pub deeds: Vec<PendingDeed>,
    /// Grows whenever what the room holds of members, settings or pins may have changed.
    pub turned: u64,
    /// What was not read.
    pub unread: Unread,
    /// What the reader may do.
    pub role: Role,
    /// The room; none before the first `welcome`.
    pub room: Option<RoomInfo>,
    /// How many bytes a file may have here; 0 where messages take none.
    pub file_bytes: u64,
    /// Slow mode: until when the reader's next message waits.
    pub slow_until: Option<Millis>,
    /// Whether what is written outlives the page.
    pub disk: Disk,
    /// The messages are not to be shown yet: what reads them is on its way. Until then their place is kept.
    pub awaits_reader: bool,
}

/// How the disk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// It keeps what it is given.
    Keeping,
    /// It does not.
    Failing,
}

impl Scene {
    /// What `client` shows now.
    #[must_use]
    pub fn of(client: &Client, disk: Disk) -> Self {
        Self {
            rows: Rc::new(client.rows()),
            above: client.above(),
            jump: client.jump(),
            connection: client.connection().clone(),
            people: client.people(),
            pins: Rc::new(client.pins().to_vec()),
            deeds: client.pending_deeds(),
            turned: client.turned(),
            unread: client.unread(),
            role: client.me().map_or(Role::Member, |me| me.role),
            room: client.room().cloned(),
            file_bytes: client.file_bytes(),
            slow_until: client.slow_until(),
            disk,
            awaits_reader: false,
        }
    }

    /// The same while its messages wait for what reads them.
    #[must_use]
    pub fn awaiting_reader(self) -> Self {
        Self { rows: Rc::default(), jump: None, awaits_reader: true, ..self }
    }

    /// Whether a message that is in the room is shown.
    #[must_use]
    pub fn has_message(&self) -> bool {
        self.rows.iter().any(|row| matches!(row, Row::Message { .. }))
    }

    /// Whether there is anything to show but a place for it.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        !self.awaits_reader && (self.room.is_some() || !self.rows.is_empty())
    }
}
