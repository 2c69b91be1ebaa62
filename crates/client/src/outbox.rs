//! The outbox: the member's commands from the moment they were given until the room has settled them.
//!
//! One command is on its way at a time. A refusal that asks to wait would otherwise let later messages overtake, and the
//! room takes 5 a second, far fewer than one a round trip. Invariant: commands reach the room in the order of `order`,
//! and none leaves the outbox before it is settled or discarded.

use litemap::LiteMap;
use protocol::{
    ClientFrame, Command, CommandId, Millis, RejectCode, Seq, encode,
    limits::{ANSWER_MS, CLIENT_FRAME_BYTES},
};

use crate::{saved::SavedCommand, steady::Steady, view::Delivery};

/// The wait after a refusal that asks for one but does not say how long.
const WAIT_MS: u64 = 1_000;
/// No refusal makes a client try again faster than this.
const SHORTEST_WAIT_MS: u64 = 50;

/// How a command stands with the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// To be sent.
    Queued,
    /// Sent over this socket; the answer must be here by then.
    Sent { by: Steady },
    /// In the room at this seq, which the timeline has not reached.
    Acked { seq: Seq },
    /// Refused for now; again then.
    Paused { until: Steady },
    /// Refused for good; the reason is in `saved.failed`.
    Failed,
}

/// A command and how it stands.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) saved: SavedCommand,
    stage: Stage,
}

impl Entry {
    fn restored(saved: SavedCommand) -> Self {
        let stage = if saved.failed.is_some() { Stage::Failed } else { Stage::Queued };
        Self { saved, stage }
    }

    /// How it looks to its author.
    pub(crate) fn delivery(&self) -> Delivery {
        match &self.saved.failed {
            Some(reason) => Delivery::Failed { reason: reason.clone() },
            None => Delivery::Waiting,
        }
    }
}

/// The commands that are not settled, in the order in which they go out.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    entries: LiteMap<u64, Entry>,
}

impl Outbox {
    /// Two windows of one member count each for itself, so an order may be there twice: the later one moves up.
    pub(crate) fn restore(mut saved: Vec<SavedCommand>) -> Self {
        saved.sort_by(|a, b| (a.order, a.at, &a.id).cmp(&(b.order, b.at, &b.id)));
        let mut outbox = Self::default();
        for mut command in saved {
            command.order = command.order.max(outbox.next_order());
            outbox.entries.insert(command.order, Entry::restored(command));
        }
        outbox
    }

    /// All of them, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Takes a new command; what is to be kept on disk. `None` for an id that is here already.
    pub(crate) fn add(&mut self, id: CommandId, command: Command, at: Millis) -> Option<SavedCommand> {
        if self.order_of(&id).is_some() {
            return None;
        }
        let failed = too_large(&id, &command).then(|| RejectCode::TooLarge.sentence().to_owned());
        let order = self.next_order();
        let saved = SavedCommand { id, command, order, at, failed };
        self.entries.insert(order, Entry::restored(saved.clone()));
        Some(saved)
    }

    /// "Try again": a failed command goes to the end, since later ones have gone out. Returns what is to be kept.
    pub(crate) fn retry(&mut self, id: &CommandId, at: Millis) -> Option<SavedCommand> {
        let entry = self.take_failed(id)?;
        let order = self.next_order();
        let saved = SavedCommand { order, at, failed: None, ..entry.saved };
        self.entries.insert(order, Entry::restored(saved.clone()));
        Some(saved)
    }

    /// "Discard": only what failed can be taken back. True if it was here.
    pub(crate) fn discard(&mut self, id: &CommandId) -> bool {
        self.take_failed(id).is_some()
    }

    /// A new socket begins: what was on its way goes out again. The room knows ids, so nothing happens twice.
    pub(crate) fn begin(&mut self) {
        self.requeue(|stage| matches!(stage, Stage::Sent { .. }));
    }

    /// Another log took the place of the one that acked: only that log can say whether it has them.
    pub(crate) fn log_changed(&mut self) {
        self.requeue(|stage| matches!(stage, Stage::Acked { .. }));
    }

    /// The next command to send, and its frame, if the one before it is answered.
    pub(crate) fn next(&mut self, now: Steady) -> Option<(CommandId, ClientFrame)> {
        let (_, entry) = self.entries.iter_mut().find(|(_, entry)| match entry.stage {
            Stage::Queued | Stage::Sent { .. } | Stage::Paused { .. } => true,
            Stage::Acked { .. } | Stage::Failed => false,
        })?;
        let ready = match entry.stage {
            Stage::Queued => true,
            Stage::Paused { until } => now >= until,
            Stage::Sent { .. } | Stage::Acked { .. } | Stage::Failed => false,
        };
        ready.then(|| {
            entry.stage = Stage::Sent { by: now.plus(ANSWER_MS) };
            let id = entry.saved.id.clone();
            (id.clone(), entry.saved.command.clone().into_frame(id))
        })
    }

