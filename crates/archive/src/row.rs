//! Between the archive's types and SQLite's values. Nothing is guessed: a column of another type is an error.

use std::vec;

use protocol::{MemberId, Millis, Seq, limits::EXACT_INTEGER};
use serde::de::DeserializeOwned;

use crate::sql::{Row, SqlError, Value};

/// A number as SQLite gets it; refuses what a JSON number, and so a JavaScript driver, would round.
pub(crate) fn integer(number: u64) -> Result<Value, SqlError> {
    match i64::try_from(number) {
        Ok(exact) if number <= EXACT_INTEGER => Ok(Value::Integer(exact)),
        _ => Err(SqlError(format!("{number} is beyond the largest number that it keeps exactly, 2^53 - 1"))),
    }
}

pub(crate) fn seq(seq: Seq) -> Result<Value, SqlError> {
    integer(seq.value())
}

pub(crate) fn count(count: usize) -> Result<Value, SqlError> {
    integer(u64::try_from(count).unwrap_or(EXACT_INTEGER).min(EXACT_INTEGER))
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// NULL where there is nothing.
pub(crate) fn optional(value: Option<Result<Value, SqlError>>) -> Result<Value, SqlError> {
    value.unwrap_or(Ok(Value::Null))
}

/// Reads JSON that the archive wrote.
pub(crate) fn json<T: DeserializeOwned>(stored: &str) -> Result<T, SqlError> {
    protocol::decode(stored).map_err(|error| SqlError(format!("a stored row cannot be read: {error}")))
}

/// A row, read from its first column to its last.
pub(crate) struct Columns(vec::IntoIter<Value>);

impl Columns {
    pub(crate) fn of(row: Row) -> Self {
        Self(row.into_iter())
    }

    /// The row of a statement that gives exactly one.
    pub(crate) fn only(rows: Vec<Row>) -> Result<Self, SqlError> {
        Self::first(rows).ok_or_else(|| SqlError("a statement gave no row where it gives one".to_owned()))
    }

    /// The row of a statement that gives one or none.
    pub(crate) fn first(rows: Vec<Row>) -> Option<Self> {
        rows.into_iter().next().map(Self::of)
    }

    pub(crate) fn integer(&mut self) -> Result<u64, SqlError> {
        self.optional_integer()?.ok_or_else(|| wrong("an integer", &Value::Null))
    }

    pub(crate) fn optional_integer(&mut self) -> Result<Option<u64>, SqlError> {
        match self.next()? {
            Value::Integer(number) => {
                let number = u64::try_from(number).map_err(|_| wrong("a count", &Value::Integer(number)))?;
                Ok(Some(number))
            }
            Value::Null => Ok(None),
            other @ (Value::Text(_) | Value::Bytes(_)) => Err(wrong("an integer", &other)),
        }
    }

    pub(crate) fn text(&mut self) -> Result<String, SqlError> {
        self.optional_text()?.ok_or_else(|| wrong("a text", &Value::Null))
    }

    pub(crate) fn optional_text(&mut self) -> Result<Option<String>, SqlError> {
        match self.next()? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            other @ (Value::Integer(_) | Value::Bytes(_)) => Err(wrong("a text", &other)),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, SqlError> {
        match self.next()? {
            Value::Bytes(bytes) => Ok(bytes),
            other @ (Value::Null | Value::Integer(_) | Value::Text(_)) => Err(wrong("bytes", &other)),
        }
    }

    /// SQLite has no booleans: 0 is false.
    pub(crate) fn flag(&mut self) -> Result<bool, SqlError> {
        Ok(self.integer()? != 0)
    }

    pub(crate) fn seq(&mut self) -> Result<Seq, SqlError> {
        Seq::try_from(self.integer()?).map_err(SqlError)
    }

    pub(crate) fn optional_seq(&mut self) -> Result<Option<Seq>, SqlError> {
        self.optional_integer()?.map(|seq| Seq::try_from(seq).map_err(SqlError)).transpose()
    }

    pub(crate) fn millis(&mut self) -> Result<Millis, SqlError> {
        self.integer().map(Millis)
    }

    pub(crate) fn member_id(&mut self) -> Result<MemberId, SqlError> {
        member_id(self.text()?)
    }

    /// Skips nothing, guesses nothing: fails unless the row was written in a version that this code reads.
    pub(crate) fn version(&mut self, known: u64) -> Result<(), SqlError> {
        let version = self.integer()?;
        if version == known {
            return Ok(());
        }
        Err(SqlError(format!(
            "a row has version {version} and this version of the program reads {known}: run the one that wrote it"
        )))
    }

    fn next(&mut self) -> Result<Value, SqlError> {
        self.0.next().ok_or_else(|| SqlError("a row has fewer columns than its statement".to_owned()))
    }
}

pub(crate) fn member_id(stored: String) -> Result<MemberId, SqlError> {
    MemberId::try_from(stored).map_err(|error| SqlError(format!("a stored member id is none: {error}")))
}

fn wrong(wanted: &str, found: &Value) -> SqlError {
    // The value itself stays out of the sentence: it may be a message's text.
    let found = match found {
        Value::Null => "NULL",
        Value::Integer(_) => "an integer that is none",
        Value::Text(_) => "a text",
        Value::Bytes(_) => "bytes",
    };
    SqlError(format!("a column should hold {wanted} and holds {found}"))
}
