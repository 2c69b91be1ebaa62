//! Read markers: how far each member has read.
//!
//! A marker only moves up and never above the head. At most one in 5 s is written at once; the next waits in the
//! attachments of its member, for the sweep or for the end of their last session. Should those be lost too, it falls back
//! by the 30 s that a sweep is away at most.

use archive::{Change, Sql};
use protocol::{MemberId, Seq, ServerFrame, SessionId, encode, limits::READ_EVERY_MS};

use crate::{
    alarms::{READ_WAIT_MS, Reason},
    effect::Fatal,
    room::Room,
    sessions::elapsed,
    trouble::Trouble,
    turn::Turn,
};

impl Room {
    /// The newest seq that the member has read, written or not.
    pub(crate) fn read_marker<S: Sql>(&self, member: &MemberId, turn: &Turn<'_, S>) -> Result<Seq, Fatal> {
        let waiting = self.sessions.known(member).and_then(|person| person.kept.read);
        Ok(turn.archive.read(member)?.max(waiting.unwrap_or_default()))
    }

    /// A session's member has read up to `seq`: their other sessions hear of it at once.
    pub(crate) fn on_read<S: Sql>(
        &mut self,
        id: &SessionId,
        seq: Seq,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        let Some(member) = self.sessions.by_id(id).map(|session| session.member.clone()) else {
            return Ok(());
        };
        let seq = seq.min(self.log.head);
        if seq <= self.read_marker(&member, turn)? {
            return Ok(());
        }
        let Some(person) = self.sessions.known_mut(&member) else { return Ok(()) };
        person.kept.read = Some(seq);
        person.sessions.iter().for_each(|session| turn.attach(session.clone()));
        let is_due = elapsed(turn.now, person.kept.read_at, READ_EVERY_MS);
        let others = person.sessions.iter().filter(|session| *session != id).cloned().collect();
        self.fan_out(others, &encode(&ServerFrame::Read { seq }), turn);
        if is_due {
            self.write_read(&member, turn);
        } else {
            self.due_by(Reason::Sweep, turn.now.plus(READ_WAIT_MS), turn);
        }
        Ok(())
    }

    /// Writes the marker that waits, if one does.
    pub(crate) fn write_read<S: Sql>(&mut self, member: &MemberId, turn: &mut Turn<'_, S>) {
        if self.trouble == Trouble::ReadOnly {
            return;
        }
        let Some(person) = self.sessions.known_mut(member) else { return };
        let Some(seq) = person.kept.read.take() else { return };
        person.kept.read_at = turn.now;
        person.sessions.iter().for_each(|session| turn.attach(session.clone()));
        turn.store(Change::Read { member: member.clone(), seq });
    }

    /// Writes all markers that wait.
    pub(crate) fn write_reads<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        let waiting = self.sessions.people().filter(|person| person.kept.read.is_some());
        let members: Vec<MemberId> = waiting.map(|person| person.kept.id.clone()).collect();
        for member in &members {
            self.write_read(member, turn);
        }
    }
}
