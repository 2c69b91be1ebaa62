//! What cargo and pip install into the cache: by cargo prebuilt where cargo-binstall is at hand and works, from source otherwise.
//! Invariant: a folder of the cache is complete or not there; two clones that install at once wait for each other.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use crate::failure::{Done, Failure};
use crate::pins::{self, Pin};
use crate::program;
use crate::project::Project;

/// Puts a program that is a crate into the cache.
pub fn by_cargo(project: &Project, pin: Pin) -> Done {
    into_cache(project, pin, |partial| {
        if prebuilt(project, pin, partial) {
            return Ok(());
        }
        discard(partial)?;
        from_source(project, pin, partial)
    })
}

/// Puts a program that is a Python package into the cache, with an environment of its own around it.
pub fn by_pip(project: &Project, pin: Pin) -> Done {
    into_cache(project, pin, |partial| {
        let mut environment = project.command("python3");
        environment.args(["-m", "venv"]).arg(partial);
        program::quietly("making a Python environment (needs python3 with venv)", &mut environment)?;
        let mut pip = project.command(partial.join("bin/python3"));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]);
        pip.arg(format!("{}=={}", pin.package, pin.version));
        let constraints = project.root.join(format!("xtask/constraints/{}.txt", pin.package));
        if constraints.exists() {
            pip.arg("--constraint").arg(constraints);
        }
        program::quietly(&format!("installing {} {}", pin.package, pin.version), &mut pip)
    })
}

/// Has a folder filled beside its place, then moves it there: a run that dies leaves nothing half done.
fn into_cache(project: &Project, pin: Pin, fill: impl FnOnce(&Path) -> Done) -> Done {
    fs::create_dir_all(&project.cache).map_err(|error| Failure::file("create", &project.cache, &error))?;
    let _lock = wait_for(&project.cache.join(format!("{}-{}.lock", pin.package, pin.version)))?;
    if project.installed(pin).exists() {
        return Ok(());
    }
    let partial = project.cache.join(format!("{}-{}.partial", pin.package, pin.version));
    discard(&partial)?;
    fill(&partial)?;
    let home = project.cache.join(format!("{}-{}", pin.package, pin.version));
    discard(&home)?;
    fs::rename(&partial, &home).map_err(|error| Failure::file("move", &partial, &error))
}

/// Holds the lock until the file is dropped, or until this process dies.
pub fn wait_for(path: &Path) -> Done<File> {
    let refused = |error| Failure::file("lock", path, &error);
    let file = File::create(path).map_err(refused)?;
    if file.try_lock().is_err() {
        program::say(&format!("waiting for another run that holds {}", path.display()));
        file.lock().map_err(refused)?;
    }
    Ok(file)
}

fn prebuilt(project: &Project, pin: Pin, into: &Path) -> bool {
    let at_hand = program::output(Command::new("cargo-binstall").arg("-V")).is_some();
    if !at_hand {
        return false;
    }
    let mut command = project.command("cargo-binstall");
    command
        .args(["--no-confirm", "--disable-telemetry", "--disable-strategies", "compile", "--root"])
        .arg(into);
    command.arg(format!("{}@={}", pin.package, pin.version));
    let fetched = program::quietly(&format!("fetching {} {}", pin.package, pin.version), &mut command);
    if fetched.is_err() {
        program::say(&format!("{} is not to be had prebuilt; compiling it instead", pin.package));
    }
    fetched.is_ok() && into.join("bin").join(pin.program).exists()
}

fn from_source(project: &Project, pin: Pin, into: &Path) -> Done {
    if pin == pins::WORKER_BUILD {
        headers_of_openssl(project)?;
    }
    let mut command = project.command("cargo");
    command.args(["install", "--locked", "--no-track", "--root"]).arg(into);
    command.args([pin.package, "--version", &format!("={}", pin.version)]);
    command.args(pin.features.iter().map(|feature| format!("--features={feature}")));
    // Its own build folder is thrown away afterwards; these tools spend their time in programs they call, not in themselves.
    command.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
    command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16").env("CARGO_PROFILE_RELEASE_DEBUG", "false");
    program::quietly(
        &format!("compiling {} {} (once, a few minutes)", pin.package, pin.version),
        &mut command,
    )
}

/// worker-build can download, so on Linux it links OpenSSL even though nothing is downloaded here.
fn headers_of_openssl(project: &Project) -> Done {
    let there = program::output(Command::new("pkg-config").args(["--exists", "openssl"])).is_some();
    if there || !cfg!(target_os = "linux") {
        return Ok(());
    }
    apt_install(project, &["pkg-config", "libssl-dev"])
}

/// Installs packages where this may be done unasked: on Debian and its kin, as root.
pub fn apt_install(project: &Project, packages: &[&str]) -> Done {
    let root = program::output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let apt = program::output(Command::new("apt-get").arg("--version")).is_some();
    if !(root && apt) {
        return Err(Failure::new(format!(
            "{} missing: install the package{} (on Debian: apt-get install {}), then run this again.",
            packages.join(" and "),
            if packages.len() == 1 { "" } else { "s" },
            packages.join(" "),
        )));
    }
    let _lock = wait_for(&project.cache.join("apt.lock"))?;
    program::quietly("refreshing the list of packages", project.command("apt-get").args(["update", "-q"]))?;
    let mut command = project.command("apt-get");
    command
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    program::quietly(&format!("installing {}", packages.join(" and ")), &mut command)
}

fn discard(folder: &Path) -> Done {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file("remove", folder, &error))
        }
        _ => Ok(()),
    }
}
