//! The kinds of tests, each of which runs from a clean clone by itself, and all of them in a row.

use crate::chrome;
use crate::failure::Done;
use crate::frontend;
use crate::pins;
use crate::program::{self, Stopwatch};
use crate::project::Project;
use crate::tools::{self, Tool};
use crate::worker::{self, Variant};

/// Crates whose tests run on wasm too: what decides must decide the same there.
const CORES: [&str; 5] = ["protocol", "archive", "room", "client", "sim"];

/// What one CI run asks of the simulator; each command and each fault must happen at least `LEAST` times.
const SEEDS: &str = "10000";
const STEPS: &str = "200";
const LEAST: &str = "1000";

/// What one night asks of it: about two hours' worth of two cores, of seeds that no other night has.
const NIGHTS_SEEDS: u64 = 400_000;

/// What one night tries each property with; a change tries 256.
const NIGHTS_CASES: &str = "20000";

/// One kind of tests: its name and how it runs.
type Kind = (&'static str, fn(&Project) -> Done);

/// The quickest to tell first.
const KINDS: [Kind; 5] =
    [("native", native), ("wasm", wasm), ("simulation", sim), ("browser", browser), ("end to end", e2e)];

/// Every test.
pub fn all(project: &Project) -> Done {
    let mut times = Vec::new();
    for (name, run) in KINDS {
        let watch = Stopwatch::start();
        run(project)?;
        times.push(format!("{name} {}", watch.elapsed_text()));
    }
    println!("every kind of test passed: {}", times.join(", "));
    Ok(())
}

/// Tests on this machine's own processor, the shells' among them. The examples that texts are tested with come by npm.
pub fn native(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust, Tool::Npm])?;
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--workspace", "--exclude", "e2e"]);
    program::openly("native tests", &mut cargo)
}

/// The cores' tests on wasm, in the pinned node: it has SQLite inside.
pub fn wasm(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust, Tool::Npm, Tool::Cargo(pins::WASM_BINDGEN)])?;
    let mut cargo = on_wasm(project);
    cargo.args(CORES.map(|core| ["--package", core]).as_flattened());
    program::openly("tests on wasm", &mut cargo)
}

/// The proof that the simulator finds a fault, then many seeds of it, compiled for speed.
pub fn sim(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust])?;
    let mut mutants = project.command("cargo");
    mutants.args([
        "test",
        "--locked",
        "--release",
        "--package",
        "sim",
        "--features",
        "mutants",
        "--test",
        "mutants",
    ]);
    program::openly("mutants in the simulator", &mut mutants)?;
    let mut cargo = project.command("cargo");
    cargo.args(["run", "--locked", "--release", "--package", "sim", "--"]);
    cargo.args(["--seed", "1", "--seeds", SEEDS, "--steps", STEPS, "--least", LEAST]);
    program::openly("simulation", &mut cargo)
}

/// Many more cases and seeds than a change can wait for, and each night others. A failure prints its seed and a script.
pub fn long_sim(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust, Tool::Npm])?;
    let first = (1 + days_since_1970() * NIGHTS_SEEDS).to_string();
    properties(project, &first)?;
    let mut cargo = project.command("cargo");
    cargo.args(["run", "--locked", "--release", "--package", "sim", "--"]);
    cargo.args(["--seed", &first, "--seeds", &NIGHTS_SEEDS.to_string(), "--steps", STEPS, "--least", LEAST]);
    program::openly(&format!("long simulation from seed {first}"), &mut cargo)
}

/// Properties with cases that no change was tried with (`.cargo/config.toml` names the seed of those that one is).
fn properties(project: &Project, seed: &str) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--release", "--workspace", "--exclude", "e2e"]);
    cargo.env("PROPTEST_RNG_SEED", seed).env("PROPTEST_CASES", NIGHTS_CASES);
    program::openly(&format!("properties from seed {seed}"), &mut cargo)
}

#[expect(
    clippy::disallowed_methods,
    reason = "chooses tonight's seeds; the run prints them, so that it can be repeated"
)]
fn days_since_1970() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() / (24 * 60 * 60))
}

/// The frontend's own tests in headless Chromium, then whole pages against a live server.
pub fn browser(project: &Project) -> Done {
    tools::ensure(project, &tools::TO_BUILD)?;
    let chrome = chrome::ensure(project)?;
    let mut cargo = on_wasm(project);
    cargo.args(["--package", "frontend"]).env("CHROMEDRIVER", &chrome.driver);
    program::openly("the frontend's tests in Chromium", &mut cargo)?;
    build_for_tests(project)?;
    let mut node = project.command(project.npm_program("node"));
    node.args(["--test", "crates/e2e/browser/*.mjs"]);
    node.env("EDGEWISE_ROOT", &project.root).env("EDGEWISE_CHROME", &chrome.browser);
    program::openly("pages in Chromium", &mut node)
}

/// Tests of a live server through its public face.
pub fn e2e(project: &Project) -> Done {
    build_for_tests(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--package", "e2e"]).env("EDGEWISE_ROOT", &project.root);
    program::openly("end-to-end tests", &mut cargo)
}

fn build_for_tests(project: &Project) -> Done {
    frontend::build(project)?;
    worker::build(project, Variant::Shipped)?;
    worker::build(project, Variant::WithFaults)
}

fn on_wasm(project: &Project) -> std::process::Command {
    let mut cargo = project.command("cargo");
    let runner = project.installed(pins::WASM_BINDGEN).with_file_name("wasm-bindgen-test-runner");
    cargo.args(["test", "--locked", "--target", "wasm32-unknown-unknown"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    cargo
}
