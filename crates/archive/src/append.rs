//! How a turn gets in: all its changes in one transaction, each event folded into the message it is about.
//!
//! The invariant: after every commit the tables `messages`, `reactions`, `reactors`, `pins` and `members`, and what the
//! room shows of itself, are the fold of `events`, and `events` has no hole. A plain message costs three statements: its event, its row, its once-only row.

use protocol::{Event, EventKind, MemberId, Message, Seq};

use crate::{
    Archive,
    change::Change,
    log::EVENT_VERSION,
    row::{self, integer},
    sql::{Sql, SqlError, Value},
};

// The condition keeps the log without holes, the primary key without repeats; no row comes back if it does not hold.
const EVENT: &str = "INSERT INTO events (seq, target, version, event)
    SELECT ?1, ?2, ?3, ?4 WHERE ?1 = (SELECT coalesce(max(seq), 0) + 1 FROM events)
    RETURNING seq";

const MESSAGE: &str =
    "INSERT INTO messages (seq, at, author, name, text, deleted, reply_to, mentions, attachments)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

const EDIT: &str = "UPDATE messages SET text = ?2, edited_at = ?3 WHERE seq = ?1 AND deleted = 0";

const REDACT_MESSAGE: &str = "UPDATE messages
    SET text = '', edited_at = NULL, deleted = 1, reply_to = NULL, mentions = NULL, attachments = NULL
    WHERE seq = ?1 AND deleted = 0 RETURNING seq";

// Leaves the bytes that encoding the redacted event would give: `redacted` is the last field of both kinds.
const REDACT_EVENTS: &str = "UPDATE events
    SET event = json_set(
        json_remove(event, '$.text', '$.reply_to', '$.mentions', '$.attachments'), '$.redacted', json('true')
    )
    WHERE seq = ?1 OR (target = ?1 AND json_extract(event, '$.kind') = 'edited')";

const REDACT_REACTIONS: &str = "DELETE FROM reactions WHERE target = ?1";
const REDACT_REACTORS: &str = "DELETE FROM reactors WHERE target = ?1";

const REACT: &str = "INSERT OR IGNORE INTO reactors (target, emoji, member)
    SELECT seq, ?2, ?3 FROM messages WHERE seq = ?1 AND deleted = 0 RETURNING target";
const COUNT_UP: &str = "INSERT INTO reactions (target, emoji, since, count) VALUES (?1, ?2, ?3, 1)
    ON CONFLICT (target, emoji) DO UPDATE SET count = count + 1";

const UNREACT: &str =
    "DELETE FROM reactors WHERE target = ?1 AND emoji = ?2 AND member = ?3 RETURNING target";
const COUNT_DOWN: &str = "UPDATE reactions SET count = count - 1 WHERE target = ?1 AND emoji = ?2";
const COUNT_NONE: &str = "DELETE FROM reactions WHERE target = ?1 AND emoji = ?2 AND count = 0";

