//! What the page tells the server of itself, without waiting for an answer: it goes out even from a page that is being closed.
//!
//! Not here: what is told (`vitals`, `reports`). Nothing that fails here is worth a word: it would be one more error about an error.

use gloo::{
    events::EventListener,
    timers::callback::Interval,
    utils::{document, window},
};
use yew::Callback;

use crate::{browser, vitals::Moment};

/// How the page fares.
pub const METRICS: &str = "/api/client-metrics";
/// What went wrong.
pub const ERRORS: &str = "/api/client-errors";
/// How often it is asked whether there is something to tell.
const LOOK_EVERY_MS: u32 = 15_000;

/// Hands a body to the browser, which sends it when it can.
pub fn send(to: &str, body: &str) {
    // A browser that takes no more will not be asked twice.
    let _ = window().navigator().send_beacon_with_opt_str(to, Some(body));
}

/// Tells of each moment at which something may be told, for as long as what it gives back is held.
pub fn moments(on_moment: &Callback<Moment>) -> (Interval, [EventListener; 2]) {
    let passing = on_moment.clone();
    let (hidden, left) = (on_moment.clone(), on_moment.clone());
    let ticking = Interval::new(LOOK_EVERY_MS, move || passing.emit(Moment::Passing));
    let hiding = EventListener::new(&document(), "visibilitychange", move |_| {
        if browser::is_hidden() {
            hidden.emit(Moment::Leaving);
        }
    });
    let leaving = EventListener::new(&window(), "pagehide", move |_| left.emit(Moment::Leaving));
    (ticking, [hiding, leaving])
}
