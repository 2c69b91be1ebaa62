//! `cargo xtask pictures`: the main screens, as pictures in `docs/pictures`, from a stack that runs here and people who talk in it. It
//! builds and installs what that takes; what is seen is `crates/e2e/pictures`'s.

use crate::chrome;
use crate::dev;
use crate::failure::Done;
use crate::program;
use crate::project::Project;

/// Takes them all anew.
pub fn run(project: &Project) -> Done {
    dev::build(project)?;
    let chrome = chrome::ensure(project)?;
    let mut node = project.command(project.npm_program("node"));
    node.arg("crates/e2e/pictures/main.mjs").arg(project.root.join("docs/pictures"));
    node.env("EDGEWISE_ROOT", &project.root).env("EDGEWISE_CHROME", &chrome.browser);
    program::openly("taking pictures", &mut node)
}
