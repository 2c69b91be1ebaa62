//! Who is in the room and who is writing.
//!
//! Not here: what they wrote. Invariant: the reader never stands among those who write.

use litemap::LiteMap;
use protocol::{Availability, Member, MemberId, Present, frame::Roster, limits::TYPING_SHOWN_MS};

use crate::{steady::Steady, view::People};

/// A member who writes, and until when that is shown.
#[derive(Debug)]
struct Writer {
    name: String,
    until: Steady,
}

/// The roster, kept in step.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    count: u32,
    members: LiteMap<MemberId, Present>,
    writers: LiteMap<MemberId, Writer>,
}

impl Roll {
    /// The whole roster again.
    pub(crate) fn replace(&mut self, roster: Roster) {
        self.count = roster.count;
        self.members = roster.members.into_iter().map(|member| (member.id.clone(), member)).collect();
    }

    /// Members came, changed or went.
    pub(crate) fn change(&mut self, count: u32, joined: Vec<Present>, left: &[MemberId]) {
        self.count = count;
        self.members.extend(joined.into_iter().map(|member| (member.id.clone(), member)));
        for member in left {
            self.members.remove(member);
            self.writers.remove(member);
        }
    }

    /// These members are writing.
    pub(crate) fn write(&mut self, members: Vec<Member>, me: &MemberId, now: Steady) {
        let until = now.plus(TYPING_SHOWN_MS);
        let others = members.into_iter().filter(|member| member.id != *me);
        self.writers.extend(others.map(|member| (member.id, Writer { name: member.name, until })));
    }

    /// What this member was writing is there; true if they were shown.
    pub(crate) fn wrote(&mut self, member: &MemberId) -> bool {
        self.writers.remove(member).is_some()
    }

    /// Takes away who has stopped; true if anybody has.
    pub(crate) fn expire(&mut self, now: Steady) -> bool {
        let before = self.writers.len();
        self.writers.retain(|_, writer| writer.until > now);
        self.writers.len() != before
    }

    /// The socket is gone: nobody tells any more who writes.
    pub(crate) fn hush(&mut self) {
        self.writers.clear();
    }

    pub(crate) fn deadline(&self) -> Option<Steady> {
        self.writers.values().map(|writer| writer.until).min()
    }

    /// The members that are here, or a sample of them, by name.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&MemberId, &str)> {
        self.members.iter().map(|(id, member)| (id, member.name.as_str()))
    }

    /// For a view: active members first, then by name.
    pub(crate) fn shown(&self) -> People {
        let mut members: Vec<Present> = self.members.values().cloned().collect();
        members.sort_by_cached_key(|member| {
            (member.state == Availability::Away, member.name.to_lowercase(), member.id.clone())
        });
        let typing = self.writers.iter();
        let typing =
            typing.map(|(id, writer)| Member { id: id.clone(), name: writer.name.clone() }).collect();
        People { count: self.count, members, typing }
    }
}
