//! What stood in a room's composer when the page was left: the text, and the files that are in the room already. Written at every
//! change, at once: a page may be closed at any moment.

use protocol::{File, Millis, Seq, Slug, read_by_fields};
use serde::Serialize;

use crate::{clock, memory};

/// A room lets go of files that no message took within a day; what is nearly as old would only fail.
const FILES_FOR_MS: u64 = 23 * 60 * 60 * 1_000;

#[derive(Serialize)]
struct KeptFiles {
    /// When the last of them came.
    at: Millis,
    files: Vec<File>,
}

read_by_fields!(KeptFiles { at, files });

/// What stood there.
#[must_use]
pub fn read(room: &Slug) -> String {
    memory::read(&text_key(room)).unwrap_or_default()
}

/// Keeps what stands there now.
pub fn write(room: &Slug, text: &str) {
    if text.is_empty() {
        memory::forget(&text_key(room));
        return;
    }
    keep(&text_key(room), text);
}

/// What a message of the room was being changed to, when its row went out of sight or the page was left.
#[must_use]
pub fn read_change(room: &Slug, seq: Seq) -> Option<String> {
    memory::read(&change_key(room, seq))
}

/// Keeps what it is being changed to now.
pub fn write_change(room: &Slug, seq: Seq, text: &str) {
    keep(&change_key(room, seq), text);
}

/// The change is made, or given up.
pub fn forget_change(room: &Slug, seq: Seq) {
    memory::forget(&change_key(room, seq));
}

/// The files that were ready to go.
#[must_use]
pub fn read_files(room: &Slug) -> Vec<File> {
    let kept: Option<KeptFiles> = memory::read(&files_key(room));
    kept.filter(|kept| clock::now().since(kept.at) < FILES_FOR_MS).map(|kept| kept.files).unwrap_or_default()
}

/// Keeps those that are ready now.
pub fn write_files(room: &Slug, files: &[File]) {
    let key = files_key(room);
    if files.is_empty() {
        memory::forget(&key);
        return;
    }
    let before: Option<KeptFiles> = memory::read(&key);
    let at = before.filter(|kept| kept.files.len() >= files.len()).map_or_else(clock::now, |kept| kept.at);
    keep(&key, &KeptFiles { at, files: files.to_vec() });
}

fn keep<T: Serialize + ?Sized>(key: &str, value: &T) {
    // A browser that keeps nothing still has it on the screen.
    if memory::write(key, value).is_err() {
        tracing::warn!("this browser does not keep drafts");
    }
}

fn text_key(room: &Slug) -> String {
    format!("edgewise.draft.{room}")
}

fn change_key(room: &Slug, seq: Seq) -> String {
    format!("edgewise.change.{room}.{seq}")
}

fn files_key(room: &Slug) -> String {
    format!("edgewise.files.{room}")
}
