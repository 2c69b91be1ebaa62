//! A text field that grows with what is in it: the composer and the editor are made of it.
//!
//! Invariant: while an input method composes, no key means anything but itself.

use std::ops::Range;

use client::{
    caret::{byte_at, units_at},
    formatting::{Mark, toggled},
};
use gloo::{events::EventListener, utils::document};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlDocument, HtmlElement, HtmlTextAreaElement};
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
    /// Down.
    Down,
    /// Tab: on to what comes next.
    Next,
    /// A mark around what is selected.
    Format(Mark),
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
        if is_command(event) {
            return mark(event).map_or(Self::Letter, Self::Format);
        }
        match event.key().as_str() {
            "Enter" if !event.shift_key() => Self::Done,
            "Tab" if !event.shift_key() => Self::Next,
            "Escape" => Self::Leave,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            _ => Self::Letter,
        }
    }
}

/// Apple's keyboards have a key for commands, and use the other one to move the caret.
fn is_command(event: &KeyboardEvent) -> bool {
    let apple = || gloo::utils::window().navigator().platform().is_ok_and(|name| name.starts_with("Mac"));
    let held = (event.meta_key() && apple()) || (event.ctrl_key() && !apple());
    held && !event.alt_key()
}

fn mark(event: &KeyboardEvent) -> Option<Mark> {
    match (event.key().as_str(), event.shift_key()) {
        ("b", false) => Some(Mark::Strong),
        ("i", false) => Some(Mark::Emphasis),
        ("e", false) => Some(Mark::Code),
        ("k", false) => Some(Mark::Link),
        ("x" | "X", true) => Some(Mark::Struck),
        _ => None,
    }
}

/// Calls back for each `?` that is not written into anything, wherever the focus is.
pub fn on_question_mark(pressed: impl Fn() + 'static) -> EventListener {
    EventListener::new(&document(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let writes = field.is_some_and(|field| field.matches("input, textarea, select").unwrap_or(true));
        if event.key() == "?" && !writes {
            pressed();
        }
    })
}

/// Tells of an Escape while nothing has the keys: what had them is gone from the page, and what is open is to be closed all the same.
pub fn on_lost_escape(pressed: impl Fn() + 'static) -> EventListener {
    EventListener::new(&document(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if event.key() == "Escape" && target.is_some_and(|target| target.matches("body").unwrap_or_default())
        {
            pressed();
        }
    })
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

/// What is selected of the field's text, in bytes; the caret, where nothing is.
#[must_use]
pub fn selection(node: &NodeRef) -> Range<usize> {
    let Some(field) = node.cast::<HtmlTextAreaElement>() else { return 0..0 };
    let text = field.value();
    let at = |units: Option<u32>| units.map_or(text.len(), |units| byte_at(&text, units));
    at(field.selection_start().ok().flatten())..at(field.selection_end().ok().flatten())
}

/// Puts a mark around what is selected, or takes it away.
pub fn format(node: &NodeRef, mark: Mark) {
    let change = toggled(&value(node), selection(node), mark);
    replace(node, change.place, &change.put);
    select(node, change.selected);
}

/// Puts `put` in the place of a part, as if it had been typed: undo takes it back, and the field hears of it.
pub fn replace(node: &NodeRef, place: Range<usize>, put: &str) {
    let Some(field) = node.cast::<HtmlTextAreaElement>() else { return };
    focus(node);
    select(node, place.clone());
    if typed(put) {
        return;
    }
    let text = field.value();
    let (before, after) = (text.get(..place.start), text.get(place.end..));
    field.set_value(&format!("{}{put}{}", before.unwrap_or_default(), after.unwrap_or_default()));
    select(node, place.start + put.len()..place.start + put.len());
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
        // Nobody can refuse that something was put in.
        let _ = field.dispatch_event(&event);
    }
}

/// True where the browser typed it. There is no other way that undo knows of, though this one is called deprecated.
fn typed(put: &str) -> bool {
    let page = gloo::utils::document().dyn_into::<HtmlDocument>();
    let command = if put.is_empty() { "delete" } else { "insertText" };
    page.is_ok_and(|page| page.exec_command_with_show_ui_and_value(command, false, put).unwrap_or(false))
}

fn select(node: &NodeRef, part: Range<usize>) {
    let Some(field) = node.cast::<HtmlTextAreaElement>() else { return };
    let text = field.value();
    // A text has all places that lie within it.
    let _ = field.set_selection_range(units_at(&text, part.start), units_at(&text, part.end));
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
