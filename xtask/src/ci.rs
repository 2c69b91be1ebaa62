//! The steps of CI. Each runs from a clean clone by itself; the workflow and `.ci/run` call them and nothing else.

use crate::args::Step;
use crate::failure::Done;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::size;
use crate::test;
use crate::tools::{self, Tool};

/// Crates that are compiled for the browser or for the edge, and so are checked for it too.
#[rustfmt::skip]
const ON_WASM: [&str; 14] = [
    "--package", "protocol", "--package", "archive", "--package", "room", "--package", "client", "--package", "sim",
    "--package", "edgewise-worker", "--package", "frontend",
];

/// Runs one step.
pub fn run(project: &Project, step: Step) -> Done {
    match step {
        Step::Lint => lint(project),
        Step::Native => test::native(project),
        Step::Wasm => test::wasm(project),
        Step::Sim => test::sim(project),
        Step::Browser => test::browser(project),
        Step::E2e => test::e2e(project),
        Step::Size => size::check(project),
    }
}

/// Everything that is told from the text alone, the quickest first.
fn lint(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust, Tool::Npm, Tool::Cargo(pins::CARGO_DENY)])?;
    format(project)?;
    lock_files(project)?;
    dependencies(project)?;
    clippy(project, &["--workspace", "--all-targets"])?;
    // The same packages both times: cargo then compiles what they depend on once.
    let on_wasm = [&["--target", "wasm32-unknown-unknown", "--all-targets"], ON_WASM.as_slice()].concat();
    clippy(project, &on_wasm)?;
    clippy(project, &[on_wasm.as_slice(), &["--features", "edgewise-worker/faults"]].concat())
}

fn format(project: &Project) -> Done {
    program::openly("checking the format", project.command("cargo").args(["fmt", "--all", "--check"]))
}

/// Cargo.lock and package-lock.json say what Cargo.toml and package.json ask for.
fn lock_files(project: &Project) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args(["metadata", "--locked", "--format-version", "1", "--quiet"]);
    program::quietly("checking Cargo.lock", &mut cargo)?;
    let mut npm = project.command("npm");
    npm.args(["ci", "--dry-run", "--no-audit", "--no-fund", "--loglevel=error"]);
    program::quietly("checking package-lock.json", &mut npm)
}

/// Who may depend on whom, licences and sources. Advisories need the network, so they are another job's.
fn dependencies(project: &Project) -> Done {
    let mut deny = project.command(project.installed(pins::CARGO_DENY));
    deny.args(["--locked", "--workspace", "check", "bans", "licenses", "sources"]);
    program::openly("checking dependencies", &mut deny)
}

fn clippy(project: &Project, what: &[&str]) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args(["clippy", "--locked"]).args(what).args(["--", "--deny", "warnings"]);
    program::openly(&format!("clippy {}", what.join(" ")), &mut cargo)
}
