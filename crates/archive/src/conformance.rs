//! What every driver must do, as one run that says what one does not.
//!
//! Called by the tests of each driver; in a test build of the Worker it runs against the object's own storage.

use crate::sql::{Sql, SqlError, Value};

/// What a driver does that it must not, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the driver {0}")]
pub struct Flaw(String);

impl From<SqlError> for Flaw {
    fn from(error: SqlError) -> Self {
        Self(format!("refused a statement that it must run: {}", error.0))
    }
}

const MAKE: &str = "CREATE TABLE conformance (
    id INTEGER PRIMARY KEY, number INTEGER, words TEXT, bytes BLOB, UNIQUE (words)
) STRICT";
const CLEAR: &str = "DROP TABLE IF EXISTS conformance";
const PUT: &str = "INSERT INTO conformance (id, number, words) VALUES (?1, ?2, ?3)";
const TAKE: &str = "SELECT id, number, words FROM conformance WHERE id = ?1";
const PUT_BYTES: &str = "INSERT INTO conformance (id, bytes) VALUES (?1, ?2)";
const TAKE_BYTES: &str = "SELECT bytes FROM conformance WHERE id = ?1";
const COUNT: &str = "SELECT count(*) FROM conformance";

/// Runs `sql` through everything that the archive asks of a driver. It uses one table, `conformance`, which is gone afterwards.
///
/// # Errors
/// The first [`Flaw`].
pub fn conformance(sql: &impl Sql) -> Result<(), Flaw> {
    sql.query(CLEAR, &[])?;
    sql.query(MAKE, &[])?;
    values_come_back(sql)?;
    bytes_come_back(sql)?;
    statements_say_what_they_found(sql)?;
    mistakes_are_errors(sql)?;
    transactions_are_whole(sql)?;
    sql.query(CLEAR, &[])?;
    Ok(())
}

fn values_come_back(sql: &impl Sql) -> Result<(), Flaw> {
    const EXACT: i64 = (1 << 53) - 1;
    let numbers = [0, 1, -1, i64::from(i32::MAX) + 1, EXACT, -EXACT].map(Value::Integer);
    let texts = [
        "",
        "plain",
        "a\0b",
        "\0",
        "naïve 👩‍👩‍👧‍👦 \u{10ffff}",
        "'; DROP TABLE conformance; --",
        "\u{feff}mark",
        "12",
        "null",
    ];
    let texts = texts.map(|text| Value::Text(text.to_owned()));
    let columns = numbers.into_iter().map(|number| (number, Value::Null));
    let columns = columns.chain(texts.into_iter().map(|text| (Value::Null, text)));
    for (id, (number, words)) in (1..).zip(columns) {
        let row = vec![Value::Integer(id), number, words];
        sql.query(PUT, &row)?;
        let found = sql.query(TAKE, &[Value::Integer(id)])?;
        if found.first() != Some(&row) || found.len() != 1 {
            return Err(Flaw(format!("stored {row:?} and gave back {found:?}")));
        }
    }
    Ok(())
}

fn bytes_come_back(sql: &impl Sql) -> Result<(), Flaw> {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    for (id, bytes) in (300..).zip([Vec::new(), all.clone(), all.repeat(1_024)]) {
        let bytes = Value::Bytes(bytes);
        sql.query(PUT_BYTES, &[Value::Integer(id), bytes.clone()])?;
        let found = sql.query(TAKE_BYTES, &[Value::Integer(id)])?;
        require(found == [vec![bytes]], "does not give bytes back as they were")?;
    }
    sql.query("DELETE FROM conformance WHERE id >= 300", &[]).map(drop)?;
    Ok(())
}

fn statements_say_what_they_found(sql: &impl Sql) -> Result<(), Flaw> {
    let none = sql.query(TAKE, &[Value::Integer(-7)])?;
    require(none.is_empty(), "gave rows for a query that finds none")?;
    // The same parameter twice, columns of one name, their order, and several rows.
    let pairs = sql.query(
        "SELECT id AS n, ?1 AS n, number FROM conformance WHERE id <= ?1 ORDER BY id",
        &[Value::Integer(2)],
    )?;
    let wanted = [[1, 2, 0], [2, 2, 1]].map(|row| row.map(Value::Integer).to_vec());
    require(pairs == wanted, "mixes up columns of one name, their order, or a parameter that is used twice")?;
    let returned = sql.query("UPDATE conformance SET number = 5 WHERE id = 1 RETURNING number", &[])?;
    require(returned == [vec![Value::Integer(5)]], "loses the rows of RETURNING")?;
    let limited = sql.query("SELECT id FROM conformance ORDER BY id DESC LIMIT ?1", &[Value::Integer(3)])?;
    require(limited.len() == 3, "does not take a parameter for LIMIT")
}

fn mistakes_are_errors(sql: &impl Sql) -> Result<(), Flaw> {
    let twice = sql.query(PUT, &[Value::Integer(1), Value::Null, Value::Null]);
    require(twice.is_err(), "says nothing of a primary key that is taken")?;
    let text = sql.query(PUT, &[Value::Integer(100), Value::Text("ten".to_owned()), Value::Null]);
    require(text.is_err(), "stores text where a STRICT table has integers")?;
    require(
        sql.query("SELECT nothing FROM nowhere", &[]).is_err(),
        "says nothing of a table that is not there",
    )
}

fn transactions_are_whole(sql: &impl Sql) -> Result<(), Flaw> {
    let put = |id| sql.query(PUT, &[Value::Integer(id), Value::Null, Value::Null]).map(drop);
    let before = sql.query(COUNT, &[])?;

    let body_failed = sql.transaction(&mut || put(200).and_then(|()| Err(SqlError("on purpose".to_owned()))));
    require(
        body_failed == Err(SqlError("on purpose".to_owned())),
        "hides or changes the error of a transaction's body",
    )?;
    require(sql.query(COUNT, &[])? == before, "keeps what a failed transaction wrote")?;

    let statement_failed = sql.transaction(&mut || put(201).and_then(|()| put(1)));
    require(statement_failed.is_err(), "says nothing of a statement that failed in a transaction")?;
    require(sql.query(COUNT, &[])? == before, "keeps half a transaction whose second statement failed")?;

    sql.transaction(&mut || put(202).and_then(|()| put(203)))?;
    let kept = sql.query("SELECT id FROM conformance WHERE id >= 200 ORDER BY id", &[])?;
    let wanted = [202, 203].map(|id| vec![Value::Integer(id)]);
    require(kept == wanted, "loses what a transaction wrote, or is of no use after one that failed")
}

fn require(holds: bool, otherwise: &str) -> Result<(), Flaw> {
    if holds { Ok(()) } else { Err(Flaw(otherwise.to_owned())) }
}
