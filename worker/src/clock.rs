//! The Worker's one clock. It stands still while a Worker computes, so one reading serves a whole turn.

use protocol::Millis;

/// The time now.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the clock")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970 are whole, positive and below 2^53"
)]
pub fn now() -> Millis {
    Millis(js_sys::Date::now() as u64)
}
