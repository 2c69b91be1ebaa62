//! The parts of Rust toolchains that a build needs: looked for on disk, installed by rustup where they are missing.
//! Invariant: the user's own `stable` and `nightly` are never touched; every toolchain here is named by its version or its day.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Done, Failure};
use crate::pins;
use crate::program;
use crate::project::Project;

/// What every build for a browser or for the edge compiles to.
const WASM: &str = "wasm32-unknown-unknown";

/// The toolchain of rust-toolchain.toml with the wasm target and what checks code.
pub fn stable_is_there(project: &Project) -> Done<bool> {
    let toolchain = stable(project)?;
    Ok(has(&toolchain, &[&target_folder(), "bin/cargo-clippy", "bin/rustfmt"]))
}

/// Completes the toolchain of rust-toolchain.toml.
pub fn install_stable(project: &Project) -> Done {
    let toolchain = stable(project)?;
    let mut command = project.command("rustup");
    command.args(["toolchain", "install", &toolchain, "--no-self-update", "--profile", "minimal"]);
    command.args(["--component", "rustfmt", "--component", "clippy", "--target", WASM]);
    program::quietly(&format!("completing Rust {toolchain}"), &mut command)
}

/// The dated nightly with the standard library's source.
pub fn nightly_is_there() -> bool {
    has(pins::NIGHTLY, &[&target_folder(), "lib/rustlib/src/rust/library/std/Cargo.toml"])
}

/// Installs the dated nightly beside whatever else is there.
pub fn install_nightly(project: &Project) -> Done {
    let mut command = project.command("rustup");
    command.args(["toolchain", "install", pins::NIGHTLY, "--no-self-update", "--profile", "minimal"]);
    command.args(["--component", "rust-src", "--target", WASM]);
    program::quietly(&format!("installing {}", pins::NIGHTLY), &mut command)
}

/// A folder of `cargo`, `rustc` and `rustup` for whom `nightly` means the dated one: worker-build knows the name alone.
pub fn dated_nightly_programs(project: &Project) -> Done<PathBuf> {
    let folder = project.memory().join("dated-nightly");
    fs::create_dir_all(&folder).map_err(|error| Failure::file("create", &folder, &error))?;
    for name in ["cargo", "rustc", "rustup"] {
        let real = on_path(name)?;
        let script = format!(
            "#!/bin/sh\n# `nightly` means {dated} here.\nfor argument do\n  shift\n  case $argument in\n    nightly) argument={dated} ;;\n    \
             +nightly) argument=+{dated} ;;\n  esac\n  set -- \"$@\" \"$argument\"\ndone\nexec '{real}' \"$@\"\n",
            dated = pins::NIGHTLY,
            real = real.display(),
        );
        write_program(&folder.join(name), &script)?;
    }
    Ok(folder)
}

fn write_program(file: &Path, script: &str) -> Done {
    use std::os::unix::fs::PermissionsExt;
    if fs::read_to_string(file).is_ok_and(|kept| kept == script) {
        return Ok(());
    }
    fs::write(file, script)
        .and_then(|()| fs::set_permissions(file, fs::Permissions::from_mode(0o755)))
        .map_err(|error| Failure::file("write", file, &error))
}

fn on_path(name: &str) -> Done<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file() && !file.parent().is_some_and(|folder| folder.ends_with("dated-nightly")))
        .ok_or_else(|| {
            Failure::new(format!(
                "{name} is missing: install Rust with rustup (rustup.rs), then run this again."
            ))
        })
}

fn target_folder() -> String {
    format!("lib/rustlib/{WASM}/lib")
}

fn stable(project: &Project) -> Done<String> {
    let file = project.root.join("rust-toolchain.toml");
    let text = fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
    channel(&text)
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("{} names no channel: write one.", file.display())))
}

fn channel(text: &str) -> Option<&str> {
    let line = text.lines().find(|line| line.trim_start().starts_with("channel"))?;
    line.split('"').nth(1)
}

/// Toolchains lie in folders called `1.95.0-x86_64-unknown-linux-gnu`.
fn has(toolchain: &str, files: &[&str]) -> bool {
    let Ok(entries) = fs::read_dir(home().join("toolchains")) else { return false };
    entries.filter_map(Result::ok).any(|entry| {
        let name = entry.file_name();
        let of_this_version = name.to_string_lossy().starts_with(&format!("{toolchain}-"));
        of_this_version && files.iter().all(|file| entry.path().join(file).exists())
    })
}

fn home() -> PathBuf {
    env::var_os("RUSTUP_HOME")
        .map_or_else(|| PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".rustup"), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_channel_is_read_from_the_toolchain_file() {
        assert_eq!(channel("[toolchain]\nchannel = \"1.95.0\"\n"), Some("1.95.0"));
        assert_eq!(channel("[toolchain]\n"), None);
    }

    #[test]
    fn nightly_means_the_dated_one_to_the_programs_that_are_made_for_it() {
        let project = Project::here();
        let folder = dated_nightly_programs(&project).expect("the folder can be made");
        let script = fs::read_to_string(folder.join("cargo")).expect("the script is there");
        let harmless = script.replace("exec '", "exec echo '");
        let output = program::output(
            std::process::Command::new("sh").args(["-c", &harmless, "cargo", "+nightly", "build", "--lib"]),
        );
        let said = output.expect("the script runs");
        assert!(said.trim_end().ends_with(&format!("+{} build --lib", pins::NIGHTLY)), "{said}");
    }
}
