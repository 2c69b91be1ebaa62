//! What a room counts, for whoever watches it.
//!
//! Not part of the room: nothing is decided by it, it is lost with the memory, and a turn that fails takes its own counts with it.
//! Counting is adding: nothing is allocated for a delivery.

use std::collections::BTreeMap;

use protocol::{ClientFrame, CloseCode, RejectCode};

/// What has happened since the tally was taken last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sockets that came and went on from their cursor.
    pub joins_recovered: u64,
    /// Sockets that came and got a snapshot.
    pub joins_fresh: u64,
    /// Frames of clients that could be read, and commands by HTTP, by their type on the wire.
    pub commands: BTreeMap<&'static str, u64>,
    /// Messages to be stored.
    pub messages: u64,
    /// Frames with events, each once a session that it went to.
    pub frames: u64,
    /// Events, each once a session that it went to.
    pub deliveries: u64,
    /// How often a round of fan-out held so many events.
    pub rounds: BTreeMap<u64, u64>,
    /// Refusals, by socket and by HTTP.
    pub rejects: BTreeMap<RejectCode, u64>,
    /// Sockets to be closed.
    pub closes: BTreeMap<CloseCode, u64>,
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
        add(self.commands.entry(name(frame)).or_default(), 1);
    }

    pub(crate) fn command_by_http(&mut self) {
        add(self.commands.entry("send").or_default(), 1);
    }

    pub(crate) fn message(&mut self) {
        add(&mut self.messages, 1);
    }

    /// A round sends so many events.
    pub(crate) fn round(&mut self, events: usize) {
        add(self.rounds.entry(wide(events)).or_default(), 1);
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
        add(self.rejects.entry(code).or_default(), 1);
    }

    pub(crate) fn close(&mut self, code: CloseCode) {
        add(self.closes.entry(code).or_default(), 1);
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
        ClientFrame::Read { .. } => "read",
        ClientFrame::Received { .. } => "received",
        ClientFrame::Resume { .. } => "resume",
        ClientFrame::Typing => "typing",
        ClientFrame::Presence { .. } => "presence",
    }
}
