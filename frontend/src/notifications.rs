//! Whether somebody wants notifications in this browser, and the moment at which a page has one to show.
//!
//! Not here: how they are switched on and shown (`screens/notifications.rs`), whose code comes only to whoever wants them. Invariant: a
//! page that somebody looks at notifies nobody.

use protocol::{MemberId, http::Nudge};

use crate::{browser, chunks, memory};

/// Where it is kept who wants them: the browser's permission alone does not say so.
const WANTED: &str = "edgewise.notifications";

/// Whether this member wants notifications here.
#[must_use]
pub fn are_wanted_by(me: &MemberId) -> bool {
    memory::storage().and_then(|storage| storage.get_item(WANTED).ok().flatten()).as_deref()
        == Some(me.as_str())
}

/// From now on they are wanted by this member, or by nobody. Whether this browser keeps it.
pub fn want(by: Option<&MemberId>) -> bool {
    let kept = memory::storage().map(|storage| storage.set_item(WANTED, by.map_or("", MemberId::as_str)));
    matches!(kept, Some(Ok(())))
}

/// Tells the reader of a message that calls them, if they want to be told and nobody looks at the page.
pub fn tell(me: &MemberId, nudge: Nudge) {
    if browser::is_hidden() && are_wanted_by(me) {
        chunks::notify(nudge);
    }
}