    /// The room has it. True if that settles it: it changed nothing, or the timeline shows it already, or it was
    /// taken for failed and there is no echo to wait with.
    pub(crate) fn ack(&mut self, id: &CommandId, seq: Option<Seq>, cursor: Seq) -> bool {
        let Some(order) = self.order_of(id) else { return false };
        let awaited = seq.filter(|seq| *seq > cursor);
        match (awaited, self.entries.get_mut(&order)) {
            (Some(seq), Some(entry)) if entry.stage != Stage::Failed => {
                entry.stage = Stage::Acked { seq };
                false
            }
            (Some(_) | None, _) => self.entries.remove(&order).is_some(),
        }
    }

    /// Its own event came: that settles it. True if it was here.
    pub(crate) fn seen(&mut self, id: &CommandId) -> bool {
        self.order_of(id).and_then(|order| self.entries.remove(&order)).is_some()
    }

    /// The timeline has reached `cursor`: what was acked up to there is settled.
    pub(crate) fn reached(&mut self, cursor: Seq) -> Vec<CommandId> {
        let is_settled = |entry: &Entry| matches!(entry.stage, Stage::Acked { seq } if seq <= cursor);
        let settled = self.entries.values().filter(|entry| is_settled(entry));
        let settled = settled.map(|entry| entry.saved.id.clone()).collect();
        self.entries.retain(|_, entry| !is_settled(entry));
        settled
    }

    /// Refused for now: again after the wait, before anything later.
    pub(crate) fn pause(&mut self, id: &CommandId, retry_after_ms: Option<u64>, now: Steady) {
        let wait_ms = retry_after_ms.unwrap_or(WAIT_MS).max(SHORTEST_WAIT_MS);
        if let Some(entry) = self.sent(id) {
            entry.stage = Stage::Paused { until: now.plus(wait_ms) };
        }
    }

    /// Refused for good; what is to be kept. Later commands go on.
    pub(crate) fn fail(&mut self, id: &CommandId, reason: String) -> Option<SavedCommand> {
        let entry = self.sent(id)?;
        entry.stage = Stage::Failed;
        entry.saved.failed = Some(reason);
        Some(entry.saved.clone())
    }

    /// When something is next due: an answer, or the end of a wait.
    pub(crate) fn deadline(&self) -> Option<Steady> {
        self.entries.values().find_map(|entry| match entry.stage {
            Stage::Sent { by } => Some(by),
            Stage::Paused { until } => Some(until),
            Stage::Queued | Stage::Acked { .. } | Stage::Failed => None,
        })
    }

    /// Whether a command has waited too long for its answer.
    pub(crate) fn is_overdue(&self, now: Steady) -> bool {
        self.entries.values().any(|entry| matches!(entry.stage, Stage::Sent { by } if now >= by))
    }

    fn requeue(&mut self, applies: impl Fn(&Stage) -> bool) {
        for (_, entry) in self.entries.iter_mut().filter(|(_, entry)| applies(&entry.stage)) {
            entry.stage = Stage::Queued;
        }
    }

    /// The command if it is on its way: only then does a refusal mean it.
    fn sent(&mut self, id: &CommandId) -> Option<&mut Entry> {
        let is_it = |entry: &&mut Entry| entry.saved.id == *id && matches!(entry.stage, Stage::Sent { .. });
        self.entries.iter_mut().map(|(_, entry)| entry).find(is_it)
    }

    fn take_failed(&mut self, id: &CommandId) -> Option<Entry> {
        let order = self.order_of(id)?;
        let is_failed = self.entries.get(&order).is_some_and(|entry| entry.stage == Stage::Failed);
        is_failed.then(|| self.entries.remove(&order)).flatten()
    }

    fn order_of(&self, id: &CommandId) -> Option<u64> {
        self.entries.iter().find(|(_, entry)| entry.saved.id == *id).map(|(order, _)| *order)
    }

    fn next_order(&self) -> u64 {
        self.entries.last().map_or(1, |(order, _)| order.saturating_add(1))
    }
}

/// The room answers a frame that is too long without reading its id, so nobody would ever hear of it.
fn too_large(id: &CommandId, command: &Command) -> bool {
    encode(&command.clone().into_frame(id.clone())).len() > CLIENT_FRAME_BYTES
}
