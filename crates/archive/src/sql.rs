//! The port to a SQLite: what a driver must do. The Worker has one over the object's storage; rusqlite's and Node's
//! are here. [`crate::conformance`] proves a driver.

use std::rc::Rc;

/// A value in a statement or a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer; every integer of the archive is exact in a JSON number.
    Integer(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
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

/// For an archive that comes and goes while the SQLite stays, as over a crash.
impl<S: Sql + ?Sized> Sql for &S {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        (**self).query(sql, params)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        (**self).transaction(body)
    }
}

/// The same, where the archive and its owner share the SQLite.
impl<S: Sql + ?Sized> Sql for Rc<S> {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        (**self).query(sql, params)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        (**self).transaction(body)
    }
}
