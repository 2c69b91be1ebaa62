//! What the page began before this program was there (`frontend/shell/ahead.js`): the sign-in of a first visit, a socket, and the
//! newest messages, drawn.
//!
//! Not here: whether either is wanted. Where nothing was begun, what is asked for begins now.

use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Node, WebSocket};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Ahead;

    /// Missing only where the page is none of ours, as in tests.
    #[wasm_bindgen(thread_local_v2, js_name = edgewiseAhead)]
    static AHEAD: Option<Ahead>;

    #[wasm_bindgen(method, catch)]
    async fn guest(this: &Ahead) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    fn socket(this: &Ahead, address: &str) -> Option<WebSocket>;

    #[wasm_bindgen(method)]
    fn drawn(this: &Ahead) -> Option<Node>;

    #[wasm_bindgen(method, js_name = forgetDrawn)]
    fn forget_drawn(this: &Ahead);
}

/// The answer to a guest's sign-in: its status and its text. None where there is no answer.
pub async fn guest() -> Option<(u16, String)> {
    let ahead = AHEAD.with(Clone::clone)?;
    let answer: Array = ahead.guest().await.ok()?.unchecked_into();
    let status = answer.get(0).as_f64()?;
    let text = answer.get(1).dyn_into::<JsString>().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a status has three digits")]
    Some((status as u16, text.into()))
}

/// The socket that was opened to this address; one to any other is closed.
#[must_use]
pub fn socket(address: &str) -> Option<WebSocket> {
    AHEAD.with(|ahead| ahead.as_ref()?.socket(address))
}

/// What stands in the page's place for messages, if some are drawn there. A copy: it is drawn at several places, one after the other.
#[must_use]
pub fn drawn() -> Option<Node> {
    AHEAD.with(|ahead| ahead.as_ref()?.drawn()?.clone_node_with_deep(true).ok())
}

/// To be called once the room is drawn: what was drawn ahead of it is old from then on.
pub fn forget_drawn() {
    AHEAD.with(|ahead| {
        if let Some(ahead) = ahead {
            ahead.forget_drawn();
        }
    });
}
