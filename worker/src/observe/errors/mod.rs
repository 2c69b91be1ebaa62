//! Errors on their way to error tracking: noted where they happen, sent by whoever has time, with a time limit, and never waited for.
//!
//! Invariant: what is told of an error of ours is its kind and its place in the code, never the words of a panic, which may hold what
//! a member wrote.

mod dsn;
mod envelope;
mod recent;
mod stack;

use std::{cell::RefCell, collections::VecDeque};

use js_sys::Promise;
use metrics::Family;
use protocol::http::ErrorReports;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Env, Headers, wasm_bindgen_futures::JsFuture, worker_sys::web_sys};

use self::{
    dsn::Dsn,
    envelope::{Event, Handled, Place},
    recent::{News, Recent},
};
use super::{counts, scope};
use crate::{
    clock,
    limits::{ERRORS_WAITING, REPORT_MS},
    random,
};

thread_local! {
    static WAITING: RefCell<Waiting> =
        const { RefCell::new(Waiting { events: VecDeque::new(), recent: Recent::new() }) };
}

/// What has happened and was not sent yet.
struct Waiting {
    events: VecDeque<Event>,
    recent: Recent,
}

/// Whose error it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Worker,
    Browser,
}

/// A panic, seen by the hook: it must not panic itself.
pub fn panicked(place: &str) {
    let stack = js_stack();
    note(ours("panic", place, Handled::No, stack::frames_of_panic(&stack)), Source::Worker);
}

/// Something of ours failed, and was refused in an orderly way. Neither `kind` nor `value` may hold what a member wrote.
pub fn failed(kind: &str, value: &str) {
    note(ours(kind, value, Handled::Yes, Vec::new()), Source::Worker);
}

/// What a browser reports.
pub fn of_browser(reports: &ErrorReports, request_id: &str) {
    for report in reports.errors.as_slice() {
        note(Event::of_browser(report, reports.release.as_str(), request_id), Source::Browser);
    }
}

/// Whether anything waits to be sent.
pub fn waits() -> bool {
    WAITING.with(|waiting| waiting.try_borrow().is_ok_and(|waiting| !waiting.events.is_empty()))
}

/// Sends what waits.
pub async fn send(env: &Env) {
    let events = WAITING
        .with(|waiting| waiting.try_borrow_mut().map(|mut waiting| std::mem::take(&mut waiting.events)));
    let Some(dsn) = text(env, "SENTRY_DSN").and_then(|dsn| Dsn::parse(&dsn)) else { return };
    let environment = text(env, "SENTRY_ENVIRONMENT").unwrap_or_else(|| "local".to_owned());
    let home = text(env, "EDGEWISE_HOME").unwrap_or_else(|| "unknown".to_owned());
    let place = Place { environment: &environment, home: &home };
    // One after the other: there is seldom more than one, and nobody waits.
    for event in events.unwrap_or_default() {
        if let Err(why) = post(&dsn, &event.envelope(&random::hex_id(), place)).await {
            counts::count(Family::ErrorReportsDropped, &["not_sent"], 1);
            tracing::warn!(why, "an error report could not be sent");
        }
    }
}

fn note(event: Event, source: Source) {
    let now = clock::now();
    WAITING.with(|waiting| {
        let Ok(mut waiting) = waiting.try_borrow_mut() else { return };
        if waiting.recent.happened(&event.what(), now) == News::Repeated {
            counts::count(Family::ErrorReportsDropped, &["repeated"], 1);
            return;
        }
        let source = match source {
            Source::Worker => "worker",
            Source::Browser => "browser",
        };
        counts::count(Family::ErrorsReported, &[source], 1);
        if waiting.events.len() >= ERRORS_WAITING {
            waiting.events.pop_front();
            counts::count(Family::ErrorReportsDropped, &["not_sent"], 1);
        }
        waiting.events.push_back(event);
    });
}

fn ours(kind: &str, value: &str, handled: Handled, frames: Vec<stack::Frame>) -> Event {
    let scope = scope::current();
    Event {
        kind: kind.to_owned(),
        value: value.to_owned(),
        handled,
        frames,
        at: clock::now(),
        platform: "other",
        release: super::release().clone(),
        route: scope.route.unwrap_or("unknown").to_owned(),
        request_id: scope.request_id.map(|id| id.to_string()),
        breadcrumbs: Vec::new(),
    }
}

/// Posts an envelope, and gives up in time.
async fn post(dsn: &Dsn, envelope: &str) -> Result<(), String> {
    let said = |error: JsValue| worker::Error::from(error).to_string();
    let headers = Headers::new();
    let auth = dsn.auth(&format!("edgewise/{}", super::VERSION));
    headers.set("content-type", "application/x-sentry-envelope").map_err(|error| error.to_string())?;
    headers.set("x-sentry-auth", &auth).map_err(|error| error.to_string())?;
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers.0);
    init.set_body(&JsValue::from_str(envelope));
    init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(REPORT_MS)));
    let answer = JsFuture::from(fetch(&dsn.address, &init)).await.map_err(said)?;
    let status = answer.unchecked_into::<web_sys::Response>().status();
    if status < 300 { Ok(()) } else { Err(format!("status {status}")) }
}

#[wasm_bindgen]
extern "C" {
    // The runtime's own: the SDK's brings code for every kind of body and answer.
    fn fetch(address: &str, init: &web_sys::RequestInit) -> Promise;
}

fn text(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string()).filter(|value| !value.is_empty())
}

/// The stack here, as the engine writes it. Ten frames, its own measure, a panic alone needs to get out.
fn js_stack() -> String {
    let text = |key: &str| JsValue::from_str(key);
    let error = js_sys::Error::new("");
    let constructor = js_sys::Reflect::get(&error, &text("constructor"));
    if let Ok(constructor) = constructor {
        let _ = js_sys::Reflect::set(&constructor, &text("stackTraceLimit"), &JsValue::from_f64(60.0));
    }
    let error = js_sys::Error::new("");
    js_sys::Reflect::get(&error, &text("stack")).ok().and_then(|stack| stack.as_string()).unwrap_or_default()
}
