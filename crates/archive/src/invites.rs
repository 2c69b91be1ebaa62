//! Invitations to a room: so many uses, until then. What makes one good is kept as a digest, so that the table lets nobody in.
//!
//! The invariant: a use is counted in one statement, which finds no row where there is none left; the turn then fails whole.

use protocol::Millis;

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Sql, SqlError},
};

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Of its secret, in hex.
    pub digest: String,
    /// How often it can still be used; 0 once it is spent or taken back.
    pub uses: u32,
    /// From when on it is no good.
    pub expires_at: Millis,
}

const INVITE: &str = "SELECT digest, uses, expires_at FROM invites WHERE digest = ?1";
const LIVE: &str = "SELECT count(*) FROM invites WHERE uses > 0 AND expires_at > ?1";
const PUT: &str = "INSERT INTO invites (digest, uses, expires_at) VALUES (?1, ?2, ?3)";
const USE: &str = "UPDATE invites SET uses = uses - 1 WHERE digest = ?1 AND uses > 0 RETURNING uses";
const REVOKE: &str = "UPDATE invites SET uses = 0 WHERE digest = ?1";

impl<S: Sql> Archive<S> {
    /// The invitation with this digest, spent or not; `None` if there never was one.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn invite(&self, digest: &str) -> Result<Option<Invite>, SqlError> {
        let Some(mut columns) = Columns::first(self.sql.query(INVITE, &[row::text(digest)])?) else {
            return Ok(None);
        };
        let (digest, uses) = (columns.text()?, columns.integer()?);
        let uses = u32::try_from(uses).unwrap_or(u32::MAX);
        Ok(Some(Invite { digest, uses, expires_at: columns.millis()? }))
    }

    /// How many invitations are good at `now`.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn live_invites(&self, now: Millis) -> Result<u64, SqlError> {
        Columns::only(self.sql.query(LIVE, &[integer(now.0)?])?)?.integer()
    }

    pub(crate) fn put_invite(&self, invite: &Invite) -> Result<(), SqlError> {
        let row = [row::text(&invite.digest), integer(invite.uses.into())?, integer(invite.expires_at.0)?];
        self.sql.query(PUT, &row).map(drop)
    }

    pub(crate) fn use_invite(&self, digest: &str) -> Result<(), SqlError> {
        if self.sql.query(USE, &[row::text(digest)])?.is_empty() {
            return Err(SqlError("an invitation was used that is spent".to_owned()));
        }
        Ok(())
    }

    pub(crate) fn revoke_invite(&self, digest: &str) -> Result<(), SqlError> {
        self.sql.query(REVOKE, &[row::text(digest)]).map(drop)
    }
}
