//! The client as a pure state machine: connection, outbox, timeline, rows for a view.
//!
//! Not here: browsers, Yew, sockets, clocks. A [`Client`] changes only through `apply`; what it wants done comes back as [`Output`]s.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod backoff;
mod bot;
pub mod care;
pub mod caret;
mod client;
pub mod completing;
mod coverage;
mod doing;
pub mod formatting;
pub mod found;
mod goal;
mod hearing;
pub mod input;
mod inputs;
mod link;
mod measuring;
mod mentions;
pub mod nudging;
mod other_tabs;
mod outbox;
pub mod output;
pub mod pace;
mod pages;
pub mod pane;
mod people;
mod place;
mod reading;
mod room;
pub mod room_list;
mod rows;
pub mod saved;
mod slow;
mod steady;
mod strip;
mod timeline;
pub mod tray;
pub mod view;
pub mod visits;

pub use bot::Bot;
pub use client::{Client, Settings};
pub use input::Input;
/// [`Settings::words`] for whoever has the parser at hand.
pub use markup::words_in;
pub use measuring::Measurements;
pub use output::{Output, PageRequest};
pub use saved::{Saved, SavedCommand, SavedPlace};
