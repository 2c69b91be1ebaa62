//! When writing fails: the command is refused, and the room reads only until a trial write succeeds.
//!
//! The room that failed is thrown away, so what it knew of the failure is in the sockets' attachments, which need no
//! storage. A room without sockets forgets it, and loses nothing by that: each command by HTTP is then refused by its own
//! failure.

use archive::{Change, Sql};
use protocol::{CloseCode, Millis, RejectCode, decode_client};
use serde::Serialize;

use crate::{
    commands::Refusal,
    input::{Input, Payload},
    room::Room,
    turn::Turn,
};

/// Whether writing failed of late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Trouble {
    /// The last write succeeded.
    #[default]
    None,
    /// The last write failed, the one before did not.
    Failed,
    /// Two in a row failed: nothing is written but a trial.
    ReadOnly,
}

protocol::read_by_tag!(Trouble {
    "none" => None,
    "failed" => Failed,
    "read_only" => ReadOnly,
});

/// How long a command whose write failed should wait. A disk that is full stays full for longer, but one that is busy
/// does not.
const RETRY_MS: u64 = 1_000;
/// How long a room that reads only waits between two trials.
const TRIAL_MS: u64 = 5_000;
/// The row that a trial writes.
const TRIAL: &str = "trial";

impl Room {
    /// The turn of `of` could not be stored, and this room was restored since. Nothing is written here, or the answer
    /// could fail as well.
    pub(crate) fn on_storage_failed<S: Sql>(&mut self, of: Input, turn: &mut Turn<'_, S>) {
        self.trouble = match self.trouble {
            Trouble::None => Trouble::Failed,
            Trouble::Failed | Trouble::ReadOnly => Trouble::ReadOnly,
        };
        turn.attach_all();
        self.refuse(of, turn);
        // What waited in the room that was thrown away was stored and acked, and must be heard of.
        self.send_head_to_all(turn);
        self.send_roster(turn);
        if self.waits_for_round() {
            self.schedule_round(turn.now);
        }
        // The alarm was set, if at all, in the commit that failed.
        self.due.alarm_is_gone();
        turn.drop_stores();
    }

    fn refuse<S: Sql>(&mut self, of: Input, turn: &mut Turn<'_, S>) {
        let refusal = Refusal { code: RejectCode::StorageFailed, retry_after_ms: Some(RETRY_MS) };
        match of {
            Input::Open(opening) => {
                turn.close(opening.session, CloseCode::Overloaded, "the room could not be written");
            }
            Input::Frame { session, payload: Payload::Text(text) } => {
                let command = decode_client(&text).ok().and_then(|frame| frame.into_command());
                if let Some((id, _)) = command {
                    let refusal = self.reject(Some(id), refusal);
                    self.tell(&session, &refusal, turn);
                }
            }
            // These need no storage, but for a read marker that falls back.
            Input::Closed { session } => self.leave(&session, turn),
            Input::Renamed(member) => self.on_renamed(&member, turn),
            Input::SignedOut { member, sign_in } => self.on_signed_out(&member, &sign_in, turn),
            // An HTTP request waits for an answer; all else does not: what was due still is.
            other => {
                if let Some(request) = other.request() {
                    turn.answer(request, refusal.into());
                }
            }
        }
    }

    /// When the alarm should ring. After a failure it waits, or a room that cannot write would spin.
    pub(crate) fn wanted_alarm(&self, now: Millis) -> Option<Millis> {
        match self.trouble {
            Trouble::None => self.due.earliest(),
            Trouble::Failed => self.due.earliest().map(|at| at.max(now.plus(TRIAL_MS))),
            Trouble::ReadOnly => self.trial_at,
        }
    }

    /// When the next trial is, while the room reads only.
    pub(crate) fn schedule_trial(&mut self, now: Millis) {
        self.trial_at = match self.trouble {
            Trouble::None | Trouble::Failed => None,
            Trouble::ReadOnly => Some(self.trial_at.unwrap_or(now.plus(TRIAL_MS)).min(now.plus(TRIAL_MS))),
        };
    }

    /// Writes something and takes it away again. If that fails this room is thrown away, and the attachments, which are
    /// not written then, keep saying that it reads only.
    pub(crate) fn try_writing<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        if self.trial_at.is_none_or(|at| at > turn.reached) {
            return;
        }
        turn.store(Change::Due { reason: TRIAL.to_owned(), at: Some(turn.now) });
        turn.store(Change::Due { reason: TRIAL.to_owned(), at: None });
        self.trouble = Trouble::None;
        self.trial_at = None;
        // The one that was set for the trial makes way for what is due.
        self.due.alarm_is_gone();
        turn.attach_all();
    }

    /// A turn that writes, after one that failed: if this one fails too, nobody learns that it was over.
    pub(crate) fn recover<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        if self.trouble == Trouble::Failed && turn.stores_anything() {
            self.trouble = Trouble::None;
            turn.attach_all();
        }
    }
}
