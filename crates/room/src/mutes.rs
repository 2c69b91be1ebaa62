//! Mutes: who may not write here, and until when.
//!
//! Not here: who may mute whom. The invariant: it equals the archive's members with a mute, those that have ended
//! among them or not. It is in memory, as roles are, since every command asks for it.

use archive::{Archive, Sql, SqlError};
use protocol::{EventKind, MemberChange, MemberId, Millis, membership::End};

use crate::ordered::Map;

/// Who is muted.
#[derive(Debug, Default)]
pub(crate) struct Mutes(Map<MemberId, End>);

impl Mutes {
    /// As the archive has them.
    pub(crate) fn restore<S: Sql>(archive: &Archive<S>) -> Result<Self, SqlError> {
        Ok(Self(archive.mutes()?.into_iter().collect()))
    }

    /// Whether a member may not write now.
    pub(crate) fn has(&self, member: &MemberId, now: Millis) -> bool {
        self.0.get(member).is_some_and(|end| end.lasts(now))
    }

    /// What an event changes of them.
    pub(crate) fn fold(&mut self, kind: &EventKind) {
        let EventKind::Member { member, change, until, .. } = kind else { return };
        match change {
            MemberChange::Muted => drop(self.0.insert(member.id.clone(), End::of(*until))),
            MemberChange::Unmuted => drop(self.0.remove(&member.id)),
            MemberChange::Joined
            | MemberChange::Left
            | MemberChange::Role
            | MemberChange::Kicked
            | MemberChange::Banned
            | MemberChange::Unbanned
            | MemberChange::Unknown => {}
        }
    }
}
