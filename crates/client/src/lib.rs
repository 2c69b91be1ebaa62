//! The client as a pure state machine: connection, outbox, timeline, rows for a view.
//!
//! Not here: browsers, Yew, sockets, clocks. A [`Client`] changes only through `apply`; what it wants done comes back as [`Output`]s.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod input;
pub mod output;
pub mod saved;
pub mod view;

pub use input::Input;
pub use output::Output;
