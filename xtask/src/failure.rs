//! What a command ends with when it cannot go on: one sentence for a person, never a stack or a debug print.

use std::fmt;
use std::io;
use std::path::Path;

/// What happened and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure(String);

/// What every step gives back.
pub type Done<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure told by one sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// A file or folder that the system refused.
    pub fn file(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot {doing} {}: {error}.", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self(format!("{error}; `cargo xtask help` lists what there is."))
    }
}
