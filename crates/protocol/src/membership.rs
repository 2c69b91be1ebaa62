//! What a room holds of a member beyond their name: role, membership of a private room, mute, ban.
//!
//! Not here: who may change it; the room decides that. A [`Membership`] is the fold of the `member` events about one member.

use serde::Serialize;

use crate::{
    event::{Event, EventKind, Member},
    id::MemberId,
    limits::EXACT_INTEGER,
    read_by_fields, read_by_tag,
    room::Role,
    time::Millis,
};

/// What changed about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MemberChange {
    /// They are a member of the private room from now on.
    Joined,
    /// They left the private room.
    Left,
    /// They have another role.
    Role,
    /// They were thrown out, and may come back if the room is public.
    Kicked,
    /// They may not come in until then.
    Banned,
    /// They may come in again.
    Unbanned,
    /// They may not write until then.
    Muted,
    /// They may write again.
    Unmuted,
    /// A change of a later version.
    #[serde(other)]
    Unknown,
}

read_by_tag!(MemberChange {
    "joined" => Joined,
    "left" => Left,
    "role" => Role,
    "kicked" => Kicked,
    "banned" => Banned,
    "unbanned" => Unbanned,
    "muted" => Muted,
    "unmuted" => Unmuted,
    _ => Unknown,
});

/// What a moderator does to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sanction {
    /// Throw them out.
    Kick,
    /// Throw them out and keep them out.
    Ban,
    /// Let them in again.
    Unban,
    /// Keep them from writing.
    Mute,
    /// Let them write again.
    Unmute,
}

read_by_tag!(Sanction {
    "kick" => Kick,
    "ban" => Ban,
    "unban" => Unban,
    "mute" => Mute,
    "unmute" => Unmute,
});

/// When a mute or a ban ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Then.
    At(Millis),
    /// Only when it is taken back.
    Never,
}

/// What a room holds of a member. The default is that of anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// What they may do.
    pub role: Role,
    /// Since when they are a member of a private room; `None` in a public one.
    pub joined_at: Option<Millis>,
    /// Until when they may not write.
    pub muted: Option<End>,
    /// Until when they may not come in.
    pub banned: Option<End>,
}

/// A member as `GET /api/rooms/{room}/members` lists them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberLine {
    /// Who.
    pub id: MemberId,
    /// As they were called when the room last had to do with them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Since when they are a member of a private room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Millis>,
    /// That they may not write, and until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted: Option<Barred>,
    /// That they may not come in, and until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banned: Option<Barred>,
}

read_by_fields!(MemberLine { id, name, role, joined_at, muted, banned });

/// How long a mute or a ban lasts, on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Barred {
    /// Its end; null where it has none.
    pub until: Option<Millis>,
}

read_by_fields!(Barred { until });

impl End {
    /// From a `member` event's `until`, which is absent where there is no end.
    #[must_use]
    pub const fn of(until: Option<Millis>) -> Self {
        match until {
            Some(at) => Self::At(at),
            None => Self::Never,
        }
    }

    /// As it stands on the wire; `None` where there is no end.
    #[must_use]
    pub const fn until(self) -> Option<Millis> {
        match self {
            Self::At(at) => Some(at),
            Self::Never => None,
        }
    }

    /// Whether it has not come yet.
    #[must_use]
    pub fn lasts(self, now: Millis) -> bool {
        self.instant() > now
    }

    /// As an instant that can be compared and stored: the largest there is where there is no end.
    #[must_use]
    pub fn instant(self) -> Millis {
        self.until().unwrap_or(Millis(EXACT_INTEGER))
    }

    /// The other way round.
    #[must_use]
    pub const fn from_instant(at: Millis) -> Self {
        if at.0 >= EXACT_INTEGER { Self::Never } else { Self::At(at) }
    }
}

impl Default for Membership {
    fn default() -> Self {
        Self { role: Role::Member, joined_at: None, muted: None, banned: None }
    }
}

impl Membership {
    /// Whether they may not write now.
    #[must_use]
    pub fn is_muted(&self, now: Millis) -> bool {
        self.muted.is_some_and(|end| end.lasts(now))
    }

    /// Whether they may not come in now.
    #[must_use]
    pub fn is_banned(&self, now: Millis) -> bool {
        self.banned.is_some_and(|end| end.lasts(now))
    }

    /// Folds an event in. Events of other kinds change nothing; whose event it is, the caller knows.
    /// Whoever is thrown out, or leaves, loses role and membership with it.
    pub fn fold(&mut self, event: &Event) {
        let EventKind::Member { change, role, until, .. } = &event.kind else { return };
        match change {
            MemberChange::Joined => self.joined_at = Some(event.at),
            MemberChange::Left | MemberChange::Kicked => self.lose_place(),
            MemberChange::Role => self.role = role.unwrap_or(Role::Member),
            MemberChange::Banned => {
                self.lose_place();
                self.banned = Some(End::of(*until));
            }
            MemberChange::Unbanned => self.banned = None,
            MemberChange::Muted => self.muted = Some(End::of(*until)),
            MemberChange::Unmuted => self.muted = None,
            MemberChange::Unknown => {}
        }
    }

    /// The line of the list, as it is now: what has ended is not in it.
    #[must_use]
    pub fn line(&self, member: Member, now: Millis) -> MemberLine {
        let barred =
            |end: Option<End>| end.filter(|end| end.lasts(now)).map(|end| Barred { until: end.until() });
        MemberLine {
            id: member.id,
            name: member.name,
            role: self.role,
            joined_at: self.joined_at,
            muted: barred(self.muted),
            banned: barred(self.banned),
        }
    }

    fn lose_place(&mut self) {
        self.role = Role::Member;
        self.joined_at = None;
    }
}
