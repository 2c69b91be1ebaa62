//! What the member's other tabs in this browser have yet to send.
//!
//! Each command is one tab's to send, and all of them show it. Not here: taking over what a tab left, which is the outbox's.
//! Invariant: what was seen in the room is not shown as waiting, however old the disk's word on it is.

use std::collections::VecDeque;

use protocol::CommandId;

use crate::{outbox::Entry, saved::SavedCommand};

/// How many ids are remembered. A tab takes its command from the disk right after it hears of it, and a room takes 5 a second: this
/// is more than ten seconds' worth.
const REMEMBERED: usize = 64;

/// What they have to send, and what was seen lately.
#[derive(Debug, Default)]
pub(crate) struct OtherTabs {
    sending: Vec<Entry>,
    seen: VecDeque<CommandId>,
}

impl OtherTabs {
    /// In the order in which they were given.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.sending.iter()
    }

    /// What they have to send now, as the disk has it.
    pub(crate) fn replace(&mut self, mut sending: Vec<SavedCommand>) {
        sending.retain(|saved| !self.has_seen(&saved.id));
        sending.sort_by(|a, b| (a.at, a.order, &a.id).cmp(&(b.at, b.order, &b.id)));
        self.sending = sending.into_iter().map(Entry::restored).collect();
    }

    /// Whether the room has it, as far as is remembered.
    pub(crate) fn has_seen(&self, id: &CommandId) -> bool {
        self.seen.contains(id)
    }

    /// The room has it.
    pub(crate) fn see(&mut self, id: &CommandId) {
        self.sending.retain(|entry| entry.saved.id != *id);
        if self.seen.len() == REMEMBERED {
            self.seen.pop_front();
        }
        self.seen.push_back(id.clone());
    }
}
