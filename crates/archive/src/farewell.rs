//! Somebody deleted their account: what the room holds of them goes, a part of the log at a time.
//!
//! Not here: when, and how much at a time; that is the room's. Their messages change by an event, as everything does that others
//! see ([`protocol::EventKind::Anonymised`]); here is the rest: their name and id in the log, and the rows that are about them.
//! The invariant: once all of the log was gone through, no row says who they were but the mentions that others wrote.

use protocol::{Legacy, Member, MemberId, Millis, Seq};

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Row, Sql, SqlError, Value},
};

/// How far the room has got with somebody who deleted their account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Farewell {
    /// Who.
    pub member: MemberId,
    /// What stands for them; `None` until something is found that was theirs.
    pub author: Option<MemberId>,
    /// What becomes of their messages.
    pub legacy: Legacy,
    /// The log was gone through up to there.
    pub after: Seq,
    /// Until then something of theirs may still come in.
    pub ends_at: Millis,
    /// When it goes on.
    pub due_at: Millis,
}

/// A part of the log that is rid of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    /// Who.
    pub member: MemberId,
    /// What stands for them, where the part has anything of theirs.
    pub author: Option<MemberId>,
    /// Above this seq.
    pub after: Seq,
    /// Up to this one.
    pub upto: Seq,
}

/// What a part of the log has of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    /// Their messages, deleted ones too.
    pub messages: Vec<Seq>,
    /// How many events name them.
    pub events: u64,
}

const FAREWELLS: &str =
    "SELECT member, author, removed, after, ends_at, due_at FROM farewells ORDER BY due_at, member";
const PUT: &str = "INSERT INTO farewells (member, author, removed, after, ends_at, due_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (member)
    DO UPDATE SET author = excluded.author, after = excluded.after, due_at = excluded.due_at";
const OVER: &str = "DELETE FROM farewells WHERE member = ?1";

const MESSAGES: &str = "SELECT seq FROM messages WHERE seq > ?1 AND seq <= ?2 AND author = ?3 ORDER BY seq";
const EVENTS: &str = "SELECT count(*) FROM events WHERE seq > ?1 AND seq <= ?2
    AND ?3 IN (json_extract(event, '$.by.id'), json_extract(event, '$.member.id'))";
const REMEMBERED: &str = "SELECT EXISTS (SELECT 1 FROM once WHERE member = ?1)";

// Whoever owns a private room next: who has most to say in it, then who has been in it longest.
const HEIR: &str = "SELECT member, name FROM members
    WHERE member <> ?1 AND (role <> 'member' OR joined_at IS NOT NULL) AND (?2 = 0 OR joined_at IS NOT NULL)
    ORDER BY CASE role WHEN 'owner' THEN 0 WHEN 'moderator' THEN 1 ELSE 2 END, joined_at, member LIMIT 1";

// Before the events below, which say what they reacted to.
const REACTORS: &str = "UPDATE reactors SET member = ?4 WHERE member = ?3 AND target IN (
    SELECT target FROM events WHERE seq > ?1 AND seq <= ?2
    AND json_extract(event, '$.kind') = 'reacted' AND json_extract(event, '$.by.id') = ?3)";
const THEIR_EVENTS: &str = "UPDATE events SET event = json_set(event, '$.by.id', ?4, '$.by.name', '')
    WHERE seq > ?1 AND seq <= ?2 AND json_extract(event, '$.by.id') = ?3";
const EVENTS_ABOUT_THEM: &str =
    "UPDATE events SET event = json_set(event, '$.member.id', ?4, '$.member.name', '')
    WHERE seq > ?1 AND seq <= ?2 AND json_extract(event, '$.member.id') = ?3";
const THEIR_FILES: &str = "UPDATE files SET member = ?4 WHERE message > ?1 AND message <= ?2 AND member = ?3";

/// Rows that are about one member and nobody else.
const THEIR_ROWS: [&str; 5] = [
    "DELETE FROM members WHERE member = ?1",
    "DELETE FROM keepers WHERE member = ?1",
    "DELETE FROM reads WHERE member = ?1",
    "DELETE FROM spoke WHERE member = ?1",
    "DELETE FROM files WHERE message IS NULL AND member = ?1",
];
const THEIR_COMMANDS: &str =
    "DELETE FROM once WHERE member = ?1 AND id IN (SELECT id FROM once WHERE member = ?1 LIMIT ?2)";

/// So many rows of commands go with a part of the log: about as many as it has.
const COMMANDS_AT_ONCE: usize = 4_000;

