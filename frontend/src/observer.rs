//! What the browser measures of this page, given to `vitals`.
//!
//! Invariant: a browser that lacks one kind of entry is asked only for those that it has, and costs no more than that figure.

use std::cell::RefCell;

use client::Measurements;
use gloo::utils::window;
use js_sys::{Array, Object, Reflect};
use protocol::http::ClientMetrics;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit};

use crate::{
    clock,
    vitals::{Moment, Vitals},
};

/// Kinds of entries. An interaction shorter than 16 ms is told by its first event alone.
const KINDS: [&str; 6] =
    ["navigation", "largest-contentful-paint", "event", "first-input", "layout-shift", "mark"];
/// The mark of a message that stood there before this program did (`frontend/shell/early.js`).
const EARLY: &str = "early";
/// The shortest event that a browser tells of.
const SHORTEST_EVENT_MS: f64 = 16.0;

thread_local! {
    static VITALS: RefCell<Vitals> = RefCell::default();
}

/// Measures from here on, and takes in what was measured before.
pub fn watch() {
    let known = Reflect::get(&window(), &"PerformanceObserver".into())
        .and_then(|class| Reflect::get(&class, &"supportedEntryTypes".into()))
        .ok()
        .and_then(|kinds| kinds.dyn_into::<Array>().ok())
        .unwrap_or_default();
    for kind in KINDS {
        if known.includes(&kind.into(), 0) {
            // A browser that says it has it and then refuses keeps its figure.
            let _ = observe(kind);
        }
    }
}

/// A message is on the screen.
pub fn message_shown() {
    let after_ms = window().performance().map(|performance| performance.now());
    if let Some(after_ms) = after_ms {
        VITALS.with_borrow_mut(|vitals| vitals.message_shown(after_ms));
    }
}

/// What to tell at this moment.
pub fn tell(moment: Moment, client: impl FnOnce() -> Measurements) -> Option<ClientMetrics> {
    VITALS.with_borrow_mut(|vitals| vitals.tell(moment, clock::now(), client))
}

fn observe(kind: &'static str) -> Result<(), JsValue> {
    let heard =
        Closure::<dyn FnMut(PerformanceObserverEntryList)>::new(move |list: PerformanceObserverEntryList| {
            for entry in list.get_entries() {
                VITALS.with_borrow_mut(|vitals| take_in(vitals, kind, &entry));
            }
        });
    let observer = PerformanceObserver::new(heard.as_ref().unchecked_ref())?;
    // It lives as long as the page does.
    heard.forget();
    let wanted = Object::new();
    Reflect::set(&wanted, &"type".into(), &kind.into())?;
    Reflect::set(&wanted, &"buffered".into(), &true.into())?;
    Reflect::set(&wanted, &"durationThreshold".into(), &SHORTEST_EVENT_MS.into())?;
    observer.observe(wanted.unchecked_ref::<PerformanceObserverInit>());
    Ok(())
}

fn take_in(vitals: &mut Vitals, kind: &str, entry: &JsValue) {
    let number = |field: &str| Reflect::get(entry, &field.into()).ok().and_then(|value| value.as_f64());
    let number = |field: &str| number(field).unwrap_or_default();
    match kind {
        // It comes once the load has ended.
        "navigation" => vitals.loaded(number("duration")),
        "largest-contentful-paint" => vitals.painted(number("startTime")),
        "mark" => {
            if Reflect::get(entry, &"name".into()).is_ok_and(|name| name == EARLY) {
                vitals.message_shown(number("startTime"));
            }
        }
        "layout-shift" => {
            let asked_for =
                Reflect::get(entry, &"hadRecentInput".into()).is_ok_and(|asked| asked.is_truthy());
            if !asked_for {
                vitals.shifted(number("startTime"), number("value"));
            }
        }
        // Events: those of no interaction have no number, but for the first, which is one wherever it came from.
        _ => {
            let of = number("interactionId");
            if of > 0.0 || kind == "first-input" {
                vitals.interacted(of, number("duration"));
            }
        }
    }
}
