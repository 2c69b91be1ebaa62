//! One test for every promise of docs/protocol.md, over real sockets and HTTP, each in a room of its own.
//!
//! The server's limits of rate are off here, because all tests come from one address; tests/limits.rs has them on. Where `EDGEWISE_URL`
//! names a server, that one is asked (`cargo xtask conformance`), under its own limits.

mod commands;
mod directory;
mod export;
mod files;
mod folding;
mod frames;
mod history;
mod http;
mod import;
mod log;
mod once;
mod own_data;
mod people;
mod places;
mod programs;
mod resume;
mod rights;
mod rooms;
mod search;
mod session;
mod sleep;
mod upgrade;

use e2e::{Server, deployed, server};

fn server() -> &'static Server {
    deployed::named().unwrap_or_else(|| server::shared(server::Limits::Off))
}
