//! Where else the room is known: in the lists of those who keep it, and by those who were invited. And its end.
//!
//! Not here: who reaches those lists and how; what must be told is stored as a numbered row in the same commit, for the shell to
//! carry. The invariant: whoever is a member of a private room is told so, and told again when they are not any more.

use archive::{Archive, Burial, Change, Invite, Sql, Tell};
use protocol::{
    CloseCode, EventKind, Member, MemberChange, MemberId, Millis, RejectCode, Seq, SessionId,
    http::ListedRoom,
    limits::{INVITES, UNREAD},
    read_by_fields, read_by_tag,
    room::{RoomKind, Visibility},
};
use serde::Serialize;

use crate::{
    alarms::Reason,
    commands::Asker,
    effect::{Answer, Fatal},
    membership::refused,
    rights::{Deed, Right},
    room::Room,
    trouble::Trouble,
    turn::Turn,
};

/// What a room tells whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomNews {
    /// The member keeps it, or was brought into it.
    Kept(Kept),
    /// The member left, was thrown out, or the room is gone.
    Gone,
}

read_by_tag!(RoomNews {
    "kept" => Kept(one),
    "gone" => Gone,
});

/// How a room stands in a member's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its name for this member.
    pub title: String,
    /// What sort of room.
    pub kind: RoomKind,
}

read_by_fields!(Kept { title, kind });

/// What a public room tells the Directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryNews {
    /// How it is.
    Is(ListedRoom),
    /// It is gone.
    Gone,
}

read_by_tag!(DirectoryNews {
    "is" => Is(one),
    "gone" => Gone,
});

/// How a room stands to one member's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Its name for the member.
    pub title: String,
    /// What sort of room.
    pub kind: RoomKind,
    /// Where its log ends.
    pub head: Seq,
    /// The member's read marker.
    pub read: Seq,
    /// Undeleted messages of others above it, at most [`UNREAD`].
    pub unread: u32,
    /// Those of them that call the member.
    pub mentions: u32,
    /// Of a direct room the other of the two, while they are in it.
    pub other: Option<MemberId>,
}

/// The receiver of what the Directory must hear; no member's id has a dot.
pub const DIRECTORY: &str = ".directory";

impl Room {
    /// What `member` has not read here. A marker that is not written yet counts.
    ///
    /// # Errors
    /// [`Fatal`] when the archive could not be read.
    pub fn counts<S: Sql>(&self, member: &MemberId, archive: &Archive<S>) -> Result<Counts, Fatal> {
        let waiting = self.sessions.known(member).and_then(|person| person.kept.read);
        let read = archive.read(member)?.max(waiting.unwrap_or_default());
        let other = self.other(member, archive)?;
        Ok(Counts {
            title: self.title_beside(other.as_ref()),
            kind: self.log.info.kind,
            head: self.log.head,
            read,
            unread: archive.unread_after(member, read, UNREAD)?,
            mentions: archive.mentions_after(member, read)?,
            other: other.map(|other| other.id),
        })
    }

    /// How the room is, for the Directory; `None` for one that is not in it.
    #[must_use]
    pub fn report(&self) -> Option<ListedRoom> {
        let info = &self.log.info;
        (info.visibility == Visibility::Public).then(|| ListedRoom {
            room: info.room.clone(),
            title: info.title.clone(),
            topic: info.topic.clone(),
            members_online: self.sessions.count_present(),
            head: self.log.head,
        })
    }

    /// Of a direct room the other of the two, while they are in it.
    fn other<S: Sql>(&self, member: &MemberId, archive: &Archive<S>) -> Result<Option<Member>, Fatal> {
        Ok(match self.log.info.kind {
            RoomKind::Direct => archive.other_than(member)?,
            RoomKind::Public | RoomKind::Private => None,
        })
    }

    /// A direct room is called after the other.
    fn title_beside(&self, other: Option<&Member>) -> String {
        other.map_or_else(|| self.log.info.title.clone(), |other| other.name.clone())
    }

    /// A member wants the room in their list.
    pub(crate) fn on_keep<S: Sql>(
        &mut self,
        member: &MemberId,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if self.trouble == Trouble::ReadOnly {
            return Ok(refused(RejectCode::ReadOnly));
        }
        if self.log.info.visibility == Visibility::Public {
            turn.store(Change::Keep(member.clone()));
        }
        self.tell_kept(member, turn)?;
        Ok(Answer::Done)
    }

    /// A member wants a public room out of their list.
    pub(crate) fn let_go<S: Sql>(&mut self, member: &MemberId, turn: &mut Turn<'_, S>) {
        if self.log.info.visibility == Visibility::Public && self.trouble != Trouble::ReadOnly {
            turn.store(Change::LetGo(member.clone()));
            self.tell_later(member.as_str(), &RoomNews::Gone, turn);
        }
    }

    /// A moderator invites.
    pub(crate) fn on_invite<S: Sql>(
        &mut self,
        asker: &Asker,
        invite: Invite,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if let Some(refusal) = self.refuses(Deed::Invite, asker, turn.now) {
            return Ok(refusal);
        }
        if turn.archive.live_invites(turn.now)? >= INVITES {
            return Ok(refused(RejectCode::TooMany));
        }
        turn.store(Change::Invite(invite));
        Ok(Answer::Done)
    }

