//! Why the keeper cannot go on. Each is a sentence for whoever reads the container's log.

use std::{io, path::PathBuf};

/// A reason.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line makes no sense.
    #[error("{0}; `keeper help` tells what can be said")]
    Arguments(#[from] lexopt::Error),
    /// A secret's file cannot be written or read.
    #[error("the secret in {file} cannot be kept: {error}; let this user write there, or give the secret as a variable", file = .file.display())]
    Secret {
        /// Its file.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A secret's file holds something else.
    #[error("{file} does not hold 64 hex digits: put the backup of it there, or remove it and a new one is made", file = .0.display())]
    NotASecret(PathBuf),
    /// The child cannot be started.
    #[error("{program} cannot be started: {error}")]
    Start {
        /// What was to be started.
        program: String,
        /// What the system said.
        error: io::Error,
    },
    /// The keeper cannot hear signals or bury the dead.
    #[error("signals and orphans cannot be taken in: {0}")]
    Signals(io::Error),
    /// Nothing can listen for Prometheus.
    #[error("metrics cannot be served on {address}: {error}; take another address with --metrics")]
    Endpoint {
        /// Where it was to listen.
        address: String,
        /// What the system said.
        error: io::Error,
    },
    /// An address that the health check cannot ask.
    #[error("`{0}` cannot be asked: an address is http://HOST:PORT/PATH")]
    Address(String),
    /// Nobody answers.
    #[error("{url} does not answer: {error}")]
    Silent {
        /// What was asked.
        url: String,
        /// What the system said.
        error: io::Error,
    },
    /// The answer is not 200.
    #[error("{url} answers `{status}`")]
    Unhealthy {
        /// What was asked.
        url: String,
        /// The first line of the answer.
        status: String,
    },
}
