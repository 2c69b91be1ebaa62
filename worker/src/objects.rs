//! How objects are called: a JSON value in, an answer out, with a time limit.
//!
//! Not here: what is asked. Objects talk by `fetch`, since calls by name do not reach a Rust object.

use std::{pin::pin, time::Duration};

use base64ct::{Base64UrlUnpadded, Encoding};
use futures_util::future::{Either, select};
use serde::{Serialize, de::DeserializeOwned};
use worker::{
    Delay, Env, Headers, Response, ResponseBody, wasm_bindgen_futures::JsFuture, worker_sys::web_sys,
};

use crate::{
    limits::{CALL_MS, FILE_MS},
    naming::Region,
    problem::Problem,
    streams::Stream,
    together::Waiting,
};

/// The header that holds what is asked where there can be no body: an upgrade.
pub const ASK_HEADER: &str = "x-edgewise-ask";

/// A kind of object, by its binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One a room.
    Room,
    /// One a member.
    Inbox,
    /// A shard of the Directory.
    Directory,
    /// A shard of what is counted.
    Metrics,
}

impl Kind {
    const fn binding(self) -> &'static str {
        match self {
            Self::Room => "ROOMS",
            Self::Inbox => "INBOXES",
            Self::Directory => "DIRECTORY",
            Self::Metrics => "METRICS",
        }
    }
}

/// An object, and on behalf of which request it is called.
#[derive(Debug, Clone, Copy)]
pub struct Callee<'a> {
    /// What kind.
    pub kind: Kind,
    /// Which: a slug, a member, a shard.
    pub name: &'a str,
    /// The request.
    pub request_id: &'a str,
}

/// Asks, and reads the answer's JSON.
pub async fn ask<A: DeserializeOwned>(
    env: &Env,
    callee: Callee<'_>,
    ask: &impl Serialize,
) -> Result<A, Problem> {
    decoded(&exchange(env, callee, text(ask)?).await?)
}

/// Asks, and gives the answer's text.
pub async fn ask_text(env: &Env, callee: Callee<'_>, ask: &impl Serialize) -> Result<String, Problem> {
    exchange(env, callee, text(ask)?).await
}

/// The JSON of an answer to a JSON value: the part of [`ask`] that is the same for all.
fn exchange<'a>(env: &'a Env, callee: Callee<'a>, asked: String) -> Waiting<'a, Result<String, Problem>> {
    Box::pin(async move {
        let answer = send(env, callee, None, asked).await?;
        if answer.status_code() != 200 {
            tracing::error!(
                object = callee.kind.binding(),
                status = answer.status_code(),
                "an object refused"
            );
            return Err(Problem::busy());
        }
        body(answer).await
    })
}

fn decoded<A: DeserializeOwned>(text: &str) -> Result<A, Problem> {
    protocol::decode(text).map_err(|error| {
        tracing::error!(%error, "an object's answer cannot be read");
        Problem::internal()
    })
}

/// Reads an answer's JSON.
pub async fn read<A: DeserializeOwned>(answer: Response) -> Result<A, Problem> {
    decoded(&body(answer).await?)
}

/// Asks, and gives the answer as it is.
pub async fn forward(env: &Env, callee: Callee<'_>, ask: &impl Serialize) -> Result<Response, Problem> {
    forward_to(env, callee, None, ask).await
}

/// The same. An object that was never asked before comes to live in that region.
pub async fn forward_to(
    env: &Env,
    callee: Callee<'_>,
    region: Option<Region>,
    ask: &impl Serialize,
) -> Result<Response, Problem> {
    send(env, callee, region, text(ask)?).await
}

fn send<'a>(
    env: &'a Env,
    callee: Callee<'a>,
    region: Option<Region>,
    asked: String,
) -> Waiting<'a, Result<Response, Problem>> {
    Box::pin(async move {
        let init = web_sys::RequestInit::new();
        init.set_method("POST");
        init.set_body(&asked.into());
        call(env, callee, Manner { region, ..Manner::USUAL }, (&init, Headers::new())).await
    })
}

/// Asks with a body that is handed on as it comes.
pub async fn hand_over(
    env: &Env,
    callee: Callee<'_>,
    body: &Stream,
    ask: &impl Serialize,
) -> Result<Response, Problem> {
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(body);
    let headers = Headers::new();
    headers.set(ASK_HEADER, &by_header(ask)?)?;
    call(env, callee, Manner { region: None, within_ms: FILE_MS }, (&init, headers)).await
}

/// Hands a socket's upgrade over.
pub async fn upgrade(
    env: &Env,
    callee: Callee<'_>,
    subprotocol: &str,
    ask: &impl Serialize,
) -> Result<Response, Problem> {
    let headers = Headers::new();
    headers.set("upgrade", "websocket")?;
    headers.set("sec-websocket-protocol", subprotocol)?;
    headers.set(ASK_HEADER, &by_header(ask)?)?;
    call(env, callee, Manner::USUAL, (&web_sys::RequestInit::new(), headers)).await
}

/// A header holds no more than ASCII; names do.
fn by_header(ask: &impl Serialize) -> Result<String, Problem> {
    Ok(Base64UrlUnpadded::encode_string(text(ask)?.as_bytes()))
}

/// What was asked by the header.
pub fn asked_by_header<A: DeserializeOwned>(header: &str) -> Option<A> {
    let json = String::from_utf8(Base64UrlUnpadded::decode_vec(header).ok()?).ok()?;
    protocol::decode(&json).ok()
}

/// The body as the runtime reads it: the SDK would read it piece by piece.
async fn body(answer: Response) -> Result<String, Problem> {
    let (_, ResponseBody::Stream(stream)) = answer.into_parts() else { return Ok(String::new()) };
    let answer =
        web_sys::Response::new_with_opt_readable_stream(Some(&stream)).map_err(worker::Error::from)?;
    let text =
        JsFuture::from(answer.text().map_err(worker::Error::from)?).await.map_err(worker::Error::from)?;
    Ok(text.as_string().unwrap_or_default())
}

fn text(ask: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(ask).map_err(|error| Problem::from(worker::Error::from(error)))
}

/// How an object is called.
struct Manner {
    /// Where one comes to live that was never called before.
    region: Option<Region>,
    /// How long it has for its answer.
    within_ms: u64,
}

impl Manner {
    const USUAL: Self = Self { region: None, within_ms: CALL_MS };
}

async fn call(
    env: &Env,
    callee: Callee<'_>,
    Manner { region, within_ms }: Manner,
    (init, headers): (&web_sys::RequestInit, Headers),
) -> Result<Response, Problem> {
    headers.set("x-request-id", callee.request_id)?;
    init.set_headers(&headers.0);
    let request =
        web_sys::Request::new_with_str_and_init("https://object/", init).map_err(worker::Error::from)?;
    let objects = env.durable_object(callee.kind.binding())?;
    let stub = match region {
        Some(region) => objects.get_by_name_with_location_hint(callee.name, region.as_str()),
        None => objects.get_by_name(callee.name),
    }?;
    let called = pin!(stub.fetch_with_request(request.into()));
    let late = pin!(Delay::from(Duration::from_millis(within_ms)));
    match select(called, late).await {
        Either::Left((Ok(answer), _)) => Ok(answer),
        Either::Left((Err(error), _)) => {
            tracing::warn!(object = callee.kind.binding(), %error, "an object failed");
            Err(Problem::busy())
        }
        Either::Right(_) => {
            tracing::warn!(object = callee.kind.binding(), "an object did not answer in time");
            Err(Problem::busy())
        }
    }
}
