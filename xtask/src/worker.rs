//! Builds the Worker: worker-build with every program it calls pinned, panics that unwind, and a bound on memory.

use std::path::PathBuf;

use crate::failure::Done;
use crate::fingerprint::{self, Fingerprint, Stamp};
use crate::frontend;
use crate::install;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::rustup;
use crate::tools;

/// Local workerd enforces no limit of memory. Half of what the edge grants an isolate (128 MiB), since JavaScript and buffers of sockets
/// share it; past it an allocation fails, which is a clean trap.
const MEMORY_BYTES: u32 = 64 * 1024 * 1024;

/// Which Worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// What is deployed.
    Shipped,
    /// The same with the faults that tests ask for.
    WithFaults,
}

impl Variant {
    /// The folder of the build, seen from the Worker's own.
    const fn folder(self) -> &'static str {
        match self {
            Self::Shipped => "build",
            Self::WithFaults => "build-test",
        }
    }

    const fn features(self) -> &'static [&'static str] {
        match self {
            Self::Shipped => &[],
            Self::WithFaults => &["--features", "faults"],
        }
    }

    const fn step(self) -> &'static str {
        match self {
            Self::Shipped => "building the Worker",
            Self::WithFaults => "building the Worker with faults",
        }
    }
}

/// The wasm that a build leaves.
pub fn wasm(project: &Project, variant: Variant) -> PathBuf {
    project.root.join("worker").join(variant.folder()).join("index_bg.wasm")
}

/// Builds the Worker unless nothing has changed since the last time.
pub fn build(project: &Project, variant: Variant) -> Done {
    tools::ensure(project, &tools::TO_BUILD)?;
    let _lock = install::wait_for(&project.memory_file("worker.lock")?)?;
    let mut inputs = fingerprint::inputs_of(project, "edgewise-worker")?;
    inputs.extend(["worker.rs", "frontend.rs"].map(|file| project.root.join("xtask/src").join(file)));
    // The Worker says of itself from which commit it was built, where the build is told.
    let commit = std::env::var_os("EDGEWISE_COMMIT").unwrap_or_default();
    let print = Fingerprint::of_files(&project.root, &inputs)?.with(commit.as_encoded_bytes());
    let stamp = Stamp::new(project, variant.folder(), print);
    let outputs = [wasm(project, variant), wasm(project, variant).with_file_name("index.js")];
    if stamp.holds_for(&outputs) {
        return Ok(());
    }
    let mut command = project.command(project.installed(pins::WORKER_BUILD));
    command.args(["worker", "--profile", "edge", "--panic-unwind", "--out-dir", variant.folder()]);
    command.args(variant.features());
    command.env("PATH", project.path_with(&[rustup::dated_nightly_programs(project)?]));
    // Its own build folder: the frontend is built by another toolchain at the same time.
    command.env("CARGO_TARGET_DIR", project.target.join("worker"));
    command.env("RUSTFLAGS", format!("-Clink-arg=--max-memory={MEMORY_BYTES}"));
    command.env("WASM_BINDGEN_BIN", project.installed(pins::WASM_BINDGEN));
    command.env("ESBUILD_BIN", project.npm_program("esbuild"));
    program::quietly(variant.step(), &mut command)?;
    shrink(project, variant)?;
    stamp.keep()
}

/// worker-build would keep the names of functions, 50 KB of the gzipped wasm, and inline for half a minute for no gain in size:
/// `worker/Cargo.toml` turns its own call of wasm-opt off.
fn shrink(project: &Project, variant: Variant) -> Done {
    let wasm = wasm(project, variant);
    let mut optimiser = project.command(project.npm_program("wasm-opt"));
    optimiser
        .args(["-Os", "--skip-pass=inlining-optimizing", "--enable-exception-handling"])
        .args(frontend::wasm_features())
        .arg(&wasm)
        .arg("-o")
        .arg(&wasm);
    program::quietly("shrinking the Worker", &mut optimiser)
}
