//! Pins: the messages that are pinned to the room, in the order in which they were.
//!
//! Not here: who may pin, and how many. The invariant: what is deleted is not pinned.

use protocol::Seq;

use crate::{
    Archive,
    row::{self, Columns},
    sql::{Sql, SqlError},
};

const PINS: &str = "SELECT target FROM pins ORDER BY since";
const PIN: &str = "INSERT OR IGNORE INTO pins (target, since)
    SELECT seq, ?2 FROM messages WHERE seq = ?1 AND deleted = 0";
const UNPIN: &str = "DELETE FROM pins WHERE target = ?1";

impl<S: Sql> Archive<S> {
    /// The pinned messages, the one pinned first first.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn pins(&self) -> Result<Vec<Seq>, SqlError> {
        self.sql.query(PINS, &[])?.into_iter().map(|row| Columns::of(row).seq()).collect()
    }

    pub(crate) fn pin(&self, target: Seq, since: Seq) -> Result<(), SqlError> {
        self.sql.query(PIN, &[row::seq(target)?, row::seq(since)?]).map(drop)
    }

    pub(crate) fn unpin(&self, target: Seq) -> Result<(), SqlError> {
        self.sql.query(UNPIN, &[row::seq(target)?]).map(drop)
    }
}
