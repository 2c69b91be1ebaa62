//! What an Inbox has still to tell to rooms: when each row is due, and what becomes of it.
//!
//! Invariant: a row stays until its room has heard it; it is written in the turn that made it true.

use std::fmt;

use archive::{Row, Sql, SqlError, Value};
use protocol::{MemberId, Millis, Slug, id::BadId};

use crate::{
    columns::{instant, integer, text, word},
    inbox::Inbox,
    inbox_ask::News,
    limits::{TELL_AGAIN_FIRST_MS, TELL_AGAIN_LONGEST_MS, TOLD_AT_ONCE},
};

/// A row of `outgoing` that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number, which grows.
    pub number: i64,
    /// Who must hear it.
    pub receiver: Receiver,
    /// What.
    pub news: News,
}

/// Who must hear something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// A room.
    Room(Slug),
    /// The Inbox of the person that the member is.
    Person(MemberId),
}

impl fmt::Display for Receiver {
    /// As a row has it. No slug begins with a dot.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(room) => write!(out, "{room}"),
            Self::Person(person) => write!(out, ".{person}"),
        }
    }
}

impl Receiver {
    fn parse(stored: &str) -> Result<Self, BadId> {
        match stored.strip_prefix('.') {
            Some(person) => MemberId::parse(person).map(Self::Person),
            None => Slug::parse(stored).map(Self::Room),
        }
    }
}

impl<S: Sql> Inbox<S> {
    /// Ends what has run out, and gives what rooms must hear now: the oldest first, so many at most.
    pub fn ring(&self, now: Millis) -> Result<Vec<Outgoing>, SqlError> {
        self.sql.transaction(&mut || {
            let over = "SELECT sign_in FROM sign_ins WHERE ended = 0 AND expires_at <= ?1";
            let over = self.sql.query(over, &[instant(now)])?;
            over.iter().try_for_each(|row| self.end(text(row, 0)?, now))
        })?;
        let due = "SELECT number, room, news FROM outgoing WHERE due_at <= ?1 ORDER BY number LIMIT ?2";
        let most = Value::Integer(i64::try_from(TOLD_AT_ONCE).unwrap_or(i64::MAX));
        self.sql.query(due, &[instant(now), most])?.iter().map(outgoing).collect()
    }

    /// The room has heard it.
    pub fn heard(&self, number: i64) -> Result<(), SqlError> {
        self.sql.query("DELETE FROM outgoing WHERE number = ?1", &[Value::Integer(number)]).map(drop)
    }

    /// The room did not answer: again later, and later each time.
    pub fn not_heard(&self, number: i64, now: Millis) -> Result<(), SqlError> {
        let tries =
            self.sql.query("SELECT tries FROM outgoing WHERE number = ?1", &[Value::Integer(number)])?;
        let tries = tries.first().map_or(Ok(0), |row| integer(row, 0))?;
        let again = "UPDATE outgoing SET tries = tries + 1, due_at = ?2 WHERE number = ?1";
        let due_at = now.plus(wait_ms(tries));
        self.sql.query(again, &[Value::Integer(number), instant(due_at)]).map(drop)
    }

    /// When [`Inbox::ring`] has something to do next.
    pub fn due_at(&self) -> Result<Option<Millis>, SqlError> {
        let next = "SELECT min(at) FROM (
            SELECT min(due_at) AS at FROM outgoing
            UNION ALL SELECT min(due_at) FROM nudges
            UNION ALL SELECT min(expires_at) AS at FROM sign_ins WHERE ended = 0)";
        let rows = self.sql.query(next, &[])?;
        match rows.first().and_then(|row| row.first()) {
            Some(Value::Integer(at)) => Ok(u64::try_from(*at).ok().map(Millis)),
            _ => Ok(None),
        }
    }

    /// Sees to it that a room hears it.
    pub fn tell(&self, room: &str, news: &News, now: Millis) -> Result<(), SqlError> {
        let news = serde_json::to_string(news).map_err(|error| SqlError(error.to_string()))?;
        let tell = "INSERT INTO outgoing (room, news, tries, due_at) VALUES (?1, ?2, 0, ?3)";
        self.sql.query(tell, &[word(room), Value::Text(news), instant(now)]).map(drop)
    }
}

fn wait_ms(tries: i64) -> u64 {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(32);
    TELL_AGAIN_FIRST_MS.saturating_mul(1 << doublings).min(TELL_AGAIN_LONGEST_MS)
}

fn outgoing(row: &Row) -> Result<Outgoing, SqlError> {
    let malformed =
        |what: &dyn std::fmt::Display| SqlError(format!("a row of outgoing cannot be read: {what}"));
    Ok(Outgoing {
        number: integer(row, 0)?,
        receiver: Receiver::parse(text(row, 1)?).map_err(|bad| malformed(&bad))?,
        news: protocol::decode(text(row, 2)?).map_err(|bad| malformed(&bad))?,
    })
}
