//! Tables and how they came to be: numbered migrations, each run once, each in its own transaction.
//!
//! Not here: the statements that use the tables; those stand beside their use. A migration that has been released
//! never changes: `tests/archive/oldest.rs` holds bytes that each one's code wrote.

use crate::{
    row::{Columns, integer},
    sql::{Sql, SqlError},
};

/// A migration's number is its place here, from 1. One text a statement: a driver may take only one at a time.
pub(crate) const MIGRATIONS: &[&[&str]] = &[FIRST, SEARCH, RIGHTS, PLACES, MUTES, HOOKS, FILES, FAREWELLS];

const FIRST: &[&str] = &[
    // One row once the room was created. `info` is JSON; `version` says how to read it.
    "CREATE TABLE meta (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        version INTEGER NOT NULL,
        epoch TEXT NOT NULL,
        info TEXT NOT NULL
    ) STRICT",
    // The log. `event` is the JSON that goes over the wire; `target` is the message that a later event is about.
    "CREATE TABLE events (
        seq INTEGER PRIMARY KEY CHECK (seq > 0),
        target INTEGER,
        version INTEGER NOT NULL,
        event TEXT NOT NULL
    ) STRICT",
    // Partial: a plain message, the most frequent event by far, writes nothing to it.
    "CREATE INDEX events_by_target ON events (target) WHERE target IS NOT NULL",
    // History: the sum of each message's events. `mentions` is a JSON array, NULL for none.
    "CREATE TABLE messages (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        author TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        edited_at INTEGER,
        deleted INTEGER NOT NULL,
        reply_to INTEGER,
        mentions TEXT
    ) STRICT",
    // Partial too: few messages call anybody, and unread mentions are counted over many.
    "CREATE INDEX messages_with_mentions ON messages (seq) WHERE mentions IS NOT NULL",
    // One emoji under a message; `since` is the seq of the event that took its count from 0 to 1, and its place in the order.
    "CREATE TABLE reactions (
        target INTEGER NOT NULL,
        emoji TEXT NOT NULL,
        since INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (target, emoji)
    ) STRICT, WITHOUT ROWID",
    // Who is behind each count: a page of history then reads a row per emoji, however many members reacted.
    "CREATE TABLE reactors (
        target INTEGER NOT NULL,
        emoji TEXT NOT NULL,
        member TEXT NOT NULL,
        PRIMARY KEY (target, emoji, member)
    ) STRICT, WITHOUT ROWID",
    // The answers that repeats get. `digest` is 16 hex digits: it does not fit an integer that JSON holds exactly.
    "CREATE TABLE once (
        member TEXT NOT NULL,
        id TEXT NOT NULL,
        digest TEXT NOT NULL,
        seq INTEGER,
        at INTEGER NOT NULL,
        PRIMARY KEY (member, id)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE reads (
        member TEXT PRIMARY KEY,
        seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE due (
        reason TEXT PRIMARY KEY,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
];

// What can be found, and the index of it. The index holds no text of its own: it reads `searched`, and triggers keep both in
// step in the transaction of each change. `columnsize = 0`: nothing is ranked by length, so that row need not be written.
// `secure-delete`: an entry that goes leaves no trace of its words in the index.
const SEARCH: &[&str] = &[
    "CREATE VIEW searched AS SELECT seq, text, author FROM messages WHERE deleted = 0",
    "CREATE VIRTUAL TABLE search USING fts5 (
        text, author, content = 'searched', content_rowid = 'seq', columnsize = 0, prefix = '2',
        tokenize = 'unicode61 remove_diacritics 2'
    )",
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search (rowid, text, author) SELECT seq, text, author FROM searched",
    "CREATE TRIGGER search_begins AFTER INSERT ON messages WHEN new.deleted = 0 BEGIN
        INSERT INTO search (rowid, text, author) VALUES (new.seq, new.text, new.author);
    END",
    "CREATE TRIGGER search_changes AFTER UPDATE OF text, deleted ON messages WHEN old.deleted = 0 BEGIN
        INSERT INTO search (search, rowid, text, author) VALUES ('delete', old.seq, old.text, old.author);
        INSERT INTO search (rowid, text, author)
            SELECT new.seq, new.text, new.author WHERE new.deleted = 0;
    END",
    "CREATE TRIGGER search_ends AFTER DELETE ON messages WHEN old.deleted = 0 BEGIN
        INSERT INTO search (search, rowid, text, author) VALUES ('delete', old.seq, old.text, old.author);
    END",
];

// Who may do what, and what they did about it.
const RIGHTS: &[&str] = &[
    // Those of whom the room holds more than of anybody. An end that never comes is the largest integer, 2^53 - 1.
    "CREATE TABLE members (
        member TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        joined_at INTEGER,
        muted_until INTEGER,
        banned_until INTEGER
    ) STRICT, WITHOUT ROWID",
    "CREATE INDEX members_with_a_role ON members (role) WHERE role <> 'member'",
    // When each member last wrote while slow mode was on; a row that goes with it is written by no other message.
    "CREATE TABLE spoke (
        member TEXT PRIMARY KEY,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    // `since` is the seq of the event that pinned it.
    "CREATE TABLE pins (
        target INTEGER PRIMARY KEY,
        since INTEGER NOT NULL
    ) STRICT",
    // Which events of the log are the moderation log. A table and no index of `events`: a message writes nothing to it.
    "CREATE TABLE moderation (seq INTEGER PRIMARY KEY) STRICT",
];

