//! The room's settings, and who may change them.

use archive::Sql;
use protocol::{EventKind, RejectCode, Role, RoomChange};

use crate::{commands::Asker, effect::Answer, membership::refused, room::Room, trouble::Trouble, turn::Turn};

impl Room {
    /// Somebody changes the settings. Only what is not so already goes into the log; the answer is the room as it is then.
    pub(crate) fn on_change<S: Sql>(
        &mut self,
        asker: &Asker,
        change: RoomChange,
        turn: &mut Turn<'_, S>,
    ) -> Answer {
        if self.role_of(asker) < Role::Moderator {
            return refused(RejectCode::Forbidden);
        }
        let change = change.beyond(&self.log.info);
        if !change.is_empty() {
            if self.trouble == Trouble::ReadOnly {
                return refused(RejectCode::ReadOnly);
            }
            self.log.info.fold(&change);
            self.append(asker, None, EventKind::Room(change), turn);
        }
        Answer::Room(Box::new(self.log.info.clone()))
    }
}
