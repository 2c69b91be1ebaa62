//! Carries one file to a room, and says how far it is. By XMLHttpRequest: `fetch` does not say how much has gone out.
//!
//! Invariant: a carrier that is dropped lets go of its file at once, and says nothing more.

use client::tray::{Refusal, Stage};
use gloo::events::EventListener;
use protocol::{File, Slug, http::Problem};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ProgressEvent, XmlHttpRequest};
use yew::Callback;

use crate::words;

/// A file on its way.
pub struct Carrier {
    request: XmlHttpRequest,
    _listeners: [EventListener; 3],
}

impl Carrier {
    /// Sets out. `on_stage` hears of every step, the last one at the end.
    ///
    /// # Errors
    /// What the browser says where it does not even begin.
    pub fn set_out(room: &Slug, file: &web_sys::File, on_stage: &Callback<Stage>) -> Result<Self, JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open("POST", &format!("/api/rooms/{room}/files"))?;
        request
            .set_request_header("x-file-name", &String::from(js_sys::encode_uri_component(&file.name())))?;
        let listeners = listen(&request, on_stage)?;
        request.send_with_opt_blob(Some(file))?;
        Ok(Self { request, _listeners: listeners })
    }
}

impl Drop for Carrier {
    fn drop(&mut self) {
        // Nothing happens where it is done already.
        let _ = self.request.abort();
    }
}

fn listen(request: &XmlHttpRequest, on_stage: &Callback<Stage>) -> Result<[EventListener; 3], JsValue> {
    let (going, came, lost) = (on_stage.clone(), on_stage.clone(), on_stage.clone());
    let asked = request.clone();
    Ok([
        EventListener::new(&request.upload()?.into(), "progress", move |event| {
            if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                going.emit(Stage::Going { sent: whole(event.loaded()) });
            }
        }),
        EventListener::new(request, "load", move |_| came.emit(came_to(&asked))),
        EventListener::new(request, "error", move |_| {
            lost.emit(Stage::Failed(words::cannot_be_reached().to_owned()));
        }),
    ])
}

/// What the answer says of the file. A refusal that a second try could turn leaves it to be tried again.
fn came_to(request: &XmlHttpRequest) -> Stage {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    let status = request.status().unwrap_or_default();
    if status == 201
        && let Ok(file) = protocol::decode::<File>(&text)
    {
        return Stage::There(file);
    }
    let problem =
        protocol::decode::<Problem>(&text).map(|problem| words::of_server(&problem.code, problem.detail));
    let reason = problem.unwrap_or_else(|_| words::server_did_not_take().to_owned());
    if matches!(status, 403 | 404 | 413) {
        Stage::Refused(Refusal::Said(reason))
    } else {
        Stage::Failed(reason)
    }
}

/// A count of bytes, as the browser tells it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number, far below 2^53")]
pub fn whole(bytes: f64) -> u64 {
    bytes as u64
}
