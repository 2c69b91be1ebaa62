//! Retention: what a room no longer keeps is taken out of every table, and where the log begins anew.
//!
//! Not here: when, and how much at a time; that is the room's. The invariant: nothing of a message below the floor is left,
//! not in the index of words, and not in an edit of it that lies above.

use protocol::{Millis, Seq};

use crate::{
    Archive,
    row::{self, Columns},
    sql::{Sql, SqlError},
};

// An edit above the floor keeps its place, as one of a deleted message does. Older floors took care of older targets.
const REDACT_LATE_EDITS: &str = "UPDATE events
    SET event = json_set(json_remove(event, '$.text'), '$.redacted', json('true'))
    WHERE target < ?1 AND target >= (SELECT min(seq) FROM events) AND seq >= ?1
    AND json_extract(event, '$.kind') = 'edited'";

const TAKE_OUT: [&str; 6] = [
    "DELETE FROM messages WHERE seq < ?1",
    "DELETE FROM pins WHERE target < ?1",
    "DELETE FROM moderation WHERE seq < ?1",
    "DELETE FROM reactions WHERE target < ?1",
    "DELETE FROM reactors WHERE target < ?1",
    "DELETE FROM events WHERE seq < ?1",
];

// Few events of pruning stand one behind the other, and this looks past them alone.
const OLDEST_AT: &str = "SELECT json_extract(event, '$.at') FROM events
    WHERE seq >= (SELECT min(seq) FROM events) AND json_extract(event, '$.kind') <> 'pruned'
    ORDER BY seq LIMIT 1";

impl<S: Sql> Archive<S> {
    /// When the oldest event happened that is kept for its own sake: one that only says what was pruned is not.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn oldest_at(&self) -> Result<Option<Millis>, SqlError> {
        Columns::first(self.sql.query(OLDEST_AT, &[])?).map(|mut columns| columns.millis()).transpose()
    }

    pub(crate) fn prune(&self, floor: Seq) -> Result<(), SqlError> {
        let params = [row::seq(floor)?];
        for statement in std::iter::once(REDACT_LATE_EDITS).chain(TAKE_OUT) {
            self.sql.query(statement, &params)?;
        }
        Ok(())
    }
}
