//! Everything of a room that is shown, at one moment.

use std::rc::Rc;

use client::{
    Client,
    view::{Above, Connection, People, Row, Unread},
};
use protocol::{Role, RoomInfo};

/// What a page draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The timeline, top to bottom.
    pub rows: Rc<Vec<Row>>,
    /// What lies above it.
    pub above: Above,
    /// How the connection stands.
    pub connection: Connection,
    /// Who is here, who writes.
    pub people: People,
    /// What was not read.
    pub unread: Unread,
    /// What the reader may do.
    pub role: Role,
    /// The room; none before the first `welcome`.
    pub room: Option<RoomInfo>,
    /// Whether what is written outlives the page.
    pub disk: Disk,
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
            connection: client.connection().clone(),
            people: client.people(),
            unread: client.unread(),
            role: client.me().map_or(Role::Member, |me| me.role),
            room: client.room().cloned(),
            disk,
        }
    }

    /// Whether a message that is in the room is shown.
    #[must_use]
    pub fn has_message(&self) -> bool {
        self.rows.iter().any(|row| matches!(row, Row::Message { .. }))
    }

    /// Whether there is anything to show but a place for it.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.room.is_some() || !self.rows.is_empty()
    }
}
