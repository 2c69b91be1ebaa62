//! What is asked of a room without a turn: how a member stands to it, and what they may have of it.
//!
//! Not here: who may what, which the room says. Invariant: whoever may not know of a room hears what they would of one that never was.

use archive::SqlError;
use protocol::{File, FileId, MemberId, Name, RejectCode, http::MyRoom};
use room::{
    Admission, Asker, Likeness, Room,
    places::Counts,
    rights::{Deed, Right},
};

use super::{Restored, RoomShell};
use crate::{clock, object, problem::Problem};

impl RoomShell {
    /// Refuses whoever may neither come in nor read.
    pub fn expect_admitted(&mut self, asker: &Asker) -> Result<(), Problem> {
        let now = clock::now();
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { room, archive } = restored.ok_or_else(Problem::room_not_found)?;
        match room.admission(&asker.member.id, asker.role, now, archive) {
            Ok(Admission::Admitted) => Ok(()),
            Ok(Admission::Banned) => Err(Problem::rejected(RejectCode::Forbidden, None)),
            Ok(Admission::Hidden) => Err(Problem::room_not_found()),
            Err(fatal) => Err(object::storage_failed(&fatal.0)),
        }
    }

    /// Refuses whoever may not do that here.
    pub fn expect_right(&mut self, deed: Deed, asker: &Asker) -> Result<(), Problem> {
        self.expect_admitted(asker)?;
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { room, .. } = restored.ok_or_else(Problem::room_not_found)?;
        match room.may(deed, asker, clock::now()) {
            Right::Yes | Right::Already => Ok(()),
            Right::No(code) => Err(Problem::rejected(code, None)),
        }
    }

    /// How the room stands to a member's list.
    pub fn counts(&mut self, asker: &Asker) -> Result<MyRoom, Problem> {
        self.expect_admitted(asker)?;
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { room, archive } = restored.ok_or_else(Problem::room_not_found)?;
        let counted = room.counts(&asker.member.id, archive);
        let Counts { title, kind, head, read, unread, mentions, other } =
            counted.map_err(|fatal| object::storage_failed(&fatal.0))?;
        let slug = self.slug()?;
        let (head, read, unread, mentions) = (Some(head), Some(read), Some(unread), Some(mentions));
        Ok(MyRoom { room: slug, title, kind, head, read, unread, mentions, other, here: false })
    }

    /// How a name would stand here, were `member` called so.
    pub fn likeness(&mut self, name: &Name, member: &MemberId) -> Result<Likeness, SqlError> {
        self.work_off();
        Ok(self.restored()?.map_or(Likeness::Free, |restored| restored.room.likeness(name, member)))
    }

    /// What a file is that somebody wants to see.
    pub fn file(&mut self, asker: &Asker, file: &FileId) -> Result<File, Problem> {
        self.expect_admitted(asker)?;
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { archive, .. } = restored.ok_or_else(Problem::room_not_found)?;
        let found = Room::file(asker, file, archive).map_err(|fatal| object::storage_failed(&fatal.0))?;
        found.ok_or_else(Problem::not_found)
    }
}
