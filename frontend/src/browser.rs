//! What the browser tells of the network and of the person: events that become inputs.

use client::Input;
use gloo::{
    events::EventListener,
    utils::{document, window},
};
use protocol::Availability;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::VisibilityState;
use yew::Callback;

/// Listens for as long as what it gives back is held.
#[must_use]
pub fn listen(on_input: &Callback<Input>) -> Vec<EventListener> {
    let online = on_input.clone();
    let offline = on_input.clone();
    let turned = on_input.clone();
    vec![
        EventListener::new(&window(), "online", move |_| online.emit(Input::Online)),
        EventListener::new(&window(), "offline", move |_| offline.emit(Input::Offline)),
        EventListener::new(&document(), "visibilitychange", move |_| {
            turned.emit(Input::Presence(availability()))
        }),
    ]
}

fn availability() -> Availability {
    if is_hidden() { Availability::Away } else { Availability::Active }
}

/// Whether the page is out of sight: in a tab behind another, or in a window that is put away.
#[must_use]
pub fn is_hidden() -> bool {
    document().visibility_state() == VisibilityState::Hidden
}

/// Puts a text where the person can paste it from.
///
/// # Errors
/// What the browser says where it does not let the page do so.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.map(drop)
}
