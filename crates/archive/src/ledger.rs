//! What a room remembers beside its log: the answers to commands, read markers, who wrote when in slow
//! mode, and what is due when.
//!
//! The invariant: an answer, once remembered, never changes; a read marker only moves up.

use protocol::{CommandId, MemberId, Millis, Seq};

use crate::{
    Archive,
    change::Once,
    row::{self, Columns, integer},
    sql::{Sql, SqlError},
};

const ONCE: &str = "SELECT digest, seq, at FROM once WHERE member = ?1 AND id = ?2";
// A second row for the same command fails: the room asks before it acts.
const REMEMBER: &str = "INSERT INTO once (member, id, digest, seq, at) VALUES (?1, ?2, ?3, ?4, ?5)";
const READ: &str = "SELECT seq FROM reads WHERE member = ?1";
const MARK_READ: &str = "INSERT INTO reads (member, seq) VALUES (?1, ?2)
    ON CONFLICT (member) DO UPDATE SET seq = max(seq, excluded.seq)";
const SPOKE: &str = "SELECT at FROM spoke WHERE member = ?1";
const SPEAK: &str = "INSERT INTO spoke (member, at) VALUES (?1, ?2)
    ON CONFLICT (member) DO UPDATE SET at = excluded.at";
const DUE: &str = "SELECT reason, at FROM due ORDER BY at, reason";
const SET_DUE: &str = "INSERT INTO due (reason, at) VALUES (?1, ?2)
    ON CONFLICT (reason) DO UPDATE SET at = excluded.at";
const NOT_DUE: &str = "DELETE FROM due WHERE reason = ?1";

impl<S: Sql> Archive<S> {
    /// How `member`'s command `id` was answered; `None` if it never had its effect.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn once(&self, member: &MemberId, id: &CommandId) -> Result<Option<Once>, SqlError> {
        let rows = self.sql.query(ONCE, &[row::text(member.as_str()), row::text(id.as_str())])?;
        let Some(mut columns) = Columns::first(rows) else { return Ok(None) };
        let digest = u64::from_str_radix(&columns.text()?, 16)
            .map_err(|error| SqlError(format!("a stored digest is none: {error}")))?;
        let (seq, at) = (columns.optional_seq()?, columns.millis()?);
        Ok(Some(Once { member: member.clone(), id: id.clone(), digest, seq, at }))
    }

    /// The newest seq that `member` has read; 0 if none.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn read(&self, member: &MemberId) -> Result<Seq, SqlError> {
        let rows = self.sql.query(READ, &[row::text(member.as_str())])?;
        Columns::first(rows).map_or(Ok(Seq::ZERO), |mut columns| columns.seq())
    }

    /// When `member` last wrote while slow mode was on; `None` if never.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn spoke_at(&self, member: &MemberId) -> Result<Option<Millis>, SqlError> {
        let rows = self.sql.query(SPOKE, &[row::text(member.as_str())])?;
        Columns::first(rows).map(|mut columns| columns.millis()).transpose()
    }

    /// What the object's alarm is for and when, the earliest first.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn due(&self) -> Result<Vec<(String, Millis)>, SqlError> {
        let rows = self.sql.query(DUE, &[])?;
        rows.into_iter()
            .map(|row| {
                let mut columns = Columns::of(row);
                Ok((columns.text()?, columns.millis()?))
            })
            .collect()
    }

    pub(crate) fn remember(&self, once: &Once) -> Result<(), SqlError> {
        let row = [
            row::text(once.member.as_str()),
            row::text(once.id.as_str()),
            row::text(&format!("{:016x}", once.digest)),
            row::optional(once.seq.map(row::seq))?,
            integer(once.at.0)?,
        ];
        self.sql.query(REMEMBER, &row).map(drop)
    }

    pub(crate) fn mark_read(&self, member: &MemberId, seq: Seq) -> Result<(), SqlError> {
        self.sql.query(MARK_READ, &[row::text(member.as_str()), row::seq(seq)?]).map(drop)
    }

    pub(crate) fn spoke(&self, member: &MemberId, at: Millis) -> Result<(), SqlError> {
        self.sql.query(SPEAK, &[row::text(member.as_str()), integer(at.0)?]).map(drop)
    }

    pub(crate) fn set_due(&self, reason: &str, at: Option<Millis>) -> Result<(), SqlError> {
        let reason = row::text(reason);
        match at {
            Some(at) => self.sql.query(SET_DUE, &[reason, integer(at.0)?]),
            None => self.sql.query(NOT_DUE, &[reason]),
        }
        .map(drop)
    }
}
