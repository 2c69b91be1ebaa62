//! Members: who has a role, a membership, a mute or a ban here. Whoever has none of these has no row.
//!
//! Not here: who may change it. The invariant: a row is the fold of the `member` events about its member, above what
//! the room was founded with.

use protocol::{Event, Member, MemberId, MemberLine, Membership, Millis, Role, membership::End};

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Sql, SqlError, Value},
};

macro_rules! rows {
    ($condition:literal) => {
        concat!(
            "SELECT member, name, role, joined_at, muted_until, banned_until FROM members WHERE ",
            $condition
        )
    };
}
const MEMBER: &str = rows!("member = ?1");
// What has ended is not listed, though its row may still be there.
const LIST: &str = rows!(
    "member > ?1 AND (role <> 'member' OR joined_at IS NOT NULL OR muted_until > ?2 OR banned_until > ?2)
    ORDER BY member LIMIT ?3"
);
// The first condition is the index's own, the second makes it a search.
const STAFF: &str = "SELECT member, role FROM members WHERE role <> 'member' AND role > ''";
const MUTES: &str = "SELECT member, muted_until FROM members WHERE muted_until IS NOT NULL";
const PUT: &str = "INSERT INTO members (member, name, role, joined_at, muted_until, banned_until)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (member) DO UPDATE SET name = excluded.name, role = excluded.role,
    joined_at = excluded.joined_at, muted_until = excluded.muted_until, banned_until = excluded.banned_until";
const DROP: &str = "DELETE FROM members WHERE member = ?1";
const RENAME: &str = "UPDATE members SET name = ?2 WHERE member = ?1";

/// A member of whom the room holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who, as they were called when the room last had to do with them.
    pub member: Member,
    /// What it holds.
    pub membership: Membership,
}

impl<S: Sql> Archive<S> {
    /// What the room holds of a member; `None` for anybody else.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn member(&self, member: &MemberId) -> Result<Option<Known>, SqlError> {
        let rows = self.sql.query(MEMBER, &[row::text(member.as_str())])?;
        Columns::first(rows).map(known).transpose()
    }

    /// Everybody who has a role beyond that of a member.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn staff(&self) -> Result<Vec<(MemberId, Role)>, SqlError> {
        let rows = self.sql.query(STAFF, &[])?;
        rows.into_iter()
            .map(|row| {
                let mut columns = Columns::of(row);
                Ok((columns.member_id()?, role(&columns.text()?)?))
            })
            .collect()
    }

    /// Everybody who was muted and not unmuted, and until when.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn mutes(&self) -> Result<Vec<(MemberId, End)>, SqlError> {
        let rows = self.sql.query(MUTES, &[])?;
        rows.into_iter()
            .map(|row| {
                let mut columns = Columns::of(row);
                Ok((columns.member_id()?, End::from_instant(columns.millis()?)))
            })
            .collect()
    }

    /// The first `count` members behind `after`, by id, of whom the room holds anything now.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn members(
        &self,
        after: Option<&MemberId>,
        now: Millis,
        count: usize,
    ) -> Result<Vec<MemberLine>, SqlError> {
        let after = row::text(after.map_or("", MemberId::as_str));
        let rows = self.sql.query(LIST, &[after, integer(now.0)?, row::count(count)?])?;
        rows.into_iter()
            .map(|row| known(Columns::of(row)).map(|known| known.membership.line(known.member, now)))
            .collect()
    }

    /// Folds an event about `member` into their row.
    pub(crate) fn fold_member(&self, member: &Member, event: &Event) -> Result<(), SqlError> {
        let mut membership = self.member(&member.id)?.map(|known| known.membership).unwrap_or_default();
        membership.fold(event);
        self.put_member(member, &membership)
    }

    pub(crate) fn put_member(&self, member: &Member, membership: &Membership) -> Result<(), SqlError> {
        let id = row::text(member.id.as_str());
        if *membership == Membership::default() {
            return self.sql.query(DROP, &[id]).map(drop);
        }
        let row = [
            id,
            row::text(&member.name),
            row::text(membership.role.as_str()),
            instant(membership.joined_at)?,
            instant(membership.muted.map(End::instant))?,
            instant(membership.banned.map(End::instant))?,
        ];
        self.sql.query(PUT, &row).map(drop)
    }

    pub(crate) fn rename_member(&self, member: &Member) -> Result<(), SqlError> {
        self.sql.query(RENAME, &[row::text(member.id.as_str()), row::text(&member.name)]).map(drop)
    }
}

fn known(mut columns: Columns) -> Result<Known, SqlError> {
    let member = Member { id: columns.member_id()?, name: columns.text()? };
    let role = role(&columns.text()?)?;
    let joined_at = columns.optional_integer()?.map(Millis);
    let mut end = || Ok(columns.optional_integer()?.map(|at| End::from_instant(Millis(at))));
    let (muted, banned) = (end()?, end()?);
    Ok(Known { member, membership: Membership { role, joined_at, muted, banned } })
}

fn role(stored: &str) -> Result<Role, SqlError> {
    let all = [Role::Member, Role::Moderator, Role::Owner];
    let found = all.into_iter().find(|role| role.as_str() == stored);
    found.ok_or_else(|| SqlError("a stored role is none".to_owned()))
}

fn instant(at: Option<Millis>) -> Result<Value, SqlError> {
    row::optional(at.map(|at| integer(at.0)))
}
