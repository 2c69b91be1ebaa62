//! How the production build fares with a visitor: Lighthouse, the first message on a phone, a busy room, a large one, half an hour of memory.
//!
//! Not here: what is measured and how much it may be; `crates/e2e/vitals` says both.

use crate::chrome;
use crate::failure::Done;
use crate::frontend;
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};
use crate::worker::{self, Variant};

/// Builds what ships and measures it, one page at a time: two would slow each other down.
pub fn check(project: &Project) -> Done {
    tools::ensure(project, &tools::TO_BUILD)?;
    tools::ensure(project, &[Tool::Lighthouse])?;
    let chrome = chrome::ensure(project)?;
    frontend::build(project)?;
    worker::build(project, Variant::Shipped)?;
    let mut node = project.command(project.npm_program("node"));
    node.args(["--test", "--test-concurrency=1", "crates/e2e/vitals/*.test.mjs"]);
    node.env("EDGEWISE_ROOT", &project.root).env("EDGEWISE_CHROME", &chrome.browser);
    program::openly("the page's vitals", &mut node)
}
