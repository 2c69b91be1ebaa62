//! Setting an object's alarm inside a turn. The SDK's own way is a future that sets it only once it is polled.

use protocol::Millis;
use wasm_bindgen::JsValue;
use worker::{Result, State};

/// Rings the object's alarm then; replaces the one before. It is written with whatever the turn has stored.
pub fn set(state: &State, at: Millis) -> Result<()> {
    #[expect(clippy::cast_precision_loss, reason = "instants are below 2^53")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64));
    state.storage().as_raw().set_alarm(date, JsValue::UNDEFINED.into()).map(drop)?;
    Ok(())
}
