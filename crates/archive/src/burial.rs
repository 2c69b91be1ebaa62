//! The end of a room: from one commit on it is not there for anybody, and then its rows go, a few at a time.
//!
//! The invariant: what is left of a room that is gone is one row that says so, so that it is not founded again, and what others
//! have still to be told.

use protocol::Millis;

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Sql, SqlError},
};

/// What is told of a room's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burial {
    /// When.
    pub at: Millis,
    /// What everybody hears who keeps the room, in JSON.
    pub news: String,
    /// Who else must hear that it is gone, and in which words.
    pub register: Option<(String, String)>,
}

/// Whether a room that is gone has rows left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Some: clear on.
    Left,
    /// None.
    Cleared,
}

const GONE: &str = "SELECT EXISTS (SELECT 1 FROM meta WHERE gone = 1)";
// Files that left must still be removed where they are kept.
const OVERTAKEN: &str = "DELETE FROM outgoing WHERE receiver <> '.files'";
const TELL_KEEPERS: &str = "INSERT INTO outgoing (receiver, news, tries, due_at)
    SELECT member, ?1, 0, ?2 FROM (
        SELECT member FROM members WHERE joined_at IS NOT NULL UNION SELECT member FROM keepers ORDER BY member
    )";
const TELL: &str = "INSERT INTO outgoing (receiver, news, tries, due_at) VALUES (?1, ?2, 0, ?3)";
const BURY: &str = "UPDATE meta SET gone = 1, info = '{}'";
const NOT_REPORTED: &str = "DELETE FROM reported";
const NOT_DUE: &str = "DELETE FROM due";

/// Each clears so many rows of a table. Messages take their entries in the search index with them.
const CLEAR: &[&str] = &[
    "DELETE FROM messages WHERE seq IN (SELECT seq FROM messages LIMIT ?1) RETURNING 1",
    "DELETE FROM events WHERE seq IN (SELECT seq FROM events LIMIT ?1) RETURNING 1",
    "DELETE FROM once WHERE (member, id) IN (SELECT member, id FROM once LIMIT ?1) RETURNING 1",
    "DELETE FROM reactors WHERE (target, emoji, member) IN
        (SELECT target, emoji, member FROM reactors LIMIT ?1) RETURNING 1",
    "DELETE FROM reactions WHERE (target, emoji) IN (SELECT target, emoji FROM reactions LIMIT ?1) RETURNING 1",
    "DELETE FROM moderation WHERE seq IN (SELECT seq FROM moderation LIMIT ?1) RETURNING 1",
    "DELETE FROM pins WHERE target IN (SELECT target FROM pins LIMIT ?1) RETURNING 1",
    "DELETE FROM members WHERE member IN (SELECT member FROM members LIMIT ?1) RETURNING 1",
    "DELETE FROM keepers WHERE member IN (SELECT member FROM keepers LIMIT ?1) RETURNING 1",
    "DELETE FROM reads WHERE member IN (SELECT member FROM reads LIMIT ?1) RETURNING 1",
    "DELETE FROM spoke WHERE member IN (SELECT member FROM spoke LIMIT ?1) RETURNING 1",
    "DELETE FROM files WHERE file IN (SELECT file FROM files LIMIT ?1) RETURNING 1",
    "DELETE FROM invites WHERE digest IN (SELECT digest FROM invites LIMIT ?1) RETURNING 1",
    "DELETE FROM hooks WHERE hook IN (SELECT hook FROM hooks LIMIT ?1) RETURNING 1",
    "DELETE FROM farewells WHERE member IN (SELECT member FROM farewells LIMIT ?1) RETURNING 1",
    "DELETE FROM calls WHERE (hook, seq) IN (SELECT hook, seq FROM calls LIMIT ?1) RETURNING 1",
];

/// What an index without entries still has of its own.
const CLEAR_INDEX: &str = "INSERT INTO search (search) VALUES ('delete-all')";

impl<S: Sql> Archive<S> {
    /// Whether there was a room here that is gone.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn is_gone(&self) -> Result<bool, SqlError> {
        Columns::only(self.sql.query(GONE, &[])?)?.flag()
    }

    /// Clears at most `count` rows of a room that is gone, and none of one that is not.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn clear(&self, count: usize) -> Result<Rows, SqlError> {
        if !self.is_gone()? {
            return Ok(Rows::Cleared);
        }
        let mut left = count;
        for statement in CLEAR {
            left = left.saturating_sub(self.sql.query(statement, &[row::count(left)?])?.len());
            if left == 0 {
                return Ok(Rows::Left);
            }
        }
        self.sql.query(CLEAR_INDEX, &[])?;
        Ok(Rows::Cleared)
    }

    pub(crate) fn bury(&self, Burial { at, news, register }: &Burial) -> Result<(), SqlError> {
        self.sql.query(OVERTAKEN, &[])?;
        self.sql.query(TELL_KEEPERS, &[row::text(news), integer(at.0)?])?;
        if let Some((receiver, news)) = register {
            self.sql.query(TELL, &[row::text(receiver), row::text(news), integer(at.0)?])?;
        }
        self.sql.query(NOT_DUE, &[])?;
        self.sql.query(NOT_REPORTED, &[])?;
        self.sql.query(BURY, &[]).map(drop)
    }
}
