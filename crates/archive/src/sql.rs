//! The port to a SQLite: what a driver must do. The Worker has one over the object's storage, tests one over rusqlite.

/// A value in a statement or a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer; every integer of the archive is exact in a JSON number.
    Integer(i64),
    /// Text.
    Text(String),
}

/// A row: its columns in the order of the statement.
pub type Row = Vec<Value>;

/// The statement or the transaction failed; nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the room's storage failed: {0}")]
pub struct SqlError(pub String);

/// A SQLite that belongs to one room.
pub trait Sql {
    /// Runs one statement to its end and gives its rows.
    ///
    /// # Errors
    /// Whatever the driver says, as [`SqlError`].
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError>;

    /// Runs `body` in one transaction: all of it is stored, or, when `body` or the commit fails, nothing.
    ///
    /// # Errors
    /// The error of `body`, or of the commit.
    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError>;
}
