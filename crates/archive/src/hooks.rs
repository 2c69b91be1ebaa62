//! Webhooks of a room: those that write here, those that hear of what is written, and what these have still to hear.
//!
//! Not here: how they are reached, and the secrets; of an incoming one's a digest is kept, of an outgoing one's nothing. The invariant:
//! a call is stored in the turn of its event and stays until it was heard, whatever becomes of the object in between.

use protocol::{Event, MemberId, Millis, Seq, SlashCommand};

use crate::{
    Archive,
    log::{Bounds, EVENT_VERSION},
    row::{self, Columns, integer},
    sql::{Row, Sql, SqlError},
};

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Who writes by it: a member that nobody is.
    pub id: MemberId,
    /// What it is called.
    pub name: String,
    /// Which way it goes.
    pub way: Way,
}

/// Which way a webhook goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Whoever knows its secret writes here.
    In {
        /// Of the secret, in hex.
        digest: String,
    },
    /// It is called.
    Out(Outward),
}

/// Where a webhook is called, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outward {
    /// Where.
    pub url: String,
    /// For this command alone; for every event without one.
    pub command: Option<SlashCommand>,
    /// When it is called next; `None` while it has nothing to hear.
    pub due: Option<Millis>,
    /// How often it was called in vain since it last answered.
    pub tries: u64,
}

/// What becomes of webhooks in a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookChange {
    /// There is one more.
    Put(Hook),
    /// There is no such one any more, nor what it has still to hear.
    Drop(MemberId),
    /// It must hear of this event.
    Call {
        /// Which.
        hook: MemberId,
        /// The event.
        seq: Seq,
    },
    /// It need hear of nothing up to here.
    Done {
        /// Which.
        hook: MemberId,
        /// The newest event.
        upto: Seq,
    },
    /// It is called then.
    Due {
        /// Which.
        hook: MemberId,
        /// When; `None` while it has nothing to hear.
        at: Option<Millis>,
        /// How often it was called in vain.
        tries: u64,
    },
}

macro_rules! rows {
    ($rest:literal) => {
        concat!("SELECT hook, name, digest, url, command, due_at, tries FROM hooks ", $rest)
    };
}
const ALL: &str = rows!("ORDER BY hook");
const BY_DIGEST: &str = rows!("WHERE digest = ?1");
const PUT: &str = "INSERT INTO hooks (hook, name, digest, url, command, due_at, tries)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const DROP: &str = "DELETE FROM hooks WHERE hook = ?1";
const DROP_CALLS: &str = "DELETE FROM calls WHERE hook = ?1";
const CALL: &str = "INSERT INTO calls (hook, seq) VALUES (?1, ?2)";
const DONE: &str = "DELETE FROM calls WHERE hook = ?1 AND seq <= ?2";
const DUE: &str = "UPDATE hooks SET due_at = ?2, tries = ?3 WHERE hook = ?1";
const DUE_AT: &str = "SELECT min(due_at) FROM hooks";
const WAITS: &str = "SELECT EXISTS (SELECT 1 FROM calls WHERE hook = ?1 AND seq > ?2)";
const TOO_OLD: &str = "SELECT seq FROM calls WHERE hook = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2";
// An event that retention has taken is nothing to hear of any more.
const CALLS: &str = "SELECT calls.seq, events.event IS NOT NULL, events.version, events.event FROM calls
    LEFT JOIN events ON events.seq = calls.seq WHERE calls.hook = ?1 ORDER BY calls.seq LIMIT ?2";

