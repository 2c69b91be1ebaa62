//! What a turn asks the archive to store.

use protocol::{CommandId, Event, Member, MemberId, Millis, Seq};

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
