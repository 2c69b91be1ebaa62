//! The moderation log: the events of the log that moderators ask for, and nothing beside them.
//!
//! It has what was done to members, pins and settings, and the deletions of what others wrote; not what everybody does to
//! their own messages.

use protocol::{Event, Seq};

use crate::{
    Archive,
    log::{Bounds, EVENT_VERSION},
    row::{self, Columns},
    sql::{Sql, SqlError},
};

const NOTE: &str = "INSERT OR IGNORE INTO moderation (seq) VALUES (?1)";
const NOTE_DELETION: &str = "INSERT OR IGNORE INTO moderation (seq)
    SELECT ?1 FROM messages WHERE seq = ?2 AND author <> ?3";
// An event that retention has taken is not in it any more.
const BEFORE: &str = "SELECT e.version, e.event FROM moderation m JOIN events e ON e.seq = m.seq
    WHERE m.seq < ?1 ORDER BY m.seq DESC LIMIT ?2";

impl<S: Sql> Archive<S> {
    /// The newest events of the moderation log below `before`, newest first.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn moderation(&self, before: Seq, bounds: Bounds) -> Result<Vec<Event>, SqlError> {
        let rows = self.sql.query(BEFORE, &[row::seq(before)?, row::count(bounds.count)?])?;
        let (mut events, mut bytes) = (Vec::new(), bounds.bytes);
        for row in rows {
            let mut columns = Columns::of(row);
            columns.version(EVENT_VERSION)?;
            let stored = columns.text()?;
            let size = stored.len().saturating_add(1);
            if size > bytes && !events.is_empty() {
                break;
            }
            bytes = bytes.saturating_sub(size);
            events.push(row::json(&stored)?);
        }
        Ok(events)
    }

    pub(crate) fn note_moderation(&self, seq: Seq) -> Result<(), SqlError> {
        self.sql.query(NOTE, &[row::seq(seq)?]).map(drop)
    }

    /// A deletion is moderation when the message was somebody else's.
    pub(crate) fn note_deletion(&self, event: &Event, target: Seq) -> Result<(), SqlError> {
        let params = [row::seq(event.seq)?, row::seq(target)?, row::text(event.by.id.as_str())];
        self.sql.query(NOTE_DELETION, &params).map(drop)
    }
}
