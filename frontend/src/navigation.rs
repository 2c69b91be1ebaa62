//! Going from one address to another without loading the page again. Links stay links: what a browser can do with one, it can.
//!
//! Not here: what an address means (`address`).

use gloo::{
    events::{EventListener, EventListenerOptions},
    utils::{document, window},
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};
use yew::{hook, use_effect_with, use_state};

use crate::address::Address;

/// What a browser says when somebody goes back or forth; said by us, too, where we go.
const MOVED: &str = "popstate";

/// The address, followed wherever it goes.
#[hook]
pub fn use_address() -> Address {
    let address = use_state(here);
    use_effect_with((), {
        let address = address.setter();
        move |()| {
            let moved = EventListener::new(&window(), MOVED, move |_| address.set(here()));
            let choice = EventListenerOptions::enable_prevent_default();
            let clicked = EventListener::new_with_options(&document(), "click", choice, follow);
            move || drop((moved, clicked))
        }
    });
    (*address).clone()
}

/// Goes to a path of this page.
pub fn go(path: &str) {
    // Only a path of another origin would be refused.
    if let Ok(history) = window().history()
        && history.push_state_with_url(&JsValue::NULL, "", Some(path)).is_ok()
    {
        tell();
    }
}

/// Goes there in the place of where one is: going back leads to what was before.
pub fn go_instead(path: &str) {
    if let Ok(history) = window().history()
        && history.replace_state_with_url(&JsValue::NULL, "", Some(path)).is_ok()
    {
        tell();
    }
}

/// Loads the page again.
pub fn reload() {
    if window().location().reload().is_err() {
        tracing::warn!("the page cannot be loaded again from here");
    }
}

fn tell() {
    if let Ok(moved) = Event::new(MOVED) {
        // Nobody who hears of it can prevent it.
        let _ = window().dispatch_event(&moved);
    }
}

fn here() -> Address {
    Address::parse(&window().location().pathname().unwrap_or_default())
}

/// Follows a plain click on a link within the page. One with a key held, or meant for another window, is the browser's.
fn follow(event: &Event) {
    let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
    let with_key = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if with_key || click.button() != 0 || click.default_prevented() {
        return;
    }
    let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link =
        target.and_then(|target| target.closest("a[href^='/']:not([target], [download])").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        event.prevent_default();
        go(&link.pathname());
    }
}

/// Whether the window is so small that panels lie over the timeline.
#[must_use]
pub fn is_narrow() -> bool {
    let narrow = window().match_media("(max-width: 959.98px)").ok().flatten();
    narrow.is_some_and(|media| media.matches())
}
