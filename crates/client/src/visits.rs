//! What waits in rooms that no tab has open: which of them is visited next, and when a visit is over.
//!
//! A visit is a client like any other that nobody looks at, for as long as it has something to send: so edits and reactions go out as
//! messages do, in their order and once, and what is refused keeps its reason until somebody opens the room. Not here: disks, locks and
//! sockets. Invariant: one room is visited at a time, and none that a tab has open with what waits.

use protocol::{MemberId, Slug};

use crate::{Client, SavedCommand, saved::Owner, view::Connection};

/// What is done about other rooms while the person is in one, or in none.
#[derive(Debug)]
pub struct Visits {
    me: MemberId,
    /// The room that is open: its own client carries what waits there.
    open: Option<Slug>,
    /// The room that is visited now, or was last.
    visited: Option<Slug>,
    /// Rooms that sent a visit away for good.
    closed: Vec<Slug>,
}

/// What is to be done about what waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The room to visit next.
    pub visit: Option<Slug>,
    /// Tabs that may yet send what they have, one for each command. When one of them is gone, it is time to look again.
    pub living: Vec<String>,
}

/// How a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// Something is still to be sent.
    Goes,
    /// Nothing waits there any more.
    Done,
    /// The room lets nobody in who could send it.
    SentAway,
}

impl Visits {
    /// Of a member who has this room open.
    #[must_use]
    pub fn new(me: MemberId, open: Option<Slug>) -> Self {
        Self { me, open, visited: None, closed: Vec::new() }
    }

    /// What there is to do, by all that is kept on disk and the tabs that live. Where nobody knows who lives there is nothing: what
    /// waits may be another tab's. Rooms take turns, so that one which does not answer keeps no other waiting.
    #[must_use]
    pub fn look(&self, kept: &[(Owner, SavedCommand)], living: &[String]) -> Found {
        let mut found = Found::default();
        if living.is_empty() {
            return found;
        }
        let mut rooms: Vec<&Slug> = Vec::new();
        let waiting = kept.iter().filter(|(owner, saved)| owner.member == self.me && saved.failed.is_none());
        for (Owner { room, tab, .. }, _) in waiting {
            if self.open.as_ref() == Some(room) || self.closed.contains(room) {
                continue;
            }
            if living.contains(tab) {
                found.living.push(tab.clone());
            } else {
                rooms.push(room);
            }
        }
        let behind = rooms.iter().filter(|room| self.visited.as_ref() < Some(**room)).min();
        found.visit = behind.or(rooms.iter().min()).map(|room| (*room).clone());
        found
    }

    /// A visit begins.
    pub fn visit(&mut self, room: Slug) {
        self.visited = Some(room);
    }

    /// The visit is over. A room that sent it away is not asked again.
    pub fn leave(&mut self, how: Visit) {
        if let (Visit::SentAway, Some(room)) = (how, &self.visited) {
            self.closed.push(room.clone());
        }
    }
}

/// How the visit of this client stands.
#[must_use]
pub fn visit(client: &Client) -> Visit {
    if client.outbox().all(|saved| saved.failed.is_some()) {
        return Visit::Done;
    }
    match client.connection() {
        Connection::Ended { .. } => Visit::SentAway,
        Connection::Connecting | Connection::Live | Connection::Waiting { .. } | Connection::Offline => {
            Visit::Goes
        }
    }
}