// Where else the room is known: who keeps it, who is invited, and what others have still to be told.
const PLACES: &[&str] = &[
    // A room that is gone is told from one that never was.
    "ALTER TABLE meta ADD COLUMN gone INTEGER NOT NULL DEFAULT 0",
    // Members who keep this public room in their list; of a private one all members do.
    "CREATE TABLE keepers (member TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE invites (
        digest TEXT PRIMARY KEY,
        uses INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    // AUTOINCREMENT: a number is never given twice, so that a receiver can tell a repeat.
    "CREATE TABLE outgoing (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        receiver TEXT NOT NULL,
        news TEXT NOT NULL,
        tries INTEGER NOT NULL,
        due_at INTEGER NOT NULL
    ) STRICT",
    // When the Directory was last told how the room is.
    "CREATE TABLE reported (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT",
];

// A room that wakes asks who is muted, and never again: what every command needs is in its memory.
const MUTES: &[&str] =
    &["CREATE INDEX members_with_a_mute ON members (member) WHERE muted_until IS NOT NULL"];

// Who writes here without being anybody, and who is called.
const HOOKS: &[&str] = &[
    // Of one that writes here `digest` is there, of one that is called `url`. `due_at` is NULL while it has nothing to hear.
    "CREATE TABLE hooks (
        hook TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        digest TEXT UNIQUE,
        url TEXT,
        command TEXT,
        due_at INTEGER,
        tries INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    // Which events each has still to hear of; the events themselves stand in the log.
    "CREATE TABLE calls (
        hook TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (hook, seq)
    ) STRICT, WITHOUT ROWID",
];

// What a room holds beside its texts. Triggers let files go with their messages, in the transaction of whatever took those away, so
// that nothing can forget one: a file that leaves loses its pieces, and whoever keeps its bytes elsewhere is told by `outgoing`.
const FILES: &[&str] = &[
    // A JSON array of what messages show of their files, NULL for none.
    "ALTER TABLE messages ADD COLUMN attachments TEXT",
    // `message` is NULL while the file waits for one. `about` is JSON.
    "CREATE TABLE files (
        file TEXT PRIMARY KEY,
        member TEXT NOT NULL,
        about TEXT NOT NULL,
        size INTEGER NOT NULL,
        at INTEGER NOT NULL,
        message INTEGER
    ) STRICT, WITHOUT ROWID",
    "CREATE INDEX files_on_messages ON files (message) WHERE message IS NOT NULL",
    "CREATE INDEX files_that_wait ON files (at) WHERE message IS NULL",
    // The bytes, where the room keeps them itself.
    "CREATE TABLE pieces (
        file TEXT NOT NULL,
        number INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (file, number)
    ) STRICT",
    "CREATE TRIGGER files_go_with_a_deletion AFTER UPDATE OF deleted ON messages
        WHEN old.attachments IS NOT NULL AND new.deleted = 1 BEGIN
        DELETE FROM files WHERE message = old.seq;
    END",
    "CREATE TRIGGER files_go_with_retention AFTER DELETE ON messages WHEN old.attachments IS NOT NULL BEGIN
        DELETE FROM files WHERE message = old.seq;
    END",
    "CREATE TRIGGER files_leave AFTER DELETE ON files BEGIN
        DELETE FROM pieces WHERE file = old.file;
        INSERT INTO outgoing (receiver, news, tries, due_at) VALUES ('.files', old.file, 0, 0);
    END",
];

// Who deleted their account and is not forgotten everywhere yet. An author's id is in the index of words, and goes with it.
const FAREWELLS: &[&str] = &[
    "CREATE TABLE farewells (
        member TEXT PRIMARY KEY,
        author TEXT,
        removed INTEGER NOT NULL,
        after INTEGER NOT NULL,
        ends_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TRIGGER search_changes_author AFTER UPDATE OF author ON messages WHEN old.deleted = 0 BEGIN
        INSERT INTO search (search, rowid, text, author) VALUES ('delete', old.seq, old.text, old.author);
        INSERT INTO search (rowid, text, author) VALUES (new.seq, new.text, new.author);
    END",
];

const CREATE: &str = "CREATE TABLE IF NOT EXISTS _migrations (number INTEGER PRIMARY KEY) STRICT";
const NEWEST: &str = "SELECT coalesce(max(number), 0) FROM _migrations";
const RAN: &str = "INSERT INTO _migrations (number) VALUES (?1)";

/// Runs the migrations that this database has not seen yet. A migration's number is its place in `migrations`, from 1;
/// one statement a text. Other objects than a room keep their own tables by it.
///
/// # Errors
/// [`SqlError`] when the driver fails, or when the database has seen more migrations than these.
pub fn migrate(sql: &impl Sql, migrations: &[&[&str]]) -> Result<(), SqlError> {
    sql.query(CREATE, &[])?;
    let ran = Columns::only(sql.query(NEWEST, &[])?)?.integer()?;
    let known = u64::try_from(migrations.len()).unwrap_or(u64::MAX);
    if ran > known {
        return Err(SqlError(format!(
            "its schema is at migration {ran} and this version knows {known}: run the version that wrote it, or a later one"
        )));
    }
    for (number, statements) in (1..).zip(migrations).filter(|(number, _)| *number > ran) {
        sql.transaction(&mut || {
            for statement in *statements {
                sql.query(statement, &[])?;
            }
            sql.query(RAN, &[integer(number)?]).map(drop)
        })?;
    }
    Ok(())
}
