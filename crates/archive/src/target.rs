//! What a command is about: the few facts that rights and once-only ask of a message before it changes.

use protocol::{MemberId, Seq};

use crate::{
    Archive,
    row::{self, Columns},
    sql::{Sql, SqlError},
};

/// The message that an edit, a deletion, a reaction or a reply is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Who wrote it.
    pub author: MemberId,
    /// Only its place is left.
    pub deleted: bool,
    /// As it is now: an edit to the same text changes nothing.
    pub text: String,
}

/// What is known of one emoji under one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reacted {
    /// The member has this reaction on the message.
    pub has: bool,
    /// Different emoji on the message.
    pub kinds: usize,
    /// This emoji is one of them.
    pub known: bool,
}

const TARGET: &str = "SELECT author, deleted, text FROM messages WHERE seq = ?1";

const REACTION: &str = "SELECT
    EXISTS (SELECT 1 FROM reactors WHERE target = ?1 AND emoji = ?2 AND member = ?3),
    (SELECT count(*) FROM reactions WHERE target = ?1),
    EXISTS (SELECT 1 FROM reactions WHERE target = ?1 AND emoji = ?2)";

impl<S: Sql> Archive<S> {
    /// The message at `seq`; `None` if there is none, or another kind of event.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn target(&self, seq: Seq) -> Result<Option<Target>, SqlError> {
        let Some(mut columns) = Columns::first(self.sql.query(TARGET, &[row::seq(seq)?])?) else {
            return Ok(None);
        };
        let (author, deleted, text) = (columns.member_id()?, columns.flag()?, columns.text()?);
        Ok(Some(Target { author, deleted, text }))
    }

    /// What `member` and the others have of `emoji` under the message at `seq`; nothing where there is no message.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn reaction(&self, seq: Seq, emoji: &str, member: &MemberId) -> Result<Reacted, SqlError> {
        let params = [row::seq(seq)?, row::text(emoji), row::text(member.as_str())];
        let mut columns = Columns::only(self.sql.query(REACTION, &params)?)?;
        let (has, kinds, known) = (columns.flag()?, columns.integer()?, columns.flag()?);
        Ok(Reacted { has, kinds: usize::try_from(kinds).unwrap_or(usize::MAX), known })
    }
}
