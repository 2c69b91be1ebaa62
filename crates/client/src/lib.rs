//! The client as a pure state machine: connection, outbox, timeline, rows for a view.
//!
//! Not here: browsers, Yew, sockets, clocks. A [`Client`] changes only through `apply`; what it wants done comes back as [`Output`]s.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod backoff;
mod bot;
mod client;
mod coverage;
mod doing;
mod hearing;
pub mod input;
mod inputs;
mod link;
mod measuring;
mod mentions;
mod outbox;
pub mod output;
mod pages;
mod people;
mod place;

mod reading;
mod room;
pub mod room_list;
mod rows;
pub mod saved;
mod steady;
mod timeline;
pub mod view;

pub use bot::Bot;
pub use client::{Client, Settings};
pub use input::Input;
pub use measuring::Measurements;
pub use output::{Output, PageRequest};
pub use saved::{Saved, SavedCommand, SavedPlace};
