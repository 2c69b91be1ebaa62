//! The port over rusqlite, with SQLite's own C code built in: for the simulator, for tests and for readers of a copy.
//!
//! Statements are prepared once a connection. A transaction that fails, in its body or at its commit, is rolled back.

use std::path::Path;

use rusqlite::{
    Connection, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use crate::sql::{Row, Sql, SqlError, Value};

/// A SQLite of this process, in memory or in a file.
#[derive(Debug)]
pub struct Native {
    connection: Connection,
}

/// More than the archive has statements.
const PREPARED: usize = 64;

impl Native {
    /// A new one in memory; gone when it is dropped.
    ///
    /// # Errors
    /// [`SqlError`] when SQLite cannot start.
    pub fn in_memory() -> Result<Self, SqlError> {
        Connection::open_in_memory().map(Self::over).map_err(failed)
    }

    /// The one in the file at `path`, which is made if it is not there.
    ///
    /// # Errors
    /// [`SqlError`] when the file cannot be opened.
    pub fn in_file(path: &Path) -> Result<Self, SqlError> {
        Connection::open(path).map(Self::over).map_err(failed)
    }

    fn over(connection: Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Self { connection }
    }
}

impl Sql for Native {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let width = statement.column_count();
        let mut rows = statement.query(params_from_iter(params)).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let columns = (0..width).map(|column| value(row.get_ref(column).map_err(failed)?));
            found.push(columns.collect::<Result<Row, SqlError>>()?);
        }
        Ok(found)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        let run = |sql| self.query(sql, &[]).map(drop);
        run("BEGIN IMMEDIATE")?;
        body().and_then(|()| run("COMMIT")).inspect_err(|_| {
            // SQLite may have rolled back by itself; then there is nothing left to do, and this says so.
            drop(run("ROLLBACK"));
        })
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(column: ValueRef<'_>) -> Result<Value, SqlError> {
    match column {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Text(bytes) => {
            let text =
                std::str::from_utf8(bytes).map_err(|_| SqlError("a stored text is not UTF-8".to_owned()))?;
            Ok(Value::Text(text.to_owned()))
        }
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => {
            Err(SqlError("a column holds a real number; the archive writes none".to_owned()))
        }
    }
}

fn failed(error: rusqlite::Error) -> SqlError {
    SqlError(error.to_string())
}
