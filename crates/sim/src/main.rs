//! `cargo run --release -p sim -- --seed N [--seeds K] [--steps 200] [--least 1000] [--trace]`.
//!
//! Nothing on wasm, where there are no cores to share out: there the tests run the simulator.

#[cfg(not(target_family = "wasm"))]
mod program;

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    program::main()
}

#[cfg(target_family = "wasm")]
fn main() {}
