//! The outbox: the member's commands from the moment they were given until the room has settled them.
//!
//! One command is on its way at a time. A refusal that asks to wait would otherwise let later messages overtake, and the
//! room takes 5 a second, far fewer than one a round trip. Invariant: commands reach the room in the order of `order`,
//! and none leaves the outbox before it is settled or discarded.

use litemap::LiteMap;
use protocol::{
    ClientFrame, Command, CommandId, File, Millis, RejectCode, Seq, encode,
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
    pub(crate) fn restored(saved: SavedCommand) -> Self {
        let stage = if saved.failed.is_some() { Stage::Failed } else { Stage::Queued };
        Self { saved, stage }
    }

    /// How it looks to its author.
    pub(crate) fn delivery(&self) -> Delivery {
        match &self.saved.failed {
            Some(reason) => Delivery::Failed { code: self.saved.code, reason: reason.clone() },
            None => Delivery::Waiting,
        }
    }
}

/// When a command's turn is. Tabs count each for itself, so of two with one number the one that was given first goes first. It never
/// changes while a command waits, so taking one over is a change of its owner and of nothing else: a tab that is gone before it has
/// taken over all leaves nothing out of order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    order: u64,
    at: Millis,
    id: CommandId,
}

impl Place {
    fn of(saved: &SavedCommand) -> Self {
        Self { order: saved.order, at: saved.at, id: saved.id.clone() }
    }
}

/// The commands that are not settled, in the order in which they go out.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    entries: LiteMap<Place, Entry>,
}

impl Outbox {
    /// What was kept on disk.
    pub(crate) fn restore(saved: Vec<SavedCommand>) -> Self {
        let mut outbox = Self::default();
        outbox.inherit(saved);
        outbox
    }

    /// Takes commands that another tab has left, in their order, whether before its own or behind them.
    pub(crate) fn inherit(&mut self, left: Vec<SavedCommand>) {
        for command in left {
            if !self.has(&command.id) {
                self.put(command);
            }
        }
    }

    /// Whether it is here.
    pub(crate) fn has(&self, id: &CommandId) -> bool {
        self.place_of(id).is_some()
    }

    /// All of them, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Takes a new command; what is to be kept on disk. `None` for an id that is here already.
    pub(crate) fn add(
        &mut self,
        id: CommandId,
        command: Command,
        files: Vec<File>,
        at: Millis,
    ) -> Option<SavedCommand> {
        if self.has(&id) {
            return None;
        }
        let code = too_large(&id, &command).then_some(RejectCode::TooLarge);
        let failed = code.map(|code| code.sentence().to_owned());
        let order = self.next_order();
        let saved = SavedCommand { id, command, files, order, at, failed, code };
        self.put(saved.clone());
        Some(saved)
    }

    /// "Try again": a failed command goes to the end, since later ones have gone out. Returns what is to be kept.
    pub(crate) fn retry(&mut self, id: &CommandId, at: Millis) -> Option<SavedCommand> {
        let entry = self.take_failed(id)?;
        let order = self.next_order();
        let saved = SavedCommand { order, at, failed: None, code: None, ..entry.saved };
        self.put(saved.clone());
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
        // One that was taken over since may stand before the one that is on its way.
        if self.entries.values().any(|entry| matches!(entry.stage, Stage::Sent { .. })) {
            return None;
        }
        let (_, entry) = self.entries.iter_mut().find(|(_, entry)| match entry.stage {
            Stage::Queued | Stage::Paused { .. } => true,
            Stage::Sent { .. } | Stage::Acked { .. } | Stage::Failed => false,
        })?;
        let ready = !matches!(entry.stage, Stage::Paused { until } if now < until);
        ready.then(|| {
            entry.stage = Stage::Sent { by: now.plus(ANSWER_MS) };
            let id = entry.saved.id.clone();
            (id.clone(), entry.saved.command.clone().into_frame(id))
        })
    }

    /// The room has it. True if that settles it: it changed nothing, or the timeline shows it already, or it was
    /// taken for failed and there is no echo to wait with.
    pub(crate) fn ack(&mut self, id: &CommandId, seq: Option<Seq>, cursor: Seq) -> bool {
        let Some(place) = self.place_of(id) else { return false };
        let awaited = seq.filter(|seq| *seq > cursor);
        match (awaited, self.entries.get_mut(&place)) {
            (Some(seq), Some(entry)) if entry.stage != Stage::Failed => {
                entry.stage = Stage::Acked { seq };
                false
            }
            (Some(_) | None, _) => self.entries.remove(&place).is_some(),
        }
    }

    /// Its own event came: that settles it. True if it was here.
    pub(crate) fn seen(&mut self, id: &CommandId) -> bool {
        self.place_of(id).and_then(|place| self.entries.remove(&place)).is_some()
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
    pub(crate) fn fail(&mut self, id: &CommandId, code: RejectCode, reason: String) -> Option<SavedCommand> {
        let entry = self.sent(id)?;
        entry.stage = Stage::Failed;
        entry.saved.failed = Some(reason);
        // What a later version calls it is told in that version's own sentence.
        entry.saved.code = (code != RejectCode::Unknown).then_some(code);
        Some(entry.saved.clone())
    }

    /// When something is next due: an answer, or the end of a wait.
    pub(crate) fn deadline(&self) -> Option<Steady> {
        let due = self.entries.values().filter_map(|entry| match entry.stage {
            Stage::Sent { by } => Some(by),
            Stage::Paused { until } => Some(until),
            Stage::Queued | Stage::Acked { .. } | Stage::Failed => None,
        });
        due.min()
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
        let place = self.place_of(id)?;
        let is_failed = self.entries.get(&place).is_some_and(|entry| entry.stage == Stage::Failed);
        is_failed.then(|| self.entries.remove(&place)).flatten()
    }

    fn put(&mut self, saved: SavedCommand) {
        self.entries.insert(Place::of(&saved), Entry::restored(saved));
    }

    fn place_of(&self, id: &CommandId) -> Option<Place> {
        self.entries.iter().find(|(place, _)| place.id == *id).map(|(place, _)| place.clone())
    }

    fn next_order(&self) -> u64 {
        self.entries.last().map_or(1, |(place, _)| place.order.saturating_add(1))
    }
}

/// The room answers a frame that is too long without reading its id, so nobody would ever hear of it.
fn too_large(id: &CommandId, command: &Command) -> bool {
    encode(&command.clone().into_frame(id.clone())).len() > CLIENT_FRAME_BYTES
}
