//! Versions of the programs that are not in Cargo.lock, package-lock.json or rust-toolchain.toml. Changing one rebuilds what it builds.

/// Builds the Worker with panics that unwind; a nightly, because only a nightly rebuilds the standard library.
pub const NIGHTLY: &str = "nightly-2026-10-15";

/// Must be the version of the crate wasm-bindgen in Cargo.lock, to the last digit.
pub const WASM_BINDGEN: Pin =
    Pin { package: "wasm-bindgen-cli", version: "0.2.129", program: "wasm-bindgen", features: &[] };

/// Must go with the crate worker in Cargo.lock.
pub const WORKER_BUILD: Pin =
    Pin { package: "worker-build", version: "0.8.7", program: "worker-build", features: &[] };

/// Splits the app's wasm into what every visit needs and chunks that come later. Must go with the crate wasm_split_helpers in Cargo.lock.
pub const WASM_SPLIT: Pin = Pin {
    package: "wasm_split_cli_support",
    version: "0.2.4",
    program: "wasm-split-cli",
    features: &["build-binary"],
};

/// Checks licences, sources and who may depend on whom.
pub const CARGO_DENY: Pin =
    Pin { package: "cargo-deny", version: "0.20.2", program: "cargo-deny", features: &[] };

/// Reads workflows for what they let strangers do. From PyPI, where it is prebuilt: seconds, against minutes of compiling.
pub const ZIZMOR: Pin = Pin { package: "zizmor", version: "1.32.0", program: "zizmor", features: &[] };

/// Asks a server whatever its description allows, and what it does not. What it needs itself stands in xtask/constraints.
pub const SCHEMATHESIS: Pin =
    Pin { package: "schemathesis", version: "4.32.5", program: "schemathesis", features: &[] };

/// Drives libFuzzer.
pub const CARGO_FUZZ: Pin =
    Pin { package: "cargo-fuzz", version: "0.13.2", program: "cargo-fuzz", features: &[] };

/// What wrangler and Miniflare run on comes by npm; this is what `npm` itself needs.
pub const OLDEST_NODE: u32 = 20;

/// A program that cargo or pip can install.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// The crate's or the package's name.
    pub package: &'static str,
    /// Its exact version.
    pub version: &'static str,
    /// The executable that proves it is there.
    pub program: &'static str,
    /// Features of the crate without which it has no such program.
    pub features: &'static [&'static str],
}
