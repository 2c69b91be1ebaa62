//! Ids that no other test of this process has, and the drafts sent under them.

use std::sync::atomic::{AtomicU32, Ordering};

use protocol::{CommandId, Draft};

/// An id that this process has not minted before.
pub fn fresh(prefix: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// A command's id that this process has not minted before.
///
/// # Panics
/// Never: the prefix is short.
pub fn fresh_id() -> CommandId {
    CommandId::parse(&fresh("c")).expect("a good id")
}

/// A draft with this text and nothing else.
pub fn draft(text: &str) -> Draft {
    Draft { text: text.to_owned(), ..Draft::default() }
}
