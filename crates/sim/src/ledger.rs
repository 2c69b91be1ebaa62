//! What is truly in the room: every change that was flushed, kept apart from the archive, so that both can be compared.
//!
//! The invariant: the ledger only grows. What it once held must be in the archive for as long as the run goes on.

use std::collections::{BTreeMap, BTreeSet};

use archive::{Change, Once};
use protocol::{CommandId, Event, EventKind, MemberId, Message, Seq};

use crate::invariants::{self, Broken};

/// The truth.
#[derive(Debug, Default)]
pub struct Ledger {
    events: Vec<Event>,
    redacted: BTreeSet<Seq>,
    floor: Seq,
    commands: BTreeMap<(MemberId, CommandId), Option<Seq>>,
    unflushed: Vec<Change>,
}

impl Ledger {
    /// A turn's changes were written; a crash may still lose them.
    pub fn write(&mut self, changes: &[Change]) {
        self.unflushed.extend_from_slice(changes);
    }

    /// Everything written is safe.
    ///
    /// # Errors
    /// When it breaks the log or once-only.
    pub fn flush(&mut self) -> Result<(), Broken> {
        for change in std::mem::take(&mut self.unflushed) {
            match change {
                Change::Append(event) => self.append(event)?,
                Change::Remember(once) => self.remember(once)?,
                // A world's room has no list, no invitation, no webhook, no file and no end.
                Change::Read { .. }
                | Change::Rename(_)
                | Change::Spoke { .. }
                | Change::Keep(_)
                | Change::LetGo(_)
                | Change::Invite(_)
                | Change::UseInvite(_)
                | Change::RevokeInvite(_)
                | Change::Hook(_)
                | Change::Tell(_)
                | Change::Bring(_)
                | Change::DropWaiting { .. }
                | Change::Bury(_)
                | Change::Farewell(_)
                | Change::Forget(_)
                | Change::FarewellOver(_)
                | Change::Due { .. } => {}
            }
        }
        Ok(())
    }

    /// Everything not flushed is gone.
    pub fn crash(&mut self) {
        self.unflushed.clear();
    }

    /// The log: the event with seq n is at n − 1, as it was when it was taken.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The oldest seq that the room still keeps; 0 before anything was pruned.
    #[must_use]
    pub const fn floor(&self) -> Seq {
        self.floor
    }

    /// The newest seq that is safe.
    #[must_use]
    pub fn head(&self) -> Seq {
        self.events.last().map_or(Seq::ZERO, |event| event.seq)
    }

    /// The event at a seq.
    #[must_use]
    pub fn event(&self, seq: Seq) -> Option<&Event> {
        self.events.get(usize::try_from(seq.value().checked_sub(1)?).ok()?)
    }

    /// What was remembered for a command: `Some(None)` for one that changed nothing.
    #[must_use]
    pub fn command(&self, member: &MemberId, id: &CommandId) -> Option<Option<Seq>> {
        self.commands.get(&(member.clone(), id.clone())).copied()
    }

    /// Whether `event`, as somebody was shown it, is the stored one: as it was taken, or, once deleted, without its text.
    #[must_use]
    pub fn holds(&self, event: &Event) -> bool {
        self.event(event.seq)
            .is_some_and(|stored| stored == event || (self.is_redacted(stored) && redacted(stored) == *event))
    }

    /// The messages of the log as `reader` sees them now, oldest first: every event folded, nothing from the archive.
    /// What was pruned is left out at the end, when all was folded that anybody ever heard.
    #[must_use]
    pub fn history(&self, reader: &MemberId) -> Vec<Message> {
        let mut messages: BTreeMap<Seq, Message> = BTreeMap::new();
        for event in &self.events {
            if let Some(message) = Message::begin(event) {
                messages.insert(event.seq, message);
            } else if let Some(message) = target(&event.kind).and_then(|seq| messages.get_mut(&seq)) {
                message.fold(event, reader);
            }
        }
        messages.retain(|seq, _| *seq >= self.floor);
        let excerpts: BTreeMap<Seq, _> = messages.iter().map(|(seq, m)| (*seq, m.excerpt())).collect();
        for message in messages.values_mut() {
            if let Some(reply) = &mut message.reply_to
                && let Some(excerpt) = excerpts.get(&reply.seq)
            {
                *reply = excerpt.clone();
            }
        }
        messages.into_values().collect()
    }

    /// The log as the archive must hold it now: from its floor on, redacted where something was deleted or pruned.
    pub fn log(&self) -> impl Iterator<Item = Event> + '_ {
        let kept = self.events.iter().filter(|event| event.seq >= self.floor);
        kept.map(|event| if self.is_redacted(event) { redacted(event) } else { event.clone() })
    }

    fn append(&mut self, event: Event) -> Result<(), Broken> {
        invariants::log_without_holes(self.events.last(), &event)?;
        invariants::one_event_a_command_id(self, &event)?;
        if let Some(id) = &event.id {
            self.commands.insert((event.by.id.clone(), id.clone()), Some(event.seq));
        }
        if let EventKind::Deleted { target } = &event.kind {
            self.redacted.insert(*target);
        }
        if let EventKind::Pruned { floor } = &event.kind {
            invariants::floor_moves_up_within_the_log(self, *floor, event.seq)?;
            self.floor = *floor;
        }
        self.events.push(event);
        Ok(())
    }

    fn remember(&mut self, once: Once) -> Result<(), Broken> {
        invariants::remembered_as_it_happened(self, &once)?;
        self.commands.insert((once.member, once.id), once.seq);
        Ok(())
    }

    fn is_redacted(&self, event: &Event) -> bool {
        match &event.kind {
            EventKind::Message { .. } => self.redacted.contains(&event.seq),
            EventKind::Edited { target, .. } => *target < self.floor || self.redacted.contains(target),
            EventKind::Deleted { .. }
            | EventKind::Reacted { .. }
            | EventKind::Pinned { .. }
            | EventKind::Member { .. }
            | EventKind::Room(_)
            | EventKind::Pruned { .. }
            | EventKind::Anonymised { .. }
            | EventKind::Unknown => false,
        }
    }
}

/// The message that an event changes.
fn target(kind: &EventKind) -> Option<Seq> {
    match kind {
        EventKind::Edited { target, .. }
        | EventKind::Deleted { target }
        | EventKind::Reacted { target, .. }
        | EventKind::Pinned { target, .. } => Some(*target),
        EventKind::Message { .. }
        | EventKind::Member { .. }
        | EventKind::Room(_)
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => None,
    }
}

/// The event after the message it is about was deleted.
fn redacted(event: &Event) -> Event {
    let kind = match &event.kind {
        EventKind::Message { .. } => EventKind::Message {
            text: None,
            reply_to: None,
            mentions: Vec::new(),
            attachments: Vec::new(),
            redacted: true,
        },
        EventKind::Edited { target, .. } => EventKind::Edited { target: *target, text: None, redacted: true },
        EventKind::Deleted { .. }
        | EventKind::Reacted { .. }
        | EventKind::Pinned { .. }
        | EventKind::Member { .. }
        | EventKind::Room(_)
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => event.kind.clone(),
    };
    Event { kind, ..event.clone() }
}