impl<S: Sql> Archive<S> {
    /// All webhooks, by id.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn hooks(&self) -> Result<Vec<Hook>, SqlError> {
        self.sql.query(ALL, &[])?.into_iter().map(hook).collect()
    }

    /// The incoming one whose secret has this digest.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn hook_by_digest(&self, digest: &str) -> Result<Option<Hook>, SqlError> {
        self.sql.query(BY_DIGEST, &[row::text(digest)])?.into_iter().next().map(hook).transpose()
    }

    /// When the first of them is to be called; `None` if none is.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn hooks_due_at(&self) -> Result<Option<Millis>, SqlError> {
        Ok(Columns::only(self.sql.query(DUE_AT, &[])?)?.optional_integer()?.map(Millis))
    }

    /// What a webhook has to hear first: up to which event, and those of them that are still there, as they are now. Nothing if it has
    /// nothing to hear.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn calls(&self, hook: &MemberId, bounds: Bounds) -> Result<Option<(Seq, Vec<Event>)>, SqlError> {
        let rows = self.sql.query(CALLS, &[row::text(hook.as_str()), row::count(bounds.count)?])?;
        let (mut upto, mut events, mut bytes) = (None, Vec::new(), bounds.bytes);
        for row in rows {
            let mut columns = Columns::of(row);
            let seq = columns.seq()?;
            if columns.flag()? {
                columns.version(EVENT_VERSION)?;
                let stored = columns.text()?;
                if stored.len() > bytes && !events.is_empty() {
                    break;
                }
                bytes = bytes.saturating_sub(stored.len());
                events.push(row::json(&stored)?);
            }
            upto = Some(seq);
        }
        Ok(upto.map(|upto| (upto, events)))
    }

    /// Whether a webhook has something to hear above `upto`.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn has_calls_above(&self, hook: &MemberId, upto: Seq) -> Result<bool, SqlError> {
        Columns::only(self.sql.query(WAITS, &[row::text(hook.as_str()), row::seq(upto)?])?)?.flag()
    }

    /// The newest event that a webhook would not hear of if it kept only `count` of what it has to hear.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn calls_beyond(&self, hook: &MemberId, count: usize) -> Result<Option<Seq>, SqlError> {
        let rows = self.sql.query(TOO_OLD, &[row::text(hook.as_str()), row::count(count)?])?;
        Columns::first(rows).map(|mut columns| columns.seq()).transpose()
    }

    pub(crate) fn change_hook(&self, change: &HookChange) -> Result<(), SqlError> {
        match change {
            HookChange::Put(hook) => self.put_hook(hook),
            HookChange::Drop(hook) => {
                self.sql.query(DROP_CALLS, &[row::text(hook.as_str())])?;
                self.sql.query(DROP, &[row::text(hook.as_str())]).map(drop)
            }
            HookChange::Call { hook, seq } => {
                self.sql.query(CALL, &[row::text(hook.as_str()), row::seq(*seq)?]).map(drop)
            }
            HookChange::Done { hook, upto } => {
                self.sql.query(DONE, &[row::text(hook.as_str()), row::seq(*upto)?]).map(drop)
            }
            HookChange::Due { hook, at, tries } => {
                let at = row::optional(at.map(|at| integer(at.0)))?;
                self.sql.query(DUE, &[row::text(hook.as_str()), at, integer(*tries)?]).map(drop)
            }
        }
    }

    fn put_hook(&self, Hook { id, name, way }: &Hook) -> Result<(), SqlError> {
        let text = |text: Option<&str>| row::optional(text.map(|text| Ok(row::text(text))));
        let (digest, out) = match way {
            Way::In { digest } => (Some(digest.as_str()), None),
            Way::Out(out) => (None, Some(out)),
        };
        let row = [
            row::text(id.as_str()),
            row::text(name),
            text(digest)?,
            text(out.map(|out| out.url.as_str()))?,
            text(out.and_then(|out| out.command.as_ref()).map(SlashCommand::as_str))?,
            row::optional(out.and_then(|out| out.due).map(|at| integer(at.0)))?,
            integer(out.map_or(0, |out| out.tries))?,
        ];
        self.sql.query(PUT, &row).map(drop)
    }
}

fn hook(row: Row) -> Result<Hook, SqlError> {
    let mut columns = Columns::of(row);
    let (id, name) = (columns.member_id()?, columns.text()?);
    let way = match (columns.optional_text()?, columns.optional_text()?) {
        (Some(digest), None) => Way::In { digest },
        (None, Some(url)) => {
            let command = columns.optional_text()?.as_deref().map(SlashCommand::parse).transpose();
            let command = command.map_err(|_| SqlError("a stored command is none".to_owned()))?;
            let due = columns.optional_integer()?.map(Millis);
            Way::Out(Outward { url, command, due, tries: columns.integer()? })
        }
        _ => return Err(SqlError("a stored webhook goes neither in nor out".to_owned())),
    };
    Ok(Hook { id, name, way })
}
