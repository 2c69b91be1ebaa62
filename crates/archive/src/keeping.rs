//! What a member's list of rooms has to do with this one: that they keep it, and what of it they have not read.
//!
//! Not here: mentions (mentions.rs), and the list itself, which is not the room's.

use protocol::{Member, MemberId, Seq};

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Sql, SqlError},
};

const KEEP: &str = "INSERT OR IGNORE INTO keepers (member) VALUES (?1)";
const KEEPS: &str = "SELECT EXISTS (SELECT 1 FROM keepers WHERE member = ?1)";
const LET_GO: &str = "DELETE FROM keepers WHERE member = ?1";
const UNREAD: &str = "SELECT count(*) FROM (
    SELECT 1 FROM messages WHERE seq > ?1 AND deleted = 0 AND author <> ?2 LIMIT ?3)";
const OTHER: &str = "SELECT member, name FROM members WHERE member <> ?1 AND joined_at IS NOT NULL LIMIT 1";

impl<S: Sql> Archive<S> {
    /// How many undeleted messages of others stand above `after`; at most `most` are counted.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn unread_after(&self, member: &MemberId, after: Seq, most: u32) -> Result<u32, SqlError> {
        let params = [row::seq(after)?, row::text(member.as_str()), integer(most.into())?];
        let count = Columns::only(self.sql.query(UNREAD, &params)?)?.integer()?;
        Ok(u32::try_from(count).unwrap_or(most))
    }

    /// A member of this private room who is not `member`: in a direct room the other of the two.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn other_than(&self, member: &MemberId) -> Result<Option<Member>, SqlError> {
        let rows = self.sql.query(OTHER, &[row::text(member.as_str())])?;
        let Some(mut columns) = Columns::first(rows) else { return Ok(None) };
        Ok(Some(Member { id: columns.member_id()?, name: columns.text()? }))
    }

    /// Whether `member` keeps this public room in their list.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn keeps(&self, member: &MemberId) -> Result<bool, SqlError> {
        Columns::only(self.sql.query(KEEPS, &[row::text(member.as_str())])?)?.flag()
    }

    pub(crate) fn keep(&self, member: &MemberId) -> Result<(), SqlError> {
        self.sql.query(KEEP, &[row::text(member.as_str())]).map(drop)
    }

    pub(crate) fn let_go(&self, member: &MemberId) -> Result<(), SqlError> {
        self.sql.query(LET_GO, &[row::text(member.as_str())]).map(drop)
    }
}
