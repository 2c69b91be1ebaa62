//! What happens when this program has a fault: a screen that says so and offers to reload, instead of a page that is dead.
//!
//! The screen stands in index.html from the start: after a panic nothing of ours can draw any more. One attribute shows it.

use crate::faults;

/// The attribute of the document's root that shows the screen.
pub const ATTRIBUTE: &str = "data-broken";

/// Logs a panic with its trace, shows the screen and tells the server.
pub fn watch() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        show();
        faults::panicked(panic);
    }));
}

/// Shows the screen.
pub fn show() {
    if let Some(root) = gloo::utils::document().document_element() {
        // Where even this fails there is nothing left to try.
        let _ = root.set_attribute(ATTRIBUTE, "");
    }
}
