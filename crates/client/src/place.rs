//! The place: how far this client has followed the room's log, and what it knows to be missing.
//!
//! Not here: what the events say. Invariant: the cursor moves by one event at a time and never over a hole, or a
//! snapshot sets it.

use litemap::LiteMap;
use protocol::{
    Cursor, Epoch, Event, Message, Seq, Welcome,
    limits::{ANSWER_MS, EVENT_AFTER_ACK_MS},
};

use crate::steady::Steady;

/// What a `welcome` brings.
#[derive(Debug)]
pub(crate) enum Arrival {
    /// The events that continue the cursor.
    Recovered(Vec<Event>),
    /// What replaces everything.
    Snapshot(Vec<Message>),
}

/// A `welcome` that contradicts itself or what was asked: nothing of it can be trusted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Contradiction;

/// How events stand to the cursor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// They go on where the cursor stands, once those at or below it are left out.
    Continues,
    /// Something between the cursor and their end is missing.
    Skips,
}

/// What a place wants done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    Nothing,
    /// Something that must have come has not: ask for it.
    Resume,
    /// A resume got no answer.
    Reconnect,
}

/// Where this client stands in the log.
#[derive(Debug, Default)]
pub(crate) struct Place {
    cursor: Option<Cursor>,
    /// Everything up to the head of the last `welcome` is here.
    caught_up: bool,
    /// A resume is on its way; its answer must be here by then.
    asking: Option<Steady>,
    /// Events that exist, and when they must have come.
    awaited: LiteMap<Seq, Steady>,
}

impl Place {
    pub(crate) fn at(cursor: Option<Cursor>) -> Self {
        Self { cursor, ..Self::default() }
    }

    pub(crate) const fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    pub(crate) fn epoch(&self) -> Option<&Epoch> {
        self.cursor.as_ref().map(|cursor| &cursor.epoch)
    }

    /// The last event that was worked in; 0 before the first `welcome`.
    pub(crate) fn seq(&self) -> Seq {
        self.cursor.as_ref().map_or(Seq::ZERO, |cursor| cursor.seq)
    }

    pub(crate) const fn is_caught_up(&self) -> bool {
        self.caught_up
    }

    /// A new socket begins: nothing of the one before is on its way any more.
    pub(crate) fn begin(&mut self) {
        self.caught_up = false;
        self.asking = None;
        self.awaited.clear();
    }

    /// The next `welcome` shall be a snapshot.
    pub(crate) fn forget(&mut self) {
        self.cursor = None;
    }

    /// How `events` stand to the cursor.
    pub(crate) fn fit(&self, events: &[Event]) -> Fit {
        let mut expected = self.seq().next();
        for event in events {
            if event.seq > expected {
                return Fit::Skips;
            }
            if event.seq == expected {
                expected = expected.next();
            }
        }
        Fit::Continues
    }

    /// Whether `event` is the next one; then the cursor has moved over it. One that is not is to be left out.
    pub(crate) fn step(&mut self, event: &Event) -> bool {
        let Some(cursor) = &mut self.cursor else { return false };
        let is_next = event.seq == cursor.seq.next();
        if is_next {
            cursor.seq = event.seq;
        }
        is_next
    }

    /// Reads what a `welcome` brings, and checks that it says one thing.
    pub(crate) fn arrive(&self, welcome: &mut Welcome) -> Result<Arrival, Contradiction> {
        if !welcome.recovered {
            return welcome.messages.take().map(Arrival::Snapshot).ok_or(Contradiction);
        }
        let events = welcome.events.take().unwrap_or_default();
        let reached = events.last().map_or(self.seq(), |event| event.seq.max(self.seq()));
        let whole = if welcome.more { reached > self.seq() } else { reached >= welcome.head };
        let same_log = self.epoch() == Some(&welcome.epoch);
        let fits = self.fit(&events) == Fit::Continues;
        if same_log && fits && whole { Ok(Arrival::Recovered(events)) } else { Err(Contradiction) }
    }

    /// A snapshot sets the cursor.
    pub(crate) fn set(&mut self, epoch: Epoch, head: Seq) {
        self.cursor = Some(Cursor { epoch, seq: head });
        self.awaited.clear();
    }

    /// The answer to whatever was asked is worked in.
    pub(crate) fn answered(&mut self, more: bool) {
        self.asking = None;
        self.caught_up |= !more;
    }

    /// Asks for what comes after the cursor, one at a time: the cursor to send, or none while an answer is awaited.
    pub(crate) fn resume(&mut self, now: Steady) -> Option<String> {
        if self.asking.is_some() {
            return None;
        }
        let cursor = self.cursor.as_ref()?.to_string();
        self.asking = Some(now.plus(ANSWER_MS));
        // The answer brings all of them.
        self.awaited.clear();
        Some(cursor)
    }

    /// An event with this seq exists: it must come soon.
    pub(crate) fn expect(&mut self, seq: Seq, now: Steady) {
        if seq > self.seq() {
            self.awaited.entry(seq).or_insert_with(|| now.plus(EVENT_AFTER_ACK_MS));
        }
    }

    pub(crate) fn deadline(&self) -> Option<Steady> {
        self.asking.into_iter().chain(self.awaited.values().copied()).min()
    }

    pub(crate) fn due(&mut self, now: Steady) -> Due {
        let seq = self.seq();
        self.awaited.retain(|awaited, _| *awaited > seq);
        let overdue = self.awaited.values().any(|by| now >= *by);
        match self.asking {
            Some(by) if now >= by => Due::Reconnect,
            // The answer that is on its way may bring them; if not, ask once more after it.
            Some(_) if overdue => {
                self.awaited.iter_mut().for_each(|(_, by)| *by = now.plus(EVENT_AFTER_ACK_MS));
                Due::Nothing
            }
            None if overdue => Due::Resume,
            Some(_) | None => Due::Nothing,
        }
    }
}
