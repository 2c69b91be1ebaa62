//! Retention: what is older than the room keeps goes, by alarm, as an event that everybody hears.
//!
//! Not here: what it is taken out of (the archive's prune). The invariant: a turn takes out no more than it can in a
//! moment, and a room that has nothing left to lose is not woken for it.

use archive::Sql;
use protocol::{EventKind, Member, MemberId, Millis, Role};

use crate::{alarms::Reason, commands::Asker, effect::Fatal, room::Room, trouble::Trouble, turn::Turn};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// Events that go in one turn. Each message costs its index some 50 µs: a tenth of a second.
const PRUNED_AT_ONCE: u64 = 2_000;
/// When the next of many turns comes: between two, others have theirs.
const GOES_ON_MS: u64 = 1_000;
/// A busy room has something new to lose in every moment; it loses it once in an hour.
const AT_MOST_EVERY_MS: u64 = 60 * 60 * 1_000;

impl Room {
    /// There is something in the log: one day it will be too old.
    pub(crate) fn expect_retention<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        if let Some(kept_ms) = self.kept_ms()
            && !self.is_due(Reason::Retention)
        {
            self.due_by(Reason::Retention, turn.now.plus(kept_ms), turn);
        }
    }

    /// The room keeps things for another time from now on: what is too old by that goes at once.
    pub(crate) fn on_retention_changed<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        self.due_by(Reason::Retention, turn.now, turn);
    }

    /// Takes out what is too old. Gives when to look again, if there is anything to look for.
    pub(crate) fn prune<S: Sql>(&mut self, turn: &mut Turn<'_, S>) -> Result<Option<Millis>, Fatal> {
        let Some(kept_ms) = self.kept_ms().filter(|_| self.trouble != Trouble::ReadOnly) else {
            return Ok(None);
        };
        let Some(oldest_at) = turn.archive.oldest_at()? else { return Ok(None) };
        let goes_at = oldest_at.plus(kept_ms);
        if goes_at > turn.reached {
            return Ok(Some(goes_at));
        }
        let too_old = Millis(turn.reached.0.saturating_sub(kept_ms));
        let kept_from = turn.archive.seq_at(too_old.plus(1))?;
        let most = self.log.floor.plus(PRUNED_AT_ONCE);
        let floor = kept_from.min(most);
        self.tally.pruned(floor.value().saturating_sub(self.log.floor.value()));
        let pruned = EventKind::Pruned { floor };
        self.let_files_go(&pruned, turn)?;
        self.append(&self.itself(), None, pruned, turn);
        self.log.floor = floor;
        let pause = if floor < kept_from { GOES_ON_MS } else { AT_MOST_EVERY_MS };
        Ok(Some(turn.now.plus(pause)))
    }

    fn kept_ms(&self) -> Option<u64> {
        self.log.info.retention_days.map(|days| u64::from(days).saturating_mul(DAY_MS))
    }

    /// Whoever does what nobody asked for.
    pub(crate) fn itself(&self) -> Asker {
        let member = Member { id: MemberId::of_the_room(), name: self.log.info.title.clone() };
        Asker { member, role: Role::Owner }
    }
}
