//! The steps of CI. Each runs from a clean clone by itself; the workflow and `.ci/run` call them and nothing else.

use crate::contract;
use crate::deploy;
use crate::failure::Done;
use crate::fuzz;
use crate::images;
use crate::perf;
use crate::program::{self, Stopwatch};
use crate::project::Project;
use crate::rules;
use crate::size;
use crate::step::{EVERY_CHANGE, Step};
use crate::supply;
use crate::test;
use crate::tools::{self, Tool};
use crate::vitals;
use crate::workflows;

/// Crates that are compiled for the browser or for the edge, and so are checked for it too.
#[rustfmt::skip]
const ON_WASM: [&str; 18] = [
    "--package", "protocol", "--package", "markup", "--package", "names", "--package", "archive", "--package", "room", "--package", "client", "--package", "sim",
    "--package", "edgewise-worker", "--package", "frontend",
];

/// Runs one step.
pub fn run(project: &Project, step: Step) -> Done {
    match step {
        Step::Lint => lint(project),
        Step::Supply => supply::check(project),
        Step::Workflows => workflows::check(project),
        Step::Rules => rules::check(project),
        Step::Native => test::native(project),
        Step::Wasm => test::wasm(project),
        Step::Sim => test::sim(project),
        Step::Browser => test::browser(project),
        Step::E2e => test::e2e(project),
        Step::Contract => contract::check(project),
        Step::Size => size::check(project),
        Step::Perf => perf::check(project),
        Step::Deploy => deploy::check(project),
        Step::Images => images::run(project),
        Step::All => all(project),
        Step::LongSim => test::long_sim(project),
        Step::Fuzz => fuzz::all(project),
        Step::Vitals => vitals::check(project),
        Step::Advisories => supply::advisories(project),
    }
}

/// Every step that a change must pass, with what each took.
fn all(project: &Project) -> Done {
    let mut times = Vec::new();
    for step in EVERY_CHANGE.iter().copied() {
        let watch = Stopwatch::start();
        run(project, step)?;
        times.push(format!("{} {}", step.name(), watch.elapsed_text()));
    }
    println!("every step of CI passed: {}", times.join(", "));
    Ok(())
}

/// Everything that is told from the text alone, the quickest first. Dependencies and lock files are `supply`'s.
fn lint(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust])?;
    format(project)?;
    clippy(project, &["--workspace", "--all-targets"])?;
    // The same packages both times: cargo then compiles what they depend on once.
    let on_wasm = [&["--target", "wasm32-unknown-unknown", "--all-targets"], ON_WASM.as_slice()].concat();
    clippy(project, &on_wasm)?;
    clippy(project, &[on_wasm.as_slice(), &["--features", "edgewise-worker/faults"]].concat())
}

fn format(project: &Project) -> Done {
    program::openly("checking the format", project.command("cargo").args(["fmt", "--all", "--check"]))?;
    let mut fuzz = project.command("cargo");
    fuzz.args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--", "--check"]);
    program::openly("checking the format of fuzz", &mut fuzz)
}

fn clippy(project: &Project, what: &[&str]) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args(["clippy", "--locked"]).args(what).args(["--", "--deny", "warnings"]);
    program::openly(&format!("clippy {}", what.join(" ")), &mut cargo)
}
