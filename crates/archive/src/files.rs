//! Files: what the room knows of each, and, where it keeps them itself, their bytes in pieces.
//!
//! Not here: what a file is, and who may bring or read one. The invariant: a file is on one message or waits for one, and when it
//! leaves, by whatever way its message does, its pieces leave in the same transaction and a row of `outgoing` says so: triggers
//! of the schema see to it.

use protocol::{File, FileId, MemberId, Millis, Seq};

use crate::{
    Archive,
    row::{self, Columns, integer},
    sql::{Sql, SqlError, Value},
};

/// The receiver of what whoever keeps the bytes must hear: a file left. No member's id has a dot.
pub const FILES: &str = ".files";

/// Bytes of each piece but the last: a row of two of the runtime's pages of 128 KiB, and little beside an object's memory.
pub const PIECE_BYTES: u64 = 256 * 1024;

/// A file that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// What it is.
    pub file: File,
    /// Who brought it.
    pub member: MemberId,
    /// When.
    pub at: Millis,
}

/// A file that the room holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What it is.
    pub file: File,
    /// Who brought it.
    pub member: MemberId,
    /// The message it is on; `None` while it waits for one.
    pub message: Option<Seq>,
}

const BRING: &str = "INSERT INTO files (file, member, about, size, at) VALUES (?1, ?2, ?3, ?4, ?5)";
const ATTACH: &str = "UPDATE files SET message = ?2 WHERE file = ?1 AND message IS NULL";
const DROP_WAITING: &str = "DELETE FROM files WHERE message IS NULL AND at <= ?1";
const FILE: &str = "SELECT about, member, message FROM files WHERE file = ?1";
const WAITING: &str = "SELECT count(*) FROM files WHERE message IS NULL AND member = ?1";
const OLDEST_WAITING: &str = "SELECT min(at) FROM files WHERE message IS NULL";
const BYTES: &str = "SELECT coalesce(sum(size), 0) FROM files";
const HAS_FILES: &str = "SELECT EXISTS (SELECT 1 FROM files WHERE message BETWEEN ?1 AND ?2)";
// A file that left while it came must not leave its pieces behind.
const PUT_PIECE: &str = "INSERT INTO pieces (file, number, bytes)
    SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM files WHERE file = ?1) RETURNING number";
const PIECE: &str = "SELECT bytes FROM pieces WHERE file = ?1 AND number = ?2";

impl<S: Sql> Archive<S> {
    /// The file of this id; `None` if the room holds none.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn file(&self, file: &FileId) -> Result<Option<Stored>, SqlError> {
        let Some(mut columns) = Columns::first(self.sql.query(FILE, &[row::text(file.as_str())])?) else {
            return Ok(None);
        };
        let (file, member) = (row::json(&columns.text()?)?, columns.member_id()?);
        Ok(Some(Stored { file, member, message: columns.optional_seq()? }))
    }

    /// How many files of `member` wait for a message.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn waiting_files(&self, member: &MemberId) -> Result<u64, SqlError> {
        Columns::only(self.sql.query(WAITING, &[row::text(member.as_str())])?)?.integer()
    }

    /// When the file came that has waited longest; `None` if none waits.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn oldest_waiting_at(&self) -> Result<Option<Millis>, SqlError> {
        Ok(Columns::only(self.sql.query(OLDEST_WAITING, &[])?)?.optional_integer()?.map(Millis))
    }

    /// The sizes of all files together, in bytes.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn file_bytes(&self) -> Result<u64, SqlError> {
        Columns::only(self.sql.query(BYTES, &[])?)?.integer()
    }

    /// Whether a message from `first` to `last` has a file.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn has_files(&self, first: Seq, last: Seq) -> Result<bool, SqlError> {
        Columns::only(self.sql.query(HAS_FILES, &[row::seq(first)?, row::seq(last)?])?)?.flag()
    }

    /// Keeps a piece of a file, apart from any turn: nobody knows of the file before its last piece is there.
    ///
    /// # Errors
    /// [`SqlError`] from the driver; for a file that the room does not hold; for a piece that is there.
    pub fn put_piece(&self, file: &FileId, number: u64, bytes: Vec<u8>) -> Result<(), SqlError> {
        let piece = [row::text(file.as_str()), integer(number)?, Value::Bytes(bytes)];
        match self.sql.query(PUT_PIECE, &piece)?.is_empty() {
            true => Err(SqlError("the file left while it came: bring it again".to_owned())),
            false => Ok(()),
        }
    }

    /// A piece of a file, from 0 on; `None` behind the last, and for a file that left.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn piece(&self, file: &FileId, number: u64) -> Result<Option<Vec<u8>>, SqlError> {
        let rows = self.sql.query(PIECE, &[row::text(file.as_str()), integer(number)?])?;
        Columns::first(rows).map(|mut columns| columns.bytes()).transpose()
    }

    pub(crate) fn bring(&self, Brought { file, member, at }: &Brought) -> Result<(), SqlError> {
        let about = Value::Text(protocol::encode(file));
        let row = [row::text(file.file.as_str()), row::text(member.as_str()), about];
        let row = row.into_iter().chain([integer(file.size)?, integer(at.0)?]).collect::<Vec<_>>();
        self.sql.query(BRING, &row).map(drop)
    }

    pub(crate) fn attach(&self, file: &FileId, message: Seq) -> Result<(), SqlError> {
        self.sql.query(ATTACH, &[row::text(file.as_str()), row::seq(message)?]).map(drop)
    }

    pub(crate) fn drop_waiting(&self, until: Millis) -> Result<(), SqlError> {
        self.sql.query(DROP_WAITING, &[integer(until.0)?]).map(drop)
    }
}
