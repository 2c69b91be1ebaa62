//! Who may come in, and how members come and go in a private room.
//!
//! Not here: what somebody may do once they are in. The invariant: a room that has an owner is never without one.

use archive::{Archive, Change, Sql};
use protocol::{
    CloseCode, Event, EventKind, Member, MemberChange, MemberId, Membership, Millis, RejectCode, Role,
    SessionId, room::Visibility,
};

use crate::{
    commands::Asker,
    effect::{Answer, Fatal},
    room::Room,
    trouble::Trouble,
    turn::Turn,
};

/// Whether somebody may come in, or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// They may.
    Admitted,
    /// They are banned from a public room.
    Banned,
    /// For them this private room is not there.
    Hidden,
}

impl Room {
    /// Whether `member` may come in, or read. Whoever owns every room always may.
    ///
    /// # Errors
    /// [`Fatal`] when the archive could not be read.
    pub fn admission<S: Sql>(
        &self,
        member: &MemberId,
        everywhere: Role,
        now: Millis,
        archive: &Archive<S>,
    ) -> Result<Admission, Fatal> {
        let known = archive.member(member)?.map(|known| known.membership).unwrap_or_default();
        Ok(self.admits(&known, everywhere, now))
    }

    /// The code that a socket is closed with whose member may not come in. What the room keeps of one who may bears their
    /// name of now afterwards.
    pub(crate) fn keeps_out<S: Sql>(
        &mut self,
        member: &Member,
        everywhere: Role,
        turn: &mut Turn<'_, S>,
    ) -> Result<Option<CloseCode>, Fatal> {
        let known = turn.archive.member(&member.id)?;
        let renamed = known.as_ref().is_some_and(|known| known.member.name != member.name);
        let membership = known.map(|known| known.membership).unwrap_or_default();
        Ok(match self.admits(&membership, everywhere, turn.now) {
            Admission::Admitted => {
                if renamed && self.trouble != Trouble::ReadOnly {
                    turn.store(Change::Rename(member.clone()));
                }
                None
            }
            Admission::Banned => Some(CloseCode::NotAllowed),
            Admission::Hidden => Some(CloseCode::NoSuchRoom),
        })
    }

    fn admits(&self, membership: &Membership, everywhere: Role, now: Millis) -> Admission {
        let banned = membership.is_banned(now);
        match self.log.info.visibility {
            _ if everywhere == Role::Owner => Admission::Admitted,
            Visibility::Private if banned || membership.joined_at.is_none() => Admission::Hidden,
            Visibility::Public if banned => Admission::Banned,
            Visibility::Private | Visibility::Public => Admission::Admitted,
        }
    }

    /// Somebody who may becomes a member of the private room. Whoever is one already, and everybody in a public room, is
    /// told yes, and nothing happens.
    pub(crate) fn on_join<S: Sql>(
        &mut self,
        member: Member,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        let known = turn.archive.member(&member.id)?.map(|known| known.membership).unwrap_or_default();
        if known.is_banned(turn.now) {
            return Ok(refused(RejectCode::Forbidden));
        }
        if self.log.info.visibility == Visibility::Public || known.joined_at.is_some() {
            return Ok(Answer::Done);
        }
        Ok(self.come_or_go(member, MemberChange::Joined, turn))
    }

    /// A member leaves the private room: their sockets close. The last owner stays.
    pub(crate) fn on_leave<S: Sql>(
        &mut self,
        member: Member,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        self.let_go(&member.id, turn);
        let joined =
            turn.archive.member(&member.id)?.is_some_and(|known| known.membership.joined_at.is_some());
        if !joined {
            return Ok(Answer::Done);
        }
        if self.sessions.roles.is_last_owner(&member.id) {
            return Ok(refused(RejectCode::Forbidden));
        }
        Ok(self.come_or_go(member, MemberChange::Left, turn))
    }

    fn come_or_go<S: Sql>(&mut self, member: Member, change: MemberChange, turn: &mut Turn<'_, S>) -> Answer {
        if self.trouble == Trouble::ReadOnly {
            return refused(RejectCode::ReadOnly);
        }
        let kind =
            EventKind::Member { member: member.clone(), change, role: None, until: None, reason: None };
        self.append(&Asker { member, role: Role::Member }, None, kind, turn);
        Answer::Done
    }

    /// What an event changes of the roles and mutes that the room holds in memory.
    pub(crate) fn fold_member(&mut self, event: &Event) {
        self.mutes.fold(&event.kind);
        let EventKind::Member { member, change, role, .. } = &event.kind else { return };
        let role = match change {
            MemberChange::Role => role.unwrap_or(Role::Member),
            MemberChange::Left | MemberChange::Kicked | MemberChange::Banned => Role::Member,
            MemberChange::Joined
            | MemberChange::Unbanned
            | MemberChange::Muted
            | MemberChange::Unmuted
            | MemberChange::Unknown => return,
        };
        let before = self.sessions.present(&member.id);
        self.sessions.roles.set(member.id.clone(), role);
        if before != self.sessions.present(&member.id) {
            self.roster.change(member.id.clone());
        }
    }

    /// Closes all sockets of a member.
    pub(crate) fn close_sockets_of<S: Sql>(
        &mut self,
        member: &MemberId,
        code: CloseCode,
        turn: &mut Turn<'_, S>,
    ) {
        let person = self.sessions.known(member);
        let sockets: Vec<SessionId> =
            person.into_iter().flat_map(|person| person.sessions.iter()).cloned().collect();
        for socket in &sockets {
            self.part(socket, code, "", turn);
        }
    }
}

/// A refusal that names no time to come back.
pub(crate) const fn refused(code: RejectCode) -> Answer {
    Answer::Rejected { code, retry_after_ms: None }
}
