//! Figures of the archive, over rusqlite in a file: how long a search takes among 100,000 messages, how long a page around a
//! seq takes among 1,000,000, and how many rows a message writes.
//!
//!     cargo bench -p archive --bench history
//!
//! It prints figures and judges them: over its bounds it ends with an error. Not here: what the runtime adds (crates/bench).

#[cfg(not(target_family = "wasm"))]
mod figures;

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    figures::run()
}

#[cfg(target_family = "wasm")]
fn main() {}
