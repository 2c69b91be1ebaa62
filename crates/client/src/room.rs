//! The room itself as this member has it: its settings, what they may do in it, what is pinned to it.
//!
//! Not here: its messages. Invariant: after every event it is what a fresh `welcome` at the same seq would say.

use protocol::{Event, EventKind, Membership, Seq};

use crate::client::Client;

impl Client {
    /// The messages that are pinned to the room, the one pinned first first.
    #[must_use]
    pub fn pins(&self) -> &[Seq] {
        &self.pins
    }

    /// Folds what an event changes of the room itself.
    pub(crate) fn fold_room(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Room(change) => {
                if let Some(room) = &mut self.room {
                    room.fold(change);
                }
            }
            EventKind::Member { member, .. } => {
                if let Some(me) = self.me.as_mut().filter(|me| me.id == member.id) {
                    let mut mine = Membership { role: me.role, ..Membership::default() };
                    mine.fold(event);
                    me.role = mine.role;
                }
            }
            EventKind::Pinned { target, on: true } if !self.pins.contains(target) => self.pins.push(*target),
            EventKind::Pinned { target, on: false } | EventKind::Deleted { target } => {
                self.pins.retain(|pin| pin != target);
            }
            EventKind::Pruned { floor } => self.pins.retain(|pin| pin >= floor),
            EventKind::Pinned { .. }
            | EventKind::Message { .. }
            | EventKind::Edited { .. }
            | EventKind::Reacted { .. }
            | EventKind::Unknown => {}
        }
    }
}
