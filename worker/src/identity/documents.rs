//! Documents of issuers, fetched: what a provider can do, and which keys it signs with. Kept for a while.
//!
//! Not here: what stands in them. Invariant: whoever sends us tokens cannot make us fetch more often than once a minute.

use std::{cell::RefCell, rc::Rc};

use js_sys::Promise;
use litemap::LiteMap;
use protocol::{Millis, fields::Fields};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Headers, wasm_bindgen, wasm_bindgen_futures::JsFuture, worker_sys::web_sys};

use crate::{
    clock,
    limits::{DOCUMENT_AGAIN_MS, DOCUMENT_MS, ISSUER_MS},
    problem::Problem,
    together::Waiting,
};

/// A document, and when it was fetched.
type Fetched = (Millis, Rc<Fields>);

thread_local! {
    static KEPT: RefCell<LiteMap<String, Fetched>> = const { RefCell::new(LiteMap::new_vec()) };
}

/// How old a document may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// As old as it is kept.
    Any,
    /// Something was not in it: new, unless it was fetched a minute ago.
    New,
}

/// What is to be sent.
pub enum Send<'a> {
    /// `GET`, with this `Authorization` where there is one.
    Get(Option<&'a str>),
    /// `POST` of a form, with this `Authorization` where there is one.
    Form(&'a str, Option<&'a str>),
}

/// An answer: its status and its JSON.
pub struct Said {
    /// The status.
    pub status: u16,
    /// The body; nothing where it is no object in JSON.
    pub json: Fields,
}

/// The document at this address. There are as many addresses as the configuration names: two or three.
pub fn document(url: &str, age: Age) -> Waiting<'_, Result<Rc<Fields>, Problem>> {
    Box::pin(async move {
        let now = clock::now();
        let lasts_ms = match age {
            Age::Any => DOCUMENT_MS,
            Age::New => DOCUMENT_AGAIN_MS,
        };
        let kept = KEPT.with_borrow(|kept| kept.get(url).cloned());
        if let Some((_, document)) = kept.filter(|(at, _)| now < at.plus(lasts_ms)) {
            return Ok(document);
        }
        let said = exchange(url, Send::Get(None)).await?;
        if said.status != 200 {
            tracing::error!(status = said.status, "an issuer's document cannot be had");
            return Err(Problem::issuer_failed());
        }
        let document = Rc::new(said.json);
        KEPT.with_borrow_mut(|kept| kept.insert(url.to_owned(), (now, Rc::clone(&document))));
        Ok(document)
    })
}

/// Asks an issuer, and gives up in time.
pub fn exchange<'a>(url: &'a str, send: Send<'a>) -> Waiting<'a, Result<Said, Problem>> {
    Box::pin(async move {
        attempt(url, &send).await.map_err(|error| {
            tracing::error!(error = %worker::Error::from(error), "an issuer does not answer");
            Problem::issuer_failed()
        })
    })
}

async fn attempt(url: &str, send: &Send<'_>) -> Result<Said, JsValue> {
    let headers = Headers::new();
    let init = web_sys::RequestInit::new();
    let authorization = match send {
        Send::Get(authorization) => authorization,
        Send::Form(form, authorization) => {
            init.set_method("POST");
            init.set_body(&JsValue::from_str(form));
            headers.0.set("content-type", "application/x-www-form-urlencoded")?;
            authorization
        }
    };
    headers.0.set("accept", "application/json")?;
    if let Some(authorization) = authorization {
        headers.0.set("authorization", authorization)?;
    }
    init.set_headers(&headers.0);
    // An issuer says where things are in its documents, not by sending us elsewhere.
    init.set_redirect(web_sys::RequestRedirect::Manual);
    init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(ISSUER_MS)));
    let answer: web_sys::Response = JsFuture::from(fetch(url, &init)).await?.unchecked_into();
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    Ok(Said { status: answer.status(), json: Fields::read(&text).unwrap_or_else(|_| Fields::none()) })
}

#[wasm_bindgen]
extern "C" {
    // The runtime's own: the SDK's brings code for every kind of body and answer.
    fn fetch(address: &str, init: &web_sys::RequestInit) -> Promise;
}
