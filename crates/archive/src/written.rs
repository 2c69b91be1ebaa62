//! What one member wrote here, as it is now: for them to take along.
//!
//! Not here: what was deleted, which is gone, and what others wrote, excerpts of it included. The index of words knows who wrote what,
//! so a member who wrote little in a large room costs little.

use protocol::{MemberId, Millis, Seq, http::Written};

use crate::{
    Archive,
    log::Bounds,
    row::{self, Columns},
    sql::{Row, Sql, SqlError},
};

// The index narrows as by a word; the column says who it exactly was.
const WRITTEN: &str = "SELECT m.seq, m.at, m.text, m.edited_at, m.reply_to
    FROM search JOIN messages m ON m.seq = search.rowid
    WHERE search MATCH ?1 AND search.rowid > ?2 AND m.author = ?3 ORDER BY search.rowid LIMIT ?4";

impl<S: Sql> Archive<S> {
    /// Messages of `author` above `after`, oldest first; fewer than `bounds.count` where they are larger than `bounds.bytes`, but one
    /// at least if there is one.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn written_by(
        &self,
        author: &MemberId,
        after: Seq,
        bounds: Bounds,
    ) -> Result<Vec<Written>, SqlError> {
        let expression = row::text(&format!("{{author}} : \"{author}\""));
        let params = [expression, row::seq(after)?, row::text(author.as_str()), row::count(bounds.count)?];
        let (mut all, mut bytes) = (Vec::new(), bounds.bytes);
        for found in self.sql.query(WRITTEN, &params)? {
            let one = written(found)?;
            if one.text.len() > bytes && !all.is_empty() {
                break;
            }
            bytes = bytes.saturating_sub(one.text.len());
            all.push(one);
        }
        Ok(all)
    }
}

fn written(found: Row) -> Result<Written, SqlError> {
    let mut columns = Columns::of(found);
    Ok(Written {
        seq: columns.seq()?,
        at: columns.millis()?,
        text: columns.text()?,
        edited_at: columns.optional_integer()?.map(Millis),
        reply_to: columns.optional_seq()?,
    })
}
