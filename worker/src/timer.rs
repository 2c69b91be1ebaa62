//! An object's in-memory timer: one at a time, a new one replaces the one before. It dies with the object.

use protocol::Millis;
use wasm_bindgen::{
    JsValue,
    prelude::{Closure, wasm_bindgen},
};

use crate::clock;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(ring: &Closure<dyn Fn()>, ms: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: &JsValue);
}

/// The timer, and what it calls.
pub struct Timer {
    ring: Closure<dyn Fn()>,
    pending: Option<(Millis, JsValue)>,
}

impl Timer {
    /// One that is not set. `ring` must not panic.
    pub fn new(ring: impl Fn() + 'static) -> Self {
        Self { ring: Closure::wrap_assert_unwind_safe(Box::new(ring) as Box<dyn Fn()>), pending: None }
    }

    /// Rings then.
    pub fn set(&mut self, at: Millis) {
        if matches!(self.pending, Some((pending, _)) if pending == at) {
            return;
        }
        self.clear();
        #[expect(clippy::cast_precision_loss, reason = "a wait is far below 2^53 ms")]
        let wait_ms = at.since(clock::now()) as f64;
        self.pending = Some((at, set_timeout(&self.ring, wait_ms)));
    }

    /// It rang: there is nothing to replace any more.
    pub fn rang(&mut self) {
        self.pending = None;
    }

    /// Does not ring.
    pub fn clear(&mut self) {
        if let Some((_, timeout)) = self.pending.take() {
            clear_timeout(&timeout);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.clear();
    }
}