    /// A moderator takes an invitation back.
    pub(crate) fn on_revoke<S: Sql>(
        &mut self,
        asker: &Asker,
        digest: String,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if let Some(refusal) = self.refuses(Deed::Invite, asker, turn.now) {
            return Ok(refusal);
        }
        if turn.archive.invite(&digest)?.is_none() {
            return Ok(refused(RejectCode::NotFound));
        }
        turn.store(Change::RevokeInvite(digest));
        Ok(Answer::Done)
    }

    /// The refusal, if the table of rights has one, or if nothing can be written.
    pub(crate) fn refuses(&self, deed: Deed, asker: &Asker, now: Millis) -> Option<Answer> {
        match self.may(deed, asker, now) {
            Right::No(code) => Some(refused(code)),
            _ if self.trouble == Trouble::ReadOnly => Some(refused(RejectCode::ReadOnly)),
            Right::Yes | Right::Already => None,
        }
    }

    /// Somebody holds an invitation. Whoever is a member already does not use it up, and for whoever is banned there is none.
    pub(crate) fn on_redeem<S: Sql>(
        &mut self,
        member: Member,
        digest: String,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        let known = turn.archive.member(&member.id)?.map(|known| known.membership).unwrap_or_default();
        let Some(invite) = turn.archive.invite(&digest)?.filter(|_| !known.is_banned(turn.now)) else {
            return Ok(refused(RejectCode::NotFound));
        };
        if known.joined_at.is_some() {
            return self.on_keep(&member.id, turn);
        }
        if invite.uses == 0 || invite.expires_at <= turn.now {
            return Ok(Answer::Spent);
        }
        let answer = match self.log.info.visibility {
            Visibility::Private => self.on_join(member, turn)?,
            Visibility::Public => self.on_keep(&member.id, turn)?,
        };
        if answer == Answer::Done {
            turn.store(Change::UseInvite(digest));
        }
        Ok(answer)
    }

    /// The owner ends the room: nobody finds it from this commit on.
    pub(crate) fn on_bury<S: Sql>(&mut self, asker: &Asker, turn: &mut Turn<'_, S>) -> Answer {
        if let Some(refusal) = self.refuses(Deed::DeleteRoom, asker, turn.now) {
            return refusal;
        }
        self.end(turn);
        Answer::Done
    }

    /// There is no room from this commit on.
    pub(crate) fn end<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        let news = protocol::encode(&RoomNews::Gone);
        let public = self.log.info.visibility == Visibility::Public;
        let register = public.then(|| (DIRECTORY.to_owned(), protocol::encode(&DirectoryNews::Gone)));
        turn.store(Change::Bury(Burial { at: turn.now, news, register }));
        let sockets: Vec<SessionId> = self.sessions.iter().map(|(id, _)| id.clone()).collect();
        for socket in &sockets {
            self.part(socket, CloseCode::NoSuchRoom, "", turn);
        }
        self.gone = true;
    }

    /// Whether the room is gone: it must be thrown away after this turn.
    #[must_use]
    pub const fn is_gone(&self) -> bool {
        self.gone
    }

    /// After a turn: whoever came into this private room, or is out of it, must hear so.
    pub(crate) fn tell_of_members<S: Sql>(&mut self, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        if self.log.info.visibility == Visibility::Public {
            return Ok(());
        }
        for (member, change) in turn.members_changed() {
            match change {
                MemberChange::Joined => self.tell_kept(&member, turn)?,
                MemberChange::Left | MemberChange::Kicked | MemberChange::Banned => {
                    self.tell_later(member.as_str(), &RoomNews::Gone, turn);
                }
                MemberChange::Role
                | MemberChange::Unbanned
                | MemberChange::Muted
                | MemberChange::Unmuted
                | MemberChange::Unknown => {}
            }
        }
        Ok(())
    }

    fn tell_kept<S: Sql>(&mut self, member: &MemberId, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        let title = self.title_beside(self.other(member, turn.archive)?.as_ref());
        self.tell_kept_as(member, title, turn);
        Ok(())
    }

    /// The member keeps the room, and it is called so for them.
    pub(crate) fn tell_kept_as<S: Sql>(&mut self, member: &MemberId, title: String, turn: &mut Turn<'_, S>) {
        self.tell_later(member.as_str(), &RoomNews::Kept(Kept { title, kind: self.log.info.kind }), turn);
    }

    fn tell_later<S: Sql>(&mut self, receiver: &str, news: &RoomNews, turn: &mut Turn<'_, S>) {
        self.owe(receiver.to_owned(), protocol::encode(news), turn);
    }

    /// Somebody else must hear this, in the place of what they had still to hear.
    pub(crate) fn owe<S: Sql>(&mut self, receiver: String, news: String, turn: &mut Turn<'_, S>) {
        turn.store(Change::Tell(Tell { receiver, news, at: turn.now }));
        self.due_by(Reason::Outgoing, turn.now, turn);
    }

    /// What was not heard is told again then.
    pub(crate) fn on_owing<S: Sql>(&mut self, at: Millis, turn: &mut Turn<'_, S>) {
        self.due_by(Reason::Outgoing, at, turn);
    }
}

/// Whom an event is about, and what changed about them.
pub(crate) fn member_changed(kind: &EventKind) -> Option<(MemberId, MemberChange)> {
    match kind {
        EventKind::Member { member, change, .. } => Some((member.id.clone(), *change)),
        _ => None,
    }
}
