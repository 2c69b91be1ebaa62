//! What this browser remembers of the page by name, as JSON: its local storage.
//!
//! Not here: what must not get lost (`store`). Invariant: a browser that keeps nothing, or lets the page see nothing, costs no more than
//! what it would have remembered.

use protocol::{decode, encode};
use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// The browser does not remember: a private window, a full disk, a person's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept;

/// What is remembered under a name, if it can be read as that.
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage()?.get_item(name).ok()??;
    decode(&text).ok()
}

/// Remembers it in the place of what was.
///
/// # Errors
/// When it is not remembered.
pub fn write<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<(), NotKept> {
    storage().ok_or(NotKept)?.set_item(name, &encode(&value)).map_err(|_| NotKept)
}

/// Forgets what is under a name.
pub fn forget(name: &str) {
    // What cannot be forgotten was not remembered.
    let _ = storage().map(|storage| storage.remove_item(name));
}

/// Forgets everything.
pub fn clear() {
    let _ = storage().map(|storage| storage.clear());
}

/// Where all of it lies, for what is kept as plain text; none where the page may see nothing.
pub fn storage() -> Option<Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}
