//! The supply chain: lock files in step with what asks for them, licences, sources, who may depend on whom; at night, what has since
//! become known of the versions that are locked.

use crate::failure::Done;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};

/// Everything that can be told without the network, but for what must be installed first.
pub fn check(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust, Tool::Npm, Tool::Cargo(pins::CARGO_DENY)])?;
    lock_files(project)?;
    deny(project, &["bans", "licenses", "sources"])
}

/// Looks the locked versions up in RustSec's and npm's lists of known weaknesses.
pub fn advisories(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Rust, Tool::Npm, Tool::Cargo(pins::CARGO_DENY)])?;
    deny(project, &["advisories"])?;
    let mut npm = project.command("npm");
    // What is installed only builds and tests; nothing of it ships, so passing weaknesses do not wake anybody.
    program::openly("looking for advisories on packages", npm.args(["audit", "--audit-level=critical"]))
}

/// Cargo.lock and package-lock.json say what Cargo.toml and package.json ask for.
fn lock_files(project: &Project) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args(["metadata", "--locked", "--format-version", "1", "--quiet"]);
    program::quietly("checking Cargo.lock", &mut cargo)?;
    let mut fuzz = project.command("cargo");
    fuzz.args([
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--quiet",
        "--manifest-path",
        "fuzz/Cargo.toml",
    ]);
    program::quietly("checking fuzz/Cargo.lock", &mut fuzz)?;
    for folder in ["", tools::VITALS] {
        let mut npm = project.command("npm");
        npm.current_dir(project.root.join(folder));
        npm.args(["ci", "--dry-run", "--no-audit", "--no-fund", "--loglevel=error"]);
        program::quietly(&format!("checking package-lock.json of ./{folder}"), &mut npm)?;
    }
    Ok(())
}

fn deny(project: &Project, checks: &[&str]) -> Done {
    let mut deny = project.command(project.installed(pins::CARGO_DENY));
    deny.args(["--locked", "--workspace", "check"]).args(checks);
    program::openly(&format!("cargo deny {}", checks.join(" ")), &mut deny)
}
