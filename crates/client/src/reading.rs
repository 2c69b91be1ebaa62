//! What the person has read: the read marker, where "new" began, and when the room is told.
//!
//! Invariant: the marker only moves up within a log.

use protocol::{MemberId, Message, Seq, limits::READ_TOLD_MS};

use crate::{steady::Steady, timeline::Timeline, view::Unread};

/// How far the person has read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    marker: Seq,
    /// What the room knows of it.
    told: Seq,
    told_at: Option<Steady>,
    /// Where "new" begins: nothing above it had been read when the person came.
    new_after: Option<Seq>,
    /// "New" was looked for when the room was opened.
    opened: bool,
}

impl Reading {
    pub(crate) fn restore(marker: Seq) -> Self {
        Self { marker, ..Self::default() }
    }

    pub(crate) const fn marker(&self) -> Seq {
        self.marker
    }

    /// Where "new" begins, for the divider.
    pub(crate) const fn new_after(&self) -> Option<Seq> {
        self.new_after
    }

    /// What the room knows, by `welcome`. What was read here since then has only not been told.
    pub(crate) fn known(&mut self, read: Seq) {
        self.told = read;
        self.marker = self.marker.max(read);
    }

    /// The person read that far on another device. What was told from here and is still on its way counts on.
    pub(crate) fn heard(&mut self, read: Seq) {
        self.known(read.max(self.told));
    }

    /// Another log: seqs of the one before mean nothing.
    pub(crate) fn log_changed(&mut self) {
        *self = Self::default();
    }

    /// Everything is here for the first time: whatever is unread by now is new, unless the whole room is. What the unread
    /// follows, if there is any.
    pub(crate) fn open(&mut self, timeline: &Timeline, me: &MemberId) -> Option<Seq> {
        if self.opened {
            return None;
        }
        self.opened = true;
        let unread = first_unread(timeline, self.marker, me).filter(|_| self.marker > Seq::ZERO)?;
        let all_held = timeline.coverage().holds(self.marker.next());
        let after = if all_held { unread.before() } else { self.marker };
        self.new_after = Some(after);
        Some(after)
    }

    /// The person left: what comes from here on will be new, unless there is unread that was new already.
    pub(crate) fn leave(&mut self, timeline: &Timeline, me: &MemberId) {
        let unread = first_unread(timeline, self.marker, me).is_some();
        if !unread {
            self.new_after = Some(self.marker.max(newest(timeline)));
        }
    }

    /// The person is back: where nothing came meanwhile, nothing is new.
    pub(crate) fn come_back(&mut self, timeline: &Timeline, me: &MemberId) {
        if first_unread(timeline, self.marker, me).is_none() {
            self.new_after = None;
        }
    }

    /// The person wrote: they have seen where they are.
    pub(crate) fn clear(&mut self) {
        self.new_after = None;
    }

    /// The newest message on the screen; true if the marker moved.
    pub(crate) fn see(&mut self, seq: Seq, cursor: Seq) -> bool {
        let seen = seq.min(cursor);
        let moves = seen > self.marker;
        self.marker = self.marker.max(seen);
        moves
    }

    /// What the room is to be told now.
    pub(crate) fn tell(&mut self, now: Steady) -> Option<Seq> {
        let is_due = self.deadline(now).is_some_and(|at| now >= at);
        is_due.then(|| {
            self.told = self.marker;
            self.told_at = Some(now);
            self.marker
        })
    }

    /// When the room is to be told, if there is something to tell.
    pub(crate) fn deadline(&self, now: Steady) -> Option<Steady> {
        let earliest = self.told_at.map_or(now, |at| at.plus(READ_TOLD_MS));
        (self.marker > self.told).then_some(earliest)
    }

    /// Undeleted messages of others above the marker, among those that are held.
    pub(crate) fn unread(&self, timeline: &Timeline, me: &MemberId) -> Unread {
        let (mut count, mut calls) = (0_u32, 0_u32);
        for message in timeline.messages_after(self.marker).filter(|message| counts(message, me)) {
            count = count.saturating_add(1);
            calls = calls.saturating_add(u32::from(message.calls(me)));
        }
        let all_held =
            timeline.coverage().runs().next_back().is_none_or(|run| run.first <= self.marker.next());
        Unread { count, calls, all_held }
    }
}

/// Whether a message is one to be read: of somebody else, and still there.
pub(crate) fn counts(message: &Message, me: &MemberId) -> bool {
    message.by.id != *me && !message.deleted
}

fn first_unread(timeline: &Timeline, marker: Seq, me: &MemberId) -> Option<Seq> {
    timeline.messages_after(marker).find(|message| counts(message, me)).map(|message| message.seq)
}

fn newest(timeline: &Timeline) -> Seq {
    timeline.messages().next_back().map_or(Seq::ZERO, |message| message.seq)
}
