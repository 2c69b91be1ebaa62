//! What stood in a room's composer when the page was left. Written at every key, at once: a page may be closed at any moment.

use gloo::storage::{LocalStorage, Storage};
use protocol::Slug;

/// What stood there.
#[must_use]
pub fn read(room: &Slug) -> String {
    LocalStorage::get(key(room)).unwrap_or_default()
}

/// Keeps what stands there now.
pub fn write(room: &Slug, text: &str) {
    if text.is_empty() {
        LocalStorage::delete(key(room));
        return;
    }
    // A browser that keeps nothing still has it on the screen.
    if let Err(error) = LocalStorage::set(key(room), text) {
        tracing::warn!(%error, "this browser does not keep drafts");
    }
}

fn key(room: &Slug) -> String {
    format!("edgewise.draft.{room}")
}
