//! Mentions: how many messages call a member.
//!
//! Not here: which of them were read; that is a read marker (ledger.rs), and the caller's question.

use protocol::{MemberId, Seq};

use crate::{
    Archive,
    row::{self, Columns},
    sql::{Sql, SqlError},
};

const MENTIONS_AFTER: &str = "SELECT count(*) FROM messages
    WHERE mentions IS NOT NULL AND seq > ?1 AND author <> ?2
    AND EXISTS (SELECT 1 FROM json_each(mentions) WHERE value IN (?2, ?3))";

impl<S: Sql> Archive<S> {
    /// How many messages of others above `after` mention `member` or everybody; deleted ones mention nobody.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn mentions_after(&self, member: &MemberId, after: Seq) -> Result<u32, SqlError> {
        let params =
            [row::seq(after)?, row::text(member.as_str()), row::text(MemberId::everybody().as_str())];
        let count = Columns::only(self.sql.query(MENTIONS_AFTER, &params)?)?.integer()?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}
