//! Roles: what members may do in this room, beyond what their sign-in may do everywhere.
//!
//! Not here: what a role allows. The invariant: it equals the archive's members with a role; whoever is not in it is a
//! plain member. It is all in memory, since a roster shows the role of everybody in it.

use protocol::{MemberId, Role};

use crate::ordered::Map;

/// Who has a role.
#[derive(Debug, Default)]
pub(crate) struct Roles(Map<MemberId, Role>);

impl Roles {
    /// As the archive has them.
    pub(crate) fn restore(staff: Vec<(MemberId, Role)>) -> Self {
        Self(staff.into_iter().collect())
    }

    /// A member's role in this room.
    pub(crate) fn of(&self, member: &MemberId) -> Role {
        self.0.get(member).copied().unwrap_or(Role::Member)
    }

    /// A member has another role from now on.
    pub(crate) fn set(&mut self, member: MemberId, role: Role) {
        match role {
            Role::Member => drop(self.0.remove(&member)),
            Role::Moderator | Role::Owner => drop(self.0.insert(member, role)),
        }
    }

    /// How many members have one.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether anybody has one.
    pub(crate) fn has_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether this member owns the room and nobody else does.
    pub(crate) fn is_last_owner(&self, member: &MemberId) -> bool {
        let others = self.0.iter().filter(|(id, role)| **role == Role::Owner && *id != member);
        self.of(member) == Role::Owner && others.count() == 0
    }
}
