//! x
use crate::{args::Step, failure::Done, project::Project};
pub fn run(_: &Project, _: Step) -> Done {
    Ok(())
}
