//! Rights: who may do what to what, as one table.
//!
//! Not here: how somebody comes to be what they are, and rules that are the same for everybody (lengths, numbers, rates).
//! docs/rights.md is made from this table. The invariant: what is not in it is forbidden.

use protocol::{RejectCode, Sanction, room::Posting};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Write a message.
    Send,
    /// Write one that answers another.
    Reply,
    /// Write one that calls everybody.
    CallRoom,
    /// Change a message's text.
    Edit,
    /// Delete a message.
    Delete,
    /// React to a message.
    React,
    /// Pin a message, or take it down.
    Pin,
    /// Throw a member out.
    Kick,
    /// Keep a member out.
    Ban,
    /// Let them in again.
    Unban,
    /// Keep a member from writing.
    Mute,
    /// Let them write again.
    Unmute,
    /// Make somebody an owner.
    MakeOwner,
    /// Make somebody a moderator.
    MakeModerator,
    /// Take somebody's role.
    MakeMember,
    /// Change the settings.
    Settings,
    /// Invite people, and take invitations back.
    Invite,
    /// Make webhooks, list them and take them away.
    Hooks,
    /// Read the moderation log.
    ModerationLog,
    /// Bring a file.
    Bring,
    /// Take the whole log along.
    Export,
    /// Bring in what was written elsewhere.
    Import,
    /// Delete the room.
    DeleteRoom,
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The room itself.
    Room,
    /// A message of one's own.
    Own,
    /// One that is deleted.
    OwnDeleted,
    /// Somebody else's message.
    Others,
    /// One that is deleted.
    OthersDeleted,
    /// A message of another room, or of none.
    Absent,
    /// Whoever asks.
    Oneself,
    /// A member without a role.
    Member,
    /// A moderator.
    Moderator,
    /// An owner.
    Owner,
    /// The only owner, whoever asks.
    LastOwner,
    /// Somebody who is banned.
    Banned,
    /// Somebody who is not in this private room.
    Stranger,
}

/// What somebody is, when it comes to rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// An owner; nobody can mute one.
    Owner,
    /// A moderator.
    Moderator,
    /// A member.
    Member,
    /// A member while only moderators write.
    Audience,
    /// A member or moderator who is muted.
    Muted,
}

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// It is done.
    Yes,
    /// It is so already: acked, and nothing changes.
    Already,
    /// It is refused.
    No(RejectCode),
}

/// A line of the table: for an owner, a moderator, a member, one of the audience, a muted one.
pub type Line = (Deed, Target, [Right; Actor::ALL.len()]);

const YES: Right = Right::Yes;
const SO_: Right = Right::Already;
const NO_: Right = Right::No(RejectCode::Forbidden);
const NYR: Right = Right::No(RejectCode::NotYours);
const GNE: Right = Right::No(RejectCode::NotFound);
const MUT: Right = Right::No(RejectCode::Muted);

