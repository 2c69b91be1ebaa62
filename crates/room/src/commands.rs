//! Commands: what a member may change, and what becomes of it.
//!
//! Once-only comes before everything: a repeat gets its first answer whatever the member may do or afford by now.
//! Then read-only, then the rate, then right and rules (deciding.rs). A refusal is never remembered.

use archive::{Change, Once, Sql};
use protocol::{Command, CommandId, Event, EventKind, Member, Millis, RejectCode, Role, Seq, read_by_fields};

use serde::Serialize;

use crate::{
    deciding::Decision,
    effect::{Answer, Fatal},
    once::{self, Recall},
    room::Room,
    settings::Limits,
    trouble::Trouble,
    turn::Turn,
};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asker {
    /// With their name now.
    pub member: Member,
    /// What their sign-in may do in every room.
    pub role: Role,
}

read_by_fields!(Asker { member, role });

/// Whether a command is counted against how often its member may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// It is.
    Kept,
    /// It is not: somebody else's was, whom it answers.
    Free,
}

/// The answer to a command.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// It is in the room.
    Acked(Acked),
    /// It is not.
    Refused(Refusal),
}

/// A command that had its effect.
#[derive(Debug)]
pub(crate) struct Acked {
    /// Where; `None` when it changed nothing.
    pub(crate) seq: Option<Seq>,
    /// When.
    pub(crate) at: Millis,
    /// It was so already.
    pub(crate) duplicate: bool,
}

/// Why a command had no effect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    /// Why.
    pub(crate) code: RejectCode,
    /// When to try again, where that is known.
    pub(crate) retry_after_ms: Option<u64>,
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::Rejected { code: refusal.code, retry_after_ms: refusal.retry_after_ms }
    }
}

impl From<RejectCode> for Refusal {
    fn from(code: RejectCode) -> Self {
        Self { code, retry_after_ms: None }
    }
}

impl Room {
    /// Answers a command, and does what it asks.
    pub(crate) fn command<S: Sql>(
        &mut self,
        asker: &Asker,
        id: &CommandId,
        command: Command,
        pace: Pace,
        turn: &mut Turn<'_, S>,
    ) -> Result<Verdict, Fatal> {
        let digest = once::digest(&command);
        match once::recall(turn.archive, &asker.member.id, id, digest)? {
            #[cfg(feature = "mutants")]
            Recall::Repeat { seq, .. }
                if seq <= Some(self.woke_at) && crate::mutants::Mutant::ForgetOnceOnWake.is_loose() => {}
            Recall::Repeat { seq, at } => return Ok(Verdict::Acked(Acked { seq, at, duplicate: true })),
            Recall::Reused => return Ok(Verdict::Refused(RejectCode::IdReused.into())),
            Recall::New => {}
        }
        if self.trouble == Trouble::ReadOnly {
            return Ok(Verdict::Refused(RejectCode::ReadOnly.into()));
        }
        if pace == Pace::Kept
            && let Err(refusal) = self.take_token(asker, turn)
        {
            return Ok(Verdict::Refused(refusal));
        }
        let seq = match self.decide(asker, command, turn)? {
            Decision::Refuse(refusal) => return Ok(Verdict::Refused(refusal)),
            Decision::NoChange => None,
            Decision::Change(kind) => {
                self.let_files_go(&kind, turn)?;
                let absent = self.absent_callees(&asker.member.id, &kind, turn)?;
                let seq = self.append(asker, Some(id), kind, turn);
                self.nudge(&absent, seq, turn);
                Some(seq)
            }
        };
        let at = self.dated(turn.now);
        turn.store(Change::Remember(Once {
            member: asker.member.id.clone(),
            id: id.clone(),
            digest,
            seq,
            at,
        }));
        Ok(Verdict::Acked(Acked { seq, at, duplicate: false }))
    }

    /// What somebody may do here.
    pub(crate) fn role_of(&self, asker: &Asker) -> Role {
        self.role(&asker.member.id, asker.role)
    }

    pub(crate) fn take_token<S: Sql>(
        &mut self,
        asker: &Asker,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Refusal> {
        if self.settings.limits == Limits::Off {
            return Ok(());
        }
        let person = self.sessions.person(asker.member.clone());
        let taken = person.kept.bucket.take(turn.now);
        person.sessions.iter().for_each(|session| turn.attach(session.clone()));
        taken.map_err(|empty| Refusal {
            code: RejectCode::RateLimited,
            retry_after_ms: Some(empty.retry_after_ms),
        })
    }

    /// Puts an event at the end of the log, for everybody to hear in the next round.
    pub(crate) fn append<S: Sql>(
        &mut self,
        asker: &Asker,
        id: Option<&CommandId>,
        kind: EventKind,
        turn: &mut Turn<'_, S>,
    ) -> Seq {
        let (seq, at) = (self.log.head.next(), self.dated(turn.now));
        if matches!(kind, EventKind::Message { .. }) {
            self.tally.message();
        }
        let event = Event { seq, at, by: asker.member.clone(), id: id.cloned(), kind };
        self.call_listeners(&event, turn);
        self.enter(event, turn);
        seq
    }

    /// The event behind the newest goes into the log.
    pub(crate) fn enter<S: Sql>(&mut self, event: Event, turn: &mut Turn<'_, S>) {
        self.fold_member(&event);
        self.throw_out(&event, turn);
        self.batch.push(&event);
        self.log.head = event.seq;
        self.log.last_at = event.at;
        turn.store(Change::Append(event));
        self.expect_retention(turn);
    }

    /// The log's time: the clock's, but never before the newest event.
    fn dated(&self, now: Millis) -> Millis {
        now.max(self.log.last_at)
    }
}
