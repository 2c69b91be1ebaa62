//! Who is connected: sessions, and the members behind them.
//!
//! Not here: who has to be told (roster.rs). The invariant: every session has its member, and a member has exactly the
//! sessions that name it.

use protocol::{Availability, Member, MemberId, Millis, Present, Seq, SessionId, limits::ROSTER_MEMBERS};

use crate::{
    attachment::{KeptMember, KeptSession},
    bucket::Bucket,
    floods::MemberFlood,
    input::Mode,
    marks::Wire,
    ordered::{Map, Set},
    roles::Roles,
};

/// One authenticated socket.
#[derive(Debug)]
pub(crate) struct Session {
    /// Whose.
    pub(crate) member: MemberId,
    /// What survives hibernation.
    pub(crate) kept: KeptSession,
    /// What it was sent and has read; memory alone.
    pub(crate) wire: Wire,
    /// Where its last `welcome` ended: waiting events up to there are not for it. Memory alone, as they are.
    pub(crate) from: Seq,
    /// The change of the roster that its last `welcome` knew; memory alone, as waiting changes are.
    pub(crate) roster: u64,
}

/// A member who is connected, or was a moment ago.
#[derive(Debug)]
pub(crate) struct Person {
    /// What survives hibernation.
    pub(crate) kept: KeptMember,
    /// Their sessions.
    pub(crate) sessions: Set<SessionId>,
    /// What they sent of late; memory alone.
    pub(crate) flood: MemberFlood,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    by_id: Map<SessionId, Box<Session>>,
    people: Map<MemberId, Box<Person>>,
    /// Those of them who have no session.
    gone: Set<MemberId>,
    full: usize,
    /// What members may do here, whether they are connected or not.
    pub(crate) roles: Roles,
}

/// Whether `wait_ms` have gone by since `then`. A clock that was put back counts as long enough: waiting for it could
/// take hours.
pub(crate) fn elapsed(now: Millis, then: Millis, wait_ms: u64) -> bool {
    now < then || now.since(then) >= wait_ms
}

impl Session {
    /// One that begins to be known now: after `welcome`, or after a restore.
    pub(crate) fn new(member: MemberId, kept: KeptSession) -> Self {
        Self { member, kept, wire: Wire::default(), from: Seq::ZERO, roster: 0 }
    }

    /// Whether it wants everything.
    pub(crate) fn is_full(&self) -> bool {
        self.kept.mode == Mode::Full
    }
}

impl Person {
    fn new(member: Member) -> Self {
        let kept = KeptMember {
            id: member.id,
            name: member.name,
            bucket: Bucket::default(),
            typed_at: Millis::default(),
            read_at: Millis::default(),
            read: None,
        };
        Self { kept, sessions: Set::default(), flood: MemberFlood::default() }
    }

    pub(crate) fn member(&self) -> Member {
        Member { id: self.kept.id.clone(), name: self.kept.name.clone() }
    }
}

impl Sessions {
    /// Takes a session in; its member's name is the one given last.
    pub(crate) fn insert(&mut self, id: SessionId, session: Session, name: String) {
        self.remove(&id);
        let member = Member { id: session.member.clone(), name };
        self.person(member).sessions.insert(id.clone());
        self.gone.remove(&session.member);
        self.full = self.full.saturating_add(usize::from(session.is_full()));
        self.by_id.insert(id, Box::new(session));
    }

    /// What is kept of a member, from an attachment.
    pub(crate) fn restore_member(&mut self, kept: KeptMember) {
        let member = Member { id: kept.id.clone(), name: kept.name.clone() };
        self.person(member).kept = kept;
    }

    pub(crate) fn remove(&mut self, id: &SessionId) -> Option<Session> {
        let session = *self.by_id.remove(id)?;
        self.full = self.full.saturating_sub(usize::from(session.is_full()));
        if let Some(person) = self.people.get_mut(&session.member) {
            person.sessions.remove(id);
            if person.sessions.is_empty() {
                // Nothing of a signal outlives the sessions it came from.
                person.kept.typed_at = Millis::default();
                self.gone.insert(session.member.clone());
            }
        }
        Some(session)
    }

