//! Webhooks: who makes them, what is written by one, and what an outgoing one has to hear.
//!
//! Not here: how one is called; the shell does that and says what came of it. The invariant: an outgoing webhook is told of every event
//! it listens for, in order, until it has answered, and what it answers to a command is written once. What webhooks write calls no
//! command, so that two of them cannot talk to each other for ever.

use archive::{Change, Hook, HookChange, Outward, Sql, Way};
use protocol::{
    Command, CommandId, Draft, Event, EventKind, Member, MemberId, Millis, RejectCode, Role, Seq,
    SlashCommand,
    http::Sent,
    limits::{HOOK_CALLS, HOOKS},
    read_by_fields,
};
use serde::Serialize;

use crate::{
    alarms::Reason,
    commands::{Asker, Pace, Verdict},
    effect::{Answer, Fatal},
    floods::Origin,
    membership::refused,
    rights::Deed,
    room::Room,
    trouble::Trouble,
    turn::Turn,
};

/// First wait before a webhook is called again, doubled each time.
const AGAIN_FIRST_MS: u64 = 1_000;
/// Longest wait before a webhook is called again: an hour.
const AGAIN_LONGEST_MS: u64 = 60 * 60 * 1_000;
/// A call of which nothing is heard for this long is made again: longer than a call may take.
pub(crate) const CALL_LOST_MS: u64 = 20_000;

/// What can happen to a room's webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookInput {
    /// A moderator makes one. Answered by `Done` or a refusal.
    Make {
        /// Who.
        asker: Asker,
        /// What.
        hook: Hook,
    },
    /// A moderator takes one away. Answered by `Done` or a refusal.
    Drop {
        /// Who.
        asker: Asker,
        /// Which.
        hook: MemberId,
    },
    /// Somebody who knows an incoming one's secret writes. Answered like a message by HTTP.
    Post(Posted),
    /// An outgoing one was called. No answer.
    Called {
        /// Which.
        hook: MemberId,
        /// Up to which event it was told.
        upto: Seq,
        /// What came of it.
        outcome: Outcome,
    },
}

impl HookInput {
    /// Whether a request waits for its answer.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        matches!(self, Self::Make { .. } | Self::Drop { .. } | Self::Post(_))
    }
}

/// What somebody writes by an incoming webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Posted {
    /// Of its secret, in hex.
    pub digest: String,
    /// Under which name; its own without one.
    pub name: Option<String>,
    /// Names what is written, so that a repeat is not written twice.
    pub id: CommandId,
    /// What.
    pub text: String,
    /// Where it comes from, if the runtime knows.
    pub origin: Option<Origin>,
}

read_by_fields!(Posted { digest, name, id, text, origin });

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Heard {
        /// What is to be written in answer to a command.
        answer: Option<String>,
    },
    /// It was not.
    Failed,
}

/// An outgoing webhook, as the room remembers it.
#[derive(Debug)]
pub(crate) struct Listener {
    id: MemberId,
    command: Option<SlashCommand>,
    /// It is to be called: the alarm knows.
    waits: bool,
}

/// The outgoing ones. There are never many.
#[derive(Debug, Default)]
pub(crate) struct Listeners(Vec<Listener>);

impl Listeners {
    pub(crate) fn restore(hooks: Vec<Hook>) -> Self {
        let listening = hooks.into_iter().filter_map(|Hook { id, way, .. }| match way {
            Way::In { .. } => None,
            Way::Out(Outward { command, due, .. }) => Some(Listener { id, command, waits: due.is_some() }),
        });
        Self(listening.collect())
    }

    /// In the order in which a restored room has them.
    fn add(&mut self, hook: Hook) {
        self.0.extend(Self::restore(vec![hook]).0);
        self.0.sort_by(|one, other| one.id.cmp(&other.id));
    }

    fn of(&mut self, hook: &MemberId) -> Option<&mut Listener> {
        self.0.iter_mut().find(|listener| listener.id == *hook)
    }
}

impl Room {
    pub(crate) fn on_hook<S: Sql>(
        &mut self,
        request: u64,
        input: HookInput,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        let answer = match input {
            HookInput::Make { asker, hook } => self.make_hook(&asker, hook, turn)?,
            HookInput::Drop { asker, hook } => self.drop_hook(&asker, hook, turn)?,
            HookInput::Post(posted) => self.post(posted, turn)?,
            HookInput::Called { hook, upto, outcome } => return self.on_called(&hook, upto, outcome, turn),
        };
        turn.answer(request, answer);
        Ok(())
    }

    fn make_hook<S: Sql>(
        &mut self,
        asker: &Asker,
        hook: Hook,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if let Some(refusal) = self.refuses(Deed::Hooks, asker, turn.now) {
            return Ok(refusal);
        }
        if turn.archive.hooks()?.len() >= HOOKS {
            return Ok(refused(RejectCode::TooMany));
        }
        self.listeners.add(hook.clone());
        turn.store(Change::Hook(HookChange::Put(hook)));
        Ok(Answer::Done)
    }

    fn drop_hook<S: Sql>(
        &mut self,
        asker: &Asker,
        hook: MemberId,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if let Some(refusal) = self.refuses(Deed::Hooks, asker, turn.now) {
            return Ok(refusal);
        }
        if !turn.archive.hooks()?.iter().any(|known| known.id == hook) {
            return Ok(refused(RejectCode::NotFound));
        }
        self.listeners.0.retain(|listener| listener.id != hook);
        turn.store(Change::Hook(HookChange::Drop(hook)));
        Ok(Answer::Done)
    }

