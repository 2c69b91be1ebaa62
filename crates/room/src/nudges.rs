//! Nudges: whoever a message calls, and who is not in the room, is told of it by a notification.
//!
//! Not here: where their browsers are, which rooms they want to be quiet, and how a notification travels; their Inbox knows. What it
//! says is read from the archive when it is told. The invariant: nobody is nudged who could not read the message, or who has a socket
//! here and so sees it anyhow. A call of everybody nudges nobody: it would be a request for each of thousands.

use archive::Sql;
use protocol::{EventKind, MemberId, Role, Seq, room::RoomKind};

use crate::{effect::Fatal, membership::Admission, room::Room, settings::Nudges, turn::Turn};

/// What the receiver of a nudge begins with; the rest is the member. No member's id has a dot.
pub const NUDGED: &str = ".nudge.";

impl Room {
    /// Whom an event calls who is not here: those it mentions, and in a direct room the other of the two.
    pub(crate) fn absent_callees<S: Sql>(
        &self,
        author: &MemberId,
        kind: &EventKind,
        turn: &Turn<'_, S>,
    ) -> Result<Vec<MemberId>, Fatal> {
        let (Nudges::On, EventKind::Message { mentions, .. }) = (self.settings.nudges, kind) else {
            return Ok(Vec::new());
        };
        let mut called = mentions.clone();
        if self.log.info.kind == RoomKind::Direct {
            called.extend(turn.archive.other_than(author)?.map(|other| other.id));
        }
        let mut absent = Vec::new();
        for member in called {
            let here = self.sessions.known(&member).is_some_and(|person| !person.sessions.is_empty());
            if here || member == *author || member.is_everybody() || absent.contains(&member) {
                continue;
            }
            if self.admission(&member, Role::Member, turn.now, turn.archive)? == Admission::Admitted {
                absent.push(member);
            }
        }
        Ok(absent)
    }

    /// They are told of the message at `seq`: of the newest alone, should they be called again before they heard of it.
    pub(crate) fn nudge<S: Sql>(&mut self, members: &[MemberId], seq: Seq, turn: &mut Turn<'_, S>) {
        for member in members {
            self.owe(format!("{NUDGED}{member}"), seq.to_string(), turn);
        }
    }
}
