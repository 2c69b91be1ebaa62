//! The room itself and its log: founding, where the log begins and ends, and the events in between.
//!
//! Not here: what the events sum up to (history.rs), and how one gets in (append.rs).

use protocol::{Epoch, Event, Member, Membership, Millis, Role, RoomChange, RoomInfo, Seq, room::Visibility};

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Sql, SqlError},
};

/// What a room is created with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// What the room shows of itself.
    pub info: RoomInfo,
    /// The identity of its log.
    pub epoch: Epoch,
    /// Who owns it; nobody owns the lobby.
    pub owner: Option<Member>,
}

/// A room that was created, and the extent of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// What the room shows of itself.
    pub info: RoomInfo,
    /// The identity of the log.
    pub epoch: Epoch,
    /// The newest seq held; 0 before the first event.
    pub head: Seq,
    /// The oldest seq held; 1 before the first event.
    pub floor: Seq,
    /// When the newest event happened, or the room was made if there is none: no later event is dated before it.
    pub last_at: Millis,
}

/// How much one answer may hold. One item is given in any case, so that a reader always gets on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Items.
    pub count: usize,
    /// Bytes of their JSON, each with the comma behind it.
    pub bytes: usize,
}

/// How `meta.info` and `events.event` are written today.
pub(crate) const INFO_VERSION: u64 = 1;
pub(crate) const EVENT_VERSION: u64 = 1;

const FOUND: &str = "INSERT OR IGNORE INTO meta (id, version, epoch, info) VALUES (1, ?1, ?2, ?3)";

const INFO: &str = "SELECT info FROM meta";
const SET_INFO: &str = "UPDATE meta SET info = ?1";

const LOG: &str = "SELECT version, epoch, info,
    (SELECT min(seq) FROM events), (SELECT max(seq) FROM events),
    (SELECT json_extract(event, '$.at') FROM events WHERE seq = (SELECT max(seq) FROM events))
    FROM meta WHERE gone = 0";

const EVENTS_AFTER: &str = "SELECT version, event FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2";

/// Events read by one statement. The largest has some 30 KB (4,000 control characters, six bytes of JSON each, and
/// its mentions): a chunk stays near 4 MB however many events were asked for.
const CHUNK: usize = 128;

impl<S: Sql> Archive<S> {
    /// Creates the room. A room that is there already stays as it is, but that one without anybody who has a role gets
    /// its owner.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn found(&self, founding: &Founding) -> Result<(), SqlError> {
        let info = protocol::encode(&founding.info);
        let row = [integer(INFO_VERSION)?, row::text(founding.epoch.as_str()), row::text(&info)];
        self.sql.transaction(&mut || {
            self.sql.query(FOUND, &row)?;
            founding.owner.as_ref().map_or(Ok(()), |owner| self.own(owner))
        })
    }

    /// Makes the founder the owner of a room that has nobody with a role: a new one, or one from before there were roles.
    fn own(&self, founder: &Member) -> Result<(), SqlError> {
        // A room that is gone gets nobody any more.
        let Some(Log { info, .. }) = self.log()? else { return Ok(()) };
        if !self.staff()?.is_empty() {
            return Ok(());
        }
        let joined_at = is_private(&info).then_some(info.created_at);
        self.put_member(founder, &Membership { role: Role::Owner, joined_at, ..Membership::default() })
    }

    /// Folds a `room` event into what the room shows of itself.
    pub(crate) fn change_room(&self, change: &RoomChange) -> Result<(), SqlError> {
        let Some(mut columns) = Columns::first(self.sql.query(INFO, &[])?) else { return Ok(()) };
        let mut info: RoomInfo = row::json(&columns.text()?)?;
        info.fold(change);
        self.sql.query(SET_INFO, &[row::text(&protocol::encode(&info))]).map(drop)
    }

    /// The room and where its log begins and ends; `None` if it was never created.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn log(&self) -> Result<Option<Log>, SqlError> {
        let Some(mut columns) = Columns::first(self.sql.query(LOG, &[])?) else { return Ok(None) };
        columns.version(INFO_VERSION)?;
        let epoch = Epoch::try_from(columns.text()?)
            .map_err(|error| SqlError(format!("the stored epoch is none: {error}")))?;
        let info: RoomInfo = row::json(&columns.text()?)?;
        let floor = columns.optional_seq()?.unwrap_or(Seq::ZERO.next());
        let head = columns.optional_seq()?.unwrap_or_default();
        let last_at = columns.optional_integer()?.map_or(info.created_at, Millis);
        Ok(Some(Log { info, epoch, head, floor, last_at }))
    }

    /// The events above `after`, oldest first, as they are now: what was deleted comes redacted.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn events_after(&self, after: Seq, bounds: Bounds) -> Result<Vec<Event>, SqlError> {
        let mut events: Vec<Event> = Vec::new();
        let mut bytes = bounds.bytes;
        let mut last = after;
        let count = bounds.count.max(1);
        while events.len() < count {
            let wanted = CHUNK.min(count.saturating_sub(events.len()));
            let rows = self.sql.query(EVENTS_AFTER, &[row::seq(last)?, row::count(wanted)?])?;
            let ends = rows.len() < wanted;
            for row in rows {
                let mut columns = Columns::of(row);
                columns.version(EVENT_VERSION)?;
                let stored = columns.text()?;
                let size = stored.len().saturating_add(1);
                if size > bytes && !events.is_empty() {
                    return Ok(events);
                }
                bytes = bytes.saturating_sub(size);
                let event: Event = row::json(&stored)?;
                last = event.seq;
                events.push(event);
            }
            if ends {
                break;
            }
        }
        Ok(events)
    }
}

pub(crate) fn is_private(info: &RoomInfo) -> bool {
    info.visibility == Visibility::Private
}
