//! What one can see of the Worker: log lines, counts, and error reports.
//!
//! Invariant: no message text, no token, no name and nothing of a panic's own words stands in any of them.

mod console;
mod counts;
pub mod errors;
mod outlet;
mod pace;
mod release;
mod scope;

use std::sync::Once;

use tracing::Level;
use worker::Env;

pub use counts::{count, observe, push, set};
pub use outlet::{Outlet, let_out, tell};
pub use pace::Pace;
pub use release::{VERSION, commit, release};
pub use scope::{Scope, current, enter, within};

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
            let location = panic.location().map(ToString::to_string).unwrap_or_default();
            let location = within_its_crate(&location);
            tracing::error!(location, "a panic");
            errors::panicked(location);
        }));
    });
}

/// Of a dependency's file the part that does not depend on the machine it was built on.
fn within_its_crate(location: &str) -> &str {
    match location.rsplit_once("/registry/src/") {
        Some((_, within)) => within.split_once('/').map_or(within, |(_, rest)| rest),
        None => location,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_dependency_does_not_tell_where_it_was_built() {
        let built = "/home/somebody/.cargo/registry/src/index.example-0a1b/serde-1.0.1/src/lib.rs:1:2";
        assert_eq!(within_its_crate(built), "serde-1.0.1/src/lib.rs:1:2");
        assert_eq!(within_its_crate("crates/room/src/room.rs:3:4"), "crates/room/src/room.rs:3:4");
    }
}
