//! One WebSocket, whose events become inputs. Dropping it closes it, and nothing of it comes in any more.

use client::Input;
use protocol::Slug;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CloseEvent, MessageEvent, WebSocket};
use yew::Callback;

use crate::ahead;

/// The version of the protocol that this program speaks.
const SUBPROTOCOL: &str = "edgewise.v1";
/// What a socket that never was says of its end.
const ABNORMAL: u16 = 1006;

/// A socket.
pub struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _frame: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens one to a room.
    ///
    /// # Errors
    /// The code of the close that the client is to be told, when the browser refuses to try.
    pub fn open(room: &Slug, cursor: Option<&str>, on_input: &Callback<Input>) -> Result<Self, u16> {
        let address = address(room, cursor);
        let begun =
            ahead::socket(&address).map_or_else(|| WebSocket::new_with_str(&address, SUBPROTOCOL), Ok);
        let socket = begun.map_err(|_| ABNORMAL)?;
        let opened = Closure::<dyn FnMut()>::new({
            let on_input = on_input.clone();
            move || on_input.emit(Input::Opened)
        });
        let frame = Closure::<dyn FnMut(MessageEvent)>::new({
            let on_input = on_input.clone();
            // The room sends text alone.
            move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    on_input.emit(Input::Frame(text));
                }
            }
        });
        let closed = Closure::<dyn FnMut(CloseEvent)>::new({
            let on_input = on_input.clone();
            move |event: CloseEvent| on_input.emit(Input::Closed { code: event.code() })
        });
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(frame.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Ok(Self { socket, _opened: opened, _frame: frame, _closed: closed })
    }

    /// Sends a frame. On a socket that is closing it is lost; the client sends it again over the next one.
    pub fn send(&self, text: &str) {
        // A browser takes no offence at another frame, but writes an error to the console.
        if self.socket.ready_state() == WebSocket::OPEN {
            // It can only have begun to close meanwhile.
            let _ = self.socket.send_with_str(text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Only a wrong code or a long reason could fail.
        let _ = self.socket.close();
    }
}

fn address(room: &Slug, cursor: Option<&str>) -> String {
    let location = gloo::utils::window().location();
    let origin = location.origin().unwrap_or_default();
    // http becomes ws, https becomes wss.
    let origin = origin.replacen("http", "ws", 1);
    let cursor = cursor.map(|cursor| format!("?cursor={}", escaped(cursor))).unwrap_or_default();
    format!("{origin}/api/rooms/{room}/socket{cursor}")
}

fn escaped(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
