//! What a turn asks the archive to store.

use protocol::{CommandId, Event, Member, MemberId, Millis, Seq};

use crate::{Brought, Burial, Farewell, Forgetting, HookChange, Invite, Tell};

/// One durable change. The changes of a turn are stored together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The next event of the log, folded into the messages it is about.
    Append(Event),
    /// The answer that every repeat of a command gets, for as long as the room lives.
    Remember(Once),
    /// A member has read up to here.
    Read {
        /// Who.
        member: MemberId,
        /// The newest seq they have read.
        seq: Seq,
    },
    /// A member of whom the room holds something has another name.
    Rename(Member),
    /// A member wrote, while slow mode was on.
    Spoke {
        /// Who.
        member: MemberId,
        /// When.
        at: Millis,
    },
    /// A member keeps this public room in their list.
    Keep(MemberId),
    /// They do not any more.
    LetGo(MemberId),
    /// An invitation.
    Invite(Invite),
    /// One use of the invitation with this digest. Fails where there is none left.
    UseInvite(String),
    /// The invitation with this digest is no good any more.
    RevokeInvite(String),
    /// What becomes of webhooks.
    Hook(HookChange),
    /// Somebody else must hear of something.
    Tell(Tell),
    /// A file comes, and waits for its message.
    Bring(Brought),
    /// Files that came up to then, and wait still, have waited long enough.
    DropWaiting {
        /// Until when.
        until: Millis,
    },
    /// Somebody deleted their account, or the room got on with forgetting them.
    Farewell(Farewell),
    /// A part of the log is rid of them.
    Forget(Forgetting),
    /// Nothing is left of them.
    FarewellOver(MemberId),
    /// The room is gone for everybody; its rows go later.
    Bury(Burial),
    /// When the object's alarm is due for one of its reasons; `None` when it is not due any more.
    Due {
        /// Why: a short name, one row each.
        reason: String,
        /// When.
        at: Option<Millis>,
    },
}

/// A command that had its effect once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Who sent it.
    pub member: MemberId,
    /// Under which id.
    pub id: CommandId,
    /// What it asked, as a digest: the same id with another body is refused.
    pub digest: u64,
    /// The seq that was acked; `None` when it changed nothing.
    pub seq: Option<Seq>,
    /// When it was acked.
    pub at: Millis,
}
