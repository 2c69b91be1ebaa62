//! The browser app: the shell around the client. It holds no decisions about delivery.
//!
//! `driver` is the one place that carries out what the client wants; `components` draw what the client shows.

pub mod address;
mod ahead;
mod app;
mod beacon;
pub mod broken;
mod browser;
pub mod calendar;
mod carrier;
mod channel;
mod chunks;
pub mod clock;
pub mod completion;
pub mod components;
mod database;
pub mod draft;
mod drawing;
pub mod driver;
pub mod face;
mod faults;
mod favicon;
pub mod field;
mod forms;
mod hooks;
pub mod http;
pub mod instants;
pub mod intent;
#[cfg(target_arch = "wasm32")]
mod intl;
pub mod language;
pub mod luggage;
mod memory;
mod navigation;
mod notifications;
mod observer;
mod pages;
pub mod panel;
pub mod random;
mod reader;
pub mod reports;
pub mod scene;
pub mod screens;
pub mod scroll;
pub mod session;
pub mod socket;
pub mod store;
pub mod tab;
mod tables;
pub mod theme;
mod visits;
pub mod vitals;
pub mod who;
pub mod words;
pub mod work;

pub use hooks::MyRoomsNow;
pub use pages::{DesignPage, DesignProps};

use wasm_bindgen::prelude::wasm_bindgen;

/// The element of index.html that the app fills. What stands in it until then is the page's skeleton.
const PLACE: &str = "app";
/// The name under which `shell/words.js` hands its words over.
const WORDS: &str = "edgewiseWords";

/// Starts the app. The page's script calls this once its module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    broken::watch();
    faults::watch();
    observer::watch();
    chunks::trace_if_asked();
    if let Some(table) = handed_over() {
        words::speak(&table);
    }
    // A page without the place is not ours: a test's.
    if let Some(place) = gloo::utils::document().get_element_by_id(PLACE) {
        yew::Renderer::<app::App>::with_root(place).render();
    }
}

/// The words of another language than English, which the page's script brought before there was a program.
fn handed_over() -> Option<String> {
    js_sys::Reflect::get(&js_sys::global(), &WORDS.into()).ok()?.as_string()
}
