//! The published contract, held to a server that runs: what it answers is in its description, and a client whose types are made from
//! the description compiles and talks with it.
//!
//! That the description is the one that the routes make, a test of the Worker says.

use crate::dev;
use crate::failure::{Done, Failure};
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};

/// Types first, since they are told from the text alone; then the server.
pub fn check(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Npm, Tool::Python(pins::SCHEMATHESIS)])?;
    types(project)?;
    dev::build(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--package", "e2e", "--test", "contract"]);
    // Its own script names the interpreter at the place where it was installed first; the interpreter itself may be moved.
    let python = project.installed(pins::SCHEMATHESIS).with_file_name("python3");
    cargo.env("EDGEWISE_ROOT", &project.root).env("EDGEWISE_PYTHON", python);
    program::openly("the contract at a live server", &mut cargo)
}

/// The committed types are those that the description makes, and the small client compiles with them.
fn types(project: &Project) -> Done {
    let mut made = project.command("npm");
    made.args(["run", "--silent", "types", "--", "--check"]);
    program::quietly("making the types from the description", &mut made).map_err(|_| {
        Failure::new("clients/typescript/edgewise.d.ts is stale: run `npm run types` and commit it.")
    })?;
    let mut compiler = project.command(project.npm_program("tsc"));
    compiler.args(["--project", "clients/typescript"]);
    program::openly("compiling the client in TypeScript", &mut compiler)
}
