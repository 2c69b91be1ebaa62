//! What a room counts, for whoever watches it.
//!
//! Not part of the room: nothing is decided by it, it is lost with the memory, and a turn that fails takes its own counts with it.
//! Counting is adding: nothing is allocated for a delivery.

use protocol::{ClientFrame, CloseCode, RejectCode};

/// What has happened since the tally was taken last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sockets that came and went on from their cursor.
    pub joins_recovered: u64,
    /// Sockets that came and got a snapshot.
    pub joins_fresh: u64,
    /// Frames of clients that could be read, and commands by HTTP, by their type on the wire.
    pub commands: Counts<&'static str>,
    /// Messages to be stored.
    pub messages: u64,
    /// Events that retention took out.
    pub pruned: u64,
    /// Messages whose author deleted their account, and which nobody wrote any more.
    pub forgotten: u64,
    /// Frames with events, each once a session that it went to.
    pub frames: u64,
    /// Events, each once a session that it went to.
    pub deliveries: u64,
    /// How often a round of fan-out held so many events.
    pub rounds: Counts<u64>,
    /// Refusals, by socket and by HTTP.
    pub rejects: Counts<RejectCode>,
    /// Sockets to be closed.
    pub closes: Counts<CloseCode>,
}

/// How often each of a few things happened. A list: there are never many, and a map's code weighs more than all of this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts<K>(Vec<(K, u64)>);

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + PartialEq> Counts<K> {
    fn add(&mut self, what: K) {
        match self.0.iter_mut().find(|(one, _)| *one == what) {
            Some((_, count)) => add(count, 1),
            None => self.0.push((what, 1)),
        }
    }

    /// Each of them and how often it happened, as they first happened.
    pub fn iter(&self) -> impl Iterator<Item = (K, u64)> {
        self.0.iter().copied()
    }

    /// How often this happened.
    #[must_use]
    pub fn of(&self, what: K) -> u64 {
        self.iter().find(|(one, _)| *one == what).map_or(0, |(_, count)| count)
    }
}

/// How a socket came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// From its cursor on.
    Recovered,
    /// With a snapshot.
    Fresh,
}

impl Tally {
    pub(crate) fn join(&mut self, joined: Joined) {
        let count = match joined {
            Joined::Recovered => &mut self.joins_recovered,
            Joined::Fresh => &mut self.joins_fresh,
        };
        add(count, 1);
    }

    pub(crate) fn frame(&mut self, frame: &ClientFrame) {
        self.commands.add(name(frame));
    }

    pub(crate) fn command_by_http(&mut self) {
        self.commands.add("send");
    }

    pub(crate) fn message(&mut self) {
        add(&mut self.messages, 1);
    }

    /// Retention took out so many events.
    pub(crate) fn pruned(&mut self, events: u64) {
        add(&mut self.pruned, events);
    }

    /// Nobody wrote so many messages any more.
    pub(crate) fn forgotten(&mut self, messages: usize) {
        add(&mut self.forgotten, wide(messages));
    }

    /// A round sends so many events.
    pub(crate) fn round(&mut self, events: usize) {
        self.rounds.add(wide(events));
    }

    /// A frame of a round went to so many sessions.
    pub(crate) fn frame_out(&mut self, sessions: usize) {
        add(&mut self.frames, wide(sessions));
    }

    /// So many events reached so many sessions.
    pub(crate) fn delivered(&mut self, events: usize, sessions: usize) {
        add(&mut self.deliveries, wide(events).saturating_mul(wide(sessions)));
    }

    pub(crate) fn reject(&mut self, code: RejectCode) {
        self.rejects.add(code);
    }

    pub(crate) fn close(&mut self, code: CloseCode) {
        self.closes.add(code);
    }
}

fn add(count: &mut u64, more: u64) {
    *count = count.saturating_add(more);
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A frame's type on the wire.
const fn name(frame: &ClientFrame) -> &'static str {
    match frame {
        ClientFrame::Send { .. } => "send",
        ClientFrame::Edit { .. } => "edit",
        ClientFrame::Delete { .. } => "delete",
        ClientFrame::React { .. } => "react",
        ClientFrame::Pin { .. } => "pin",
        ClientFrame::Moderate { .. } => "moderate",
        ClientFrame::Role { .. } => "role",
        ClientFrame::Read { .. } => "read",
        ClientFrame::Received { .. } => "received",
        ClientFrame::Resume { .. } => "resume",
        ClientFrame::Typing => "typing",
        ClientFrame::Presence { .. } => "presence",
    }
}
