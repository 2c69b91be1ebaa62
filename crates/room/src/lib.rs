//! The room as a pure state machine: order, once-only, rights, roster, rate limits, batching, resume, slow readers.
//!
//! Not here: sockets, Workers, SQL text, clocks, randomness. A [`Room`] changes only through `apply`; what it wants done
//! comes back as [`Effect`]s in one ordered list, every `Store` before every `Send`.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod effect;
pub mod input;

pub use effect::{Answer, Effect, Effects, Fatal};
pub use input::{Input, Mode, Opening, Payload};
