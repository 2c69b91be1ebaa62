//! The room's SQL: schema, migrations and every statement, over the small port [`Sql`].
//!
//! Not here: Workers, and who may do what. One SQL text serves the Worker's driver, rusqlite and Node's SQLite.
//! All changes of a turn are one transaction ([`Archive::commit`]), and the archive stays the fold of its own log:
//! what [`Archive::messages`] gives is what [`protocol::Message::fold`] makes of the events.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod change;
pub mod sql;

mod append;
mod burial;
mod conformance;
mod farewell;
mod files;
mod history;
mod hooks;
mod invites;
mod keeping;
mod ledger;
mod log;
mod members;
mod mentions;
mod moderation;
#[cfg(all(feature = "native", not(target_family = "wasm")))]
pub mod native;
#[cfg(all(feature = "node", target_family = "wasm"))]
pub mod node;
mod nudges;
mod outgoing;
mod pins;
mod reactors;
mod retention;
mod row;
mod schema;
mod search;
mod target;
mod words;
mod written;

pub use burial::{Burial, Rows};
pub use change::{Change, Once};
pub use conformance::{Flaw, conformance};
pub use farewell::{Farewell, Forgetting, Traces};
pub use files::{Brought, FILES, PIECE_BYTES, Stored};
pub use history::{Anchor, History};
pub use hooks::{Hook, HookChange, Outward, Way};
pub use invites::Invite;
pub use log::{Bounds, Founding, Log};
pub use members::Known;
pub use outgoing::{Outgoing, Tell};
pub use reactors::Reactors;
pub use schema::migrate;
pub use search::Search;
pub use sql::{Row, Sql, SqlError, Value};
pub use target::{Reacted, Target};
pub use words::{BadWords, Words};

/// What a room has stored, over the SQLite that `S` drives.
#[derive(Debug)]
pub struct Archive<S: Sql> {
    sql: S,
}

impl<S: Sql> Archive<S> {
    /// Opens an archive, and brings its schema up to date if a version before this one wrote it.
    ///
    /// # Errors
    /// [`SqlError`] when the driver fails, or when a later version than this one wrote the archive.
    pub fn open(sql: S) -> Result<Self, SqlError> {
        schema::migrate(&sql, schema::MIGRATIONS)?;
        Ok(Self { sql })
    }
}
