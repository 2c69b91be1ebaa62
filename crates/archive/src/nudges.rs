//! What somebody is told of a message that calls them, should they not be in the room.
//!
//! Not here: whom a message calls, and how they are reached. It is read when it is told, so that of a message that was deleted in
//! between nothing is.

use protocol::{
    Seq,
    http::Nudge,
    limits::EXCERPT_SCALARS,
    room::{RoomInfo, RoomKind},
};

use crate::{
    Archive,
    row::{self, Columns},
    sql::{Sql, SqlError},
};

// The whole text is read and cut here, not by substr: that stops at a NUL.
const NUDGE: &str = "SELECT at, name,
    CASE text WHEN '' THEN coalesce(json_extract(attachments, '$[0].name'), '') ELSE text END
    FROM messages WHERE seq = ?1 AND deleted = 0";

impl<S: Sql> Archive<S> {
    /// What is told of the message at `seq` in the room that is so; `None` if it is not there any more.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn nudge(&self, room: RoomInfo, seq: Seq) -> Result<Option<Nudge>, SqlError> {
        let Some(mut columns) = Columns::first(self.sql.query(NUDGE, &[row::seq(seq)?])?) else {
            return Ok(None);
        };
        let (at, by, text) = (columns.millis()?, columns.text()?, columns.text()?);
        let title = match room.kind {
            RoomKind::Direct => by.clone(),
            RoomKind::Public | RoomKind::Private => room.title,
        };
        let excerpt = text.chars().take(EXCERPT_SCALARS).collect();
        Ok(Some(Nudge { room: room.room, title, seq, at, by, excerpt }))
    }
}
