//! What a file is: its type by its content, its name, how it may be shown, which part of it is asked for.
//!
//! Not here: where files are and who may have them. The invariant: a type that a page shows inline is one of a short list that no
//! browser runs, and it was found in the content; what whoever brought the file says of it counts for its name alone.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod kind;
mod name;
mod part;

pub use kind::{HEAD_BYTES, Kind, Pixels};
pub use name::{BadName, FileName};
pub use part::Part;
