//! x
use crate::{failure::Done, project::Project};
pub fn all(_: &Project) -> Done {
    Ok(())
}
