//! The browser app: the shell around the client. It holds no decisions about delivery.
//!
//! `driver` is the one place that carries out what the client wants; `components` draw what the client shows.

pub mod address;
mod app;
mod beacon;
pub mod broken;
mod browser;
pub mod calendar;
pub mod clock;
pub mod components;
pub mod draft;
pub mod driver;
pub mod face;
mod faults;
pub mod field;
mod forms;
pub mod guest;
mod hooks;
pub mod http;
pub mod intent;
mod navigation;
mod observer;
mod pages;
pub mod panel;
pub mod random;
pub mod reports;
pub mod scene;
pub mod scroll;
pub mod session;
pub mod socket;
pub mod store;
pub mod tab;
pub mod vitals;
pub mod work;

use wasm_bindgen::prelude::wasm_bindgen;

/// The element of index.html that the app fills. What stands in it until then is the page's skeleton.
const PLACE: &str = "app";

/// Starts the app. The page's script calls this once its module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    broken::watch();
    faults::watch();
    observer::watch();
    tracing_wasm::set_as_global_default_with_config(
        tracing_wasm::WASMLayerConfigBuilder::new()
            .set_max_level(tracing::Level::INFO)
            .set_report_logs_in_timings(false)
            .build(),
    );
    // A page without the place is not ours: a test's.
    if let Some(place) = gloo::utils::document().get_element_by_id(PLACE) {
        yew::Renderer::<app::App>::with_root(place).render();
    }
}
