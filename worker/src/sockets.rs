//! The sockets of one room: which belongs to which session, and what each remembers while the object sleeps.
//!
//! Not here: what is sent, and why. Invariant: a socket that is in the map was accepted under its session's id and has not been
//! closed from this side; after hibernation the runtime's own list says the same, since a closed one forgets its attachment.

use std::rc::Rc;

use js_sys::{Date, JsString};
use litemap::LiteMap;
use protocol::{CloseCode, Millis, SessionId};
use room::Attached;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Error, Result, State, WebSocket, WebSocketPair, WebSocketRequestResponsePair};

use crate::watch;

#[wasm_bindgen]
extern "C" {
    /// A server socket that survives hibernation.
    #[derive(Debug, Clone)]
    type Hibernating;
    // A frame is made a JavaScript string once and sent to many sockets.
    #[wasm_bindgen(method, catch)]
    fn send(this: &Hibernating, frame: &JsString) -> std::result::Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Hibernating, code: u16, reason: &str) -> std::result::Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = serializeAttachment)]
    fn serialize_attachment(this: &Hibernating, attachment: &str) -> std::result::Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = deserializeAttachment)]
    fn deserialize_attachment(this: &Hibernating) -> std::result::Result<JsValue, JsValue>;

    type Accepting;
    #[wasm_bindgen(method, catch, js_name = getWebSocketAutoResponseTimestamp)]
    fn auto_response_timestamp(
        this: &Accepting,
        socket: &Hibernating,
    ) -> std::result::Result<Option<Date>, JsValue>;
}

/// The open sockets, by session.
#[derive(Debug, Default)]
pub struct Sockets {
    by_session: LiteMap<SessionId, Hibernating>,
}

impl Sockets {
    /// The sockets that the runtime kept, and what the sessions behind them are. One that never became a session is closed.
    pub fn wake(state: &State) -> (Self, Vec<Attached>) {
        let mut sockets = Self::default();
        let mut attached = Vec::new();
        for socket in state.get_websockets() {
            let Some(Owner { session, .. }) = owner(state, &socket) else { continue };
            let socket = hibernating(&socket);
            match attachment(&socket) {
                Some(attachment) => {
                    attached.push(Attached { session: session.clone(), attachment });
                    sockets.by_session.insert(session, socket);
                }
                None => {
                    end(&socket, CloseCode::Overloaded, "");
                    watch::closed(CloseCode::Overloaded);
                }
            }
        }
        (sockets, attached)
    }

    /// `ping` is answered by the runtime, which wakes nobody.
    pub fn answer_pings(state: &State) -> Result<()> {
        state.set_websocket_auto_response(&WebSocketRequestResponsePair::new("ping", "pong")?);
        Ok(())
    }

    /// Accepts a socket for a session; gives the client's end. The runtime takes 32,768 sockets an object and refuses the next.
    /// The request that opened it goes with it, so that what it does later can be found in the log.
    pub fn accept(&mut self, state: &State, session: &SessionId, request_id: &str) -> Result<WebSocket> {
        let WebSocketPair { client, server } = WebSocketPair::new()?;
        // The runtime refuses an empty tag.
        let tags = [session.as_str(), request_id].into_iter().filter(|tag| !tag.is_empty());
        let tags = tags.map(JsValue::from_str).collect();
        state.as_raw().accept_websocket_with_tags(server.as_ref(), tags).map_err(Error::from)?;
        self.by_session.insert(session.clone(), hibernating(&server));
        Ok(client)
    }

    /// Sends one frame to many. A socket that is gone is passed over: the runtime tells of its end by itself.
    pub fn send(&self, to: &[SessionId], frame: &str) {
        let frame = JsString::from(frame);
        for session in to {
            if let Some(socket) = self.by_session.get(session)
                && socket.send(&frame).is_err()
            {
                tracing::debug!(%session, "a socket is gone");
            }
        }
    }

    /// Remembers something with a session's socket.
    pub fn attach(&self, session: &SessionId, attachment: &str) {
        if let Some(socket) = self.by_session.get(session)
            && socket.serialize_attachment(attachment).is_err()
        {
            tracing::error!(%session, bytes = attachment.len(), "an attachment was refused");
        }
    }

    /// Closes a session's socket.
    pub fn close(&mut self, session: &SessionId, code: CloseCode, reason: &str) {
        if let Some(socket) = self.by_session.remove(session) {
            end(&socket, code, reason);
        }
    }

    /// The session's socket is gone.
    pub fn forget(&mut self, session: &SessionId) {
        self.by_session.remove(session);
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.by_session.len()
    }

    /// When the runtime last answered a ping of each session.
    pub fn pongs(&self, state: &State) -> Vec<(SessionId, Millis)> {
        let state: &Accepting = state.as_raw().unchecked_ref();
        let pong = |socket| state.auto_response_timestamp(socket).ok().flatten();
        let sessions = self.by_session.iter();
        sessions.filter_map(|(session, socket)| Some((session.clone(), millis(&pong(socket)?)))).collect()
    }
}

/// Whose socket it is.
#[derive(Debug)]
pub struct Owner {
    /// The session.
    pub session: SessionId,
    /// The request that opened it; none where an older version did.
    pub request_id: Option<Rc<str>>,
}

/// Whose socket this is.
pub fn owner(state: &State, socket: &WebSocket) -> Option<Owner> {
    let tags = state.as_raw().get_tags(socket.as_ref()).ok()?;
    let session = tags.first().and_then(|tag| SessionId::parse(tag).ok())?;
    Some(Owner { session, request_id: tags.get(1).map(|tag| tag.as_str().into()) })
}

fn hibernating(socket: &WebSocket) -> Hibernating {
    let socket: &JsValue = socket.as_ref().as_ref();
    socket.clone().unchecked_into()
}

fn attachment(socket: &Hibernating) -> Option<String> {
    socket.deserialize_attachment().ok()?.as_string().filter(|attachment| !attachment.is_empty())
}

fn end(socket: &Hibernating, code: CloseCode, reason: &str) {
    // Should the object sleep before the other side answers, it wakes without this session.
    let forgotten = socket.serialize_attachment("");
    if forgotten.and_then(|()| socket.close(code.code(), reason)).is_err() {
        tracing::debug!("a socket was gone before it was closed");
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970, whole and positive"
)]
fn millis(date: &Date) -> Millis {
    Millis(date.get_time() as u64)
}

/// Answers the other side's close, without which it waits for the end in vain. Codes that only a runtime may say become 1000.
pub fn close_back(socket: &WebSocket, code: usize) {
    let code = u16::try_from(code).ok().filter(|code| (3_000..=4_999).contains(code)).unwrap_or(1_000);
    if hibernating(socket).close(code, "").is_err() {
        tracing::debug!("a socket was closed on both sides already");
    }
}
