//! What a room has still to tell to others: numbered rows, written in the turn that made them true, and kept until they were heard.
//!
//! Not here: who the receivers are and how they are reached. The invariant: numbers only grow, and a newer row to a receiver takes
//! the place of older ones, so that the last word is the one that counts.

use protocol::Millis;

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Sql, SqlError},
};

/// A row that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Grows with each row; a receiver tells a repeat by it.
    pub number: u64,
    /// Who must hear it.
    pub receiver: String,
    /// What, in JSON.
    pub news: String,
    /// How often it was told in vain.
    pub tries: u64,
}

/// What a room tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tell {
    /// Who must hear it.
    pub receiver: String,
    /// What, in JSON.
    pub news: String,
    /// Since when.
    pub at: Millis,
}

const OVERTAKEN: &str = "DELETE FROM outgoing WHERE receiver = ?1";
const TELL: &str = "INSERT INTO outgoing (receiver, news, tries, due_at) VALUES (?1, ?2, 0, ?3)";
const OUTGOING: &str =
    "SELECT number, receiver, news, tries FROM outgoing WHERE due_at <= ?1 ORDER BY number LIMIT ?2";
const DUE_AT: &str = "SELECT min(due_at) FROM outgoing";
const REPORT: &str =
    "INSERT INTO reported (id, at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";
const REPORTED: &str = "SELECT at FROM reported";
const HEARD: &str = "DELETE FROM outgoing WHERE number = ?1";
const NOT_HEARD: &str = "UPDATE outgoing SET tries = tries + 1, due_at = ?2 WHERE number = ?1";

impl<S: Sql> Archive<S> {
    /// The rows that are due, the oldest first, so many at most.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn outgoing(&self, now: Millis, count: usize) -> Result<Vec<Outgoing>, SqlError> {
        let rows = self.sql.query(OUTGOING, &[integer(now.0)?, row::count(count)?])?;
        rows.into_iter()
            .map(|row| {
                let mut columns = Columns::of(row);
                let (number, receiver) = (columns.integer()?, columns.text()?);
                Ok(Outgoing { number, receiver, news: columns.text()?, tries: columns.integer()? })
            })
            .collect()
    }

    /// When the first row is due; `None` if there is none.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn outgoing_due_at(&self) -> Result<Option<Millis>, SqlError> {
        Ok(Columns::only(self.sql.query(DUE_AT, &[])?)?.optional_integer()?.map(Millis))
    }

    /// The receiver has heard it.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn heard(&self, number: u64) -> Result<(), SqlError> {
        self.sql.query(HEARD, &[integer(number)?]).map(drop)
    }

    /// The receiver did not answer: again at this time.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn not_heard(&self, number: u64, again_at: Millis) -> Result<(), SqlError> {
        self.sql.query(NOT_HEARD, &[integer(number)?, integer(again_at.0)?]).map(drop)
    }

    /// Tells how the room is, apart from any turn, and remembers when.
    ///
    /// # Errors
    /// [`SqlError`] from the driver; then nothing is written.
    pub fn report(&self, tell: &Tell) -> Result<(), SqlError> {
        self.sql.transaction(&mut || {
            self.sql.query(REPORT, &[integer(tell.at.0)?])?;
            self.put_outgoing(tell)
        })
    }

    /// When that was last told; `None` if never.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn reported_at(&self) -> Result<Option<Millis>, SqlError> {
        Columns::first(self.sql.query(REPORTED, &[])?).map(|mut columns| columns.millis()).transpose()
    }

    pub(crate) fn put_outgoing(&self, Tell { receiver, news, at }: &Tell) -> Result<(), SqlError> {
        self.sql.query(OVERTAKEN, &[row::text(receiver)])?;
        self.sql.query(TELL, &[row::text(receiver), row::text(news), integer(at.0)?]).map(drop)
    }
}