const ANONYMISE: &str = "UPDATE messages SET author = ?2, name = '' WHERE seq = ?1";
const ANONYMISE_EVENT: &str =
    "UPDATE events SET event = json_set(event, '$.by.id', ?2, '$.by.name', '') WHERE seq = ?1";

impl<S: Sql> Archive<S> {
    /// Those whose farewell is not over, whoever is due first before others.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn farewells(&self) -> Result<Vec<Farewell>, SqlError> {
        self.sql.query(FAREWELLS, &[])?.into_iter().map(farewell).collect()
    }

    /// What the log above `after`, up to `upto`, has of a member.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn traces(&self, member: &MemberId, after: Seq, upto: Seq) -> Result<Traces, SqlError> {
        let part = [row::seq(after)?, row::seq(upto)?, row::text(member.as_str())];
        let messages = self.sql.query(MESSAGES, &part)?;
        let messages = messages.into_iter().map(|row| Columns::of(row).seq()).collect::<Result<_, _>>()?;
        let events = Columns::only(self.sql.query(EVENTS, &part)?)?.integer()?;
        Ok(Traces { messages, events })
    }

    /// Whether the answer to any command of a member is still remembered.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn remembers_commands_of(&self, member: &MemberId) -> Result<bool, SqlError> {
        Columns::only(self.sql.query(REMEMBERED, &[row::text(member.as_str())])?)?.flag()
    }

    /// Who owns the room once `owner` is gone: the moderator, or where there is none, in a private room, the member who has been
    /// in it longest; `None` if there is nobody.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn heir(&self, owner: &MemberId) -> Result<Option<Member>, SqlError> {
        let private = self.log()?.is_some_and(|log| crate::log::is_private(&log.info));
        let rows = self.sql.query(HEIR, &[row::text(owner.as_str()), integer(u64::from(private))?])?;
        let Some(mut columns) = Columns::first(rows) else { return Ok(None) };
        Ok(Some(Member { id: columns.member_id()?, name: columns.text()? }))
    }

    pub(crate) fn put_farewell(&self, farewell: &Farewell) -> Result<(), SqlError> {
        let row = [
            row::text(farewell.member.as_str()),
            farewell.author.as_ref().map_or(Value::Null, |author| row::text(author.as_str())),
            integer(u64::from(farewell.legacy == Legacy::Removed))?,
            row::seq(farewell.after)?,
            integer(farewell.ends_at.0)?,
            integer(farewell.due_at.0)?,
        ];
        self.sql.query(PUT, &row).map(drop)
    }

    pub(crate) fn end_farewell(&self, member: &MemberId) -> Result<(), SqlError> {
        self.sql.query(OVER, &[row::text(member.as_str())]).map(drop)
    }

    pub(crate) fn forget_member(&self, forgetting: &Forgetting) -> Result<(), SqlError> {
        let Forgetting { member, author, after, upto } = forgetting;
        let member = row::text(member.as_str());
        if let Some(author) = author {
            let part = [row::seq(*after)?, row::seq(*upto)?, member.clone(), row::text(author.as_str())];
            for statement in [REACTORS, THEIR_EVENTS, EVENTS_ABOUT_THEM, THEIR_FILES] {
                self.sql.query(statement, &part)?;
            }
        }
        for statement in THEIR_ROWS {
            self.sql.query(statement, std::slice::from_ref(&member))?;
        }
        self.sql.query(THEIR_COMMANDS, &[member, row::count(COMMANDS_AT_ONCE)?]).map(drop)
    }

    /// Nobody wrote the message at `target`, from now on.
    pub(crate) fn anonymise(&self, target: Seq, author: &MemberId) -> Result<(), SqlError> {
        let params = [row::seq(target)?, row::text(author.as_str())];
        self.sql.query(ANONYMISE, &params)?;
        self.sql.query(ANONYMISE_EVENT, &params).map(drop)
    }
}

fn farewell(row: Row) -> Result<Farewell, SqlError> {
    let mut columns = Columns::of(row);
    let member = columns.member_id()?;
    let author = columns.optional_text()?.map(|author| MemberId::parse(&author)).transpose();
    Ok(Farewell {
        member,
        author: author.map_err(|bad| SqlError(format!("a stored author is none: {bad}")))?,
        legacy: if columns.flag()? { Legacy::Removed } else { Legacy::Anonymised },
        after: columns.seq()?,
        ends_at: columns.millis()?,
        due_at: columns.millis()?,
    })
}
