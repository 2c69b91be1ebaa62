//! What the workflows allow, read by zizmor without the network: unpinned actions, too many rights, secrets where a fork could see them.

use crate::failure::Done;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};

/// Fails on any finding, however slight.
pub fn check(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Python(pins::ZIZMOR)])?;
    let mut zizmor = project.command(project.installed(pins::ZIZMOR));
    zizmor.args(["--offline", "--no-progress", "--strict-collection", ".github"]);
    program::openly("auditing the workflows", &mut zizmor)
}
