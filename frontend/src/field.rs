//! A text field that grows with what is in it: the composer and the editor are made of it.
//!
//! Invariant: while an input method composes, no key means anything but itself.

use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::{KeyboardEvent, NodeRef};

/// What a key asks of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Enter: done.
    Done,
    /// Escape: leave it.
    Leave,
    /// Up.
    Up,
    /// Anything else: a letter.
    Letter,
}

impl Key {
    /// Reads a key press.
    #[must_use]
    pub fn of(event: &KeyboardEvent) -> Self {
        // 229 is what Safari gives for the Enter that ends a composition, after it has said that none is going on.
        if event.is_composing() || event.key_code() == 229 {
            return Self::Letter;
        }
        match event.key().as_str() {
            "Enter" if !event.shift_key() => Self::Done,
            "Escape" => Self::Leave,
            "ArrowUp" => Self::Up,
            _ => Self::Letter,
        }
    }
}

/// What is in the field.
#[must_use]
pub fn value(node: &NodeRef) -> String {
    node.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default()
}

/// Puts the text in with which the field begins. The page may be drawn, and somebody may write, before this is called: then what
/// they wrote stays.
pub fn begin(node: &NodeRef, text: &str) {
    if value(node).is_empty() {
        fill(node, text);
    }
}

/// Puts text into the field, the caret behind it.
pub fn fill(node: &NodeRef, text: &str) {
    if let Some(field) = node.cast::<HtmlTextAreaElement>() {
        field.set_value(text);
        grow(node);
    }
}

/// Takes the keys.
pub fn focus(node: &NodeRef) {
    if let Some(field) = node.cast::<HtmlElement>() {
        // A field that is not on the page any more needs no keys.
        let _ = field.focus();
    }
}

/// Takes the keys when a page or a room opens; not where the keys are drawn on the screen, and would cover what is to be read.
pub fn focus_first(node: &NodeRef) {
    let drawn_keys = gloo::utils::window().match_media("(pointer: coarse)").ok().flatten();
    if !drawn_keys.is_some_and(|media| media.matches()) {
        focus(node);
    }
}

/// Makes the field as high as its text; the style sheet bounds it.
pub fn grow(node: &NodeRef) {
    let Some(field) = node.cast::<HtmlTextAreaElement>() else { return };
    let style = HtmlElement::style(&field);
    // A property that cannot be set leaves the field scrolling, which is no loss.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
}
