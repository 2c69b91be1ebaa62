//! The archive over every driver that can run here: rusqlite natively, Node's SQLite on wasm. The same tests, the same SQL.

mod commit;
mod cost;
mod driver;
mod files;
mod given;
mod history;
mod hooks;
mod law;
mod members;
mod nudges;
mod oldest;
mod paging;
mod places;
mod redaction;
mod retention;
mod search;
mod written;
