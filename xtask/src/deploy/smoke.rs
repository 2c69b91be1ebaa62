//! The smoke part of the end-to-end tests, against a server that is there already.

use std::process::Command;

use crate::failure::Done;
use crate::program;
use crate::project::Project;

/// Compiles it, so that nothing broken waits for a compiler.
pub fn compile(project: &Project) -> Done {
    let mut cargo = smoke(project);
    program::quietly("compiling the smoke", cargo.arg("--no-run"))
}

/// Waits until this commit answers there, then asks it for its promises.
pub fn ask(project: &Project, url: &str, commit: &str, patience_s: Option<u32>) -> Done {
    let mut cargo = smoke(project);
    cargo.env("EDGEWISE_URL", url).env("EDGEWISE_COMMIT", commit);
    if let Some(seconds) = patience_s {
        cargo.env("EDGEWISE_PATIENCE_S", seconds.to_string());
    }
    program::openly(&format!("smoke against {url}"), &mut cargo)
}

fn smoke(project: &Project) -> Command {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--package", "e2e", "--test", "smoke"]);
    cargo.env("EDGEWISE_ROOT", &project.root);
    cargo
}