    /// Forgets members who have gone and of whom there is nothing to remember. A bucket outlives the last socket, so that
    /// coming back does not fill it. Gives when the others can be forgotten: until then the room must not hibernate, for
    /// no socket remembers them.
    pub(crate) fn forget_spent(&mut self, now: Millis) -> Option<Millis> {
        let people = &mut self.people;
        self.gone.retain(|id| {
            let waits = people.get(id).is_some_and(|person| person.kept.bucket.full_at(now) > now);
            if !waits {
                people.remove(id);
            }
            waits
        });
        self.gone.iter().filter_map(|id| Some(self.people.get(id)?.kept.bucket.full_at(now))).max()
    }

    /// The member, now called so; taken in if they were not known.
    pub(crate) fn person(&mut self, member: Member) -> &mut Person {
        let Member { id, name } = member;
        let gone = &mut self.gone;
        let person = self.people.entry(id.clone()).or_insert_with(|| {
            gone.insert(id.clone());
            Box::new(Person::new(Member { id, name: name.clone() }))
        });
        person.kept.name = name;
        person
    }

    pub(crate) fn known(&self, member: &MemberId) -> Option<&Person> {
        self.people.get(member).map(AsRef::as_ref)
    }

    pub(crate) fn known_mut(&mut self, member: &MemberId) -> Option<&mut Person> {
        self.people.get_mut(member).map(AsMut::as_mut)
    }

    pub(crate) fn by_id(&self, id: &SessionId) -> Option<&Session> {
        self.by_id.get(id).map(AsRef::as_ref)
    }

    pub(crate) fn by_id_mut(&mut self, id: &SessionId) -> Option<&mut Session> {
        self.by_id.get_mut(id).map(AsMut::as_mut)
    }

    /// A session with its member.
    pub(crate) fn with_member(&self, id: &SessionId) -> Option<(&Session, Member)> {
        let session = self.by_id.get(id)?;
        Some((session, self.people.get(&session.member)?.member()))
    }

    /// A session and what is kept of its member.
    pub(crate) fn kept(&self, id: &SessionId) -> Option<(&KeptSession, &KeptMember)> {
        let session = self.by_id.get(id)?;
        Some((&session.kept, &self.people.get(&session.member)?.kept))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&SessionId, &Session)> {
        self.by_id.iter().map(|(id, session)| (id, session.as_ref()))
    }

    /// The sessions that want everything.
    pub(crate) fn full(&self) -> impl Iterator<Item = (&SessionId, &Session)> {
        self.iter().filter(|(_, session)| session.is_full())
    }

    /// Whether nobody is connected.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// How many sessions there are.
    pub(crate) fn count(&self) -> usize {
        self.by_id.len()
    }

    /// How many sessions want everything: what a round of fan-out costs.
    pub(crate) fn count_full(&self) -> usize {
        self.full
    }

    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().map(AsRef::as_ref)
    }

    /// The member's line in the roster; `None` while they have no session that wants everything.
    pub(crate) fn present(&self, member: &MemberId) -> Option<Present> {
        self.line(self.people.get(member)?)
    }

    /// How many members are here.
    pub(crate) fn count_present(&self) -> u32 {
        let here = self.people.values().filter(|person| self.full_of(person).next().is_some());
        u32::try_from(here.count()).unwrap_or(u32::MAX)
    }

    /// Those who are here, ordered by id; the first 200 of them.
    pub(crate) fn roster(&self) -> Vec<Present> {
        self.people.values().filter_map(|person| self.line(person)).take(ROSTER_MEMBERS).collect()
    }

    fn full_of<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a KeptSession> {
        let sessions = person.sessions.iter().filter_map(|id| self.by_id.get(id));
        sessions.filter(|session| session.is_full()).map(|session| &session.kept)
    }

    fn line(&self, person: &Person) -> Option<Present> {
        let everywhere = self.full_of(person).map(|session| session.role).max()?;
        let role = everywhere.max(self.roles.of(&person.kept.id));
        let active = self.full_of(person).any(|session| session.state == Availability::Active);
        let state = if active { Availability::Active } else { Availability::Away };
        let Member { id, name } = person.member();
        Some(Present { id, name, role, state })
    }
}
