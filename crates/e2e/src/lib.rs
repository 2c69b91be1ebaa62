//! Tests of a running server through its public face: what docs/protocol.md promises, asked over real sockets and HTTP.
//!
//! This library is what the tests hold in their hands: a server to start and to kill, people who sign in, sockets that
//! wait for frames with a deadline, a client that drives itself, and the reader of a history file. It knows the
//! protocol and the client, and nothing of the server's insides.

pub mod address;
pub mod client_shell;
pub mod deployed;
pub mod entry;
pub mod guest;
pub mod history;
pub mod http;
pub mod listener;
pub mod minted;
pub mod patience;
pub mod receiver;
pub mod server;
pub mod socket;

pub use guest::Guest;
pub use server::Server;
pub use socket::Socket;
