//! The browser's clock and zone, asked here and nowhere else.

use protocol::Millis;

use crate::calendar::Reading;

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the frontend's one clock")]
#[must_use]
pub fn now() -> Millis {
    // Whole and far below 2^53, and never negative on a clock that is set at all.
    Millis(js_sys::Date::now().max(0.0) as u64)
}

/// What to add to UTC for the clock on this wall, in milliseconds; as it is now, for all instants: a chat is read close to when it is written.
#[must_use]
pub fn zone_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 14 hours in minutes")]
    let minutes = -(js_sys::Date::new_0().get_timezone_offset() as i64);
    minutes * 60_000
}

/// Now, as this reader sees it.
#[must_use]
pub fn reading() -> Reading {
    Reading { now: now(), zone_ms: zone_ms() }
}
