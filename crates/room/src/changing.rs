//! The room's settings, and who may change them.

use archive::Sql;
use protocol::{EventKind, RejectCode, RoomChange};

use crate::{
    commands::Asker,
    effect::{Answer, Fatal},
    membership::refused,
    rights::{Deed, Right},
    room::Room,
    trouble::Trouble,
    turn::Turn,
};

impl Room {
    /// Somebody changes the settings. Only what is not so already goes into the log; the answer is the room as it is then.
    pub(crate) fn on_change<S: Sql>(
        &mut self,
        asker: &Asker,
        change: RoomChange,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if let Right::No(code) = self.may(Deed::Settings, asker, turn.now) {
            return Ok(refused(code));
        }
        let change = change.beyond(&self.log.info);
        if !change.is_empty() {
            if self.trouble == Trouble::ReadOnly {
                return Ok(refused(RejectCode::ReadOnly));
            }
            self.log.info.fold(&change);
            if change.retention_days.is_some() {
                self.on_retention_changed(turn);
            }
            self.append(asker, None, EventKind::Room(change), turn);
        }
        Ok(Answer::Room(Box::new(self.log.info.clone())))
    }
}
