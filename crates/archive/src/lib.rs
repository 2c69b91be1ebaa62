//! The room's SQL: schema, migrations and every statement, over the small port [`Sql`].
//!
//! Not here: Workers, and who may do what. One SQL text serves the Worker's driver and rusqlite.
//! All changes of a turn are one transaction: [`Archive::commit`].
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod change;
pub mod sql;

pub use change::{Change, Once};
pub use sql::{Row, Sql, SqlError, Value};
