//! The first process of a container. It gives its one child the secrets it needs, passes signals on, ends what will not end, buries
//! orphans, and tells Prometheus what the container's processes use; started as `keeper health URL` it is the health check.
//!
//! It is no service manager: it restarts nothing, since the container's own restart policy does. Invariant: the container ends when the
//! child ends, with the child's code, and never later than the grace period after it was told to stop.

mod arguments;
mod cgroup;
mod child;
mod endpoint;
mod failure;
mod health;
mod orders;
mod processes;
mod secret;

use std::process::ExitCode;

use crate::{
    arguments::{Command, HELP, Run},
    failure::Failure,
};

fn main() -> ExitCode {
    let done = arguments::parse(lexopt::Parser::from_env()).and_then(|command| match command {
        Command::Run(run) => keep(&run),
        Command::Health(url) => health::check(&url).map(|()| ExitCode::SUCCESS),
        Command::Help => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
    });
    done.unwrap_or_else(|failure| {
        eprintln!("keeper: {failure}");
        ExitCode::FAILURE
    })
}

/// Starts the child and stays until it ends.
fn keep(run: &Run) -> Result<ExitCode, Failure> {
    let secrets = run.secrets.iter().map(secret::keep).collect::<Result<Vec<_>, _>>()?;
    if let Some(address) = &run.metrics {
        endpoint::open(address)?;
    }
    child::keep(run, &secrets)
}
