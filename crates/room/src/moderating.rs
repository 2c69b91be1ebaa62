//! What moderators do to members, and what owners make of them.
//!
//! Not here: who may (rights.rs). The invariant: a sanction counts from the turn in which it is acked; whoever is thrown
//! out has no socket when it ends.

use archive::Sql;
use protocol::{
    CloseCode, Event, EventKind, Member, MemberChange, MemberId, Membership, Moderation, RejectCode, Role,
    Sanction,
    limits::{REASON_SCALARS, SANCTION_MS, STAFF},
    membership::End,
    room::Visibility,
    text::{BadText, bounded},
};

use crate::{
    commands::Asker,
    deciding::Decision,
    effect::Fatal,
    rights::{Actor, Deed, Right, Target, right},
    room::Room,
    turn::Turn,
};

/// A member whom a command is about.
struct Subject {
    /// With the name the room knows, or their id where it knows none.
    member: Member,
    membership: Membership,
    target: Target,
}

impl Room {
    /// What a `moderate` comes to.
    pub(crate) fn moderate<S: Sql>(
        &self,
        asker: &Asker,
        actor: Actor,
        moderation: Moderation,
        turn: &Turn<'_, S>,
    ) -> Result<Decision, Fatal> {
        let Moderation { member, action, for_ms, reason } = moderation;
        let subject = self.subject(asker, &member, turn)?;
        match right(Deed::of(action), subject.target, actor) {
            Right::No(code) => return Ok(code.into()),
            Right::Already => return Ok(Decision::NoChange),
            Right::Yes => {}
        }
        let ends = matches!(action, Sanction::Ban | Sanction::Mute);
        if for_ms.is_some_and(|for_ms| !ends || for_ms == 0 || for_ms > SANCTION_MS) {
            return Ok(RejectCode::BadFrame.into());
        }
        let reason = match reason.map(|reason| bounded(&reason, REASON_SCALARS).map(str::to_owned)) {
            None | Some(Err(BadText::Empty)) => None,
            Some(Ok(reason)) => Some(reason),
            Some(Err(_)) => return Ok(RejectCode::TooLong.into()),
        };
        let until = for_ms.map(|for_ms| turn.now.plus(for_ms));
        if self.is_so(&subject, action, End::of(until), turn) {
            return Ok(Decision::NoChange);
        }
        let change = match action {
            Sanction::Kick => MemberChange::Kicked,
            Sanction::Ban => MemberChange::Banned,
            Sanction::Unban => MemberChange::Unbanned,
            Sanction::Mute => MemberChange::Muted,
            Sanction::Unmute => MemberChange::Unmuted,
        };
        Ok(Decision::Change(EventKind::Member { member: subject.member, change, role: None, until, reason }))
    }

    /// What a `role` comes to.
    pub(crate) fn appoint<S: Sql>(
        &self,
        asker: &Asker,
        actor: Actor,
        member: &MemberId,
        role: Role,
        turn: &Turn<'_, S>,
    ) -> Result<Decision, Fatal> {
        let deed = match role {
            Role::Owner => Deed::MakeOwner,
            Role::Moderator => Deed::MakeModerator,
            Role::Member => Deed::MakeMember,
        };
        let subject = self.subject(asker, member, turn)?;
        let target = match subject.target {
            Target::Oneself | Target::Owner if self.sessions.roles.is_last_owner(member) => Target::LastOwner,
            target => target,
        };
        match right(deed, target, actor) {
            Right::No(code) => return Ok(code.into()),
            Right::Already => return Ok(Decision::NoChange),
            Right::Yes => {}
        }
        let has = self.sessions.roles.of(member);
        if has == role {
            // Somebody whose sign-in may do more everywhere than their role says.
            return Ok(Decision::NoChange);
        }
        if has == Role::Member && self.sessions.roles.count() >= STAFF {
            return Ok(RejectCode::TooMany.into());
        }
        let (change, member) = (MemberChange::Role, subject.member);
        Ok(Decision::Change(EventKind::Member {
            member,
            change,
            role: Some(role),
            until: None,
            reason: None,
        }))
    }

    /// Whoever was thrown out is out before this turn tells anybody anything.
    pub(crate) fn throw_out<S: Sql>(&mut self, event: &Event, turn: &mut Turn<'_, S>) {
        let EventKind::Member { member, change, .. } = &event.kind else { return };
        let code = match change {
            MemberChange::Kicked => CloseCode::Kicked,
            MemberChange::Banned => CloseCode::NotAllowed,
            MemberChange::Left => CloseCode::NoSuchRoom,
            MemberChange::Joined
            | MemberChange::Role
            | MemberChange::Unbanned
            | MemberChange::Muted
            | MemberChange::Unmuted
            | MemberChange::Unknown => return,
        };
        self.close_sockets_of(&member.id, code, turn);
    }

    fn subject<S: Sql>(&self, asker: &Asker, id: &MemberId, turn: &Turn<'_, S>) -> Result<Subject, Fatal> {
        let known = turn.archive.member(id)?;
        let present = self.sessions.known(id).map(|person| person.kept.name.clone());
        let name = present.or(known.as_ref().map(|known| known.member.name.clone()));
        let member = Member { id: id.clone(), name: name.unwrap_or_else(|| id.to_string()) };
        let membership = known.map(|known| known.membership).unwrap_or_default();
        let outside = self.log.info.visibility == Visibility::Private && membership.joined_at.is_none();
        let target = match self.rank(id) {
            _ if asker.member.id == *id => Target::Oneself,
            Role::Owner => Target::Owner,
            Role::Moderator => Target::Moderator,
            Role::Member if membership.is_banned(turn.now) => Target::Banned,
            Role::Member if outside => Target::Stranger,
            Role::Member => Target::Member,
        };
        Ok(Subject { member, membership, target })
    }

    /// A member's role here, or what the sign-in of an open socket of theirs may do in every room.
    fn rank(&self, member: &MemberId) -> Role {
        let sockets = self.sessions.known(member).into_iter().flat_map(|person| person.sessions.iter());
        let everywhere = sockets.filter_map(|id| self.sessions.by_id(id)).map(|session| session.kept.role);
        everywhere.max().unwrap_or(Role::Member).max(self.sessions.roles.of(member))
    }

    fn is_so<S: Sql>(&self, subject: &Subject, action: Sanction, end: End, turn: &Turn<'_, S>) -> bool {
        let Subject { member, membership, .. } = subject;
        match action {
            // Out of a public room is whoever has no socket in it.
            Sanction::Kick => {
                membership.joined_at.is_none()
                    && self.sessions.known(&member.id).is_none_or(|person| person.sessions.is_empty())
            }
            Sanction::Ban => membership.banned == Some(end),
            Sanction::Unban => !membership.is_banned(turn.now),
            Sanction::Mute => membership.muted == Some(end),
            Sanction::Unmute => !membership.is_muted(turn.now),
        }
    }
}
