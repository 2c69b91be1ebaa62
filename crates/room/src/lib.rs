//! The room as a pure state machine: order, once-only, rights, roster, rate limits, batching, resume, slow readers.
//!
//! Not here: sockets, Workers, SQL text, clocks, randomness. A [`Room`] changes only through [`Room::apply`]; what it
//! wants done comes back as [`Effect`]s in one ordered list, every `Store` before every `Send`.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod effect;
pub mod importing;
mod input;

mod alarms;
mod asked;
mod attachment;
mod batch;
mod bucket;
mod changing;
mod commands;
mod deciding;
mod fanout;
mod farewell;
mod files;
mod floods;
mod frames;
mod handing_over;
mod hooks;
mod likeness;
mod marks;
mod membership;
mod moderating;
#[cfg(feature = "mutants")]
pub mod mutants;
mod mutes;
pub mod nudges;
mod once;
mod ordered;
pub mod places;
mod reads;
mod restore;
mod resume;
mod retention;
pub mod rights;
mod roles;
mod room;
mod roster;
mod rounds;
mod sessions;
mod settings;
mod signals;
mod tally;
mod trouble;
mod turn;

pub use commands::Asker;
pub use effect::{Answer, Attached, Effect, Effects, Fatal};
pub use floods::Origin;
pub use hooks::{HookInput, Outcome, Posted};
pub use importing::{BadLine, Unfit, imported};
pub use input::{Input, Mode, Opening, Payload};
pub use likeness::Likeness;
pub use membership::Admission;
pub use room::Room;
pub use settings::{Limits, Nudges, Settings, Shelf};
pub use tally::{Counts, Tally};
