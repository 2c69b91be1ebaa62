//! What is counted, as a value: the catalogue, the counting, the difference that is pushed, the totals, and their text.
//!
//! Not here: any clock, any I/O, and when to push; the shell does those. The invariants: a series can only be made of values that
//! the catalogue lists, so that no caller can make their number grow; and merging is addition, in whatever order pushes come.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod catalogue;
mod measures;
mod registry;
mod series;
mod text;
mod totals;
mod wire;

pub use catalogue::{Definition, Family, Kind, Label};
pub use measures::{Measures, Micros};
pub use registry::{Push, Registry};
pub use series::Series;
pub use text::{CONTENT_TYPE, Release, text};
pub use totals::{Gauges, Snapshot};
