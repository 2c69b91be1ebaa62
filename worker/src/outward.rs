//! Requests to addresses that somebody else gave: webhooks and browsers' push services.
//!
//! Not here: which addresses may be given (hook_url.rs). Invariant: a request follows no redirect, since nobody has looked at where it
//! leads, ends after ten seconds, and goes by the binding `PUBLIC_NETWORK`, where there is one, by which only public addresses are reached.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Env, Headers, wasm_bindgen_futures::JsFuture, worker_sys::web_sys};

use crate::limits::HOOK_MS;

/// Posts a body there.
pub async fn post(
    env: &Env,
    address: &str,
    headers: &[(&str, &str)],
    body: &JsValue,
) -> Result<web_sys::Response, JsValue> {
    let all = Headers::new();
    for (name, value) in
        headers.iter().chain(&[("user-agent", concat!("edgewise/", env!("CARGO_PKG_VERSION")))])
    {
        all.set(name, value).map_err(|error| JsValue::from_str(&error.to_string()))?;
    }
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_headers(&all.0);
    init.set_body(body);
    init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(HOOK_MS)));
    Reflect::set(&init, &"redirect".into(), &"manual".into())?;
    JsFuture::from(network(env).fetch(address, &init)).await.map(JsCast::unchecked_into)
}

#[wasm_bindgen]
extern "C" {
    /// A binding by which only public addresses are reached, where there is one, or the runtime itself.
    type Network;
    #[wasm_bindgen(method)]
    fn fetch(this: &Network, address: &str, init: &web_sys::RequestInit) -> Promise;
}

fn network(env: &Env) -> Network {
    let bound = Reflect::get(env.as_ref(), &"PUBLIC_NETWORK".into()).ok().filter(JsValue::is_object);
    bound.unwrap_or_else(|| js_sys::global().into()).unchecked_into()
}
