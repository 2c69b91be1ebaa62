//! One room, some devices, a network, a disk and a clock in a box, run from a seed: a million bad days in a minute.
//!
//! The cores are the real ones, and so is the SQLite; what is simulated is everything around them. Not here: Workers,
//! browsers. The invariant: a script gives the same trace every time, natively and on wasm.

pub mod action;
pub mod carry;
pub mod chance;
pub mod choose;
mod crowd;
mod deeds;
pub mod device;
pub mod disk;
pub mod founding;
pub mod invariants;
pub mod ledger;
mod mishaps;
mod names;
pub mod network;
pub mod queue;
mod quiet;
pub mod run;
pub mod script;
pub mod server;
pub mod shrink;
pub mod tally;
pub mod trace;
pub mod world;
