//! What one can see of the Worker: log lines. Each is one JSON object a line, by `console.log`.
//!
//! Invariant: no message text, no token, no name and nothing of a panic's own words stands in a log.

mod console;

use std::sync::Once;

use tracing::Level;
use worker::Env;

use console::Console;

static STARTED: Once = Once::new();

/// Begins to log, once an isolate, at the level that the variable `LOG_LEVEL` names.
pub fn start(env: &Env) {
    STARTED.call_once(|| {
        let named = env.var("LOG_LEVEL").map(|level| level.to_string());
        let level = named.ok().and_then(|level| level.parse().ok()).unwrap_or(Level::INFO);
        // Only a second subscriber is refused, and there is none.
        let _ = tracing::subscriber::set_global_default(Console::new(level));
        std::panic::set_hook(Box::new(|panic| {
            let at = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(at, "a panic");
        }));
    });
}
