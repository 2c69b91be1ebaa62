//! Somebody deleted their account: they are out at once, and what the room holds of them is gone through, part by part, by alarm.
//!
//! Not here: who told the room, and tells it again until it was heard (the member's Inbox). The invariant: how far it has got is
//! stored in the turn that got there, so a farewell goes on over any restart; and it ends only once nothing of theirs can come in
//! any more and nothing is left of what did.

use archive::{Change, Farewell, Forgetting, Sql, Traces};
use protocol::{
    CloseCode, EventKind, Legacy, Member, MemberChange, MemberId, Millis, RejectCode, Role, RoomChange,
    room::{RoomKind, Visibility},
};

use crate::{
    alarms::Reason,
    effect::{Answer, Fatal},
    membership::refused,
    room::Room,
    trouble::Trouble,
    turn::Turn,
};

/// Events that are looked at in a turn: 20 ms of work.
const LOOKED_AT: u64 = 2_000;
/// Where each message is redacted too, which costs the index of words 50 µs and its tables as much again: 50 ms.
const REMOVED_AT_ONCE: u64 = 500;
/// When the next part comes: between two, others have their turns.
const GOES_ON_MS: u64 = 100;
/// For half a minute an isolate may trust a sign-in that has ended. After twice that nothing comes in.
const MAY_COME_IN_MS: u64 = 60_000;

impl Room {
    /// A member is nobody any more. Answered by `Done`, also when it was said before.
    pub(crate) fn on_farewell<S: Sql>(
        &mut self,
        member: &MemberId,
        legacy: Legacy,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if self.trouble == Trouble::ReadOnly {
            return Ok(refused(RejectCode::ReadOnly));
        }
        self.close_sockets_of(member, CloseCode::NoSession, turn);
        if turn.archive.farewells()?.iter().any(|one| one.member == *member) {
            return Ok(Answer::Done);
        }
        let heir = turn.archive.heir(member)?;
        if self.log.info.visibility == Visibility::Private && heir.is_none() && self.is_in(member, turn)? {
            // Nobody is left who could ever come in.
            self.end(turn);
            return Ok(Answer::Done);
        }
        self.hand_down(member, heir, turn);
        self.take_leave(member, turn)?;
        turn.store(Change::Farewell(Farewell {
            member: member.clone(),
            author: None,
            legacy,
            after: self.log.floor.before(),
            ends_at: turn.now.plus(MAY_COME_IN_MS),
            due_at: turn.now,
        }));
        self.due_by(Reason::Farewell, turn.now, turn);
        Ok(Answer::Done)
    }

    fn is_in<S: Sql>(&self, member: &MemberId, turn: &Turn<'_, S>) -> Result<bool, Fatal> {
        Ok(turn.archive.member(member)?.is_some_and(|known| known.membership.joined_at.is_some()))
    }

    /// A room whose last owner goes is another's. A public one in which nobody else has a role is the room's own: whoever
    /// owns every room may hand it on.
    fn hand_down<S: Sql>(&mut self, member: &MemberId, heir: Option<Member>, turn: &mut Turn<'_, S>) {
        if self.sessions.roles.is_last_owner(member) {
            let heir = heir.unwrap_or_else(|| self.itself().member);
            self.note_of(&heir, MemberChange::Role, Some(Role::Owner), None, turn);
        }
    }

    /// They are no member and have no role here any more. A direct room, which is called after the two, loses its name first: what
    /// the room does by itself bears it.
    fn take_leave<S: Sql>(&mut self, member: &MemberId, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        if self.log.info.kind == RoomKind::Direct {
            let nameless = RoomChange { title: Some(String::new()), ..RoomChange::default() };
            self.log.info.fold(&nameless);
            self.append(&self.itself(), None, EventKind::Room(nameless), turn);
            if let Some(other) = turn.archive.other_than(member)? {
                self.tell_kept_as(&other.id, String::new(), turn);
            }
        }
        if let Some(known) = turn.archive.member(member)? {
            self.give_up_the_place(&known.member, &known.membership, turn);
        }
        Ok(())
    }

    /// Goes on with whoever waits longest. Gives when to go on again, if anything is left to do.
    pub(crate) fn go_on_forgetting<S: Sql>(
        &mut self,
        turn: &mut Turn<'_, S>,
    ) -> Result<Option<Millis>, Fatal> {
        if self.trouble == Trouble::ReadOnly {
            return Ok(None);
        }
        let mut farewells = turn.archive.farewells()?.into_iter();
        let Some(first) = farewells.next() else { return Ok(None) };
        let others = farewells.next().map(|other| other.due_at);
        if first.due_at > turn.reached {
            return Ok(Some(first.due_at));
        }
        let next = self.forget(first, turn)?;
        Ok(next.into_iter().chain(others).min())
    }

    /// The next part of the log is rid of them. Gives when it goes on with them, unless nothing is left.
    fn forget<S: Sql>(
        &mut self,
        farewell: Farewell,
        turn: &mut Turn<'_, S>,
    ) -> Result<Option<Millis>, Fatal> {
        let after = farewell.after.max(self.log.floor.before());
        let upto = after.plus(at_once(farewell.legacy)).min(self.log.head);
        let all_looked_at = upto == self.log.head;
        let traces = turn.archive.traces(&farewell.member, after, upto)?;
        let author = self.say_anonymised(&farewell, traces, turn);
        let Farewell { member, legacy, ends_at, .. } = farewell;
        if turn.archive.waiting_files(&member)? > 0 || turn.archive.has_files(after.next(), upto)? {
            self.due_by(Reason::Outgoing, turn.now, turn);
        }
        let forgetting = Forgetting { member: member.clone(), author: author.clone(), after, upto };
        turn.store(Change::Forget(forgetting));
        let over = all_looked_at && ends_at <= turn.reached;
        if over && !turn.archive.remembers_commands_of(&member)? {
            turn.store(Change::FarewellOver(member));
            return Ok(None);
        }
        let goes_on = turn.now.plus(GOES_ON_MS);
        let due_at = if all_looked_at { goes_on.max(ends_at) } else { goes_on };
        turn.store(Change::Farewell(Farewell { member, author, legacy, after: upto, ends_at, due_at }));
        Ok(Some(due_at))
    }

    /// Tells everybody whose messages nobody wrote any more. What stands for somebody is named after the first event that says so,
    /// which comes once there is anything of theirs: reactions too, though nobody sees whose they are.
    fn say_anonymised<S: Sql>(
        &mut self,
        farewell: &Farewell,
        traces: Traces,
        turn: &mut Turn<'_, S>,
    ) -> Option<MemberId> {
        let Traces { messages: targets, events } = traces;
        if targets.is_empty() && (farewell.author.is_some() || events == 0) {
            return farewell.author.clone();
        }
        let first = || MemberId::of_departed(self.log.head.next());
        let author = farewell.author.clone().unwrap_or_else(first);
        self.tally.forgotten(targets.len());
        let removed = farewell.legacy == Legacy::Removed;
        let kind = EventKind::Anonymised { targets, author: author.clone(), removed };
        self.append(&self.itself(), None, kind, turn);
        Some(author)
    }
}

/// How much of the log is looked at in a turn.
const fn at_once(legacy: Legacy) -> u64 {
    match legacy {
        Legacy::Anonymised => LOOKED_AT,
        Legacy::Removed => REMOVED_AT_ONCE,
    }
}
