//! What a message's text says, as a tree: paragraphs, quotes, lists and code, and in them emphasis, code and links.
//!
//! One function, [`parse`], for every reader, over a CommonMark parser with strikethrough; and [`unmarked`], which says the same of a
//! text that needs none, for a reader that has the parser elsewhere. Not here: how it looks, and who is mentioned.
//! Invariants: there is no HTML, what looks like it is text; what may be followed is an [`Address`] and nothing else is; the tree is at
//! most [`DEPTH`] levels deep, whatever the text; and nothing that was written goes unseen but marks.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod address;
mod bare;
mod builder;
mod open;
mod plain;
mod tree;
mod typed;
mod words;

pub use address::Address;
pub use builder::{DEPTH, parse};
pub use plain::is_plain;
pub use tree::{Block, Destination, Link, Piece, Spacing};
pub use typed::{as_typed, may_have_marks, unmarked};
pub use words::{words, words_in};
