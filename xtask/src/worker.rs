//! Builds the Worker: worker-build with every program it calls pinned, panics that unwind, and a bound on memory.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Done, Failure};
use crate::fingerprint::{self, Fingerprint, Stamp};
use crate::frontend;
use crate::install;
use crate::names;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::rustup;
use crate::tools;

/// Local workerd enforces no limit of memory. Half of what the edge grants an isolate (128 MiB), since JavaScript and buffers of sockets
/// share it; past it an allocation fails, which is a clean trap.
const MEMORY_BYTES: u32 = 64 * 1024 * 1024;

/// SHA-256 as a loop: unrolled it is 5 KiB more, for tokens of a hundred bytes.
const COMPACT_SHA2: &str = "--cfg sha2_backend_soft=\"compact\"";

/// `{:?}` prints nothing, and a panic names no column: what only a developer would read. What is logged is said in words.
const FEWER_WORDS: &str = "-Zfmt-debug=none -Zlocation-detail=file,line";

/// `{:?}` prints nothing.
pub const NO_DEBUG_WORDS: &str = "-Zfmt-debug=none";

/// How the first line of the built script begins.
const SAYS_COMMIT: &str = "globalThis.EDGEWISE_COMMIT=";

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
    inputs.extend(
        ["worker.rs", "names.rs", "frontend.rs"].map(|file| project.root.join("xtask/src").join(file)),
    );
    let stamp = Stamp::new(project, variant.folder(), Fingerprint::of_files(&project.root, &inputs)?);
    let outputs = [wasm(project, variant), wasm(project, variant).with_file_name("index.js")];
    if stamp.holds_for(&outputs) {
        return say_commit(project, variant);
    }
    let mut command = project.command(project.installed(pins::WORKER_BUILD));
    command.args(["worker", "--profile", "edge", "--panic-unwind", "--out-dir", variant.folder()]);
    command.args(variant.features());
    command.env("PATH", project.path_with(&[rustup::dated_nightly_programs(project)?]));
    // Also for what it asks of cargo without naming a toolchain: another would refuse the flags below.
    command.env("RUSTUP_TOOLCHAIN", pins::NIGHTLY);
    // Its own build folder: the frontend is built by another toolchain at the same time.
    command.env("CARGO_TARGET_DIR", project.target.join("worker"));
    // The standard library is built anyway; what it does for speed alone costs some KiB.
    command.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "panic-unwind optimize_for_size");
    command.env("RUSTFLAGS", format!("-Clink-arg=--max-memory={MEMORY_BYTES} {COMPACT_SHA2} {FEWER_WORDS}"));
    forget_paths(&mut command);
    command.env("WASM_BINDGEN_BIN", project.installed(pins::WASM_BINDGEN));
    command.env("ESBUILD_BIN", project.npm_program("esbuild"));
    program::quietly(variant.step(), &mut command)?;
    shrink(project, variant)?;
    names::keep_own(&wasm(project, variant))?;
    say_commit(project, variant)?;
    stamp.keep()
}

/// A panic says where in our code it was, and not where on this machine that code lay.
pub fn forget_paths(cargo: &mut Command) {
    cargo.env("CARGO_UNSTABLE_TRIM_PATHS", "true").env("CARGO_PROFILE_EDGE_TRIM_PATHS", "all");
}

/// Writes into the script which commit it was built from. The code does not hold it, or every commit would cost a build.
fn say_commit(project: &Project, variant: Variant) -> Done {
    let script = wasm(project, variant).with_file_name("index.js");
    let text = fs::read_to_string(&script).map_err(|error| Failure::file("read", &script, &error))?;
    let said = saying(&text, &commit(project));
    if said == text {
        return Ok(());
    }
    fs::write(&script, said).map_err(|error| Failure::file("write", &script, &error))
}

/// The script with this commit in its first line, in the place of another's.
fn saying(script: &str, commit: &str) -> String {
    let code = match script.split_once('\n') {
        Some((first, rest)) if first.starts_with(SAYS_COMMIT) => rest,
        _ => script,
    };
    format!("{SAYS_COMMIT}\"{commit}\";\n{code}")
}

/// The variable EDGEWISE_COMMIT where it is set, since a build in a container has no git; else what git says.
pub fn commit(project: &Project) -> String {
    let named = env::var("EDGEWISE_COMMIT").ok();
    let asked = || {
        let mut git = project.command("git");
        program::output(git.args(["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]))
    };
    let commit = named.filter(|commit| !commit.is_empty()).or_else(asked).unwrap_or_default();
    let plain: String = commit.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect();
    if plain.is_empty() { "unknown".to_owned() } else { plain }
}

/// worker-build would inline for half a minute for no gain in size: `worker/Cargo.toml` turns its own call of wasm-opt off. Names of
/// functions stay, for [`names::keep_own`] to choose from.
fn shrink(project: &Project, variant: Variant) -> Done {
    let wasm = wasm(project, variant);
    let mut optimiser = project.command(project.npm_program("wasm-opt"));
    optimiser
        .args(["-Os", "-g", "--skip-pass=inlining-optimizing", "--enable-exception-handling"])
        .args(frontend::wasm_features())
        .arg(&wasm)
        .arg("-o")
        .arg(&wasm);
    program::quietly("shrinking the Worker", &mut optimiser)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_says_the_last_commit_and_no_other() {
        let once = saying("import x;\ncode();\n", "0123abc");
        assert_eq!(once, "globalThis.EDGEWISE_COMMIT=\"0123abc\";\nimport x;\ncode();\n");
        assert_eq!(saying(&once, "4567def"), once.replace("0123abc", "4567def"));
        assert_eq!(saying(&once, "0123abc"), once);
    }
}
