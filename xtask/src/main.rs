//! `cargo xtask …`: the one way to run, build, test and check Edgewise. It calls tools in the right order and holds no logic of the product.
//!
//! Invariant: what fails ends with one sentence on stderr that says what to do, and exit code 1.

mod args;
mod changelog;
mod chrome;
mod chunks;
mod ci;
mod conformance;
mod contract;
mod deploy;
mod dev;
mod failure;
mod fingerprint;
mod frontend;
mod fuzz;
#[cfg(test)]
mod homes;
mod images;
mod imports;
mod install;
mod names;
mod observe;
mod perf;
mod pictures;
mod pins;
mod program;
mod project;
mod rules;
mod rustup;
mod service;
mod size;
mod step;
mod supply;
mod test;
mod tools;
mod vitals;
mod worker;
mod workflows;

use std::process::ExitCode;

use crate::args::{Command, Target};
use crate::failure::Done;
use crate::project::Project;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("edgewise: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Done {
    let command = args::parse(lexopt::Parser::from_env())?;
    let project = Project::here();
    match command {
        Command::Dev(options) => dev::run(&project, &options),
        Command::Install => tools::ensure(&project, &tools::TO_BUILD),
        Command::Build(Target::Worker) => worker::build(&project, worker::Variant::Shipped),
        Command::Build(Target::WorkerTest) => worker::build(&project, worker::Variant::WithFaults),
        Command::Build(Target::Frontend) => frontend::build(&project),
        Command::Build(Target::All) => dev::build(&project),
        Command::Images => images::run(&project),
        Command::Test => test::all(&project),
        Command::Ci(step) => ci::run(&project, step),
        Command::Deploy(deploy) => deploy::run(&project, &deploy),
        Command::Fuzz(time) => fuzz::run(&project, time),
        Command::Changelog(version) => changelog::print(&project, &version),
        Command::Observe => observe::run(&project),
        Command::Pictures => pictures::run(&project),
        Command::Conformance(url) => conformance::run(&project, &url),
        Command::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
    }
}
