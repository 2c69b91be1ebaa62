//! Input that nobody would think of, found by libFuzzer: what comes over a socket, into the decoder, into a room and into a client.
//!
//! fuzz/ is a workspace of its own, since it is compiled by the dated nightly with a sanitizer. What it learns stays in target/fuzz, so
//! that the next run in this clone goes on from there; what breaks is kept there too, and its bytes are printed.

use crate::args::FuzzTime;
use crate::failure::{Done, Failure};
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};

/// What is fuzzed: a file of fuzz/targets each.
const TARGETS: [&str; 3] = ["decode", "room", "client"];

/// How long a night gives each.
const A_NIGHT: FuzzTime = FuzzTime { seconds: 1_200 };

/// Longer input finds nothing that shorter does not, more slowly.
const LONGEST_BYTES: u32 = 4096;

/// Every target, for as long as a night has.
pub fn all(project: &Project) -> Done {
    run(project, A_NIGHT)
}

/// Every target, each for so long.
pub fn run(project: &Project, time: FuzzTime) -> Done {
    tools::ensure(project, &[Tool::Rust, Tool::Nightly, Tool::Cargo(pins::CARGO_FUZZ)])?;
    TARGETS.iter().try_for_each(|target| one(project, target, time))
}

fn one(project: &Project, target: &str, time: FuzzTime) -> Done {
    let kept = project.target.join("fuzz");
    let (corpus, artifacts) = (kept.join("corpus").join(target), kept.join("artifacts").join(target));
    for folder in [&corpus, &artifacts] {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
    }
    let mut fuzz = project.command(project.installed(pins::CARGO_FUZZ));
    fuzz.args(["run", "--release", "--target-dir"]).arg(&kept).arg(target).arg(&corpus);
    // What is known to be on the wire is where it starts from.
    fuzz.arg(project.root.join("crates/protocol/tests/golden")).arg("--");
    fuzz.arg(format!("-artifact_prefix={}/", artifacts.display()));
    fuzz.args([format!("-max_total_time={}", time.seconds), format!("-max_len={LONGEST_BYTES}")]);
    fuzz.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]);
    fuzz.env("RUSTUP_TOOLCHAIN", pins::NIGHTLY).env_remove("CARGO_TARGET_DIR");
    program::openly(&format!("fuzzing {target} for {} s", time.seconds), &mut fuzz)
}