impl<S: Sql> Archive<S> {
    /// Stores the changes of one turn: all of them, or, where one fails, none.
    ///
    /// # Errors
    /// [`SqlError`] from the driver; for an event whose seq is not the one after head; for a command that was
    /// remembered before.
    pub fn commit(&self, changes: &[Change]) -> Result<(), SqlError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.sql.transaction(&mut || changes.iter().try_for_each(|change| self.store(change)))
    }

    fn store(&self, change: &Change) -> Result<(), SqlError> {
        match change {
            Change::Append(event) => self.append(event),
            Change::Remember(once) => self.remember(once),
            Change::Read { member, seq } => self.mark_read(member, *seq),
            Change::Rename(member) => self.rename_member(member),
            Change::Spoke { member, at } => self.spoke(member, *at),
            Change::Keep(member) => self.keep(member),
            Change::LetGo(member) => self.let_go(member),
            Change::Invite(invite) => self.put_invite(invite),
            Change::UseInvite(digest) => self.use_invite(digest),
            Change::RevokeInvite(digest) => self.revoke_invite(digest),
            Change::Hook(change) => self.change_hook(change),
            Change::Tell(tell) => self.put_outgoing(tell),
            Change::Farewell(farewell) => self.put_farewell(farewell),
            Change::Forget(forgetting) => self.forget_member(forgetting),
            Change::FarewellOver(member) => self.end_farewell(member),
            Change::Bury(burial) => self.bury(burial),
            Change::Bring(brought) => self.bring(brought),
            Change::DropWaiting { until } => self.drop_waiting(*until),
            Change::Due { reason, at } => self.set_due(reason, *at),
        }
    }

    fn append(&self, event: &Event) -> Result<(), SqlError> {
        let target = row::optional(target(&event.kind).map(row::seq))?;
        let json = Value::Text(protocol::encode(event));
        let row = [row::seq(event.seq)?, target, integer(EVENT_VERSION)?, json];
        if self.sql.query(EVENT, &row)?.is_empty() {
            return Err(SqlError(format!("event {} does not follow the newest of its log", event.seq)));
        }
        match &event.kind {
            EventKind::Message { .. } => Message::begin(event).map_or(Ok(()), |message| self.begin(&message)),
            EventKind::Edited { target, text: Some(text), .. } => {
                let params = [row::seq(*target)?, row::text(text), integer(event.at.0)?];
                self.sql.query(EDIT, &params).map(drop)
            }
            EventKind::Deleted { target } => {
                self.note_deletion(event, *target)?;
                self.redact(*target)
            }
            EventKind::Reacted { target, emoji, on: true } => {
                self.react(*target, emoji, &event.by.id, event.seq)
            }
            EventKind::Reacted { target, emoji, on: false } => self.unreact(*target, emoji, &event.by.id),
            EventKind::Pinned { target, on } => {
                self.note_moderation(event.seq)?;
                if *on { self.pin(*target, event.seq) } else { self.unpin(*target) }
            }
            EventKind::Member { member, .. } => {
                self.note_moderation(event.seq)?;
                self.fold_member(member, event)
            }
            EventKind::Room(change) => {
                self.note_moderation(event.seq)?;
                self.change_room(change)
            }
            EventKind::Pruned { floor } => self.prune(*floor),
            EventKind::Anonymised { targets, author, removed } => targets.iter().try_for_each(|target| {
                if *removed {
                    self.redact(*target)?;
                }
                self.anonymise(*target, author)
            }),
            // An edit that is redacted already, or a kind of a later version, has its place in the log alone.
            EventKind::Edited { text: None, .. } | EventKind::Unknown => Ok(()),
        }
    }

    fn begin(&self, message: &Message) -> Result<(), SqlError> {
        let mentions = (!message.mentions.is_empty()).then(|| protocol::encode(&message.mentions));
        let attachments = (!message.attachments.is_empty()).then(|| protocol::encode(&message.attachments));
        let row = [
            row::seq(message.seq)?,
            integer(message.at.0)?,
            row::text(message.by.id.as_str()),
            row::text(&message.by.name),
            row::text(&message.text),
            integer(u64::from(message.deleted))?,
            row::optional(message.reply_to.as_ref().map(|target| row::seq(target.seq)))?,
            mentions.map_or(Value::Null, Value::Text),
            attachments.map_or(Value::Null, Value::Text),
        ];
        self.sql.query(MESSAGE, &row)?;
        message.attachments.iter().try_for_each(|file| self.attach(&file.file, message.seq))
    }

    fn redact(&self, target: Seq) -> Result<(), SqlError> {
        let params = [row::seq(target)?];
        if self.sql.query(REDACT_MESSAGE, &params)?.is_empty() {
            return Ok(());
        }
        for statement in [REDACT_EVENTS, REDACT_REACTIONS, REDACT_REACTORS] {
            self.sql.query(statement, &params)?;
        }
        self.unpin(target)
    }

    fn react(&self, target: Seq, emoji: &str, member: &MemberId, since: Seq) -> Result<(), SqlError> {
        let (target, emoji) = (row::seq(target)?, row::text(emoji));
        let reactor = [target.clone(), emoji.clone(), row::text(member.as_str())];
        if self.sql.query(REACT, &reactor)?.is_empty() {
            return Ok(());
        }
        self.sql.query(COUNT_UP, &[target, emoji, row::seq(since)?]).map(drop)
    }

    fn unreact(&self, target: Seq, emoji: &str, member: &MemberId) -> Result<(), SqlError> {
        let reaction = [row::seq(target)?, row::text(emoji)];
        let [target, emoji] = reaction.clone();
        if self.sql.query(UNREACT, &[target, emoji, row::text(member.as_str())])?.is_empty() {
            return Ok(());
        }
        self.sql.query(COUNT_DOWN, &reaction)?;
        self.sql.query(COUNT_NONE, &reaction).map(drop)
    }
}

/// The message that an event is about, apart from the one it begins.
fn target(kind: &EventKind) -> Option<Seq> {
    match kind {
        EventKind::Edited { target, .. }
        | EventKind::Deleted { target }
        | EventKind::Reacted { target, .. }
        | EventKind::Pinned { target, .. } => Some(*target),
        EventKind::Message { .. }
        | EventKind::Member { .. }
        | EventKind::Room(_)
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => None,
    }
}
