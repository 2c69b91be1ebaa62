//! A guest who turned out to be a member: what they were here, the member is from now on.
//!
//! Not here: who is whom; an Inbox says so, until it is heard. What the guest wrote stays theirs. The invariant: the member gets no
//! more than the guest had and no less than they had themselves, and a room that has an owner is never without one.

use archive::{Change, Sql};
use protocol::{
    EventKind, Member, MemberChange, MemberId, Membership, RejectCode, Role, membership::End,
    room::Visibility,
};

use crate::{
    commands::Asker,
    effect::{Answer, Fatal},
    membership::refused,
    room::Room,
    trouble::Trouble,
    turn::Turn,
};

impl Room {
    /// What `from` is here, `to` is from now on. Once that is so, it changes nothing.
    pub(crate) fn on_hand_over<S: Sql>(
        &mut self,
        from: &MemberId,
        to: &Member,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if self.trouble == Trouble::ReadOnly {
            return Ok(refused(RejectCode::ReadOnly));
        }
        let new = turn.archive.member(&to.id)?.map(|known| known.membership).unwrap_or_default();
        if new.is_banned(turn.now) {
            return Ok(Answer::Done);
        }
        let known = turn.archive.member(from)?;
        let guest = known.as_ref().map_or_else(|| from.to_string(), |known| known.member.name.clone());
        let guest = Member { id: from.clone(), name: guest };
        let old = known.map(|known| known.membership).unwrap_or_default();
        self.take_the_place(&old, (to, &new), turn);
        self.give_up_the_place(&guest, &old, turn);
        let read = turn.archive.read(from)?;
        if read > turn.archive.read(&to.id)? {
            turn.store(Change::Read { member: to.id.clone(), seq: read });
        }
        if turn.archive.keeps(from)? {
            self.let_go(from, turn);
            self.on_keep(&to.id, turn)?;
        }
        Ok(Answer::Done)
    }

    /// The member gets what the guest has more of.
    fn take_the_place<S: Sql>(
        &mut self,
        old: &Membership,
        (to, new): (&Member, &Membership),
        turn: &mut Turn<'_, S>,
    ) {
        if old.joined_at.is_some() && new.joined_at.is_none() {
            self.note_of(to, MemberChange::Joined, None, None, turn);
        }
        if old.role > new.role {
            self.note_of(to, MemberChange::Role, Some(old.role), None, turn);
        }
        // Whoever was silenced or shut out as a guest does not get around it by signing in.
        if old.is_muted(turn.now) && old.muted > new.muted {
            self.note_of(to, MemberChange::Muted, None, old.muted, turn);
        }
        if old.is_banned(turn.now) && new.role == Role::Member {
            self.note_of(to, MemberChange::Banned, None, old.banned, turn);
        }
    }

    pub(crate) fn give_up_the_place<S: Sql>(
        &mut self,
        guest: &Member,
        old: &Membership,
        turn: &mut Turn<'_, S>,
    ) {
        if old.joined_at.is_some() && self.log.info.visibility == Visibility::Private {
            self.note_of(guest, MemberChange::Left, None, None, turn);
        } else if old.role != Role::Member {
            self.note_of(guest, MemberChange::Role, Some(Role::Member), None, turn);
        }
    }

    /// Nobody asked for it here: it is the room's own doing.
    pub(crate) fn note_of<S: Sql>(
        &mut self,
        member: &Member,
        change: MemberChange,
        role: Option<Role>,
        until: Option<End>,
        turn: &mut Turn<'_, S>,
    ) {
        let by: Asker = self.itself();
        let kind = EventKind::Member {
            member: member.clone(),
            change,
            role,
            until: until.and_then(End::until),
            reason: None,
        };
        self.append(&by, None, kind, turn);
    }
}
