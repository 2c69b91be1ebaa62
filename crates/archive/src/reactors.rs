//! Who is behind the reactions of a message, by name.
//!
//! `reactors` holds ids alone. A name is what they were called when they reacted, as a message keeps its author's.

use litemap::LiteMap;
use protocol::{Member, Seq};

use crate::{
    Archive,
    row::{self, Columns},
    sql::{Sql, SqlError},
};

// By the target's events, each of which then finds its reactor by key: the other way round would look through all of them for each
// member. Whoever took it back and gave it again stands where they gave it last.
const REACTORS: &str = "SELECT emoji, member, name FROM (
        SELECT r.emoji, r.member, json_extract(e.event, '$.by.name') AS name, max(e.seq) AS since,
            row_number() OVER (PARTITION BY r.emoji ORDER BY max(e.seq)) AS place
        FROM events e CROSS JOIN reactors r
        ON r.target = e.target AND r.emoji = json_extract(e.event, '$.emoji')
            AND r.member = json_extract(e.event, '$.by.id')
        WHERE e.target = ?1 AND json_extract(e.event, '$.kind') = 'reacted' AND json_extract(e.event, '$.on')
        GROUP BY r.emoji, r.member
    ) WHERE place <= ?2 ORDER BY since";

/// The members behind each emoji, in the order in which they gave it.
pub type Reactors = LiteMap<String, Vec<Member>>;

impl<S: Sql> Archive<S> {
    /// Of each reaction on the message at `seq` the first `count` members who have it.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn reactors(&self, seq: Seq, count: usize) -> Result<Reactors, SqlError> {
        let mut reactors = Reactors::new_vec();
        for row in self.sql.query(REACTORS, &[row::seq(seq)?, row::count(count)?])? {
            let mut columns = Columns::of(row);
            let emoji = columns.text()?;
            let member = Member { id: columns.member_id()?, name: columns.text()? };
            reactors.entry(emoji).or_default().push(member);
        }
        Ok(reactors)
    }
}
