//! The tab's picture: whether something is not read, and whether it is meant for the reader, seen from another tab.
//!
//! Three files beside each other, and the page's link names one of them: nothing is painted, so the content policy allows no more for it.

use client::room_list::Call;
use gloo::utils::document;

/// The page's link to it (index.html).
const LINK: &str = "link[rel=icon]";

/// Shows what the rooms ask. It differs by shape, not by colour alone.
pub fn show(call: Call) {
    let link = document().query_selector(LINK).ok().flatten();
    if let Some(link) = link
        && link.set_attribute("href", address(call)).is_err()
    {
        tracing::warn!("the tab keeps its picture");
    }
}

const fn address(call: Call) -> &'static str {
    match call {
        Call::Nothing => "/favicon.svg",
        Call::Unread => "/favicon-unread.svg",
        Call::ForMe => "/favicon-for-me.svg",
    }
}
