//! From a row's columns to values and back, for the objects that keep their own tables.

use archive::{Row, SqlError, Value};
use protocol::Millis;

/// The text in a column.
pub fn text(row: &Row, column: usize) -> Result<&str, SqlError> {
    match row.get(column) {
        Some(Value::Text(text)) => Ok(text),
        _ => Err(SqlError(format!("column {column} is no text"))),
    }
}

/// The integer in a column.
pub fn integer(row: &Row, column: usize) -> Result<i64, SqlError> {
    match row.get(column) {
        Some(Value::Integer(integer)) => Ok(*integer),
        _ => Err(SqlError(format!("column {column} is no integer"))),
    }
}

/// A text, to be stored.
pub fn word(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// An instant, to be stored.
pub fn instant(at: Millis) -> Value {
    Value::Integer(i64::try_from(at.0).unwrap_or(i64::MAX))
}