/// All rights.
#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    //                                            owner mod. memb. aud. muted
    (Deed::Send,          Target::Room,          [YES, YES, YES, NO_, MUT]),
    (Deed::Reply,         Target::Own,           [YES, YES, YES, NO_, MUT]),
    (Deed::Reply,         Target::OwnDeleted,    [YES, YES, YES, NO_, MUT]),
    (Deed::Reply,         Target::Others,        [YES, YES, YES, NO_, MUT]),
    (Deed::Reply,         Target::OthersDeleted, [YES, YES, YES, NO_, MUT]),
    (Deed::Reply,         Target::Absent,        [GNE, GNE, GNE, NO_, MUT]),
    (Deed::CallRoom,      Target::Room,          [YES, YES, NO_, NO_, MUT]),
    (Deed::Edit,          Target::Own,           [YES, YES, YES, NO_, MUT]),
    (Deed::Edit,          Target::OwnDeleted,    [GNE, GNE, GNE, NO_, MUT]),
    (Deed::Edit,          Target::Others,        [NYR, NYR, NYR, NO_, MUT]),
    (Deed::Edit,          Target::OthersDeleted, [NYR, NYR, NYR, NO_, MUT]),
    (Deed::Edit,          Target::Absent,        [GNE, GNE, GNE, NO_, MUT]),
    (Deed::Delete,        Target::Own,           [YES, YES, YES, YES, YES]),
    (Deed::Delete,        Target::OwnDeleted,    [SO_, SO_, SO_, SO_, SO_]),
    (Deed::Delete,        Target::Others,        [YES, YES, NYR, NYR, NYR]),
    (Deed::Delete,        Target::OthersDeleted, [SO_, SO_, NYR, NYR, NYR]),
    (Deed::Delete,        Target::Absent,        [GNE, GNE, GNE, GNE, GNE]),
    (Deed::React,         Target::Own,           [YES, YES, YES, YES, MUT]),
    (Deed::React,         Target::OwnDeleted,    [GNE, GNE, GNE, GNE, MUT]),
    (Deed::React,         Target::Others,        [YES, YES, YES, YES, MUT]),
    (Deed::React,         Target::OthersDeleted, [GNE, GNE, GNE, GNE, MUT]),
    (Deed::React,         Target::Absent,        [GNE, GNE, GNE, GNE, MUT]),
    (Deed::Pin,           Target::Own,           [YES, YES, NO_, NO_, MUT]),
    (Deed::Pin,           Target::OwnDeleted,    [GNE, GNE, NO_, NO_, MUT]),
    (Deed::Pin,           Target::Others,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Pin,           Target::OthersDeleted, [GNE, GNE, NO_, NO_, MUT]),
    (Deed::Pin,           Target::Absent,        [GNE, GNE, NO_, NO_, MUT]),
    (Deed::Kick,          Target::Oneself,       [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Kick,          Target::Member,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Kick,          Target::Moderator,     [YES, NO_, NO_, NO_, MUT]),
    (Deed::Kick,          Target::Owner,         [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Kick,          Target::Banned,        [SO_, SO_, NO_, NO_, MUT]),
    (Deed::Kick,          Target::Stranger,      [GNE, GNE, NO_, NO_, MUT]),
    (Deed::Ban,           Target::Oneself,       [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Ban,           Target::Member,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Ban,           Target::Moderator,     [YES, NO_, NO_, NO_, MUT]),
    (Deed::Ban,           Target::Owner,         [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Ban,           Target::Banned,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Ban,           Target::Stranger,      [YES, YES, NO_, NO_, MUT]),
    (Deed::Unban,         Target::Oneself,       [SO_, SO_, NO_, NO_, MUT]),
    (Deed::Unban,         Target::Member,        [SO_, SO_, NO_, NO_, MUT]),
    (Deed::Unban,         Target::Moderator,     [SO_, SO_, NO_, NO_, MUT]),
    (Deed::Unban,         Target::Owner,         [SO_, SO_, NO_, NO_, MUT]),
    (Deed::Unban,         Target::Banned,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Unban,         Target::Stranger,      [SO_, SO_, NO_, NO_, MUT]),
    (Deed::Mute,          Target::Oneself,       [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Mute,          Target::Member,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Mute,          Target::Moderator,     [YES, NO_, NO_, NO_, MUT]),
    (Deed::Mute,          Target::Owner,         [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Mute,          Target::Banned,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Mute,          Target::Stranger,      [GNE, GNE, NO_, NO_, MUT]),
    (Deed::Unmute,        Target::Oneself,       [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Unmute,        Target::Member,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Unmute,        Target::Moderator,     [YES, NO_, NO_, NO_, MUT]),
    (Deed::Unmute,        Target::Owner,         [NO_, NO_, NO_, NO_, MUT]),
    (Deed::Unmute,        Target::Banned,        [YES, YES, NO_, NO_, MUT]),
    (Deed::Unmute,        Target::Stranger,      [GNE, GNE, NO_, NO_, MUT]),
    (Deed::MakeOwner,     Target::Oneself,       [SO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeOwner,     Target::Member,        [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeOwner,     Target::Moderator,     [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeOwner,     Target::Owner,         [SO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeOwner,     Target::LastOwner,     [SO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeOwner,     Target::Banned,        [NO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeOwner,     Target::Stranger,      [GNE, NO_, NO_, NO_, MUT]),
    (Deed::MakeModerator, Target::Oneself,       [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeModerator, Target::Member,        [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeModerator, Target::Moderator,     [SO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeModerator, Target::Owner,         [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeModerator, Target::LastOwner,     [NO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeModerator, Target::Banned,        [NO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeModerator, Target::Stranger,      [GNE, NO_, NO_, NO_, MUT]),
    (Deed::MakeMember,    Target::Oneself,       [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeMember,    Target::Member,        [SO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeMember,    Target::Moderator,     [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeMember,    Target::Owner,         [YES, NO_, NO_, NO_, MUT]),
    (Deed::MakeMember,    Target::LastOwner,     [NO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeMember,    Target::Banned,        [SO_, NO_, NO_, NO_, MUT]),
    (Deed::MakeMember,    Target::Stranger,      [GNE, NO_, NO_, NO_, MUT]),
    (Deed::Settings,      Target::Room,          [YES, YES, NO_, NO_, MUT]),
    (Deed::Invite,        Target::Room,          [YES, YES, NO_, NO_, MUT]),
    (Deed::Hooks,         Target::Room,          [YES, YES, NO_, NO_, MUT]),
    (Deed::ModerationLog, Target::Room,          [YES, YES, NO_, NO_, MUT]),
    (Deed::Bring,         Target::Room,          [YES, YES, YES, NO_, MUT]),
    (Deed::Export,        Target::Room,          [YES, YES, NO_, NO_, MUT]),
    (Deed::Import,        Target::Room,          [YES, NO_, NO_, NO_, MUT]),
    (Deed::DeleteRoom,    Target::Room,          [YES, NO_, NO_, NO_, MUT]),
];

/// What comes of `deed`, done to `target` by `actor`.
#[must_use]
pub fn right(deed: Deed, target: Target, actor: Actor) -> Right {
    let line = TABLE.iter().find(|(one, about, _)| *one == deed && *about == target);
    let place = Actor::ALL.iter().position(|one| *one == actor);
    let cell = line.zip(place).and_then(|((_, _, cells), place)| cells.get(place));
    cell.copied().unwrap_or(Right::No(RejectCode::Forbidden))
}

impl Actor {
    /// All of them, in the order of the table's columns.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Moderator, Self::Member, Self::Audience, Self::Muted];

    /// A member without a role, in a room where these may write.
    pub(crate) const fn of(posting: Posting) -> Self {
        match posting {
            Posting::Everyone => Self::Member,
            Posting::Moderators => Self::Audience,
        }
    }
}

impl Deed {
    /// What a sanction does.
    pub(crate) const fn of(sanction: Sanction) -> Self {
        match sanction {
            Sanction::Kick => Self::Kick,
            Sanction::Ban => Self::Ban,
            Sanction::Unban => Self::Unban,
            Sanction::Mute => Self::Mute,
            Sanction::Unmute => Self::Unmute,
        }
    }
}