    /// Whoever knows the secret was let in by a moderator: where only moderators write, it may, and slow mode is for people.
    fn post<S: Sql>(&mut self, posted: Posted, turn: &mut Turn<'_, S>) -> Result<Answer, Fatal> {
        let Posted { digest, name, id, text, origin } = posted;
        self.tally.command_by_http();
        let Some(hook) = turn.archive.hook_by_digest(&digest)? else {
            return Ok(refused(RejectCode::NotFound));
        };
        let asker = writer(hook.id, name.unwrap_or(hook.name));
        if let Some(refusal) = self.flooded(&asker, origin, turn) {
            return Ok(refusal.into());
        }
        let command = Command::Send(Draft { text, ..Draft::default() });
        Ok(match self.command(&asker, &id, command, Pace::Kept, turn)? {
            Verdict::Acked(acked) => {
                Answer::Sent(Sent { id, seq: acked.seq, at: acked.at, duplicate: acked.duplicate })
            }
            Verdict::Refused(refusal) => refusal.into(),
        })
    }

    /// Sees to it that those who listen for an event hear of it.
    pub(crate) fn call_listeners<S: Sql>(&mut self, event: &Event, turn: &mut Turn<'_, S>) {
        let called = called_by(event);
        let mut waits = false;
        for listener in &mut self.listeners.0 {
            if listener.id == event.by.id || (listener.command.is_some() && listener.command != called) {
                continue;
            }
            let hook = listener.id.clone();
            turn.store(Change::Hook(HookChange::Call { hook: hook.clone(), seq: event.seq }));
            if !listener.waits {
                (listener.waits, waits) = (true, true);
                turn.store(Change::Hook(HookChange::Due { hook, at: Some(turn.now), tries: 0 }));
            }
        }
        if waits {
            self.due_by(Reason::Hooks, turn.now, turn);
        }
    }

    fn on_called<S: Sql>(
        &mut self,
        id: &MemberId,
        upto: Seq,
        outcome: Outcome,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        // One that was taken away meanwhile has nothing to hear. A room that reads only calls again, once it can write that it did.
        let hooks = turn.archive.hooks()?;
        let Some(hook) = hooks.iter().find(|hook| hook.id == *id) else { return Ok(()) };
        let Way::Out(out) = &hook.way else { return Ok(()) };
        if self.trouble == Trouble::ReadOnly {
            return Ok(());
        }
        let (at, tries, answer) = match outcome {
            Outcome::Heard { answer } => {
                turn.store(Change::Hook(HookChange::Done { hook: id.clone(), upto }));
                // Only a command is answered: two that hear of everything would answer each other.
                let answer = answer.filter(|_| out.command.is_some());
                (turn.archive.has_calls_above(id, upto)?.then_some(turn.now), 0, answer)
            }
            Outcome::Failed => {
                if let Some(upto) = turn.archive.calls_beyond(id, HOOK_CALLS)? {
                    turn.store(Change::Hook(HookChange::Done { hook: id.clone(), upto }));
                }
                (Some(turn.now.plus(again_ms(out.tries))), out.tries.saturating_add(1), None)
            }
        };
        turn.store(Change::Hook(HookChange::Due { hook: id.clone(), at, tries }));
        if let Some(listener) = self.listeners.of(id) {
            listener.waits = at.is_some();
        }
        let others = hooks.iter().filter(|hook| hook.id != *id).filter_map(due);
        let next = others.map(|at| at.max(turn.now)).chain(at).min();
        self.set_due(Reason::Hooks, next, turn);
        // Last: others may listen for it, and are due earlier then.
        answer.map_or(Ok(()), |text| self.write_answer(hook, upto, text, turn))
    }

    /// What answers a command is written under a name that the command gives it, so that a repeated call writes it once.
    fn write_answer<S: Sql>(
        &mut self,
        hook: &Hook,
        command: Seq,
        text: String,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        let Ok(id) = CommandId::parse(&format!("answer-{command}")) else { return Ok(()) };
        let asker = writer(hook.id.clone(), hook.name.clone());
        let draft = Draft { text, reply_to: Some(command), ..Draft::default() };
        // One that cannot be written is nobody's fault who could be told.
        self.command(&asker, &id, Command::Send(draft), Pace::Free, turn).map(drop)
    }

    /// When webhooks have to be looked after again, once they were: a call that gets lost is made again.
    pub(crate) fn next_calls<S: Sql>(&self, turn: &Turn<'_, S>) -> Result<Option<Millis>, Fatal> {
        let due_at = turn.archive.hooks_due_at()?;
        Ok(due_at.map(|at| if at <= turn.reached { turn.now.plus(CALL_LOST_MS) } else { at }))
    }
}

/// Who writes by a webhook.
fn writer(id: MemberId, name: String) -> Asker {
    Asker { member: Member { id, name }, role: Role::Moderator }
}

/// The command that a message calls, if a person wrote it.
fn called_by(event: &Event) -> Option<SlashCommand> {
    match &event.kind {
        EventKind::Message { text: Some(text), .. } if !event.by.id.is_of_a_hook() => {
            SlashCommand::called(text).map(|(command, _)| command)
        }
        _ => None,
    }
}

fn due(hook: &Hook) -> Option<Millis> {
    match &hook.way {
        Way::In { .. } => None,
        Way::Out(out) => out.due,
    }
}

fn again_ms(tries: u64) -> u64 {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(32);
    AGAIN_FIRST_MS.saturating_mul(1 << doublings).min(AGAIN_LONGEST_MS)
}
