//! What is due when, and what happens then: the guard of what waits, the sweep of dead sockets, retention.
//!
//! The object has one alarm, the earliest of a small table. Setting it is a write, so it is set only where the one that
//! is pending would come too late, and never once a message.

use archive::{Change, Sql};
use protocol::{
    CloseCode, Millis, SessionId,
    limits::{DEAD_MS, HEARTBEAT_MS},
};

use crate::{effect::Fatal, ordered::Map, room::Room, trouble::Trouble, turn::Turn};

/// Why the alarm rings: the rows of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Events waited for their round. If the room was lost before it, its sockets were not: say where the log ends.
    Guard,
    /// Changes of the roster waited for their round: say who is here.
    Roster,
    /// Look for dead sockets.
    Sweep,
    /// Take out what the room no longer keeps.
    Retention,
    /// Webhooks must be called: the shell sees to it whenever the alarm rings.
    Hooks,
    /// Somebody else must hear of something: the shell sees to it whenever the alarm rings.
    Outgoing,
    /// Let go of files that nobody has shown.
    Files,
    /// Forget whoever deleted their account.
    Farewell,
}

/// How far ahead the guard is set: long against any window, short against a person's patience.
const GUARD_MS: u64 = 5_000;
/// After the last turn, the first sweep comes when a socket that was alive in it could be dead.
const SWEEP_AFTER_MS: u64 = DEAD_MS;
/// Sweeps of a room that nobody uses come ever more rarely, down to one in an hour.
const SWEEP_LONGEST_MS: u64 = 60 * 60 * 1_000;
/// How long a read marker may wait for a sweep.
pub(crate) const READ_WAIT_MS: u64 = 30_000;
/// An alarm that is late by this much is taken for lost and set again.
const LOST_MS: u64 = 10_000;
/// An alarm may ring this much before the room's clock gets there.
const EARLY_MS: u64 = 1_000;

/// What is due, and what the shell was asked for.
#[derive(Debug, Default)]
pub(crate) struct Due {
    at: Table,
    alarm: Option<Millis>,
    timer: Option<Millis>,
}

/// When each reason is due, if it is. A few places: a map's code weighs more than all that is done here.
#[derive(Debug, Clone, Copy, Default)]
struct Table([Option<Millis>; Reason::ALL.len()]);

impl Table {
    fn get(&self, reason: Reason) -> Option<Millis> {
        self.iter().find(|(one, _)| *one == reason).map(|(_, at)| at)
    }

    fn set(&mut self, reason: Reason, at: Option<Millis>) {
        if let Some((_, place)) = Reason::ALL.iter().zip(&mut self.0).find(|(one, _)| **one == reason) {
            *place = at;
        }
    }

    /// Those that are due some time.
    fn iter(&self) -> impl Iterator<Item = (Reason, Millis)> {
        Reason::ALL.into_iter().zip(self.0).filter_map(|(reason, at)| Some((reason, at?)))
    }

    fn earliest(&self) -> Option<Millis> {
        self.0.into_iter().flatten().min()
    }
}

impl Reason {
    const ALL: [Self; 8] = [
        Self::Guard,
        Self::Roster,
        Self::Sweep,
        Self::Retention,
        Self::Hooks,
        Self::Files,
        Self::Farewell,
        Self::Outgoing,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Guard => "guard",
            Self::Roster => "roster",
            Self::Sweep => "sweep",
            Self::Retention => "retention",
            Self::Hooks => "hooks",
            Self::Outgoing => "outgoing",
            Self::Files => "files",
            Self::Farewell => "farewell",
        }
    }

    fn parse(reason: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == reason)
    }
}

impl Due {
    /// What the archive says is due. Reasons of a later version stay where they are.
    pub(crate) fn restore(rows: Vec<(String, Millis)>) -> Self {
        let mut at = Table::default();
        for (reason, due_at) in rows {
            if let Some(reason) = Reason::parse(&reason) {
                at.set(reason, Some(due_at));
            }
        }
        let alarm = at.earliest();
        Self { at, alarm, timer: None }
    }

    /// The earliest of all.
    pub(crate) fn earliest(&self) -> Option<Millis> {
        self.at.earliest()
    }

    /// The alarm rang: it is not pending any more. Gives the instant that has come: the one it was set for, if the clock is
    /// a little behind it. One that lies farther off was not what rang; a restored room only guesses what was set.
    pub(crate) fn alarm_rings(&mut self, now: Millis) -> Millis {
        let rang = self.alarm.take().filter(|at| at.since(now) <= EARLY_MS);
        rang.map_or(now, |at| at.max(now))
    }

    pub(crate) fn alarm_is_gone(&mut self) {
        self.alarm = None;
    }

    /// The timer ran out. Gives the instant that has come.
    pub(crate) fn timer_rings(&mut self, now: Millis) -> Millis {
        self.timer.take().map_or(now, |at| at.max(now))
    }

    /// The pending alarm, for the attachments.
    pub(crate) const fn alarm(&self) -> Option<Millis> {
        self.alarm
    }

    /// The pending alarm, from an attachment.
    pub(crate) fn put_off(&mut self, alarm: Option<Millis>) {
        self.alarm = alarm.or(self.alarm);
    }

