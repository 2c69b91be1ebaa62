//! Hears of errors that nobody caught, and tells the server of those that are worth it.
//!
//! Not here: which those are (`reports`). Invariant: nothing in here can fail again: it runs while the program is broken.

use std::{cell::RefCell, panic::PanicHookInfo};

use client::Input;
use gloo::{
    events::EventListener,
    utils::{document, window},
};
use js_sys::Reflect;
use protocol::http::{BreadcrumbCategory, ErrorKind};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, PromiseRejectionEvent};

use crate::{
    beacon, clock,
    reports::{Fault, Page, Reports},
};

/// The attribute of the document's root that says which commit the page was built from.
const COMMIT: &str = "data-commit";

thread_local! {
    static REPORTS: RefCell<Reports> = const { RefCell::new(Reports::new()) };
}

/// Hears of errors from here on.
pub fn watch() {
    EventListener::new(&window(), "error", |event| {
        if let Some(event) = event.dyn_ref::<ErrorEvent>() {
            tell(Fault {
                kind: ErrorKind::Error,
                message: event.message(),
                stack: text_of(&event.error(), "stack"),
            });
        }
    })
    .forget();
    EventListener::new(&window(), "unhandledrejection", |event| {
        if let Some(event) = event.dyn_ref::<PromiseRejectionEvent>() {
            let reason = event.reason();
            let message = text_of(&reason, "message").or_else(|| reason.as_string());
            let message = message.unwrap_or_else(|| "a promise was rejected".to_owned());
            tell(Fault { kind: ErrorKind::UnhandledRejection, message, stack: text_of(&reason, "stack") });
        }
    })
    .forget();
}

/// Tells of a panic. Its words count only where they stand in the program: others could hold what a person wrote.
pub fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let words = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("a panic");
    let stack = text_of(&js_sys::Error::new(""), "stack");
    tell(Fault { kind: ErrorKind::Panic, message: format!("{words}, at {place}"), stack });
}

/// Remembers what happened, for an error that may come.
pub fn note(category: BreadcrumbCategory, what: &str) {
    with(|reports| reports.note(category, what, clock::now()));
}

/// Remembers what the client was given.
pub fn note_input(input: &Input) {
    with(|reports| reports.note_input(input, clock::now()));
}

fn tell(fault: Fault) {
    let address = window().location().pathname().unwrap_or_default();
    let commit =
        document().document_element().and_then(|root| root.get_attribute(COMMIT)).unwrap_or_default();
    let page = Page { address: &address, commit: &commit };
    let told = with(|reports| reports.of(fault, page, clock::now())).flatten();
    if let Some(body) = told.and_then(|told| serde_json::to_string(&told).ok()) {
        beacon::send(beacon::ERRORS, &body);
    }
}

/// `None` where it is in use: then this is an error within an error.
fn with<T>(act: impl FnOnce(&mut Reports) -> T) -> Option<T> {
    REPORTS.with(|reports| reports.try_borrow_mut().ok().map(|mut reports| act(&mut reports)))
}

/// A field of something that a script threw, which may be anything.
fn text_of(thrown: &JsValue, field: &str) -> Option<String> {
    Reflect::get(thrown, &field.into()).ok()?.as_string()
}
