//! What a command needs before it can start, and the installing of what is missing, several at once.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::failure::{Done, Failure};
use crate::fingerprint::{Fingerprint, Stamp};
use crate::install;
use crate::pins::{self, Pin};
use crate::program;
use crate::project::Project;
use crate::rustup;

/// Something that must be on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// The toolchain of rust-toolchain.toml, whole.
    Rust,
    /// The nightly that rebuilds the standard library.
    Nightly,
    /// What package-lock.json pins: node, wrangler, Miniflare, workerd, esbuild, wasm-opt, Playwright.
    Npm,
    /// What measures pages: Lighthouse, which is larger than all else that npm brings, and which few need.
    Lighthouse,
    /// A program that cargo installs.
    Cargo(Pin),
    /// A program that pip installs, in an environment of its own.
    Python(Pin),
}

/// The folder with the lock file of what measures pages.
pub const VITALS: &str = "crates/e2e/vitals";

/// What it takes to build both halves and to run them.
pub const TO_BUILD: [Tool; 6] = [
    Tool::Rust,
    Tool::Nightly,
    Tool::Npm,
    Tool::Cargo(pins::WASM_BINDGEN),
    Tool::Cargo(pins::WASM_SPLIT),
    Tool::Cargo(pins::WORKER_BUILD),
];

/// Installs whatever of `needed` is missing. Says nothing and costs nothing when all is there.
pub fn ensure(project: &Project, needed: &[Tool]) -> Done {
    let mut missing = Vec::new();
    for tool in needed {
        if !is_there(project, *tool)? {
            missing.push(*tool);
        }
    }
    // Toolchains come first: the rest is compiled with them. rustup itself is not made for two runs at once.
    let (toolchains, others): (Vec<Tool>, Vec<Tool>) =
        missing.iter().partition(|tool| matches!(tool, Tool::Rust | Tool::Nightly));
    for tool in toolchains {
        install_one(project, tool)?;
    }
    thread::scope(|scope| {
        let running: Vec<_> = others.iter().map(|tool| scope.spawn(|| install_one(project, *tool))).collect();
        running.into_iter().try_for_each(|thread| match thread.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })
}

fn is_there(project: &Project, tool: Tool) -> Done<bool> {
    match tool {
        Tool::Rust => rustup::stable_is_there(project),
        Tool::Nightly => Ok(rustup::nightly_is_there()),
        Tool::Npm => Ok(npm_stamp(project, "")?
            .holds_for(&[project.npm_program("node"), project.npm_program("wrangler")])),
        Tool::Lighthouse => {
            let program = project.root.join(VITALS).join("node_modules/lighthouse/package.json");
            Ok(npm_stamp(project, VITALS)?.holds_for(&[program]))
        }
        Tool::Cargo(pin) | Tool::Python(pin) => Ok(project.installed(pin).exists()),
    }
}

fn install_one(project: &Project, tool: Tool) -> Done {
    match tool {
        Tool::Rust => rustup_alone(project, rustup::install_stable),
        Tool::Nightly => rustup_alone(project, rustup::install_nightly),
        Tool::Npm => npm_ci(project, ""),
        Tool::Lighthouse => npm_ci(project, VITALS),
        Tool::Cargo(pin) => install::by_cargo(project, pin),
        Tool::Python(pin) => install::by_pip(project, pin),
    }
}

fn rustup_alone(project: &Project, install: fn(&Project) -> Done) -> Done {
    fs::create_dir_all(&project.cache).map_err(|error| Failure::file("create", &project.cache, &error))?;
    let _lock = install::wait_for(&project.cache.join("rustup.lock"))?;
    install(project)
}

fn npm_ci(project: &Project, folder: &str) -> Done {
    refuse_old_node(program::output(Command::new("node").arg("--version")).as_deref())?;
    let mut command = project.command("npm");
    command.current_dir(project.root.join(folder));
    // esbuild, node and workerd choose their programs for this machine by an install script.
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts=false"]);
    let what = format!("installing what {} pins", Path::new(folder).join("package-lock.json").display());
    program::quietly(&what, &mut command)?;
    npm_stamp(project, folder)?.keep()
}

fn npm_stamp(project: &Project, folder: &str) -> Done<Stamp> {
    let lock = project.root.join(folder).join("package-lock.json");
    let name = if folder.is_empty() { "npm" } else { "npm-vitals" };
    Ok(Stamp::new(project, name, Fingerprint::of_files(&project.root, &[lock])?))
}

fn refuse_old_node(version: Option<&str>) -> Done {
    let oldest = pins::OLDEST_NODE;
    let Some(version) = version.map(str::trim) else {
        return Err(Failure::new(format!(
            "Node is missing: install Node {oldest} or newer (npm comes with it), then run this again."
        )));
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= oldest => Ok(()),
        _ => Err(Failure::new(format!(
            "Node {version} is too old: install Node {oldest} or newer, then run this again."
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_old_below_its_bound_and_good_at_it() {
        assert_eq!(refuse_old_node(Some("v20.0.0\n")), Ok(()));
        let refused = refuse_old_node(Some("v19.9.0\n")).expect_err("19 is too old");
        assert_eq!(
            refused.to_string(),
            "Node v19.9.0 is too old: install Node 20 or newer, then run this again."
        );
    }

    #[test]
    fn a_missing_node_is_told_in_one_sentence() {
        let refused = refuse_old_node(None).expect_err("there is none");
        assert!(refused.to_string().starts_with("Node is missing: install Node 20 or newer"));
    }
}
