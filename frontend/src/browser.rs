//! What the browser tells of the network and of the person: events that become inputs.

use client::Input;
use gloo::{
    events::EventListener,
    utils::{document, window},
};
use protocol::Availability;
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
    match document().visibility_state() {
        VisibilityState::Hidden => Availability::Away,
        _ => Availability::Active,
    }
}
