//! The budget of the fan-out: a room under load beside the peer under the same. What is judged, and why no wall-clock figure is, stands in
//! crates/bench/src/budget.rs.

use crate::failure::Done;
use crate::frontend;
use crate::program;
use crate::project::Project;
use crate::worker::{self, Variant};

/// A load that two cores carry with room to spare: past that, queues are measured and not the work of a delivery.
const LOAD: [&str; 6] = ["--sockets", "100", "--rate", "200", "--seconds", "10"];

/// Builds what is measured and what measures, then judges.
pub fn check(project: &Project) -> Done {
    worker::build(project, Variant::Shipped)?;
    frontend::build(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["run", "--locked", "--release", "--package", "bench", "--", "budget"]).args(LOAD);
    program::openly("the budget of the fan-out", cargo.env("EDGEWISE_ROOT", &project.root))
}