    /// Believes of the pending alarm what a room that is restored now would: that it is the earliest of the table. After a
    /// failure the real one is later, and is set anew when it rings.
    pub(crate) fn believe_the_table(&mut self) {
        self.alarm = self.earliest();
    }

    /// The alarm that has to be set now, if the pending one does not do.
    pub(crate) fn alarm_to_set(&mut self, wanted: Option<Millis>, now: Millis) -> Option<Millis> {
        let wanted = wanted?.max(now);
        let does = self.alarm.is_some_and(|set| set <= wanted && now.since(set) < LOST_MS);
        (!does).then(|| *self.alarm.insert(wanted))
    }

    /// The timer that has to be set now, if the running one does not do.
    pub(crate) fn timer_to_set(&mut self, wanted: Option<Millis>) -> Option<Millis> {
        let wanted = wanted?;
        let does = self.timer.is_some_and(|set| set <= wanted);
        (!does).then(|| *self.timer.insert(wanted))
    }

    fn rung(&self, reached: Millis) -> Vec<Reason> {
        self.at.iter().filter(|(_, at)| *at <= reached).map(|(reason, _)| reason).collect()
    }
}

impl Room {
    pub(crate) fn on_alarm<S: Sql>(
        &mut self,
        pongs: &[(SessionId, Millis)],
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        turn.reached = self.due.alarm_rings(turn.now);
        self.try_writing(turn);
        if self.waits_for_round() {
            // Whoever hears where the log ends should have heard all of it before.
            self.round(turn)?;
        }
        for reason in self.due.rung(turn.reached) {
            let next = match reason {
                Reason::Guard => {
                    self.send_head_to_all(turn);
                    None
                }
                Reason::Roster => {
                    self.send_roster(turn);
                    None
                }
                Reason::Sweep => {
                    self.sweep(pongs, turn);
                    self.next_sweep(turn.now)
                }
                Reason::Retention => self.prune(turn)?,
                Reason::Hooks => self.next_calls(turn)?,
                Reason::Files => self.drop_waiting_files(turn)?,
                Reason::Farewell => self.go_on_forgetting(turn)?,
                Reason::Outgoing => None,
            };
            self.set_due(reason, next, turn);
        }
        Ok(())
    }

    /// Whether `reason` is due some time.
    pub(crate) fn is_due(&self, reason: Reason) -> bool {
        self.due.at.get(reason).is_some()
    }

    /// Sees to it that `reason` is due by then.
    pub(crate) fn due_by<S: Sql>(&mut self, reason: Reason, latest: Millis, turn: &mut Turn<'_, S>) {
        if self.due.at.get(reason).is_none_or(|at| at > latest) {
            self.set_due(reason, Some(latest), turn);
        }
    }

    /// A room that reads only leaves the table as it is: what was due in the meantime is done after the trial.
    pub(crate) fn set_due<S: Sql>(&mut self, reason: Reason, at: Option<Millis>, turn: &mut Turn<'_, S>) {
        if self.trouble == Trouble::ReadOnly {
            return;
        }
        self.due.at.set(reason, at);
        turn.store(Change::Due { reason: reason.as_str().to_owned(), at });
    }

    /// Guards what is left waiting after this turn.
    pub(crate) fn guard<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        if self.batch.waits() || self.heads_at.is_some() {
            self.due_by(Reason::Guard, turn.now.plus(GUARD_MS), turn);
        }
        if self.roster.waits() {
            self.due_by(Reason::Roster, turn.now.plus(GUARD_MS), turn);
        }
    }

    /// Somebody is here, so there must be a sweep once they could have gone without a word.
    pub(crate) fn expect_sweep<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        self.due_by(Reason::Sweep, turn.now.plus(SWEEP_AFTER_MS), turn);
    }

    /// Closes the sockets that gave no sign of life for 2½ beats, and writes what waited for an occasion.
    fn sweep<S: Sql>(&mut self, pongs: &[(SessionId, Millis)], turn: &mut Turn<'_, S>) {
        let pongs: Map<&SessionId, Millis> = pongs.iter().map(|(id, at)| (id, *at)).collect();
        let dead = |(id, life): (&SessionId, Millis)| {
            let life = pongs.get(id).map_or(life, |pong| life.max(*pong));
            (turn.now.since(life) >= DEAD_MS).then(|| id.clone())
        };
        let lives = self.sessions.iter().map(|(id, session)| (id, session.kept.life));
        let dead: Vec<SessionId> = lives.filter_map(dead).collect();
        for id in &dead {
            self.part(id, CloseCode::SlowReader, "no sign of life for two and a half beats", turn);
        }
        self.write_reads(turn);
    }

    /// The next sweep after one: each beat while the room is in use, 75 s after its last turn, then ever more rarely.
    /// With nobody connected there is none.
    fn next_sweep(&self, now: Millis) -> Option<Millis> {
        let lives = self.sessions.iter().map(|(_, session)| session.kept.life);
        let last_turn = lives.max()?.max(self.log.last_at);
        Some(match now.since(last_turn) {
            idle if idle < HEARTBEAT_MS => now.plus(HEARTBEAT_MS),
            idle if idle < SWEEP_AFTER_MS => last_turn.plus(SWEEP_AFTER_MS),
            idle => now.plus(idle.min(SWEEP_LONGEST_MS)),
        })
    }
}
