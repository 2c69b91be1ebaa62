//! `cargo xtask images`: builds the three images and proves of each, running as docker-compose.yml runs it, what docs/operations.md
//! promises: small enough, unprivileged, read-only, healthy, two people can chat through it, and nothing acked is lost when it is killed
//! or put back from a backup.
//!
//! Invariant: whatever it started is gone when it ends. Not here: third-party images, which are only named.

mod base;
mod image;
mod manual;
mod stack;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Done, Failure};
use crate::program::{self, Stopwatch};
use crate::project::Project;

use self::base::Arguments;
use self::image::{DEV, IMAGES, SERVER, WEB};
use self::stack::{Home, Stack};

/// Builds, then proves.
pub fn run(project: &Project) -> Done {
    let watch = Stopwatch::start();
    refuse_without_docker(project)?;
    let arguments = base::choose(project)?;
    let folder = project.memory().join("images");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| Failure::file("create", &folder, &error))?;
    build_survivor(project)?;
    let mut rows = Vec::new();
    for image in IMAGES {
        image.build(project, &arguments)?;
        rows.push(image.fits(project)?);
    }
    configurations(project, &arguments)?;
    prove_dev(project, &arguments, &folder)?;
    prove_selfhost(project, &arguments, &folder)?;
    rows.iter().for_each(|row| println!("{row}"));
    println!(
        "every image is small enough, unprivileged, read-only and healthy, carries a chat, and loses nothing: {}",
        watch.elapsed_text()
    );
    Ok(())
}

fn refuse_without_docker(project: &Project) -> Done {
    let version =
        program::output(project.command("docker").args(["version", "--format", "{{.Server.Version}}"]));
    match version {
        Some(_) => Ok(()),
        None => {
            Err(Failure::new("no Docker daemon answers: start one, or install Docker, then run this again."))
        }
    }
}

/// The program that writes while a server is killed; built before anything runs, so that nothing waits for it.
fn build_survivor(project: &Project) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--package", "e2e", "--bin", "survivor", "--test", "smoke", "--no-run"]);
    program::quietly("building what tries the images", &mut cargo)?;
    let mut cargo = project.command("cargo");
    cargo.args(["build", "--locked", "--package", "e2e", "--bin", "survivor"]);
    program::quietly("building the writer", &mut cargo)
}

/// docker-compose.yml can be read with every profile, and without an .env.
fn configurations(project: &Project, arguments: &Arguments) -> Done {
    for profile in ["", "selfhost", "observability", "errors"] {
        let stack = Stack::new(project, arguments, Home { profile, services: &[], door: "" })?;
        let mut compose = stack.compose(&["config", "--quiet"]);
        program::quietly(&format!("reading docker-compose.yml, profile `{profile}`"), &mut compose)?;
    }
    Ok(())
}

/// The Miniflare home.
fn prove_dev(project: &Project, arguments: &Arguments, folder: &Path) -> Done {
    let stack = Stack::new(project, arguments, stack::DEV)?;
    stack.up()?;
    let edgewise = stack.wait_until_healthy("edgewise")?;
    DEV.is_confined(project, &edgewise)?;
    DEV.tells_what_it_uses(project, &edgewise)?;
    chat(project, &stack, &arguments.commit)?;
    survive_a_kill(project, &stack, &edgewise, &folder.join("dev"))
}

/// The home to stay: server and web, killed, then put back from a backup on empty volumes.
fn prove_selfhost(project: &Project, arguments: &Arguments, folder: &Path) -> Done {
    let stack = Stack::new(project, arguments, stack::SELFHOST)?;
    stack.up()?;
    let server = stack.wait_until_healthy("server")?;
    let web = stack.wait_until_healthy("web")?;
    SERVER.is_confined(project, &server)?;
    SERVER.tells_what_it_uses(project, &server)?;
    SERVER.has_no_shell(project)?;
    WEB.is_confined(project, &web)?;
    WEB.tells_what_it_uses(project, &web)?;
    chat(project, &stack, &arguments.commit)?;
    let notes = folder.join("selfhost");
    survive_a_kill(project, &stack, &server, &notes)?;

    stack.follow("Backup", folder)?;
    stack.wait_until_healthy("web")?;
    stack.throw_away()?;
    stack.follow("Restore", folder)?;
    stack.wait_until_healthy("web")?;
    let mut check = survivor(project);
    check.arg("check").arg(stack.url()).arg(&notes);
    program::openly("holding the restored rooms against what was acked", &mut check)
}

/// Two people talk, as the tests of a deploy have it, with a Worker that knows its commit.
fn chat(project: &Project, stack: &Stack<'_>, commit: &str) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--package", "e2e", "--test", "smoke"]);
    cargo.env("EDGEWISE_ROOT", &project.root).env("EDGEWISE_URL", stack.url()).env("EDGEWISE_COMMIT", commit);
    program::openly(&format!("two people chat through {}", stack.url()), &mut cargo)
}

/// `docker kill` is what a power cut is to the container: nobody gets to say goodbye.
fn survive_a_kill(project: &Project, stack: &Stack<'_>, container: &str, notes: &Path) -> Done {
    let mut write = survivor(project);
    write.arg("write").arg(stack.url()).arg(notes);
    write.args(["sh", "-c", "docker kill \"$0\" && docker start \"$0\"", container]);
    program::openly("clients write while the server is killed and started again", &mut write)
}

fn survivor(project: &Project) -> Command {
    project.command(project.target.join("debug/survivor"))
}
