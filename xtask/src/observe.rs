//! `cargo xtask observe`: the local stack with a real Prometheus and Alertmanager, receivers for errors, log lines and alerts, some load, and
//! one fault on purpose. It builds and installs what that takes; what is looked at is `crates/e2e/observe`'s.

use crate::chrome;
use crate::failure::Done;
use crate::frontend;
use crate::program;
use crate::project::Project;
use crate::rules;
use crate::worker::{self, Variant};

/// Shows it, and fails if any of it was not to be seen.
pub fn run(project: &Project) -> Done {
    rules::ensure(project)?;
    let chrome = chrome::ensure(project)?;
    frontend::build(project)?;
    worker::build(project, Variant::WithFaults)?;
    let mut keeper = project.command("cargo");
    program::quietly("building the keeper", keeper.args(["build", "--locked", "--package", "keeper"]))?;
    let mut node = project.command(project.npm_program("node"));
    node.arg("crates/e2e/observe/main.mjs");
    node.args([project.target.join("observe"), project.target.join("debug/keeper")]);
    node.env("EDGEWISE_ROOT", &project.root).env("EDGEWISE_CHROME", &chrome.browser);
    program::openly("observing", &mut node)
}
