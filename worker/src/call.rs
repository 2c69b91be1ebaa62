//! A request as routes see it: what matters of it, read once.
//!
//! Not here: the body, which only some routes read. Nothing of a call may be logged but its id, its method and its route.

use js_sys::Reflect;
use protocol::CommandId;
use wasm_bindgen::JsValue;
use worker::{Request, Result};

use crate::{
    cookie::{self, Transport},
    limits::REQUEST_ID_BYTES,
    origin::{Page, Site},
    random,
};

/// What matters of a request.
#[derive(Debug)]
pub struct Call {
    /// Names the request in logs and answers.
    pub id: String,
    /// What is to be done, as it stands there: the SDK's own reading takes what it does not know for a GET.
    pub method: String,
    /// Where, without the query.
    pub path: String,
    /// Behind the question mark.
    pub query: String,
    /// This server, as it was addressed.
    pub site: Site,
    /// The page that asks.
    pub page: Page,
    /// Who says they ask.
    pub proof: Proof,
    /// The subprotocols that a socket offers, in order.
    pub offers: Vec<String>,
    /// Whether a socket is asked for.
    pub upgrade: Upgrade,
    /// The address of the client, where the runtime knows it.
    pub address: Option<String>,
    /// The data centre that it came in at, where the runtime says.
    pub colo: Option<String>,
    /// Where in the world whoever asks is: a continent's two letters, where the runtime says.
    pub continent: Option<String>,
}

/// What a request bears to prove who asks. None of it is verified yet.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// From `Authorization: Bearer`.
    pub bearer: Option<String>,
    /// From the session cookie.
    pub cookie: Option<String>,
    /// From the cookie of an attempt to sign in.
    pub attempt: Option<String>,
    /// What Cloudflare Access says.
    pub access: Option<String>,
}

/// Whether a request asks for a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upgrade {
    /// It does.
    WebSocket,
    /// It does not.
    None,
}

impl Call {
    /// Reads what matters.
    pub fn read(request: &Request) -> Result<Self> {
        let headers = request.headers();
        let address = Address::parse(&request.inner().url());
        let forwarded = headers.get("x-forwarded-proto")?;
        let secure = forwarded.as_deref().unwrap_or(&address.scheme) == "https";
        let cookies = headers.get("cookie")?;
        let upgrade = headers.get("upgrade")?.is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
        Ok(Self {
            id: headers.get("x-request-id")?.filter(|id| may_name_a_request(id)).unwrap_or_else(random::id),
            method: request.inner().method(),
            path: address.path,
            query: address.query,
            site: Site {
                transport: if secure { Transport::Secure } else { Transport::Plain },
                authority: address.authority,
            },
            page: Page { origin: headers.get("origin")?, fetch_site: headers.get("sec-fetch-site")? },
            proof: Proof {
                bearer: headers.get("authorization")?.as_deref().and_then(bearer).map(str::to_owned),
                cookie: cookies
                    .as_deref()
                    .and_then(|all| cookie::find(all, cookie::SESSION))
                    .map(str::to_owned),
                attempt: cookies
                    .as_deref()
                    .and_then(|all| cookie::find(all, cookie::ATTEMPT))
                    .map(str::to_owned),
                access: headers.get("cf-access-jwt-assertion")?,
            },
            offers: headers.get("sec-websocket-protocol")?.map(|offers| list(&offers)).unwrap_or_default(),
            upgrade: if upgrade { Upgrade::WebSocket } else { Upgrade::None },
            address: headers.get("cf-connecting-ip")?,
            colo: of_cf(request, "colo"),
            continent: of_cf(request, "continent"),
        })
    }
}

/// What the platform says of a request. The SDK's own reading of it panics where the platform says nothing.
fn of_cf(request: &Request, field: &str) -> Option<String> {
    let cf = Reflect::get(request.inner(), &"cf".into()).ok().filter(JsValue::is_object)?;
    Reflect::get(&cf, &field.into()).ok()?.as_string()
}

/// The parts of an absolute address, as the runtime writes it.
#[derive(Debug, PartialEq, Eq)]
struct Address {
    scheme: String,
    authority: String,
    path: String,
    query: String,
}

impl Address {
    fn parse(url: &str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = if path.is_empty() { "/" } else { path };
        Self {
            scheme: scheme.to_owned(),
            authority: authority.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
        }
    }
}

/// 1–64 of `[A-Za-z0-9_-]`: the same rule as for a command's id.
fn may_name_a_request(id: &str) -> bool {
    id.len() <= REQUEST_ID_BYTES && CommandId::parse(id).is_ok()
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn list(offers: &str) -> Vec<String> {
    offers.split(',').map(|offer| offer.trim().to_owned()).filter(|offer| !offer.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> (String, String, String, String) {
        let Address { scheme, authority, path, query } = Address::parse(url);
        (scheme, authority, path, query)
    }

    #[test]
    fn an_address_falls_into_its_parts() {
        let expect = |url: &str, [scheme, authority, path, query]: [&str; 4]| {
            let expected = (scheme.to_owned(), authority.to_owned(), path.to_owned(), query.to_owned());
            assert_eq!(parts(url), expected);
        };
        expect("https://a.example/api/x?limit=1&q=?", ["https", "a.example", "/api/x", "limit=1&q=?"]);
        expect("http://127.0.0.1:8787/", ["http", "127.0.0.1:8787", "/", ""]);
        expect("http://[::1]:80?x", ["http", "[::1]:80", "/", "x"]);
        expect("http://a/b#c?d", ["http", "a", "/b", ""]);
    }

    #[test]
    fn a_bearer_token_is_found_whatever_the_case_of_its_scheme() {
        assert_eq!(bearer("Bearer a.b"), Some("a.b"));
        assert_eq!(bearer("bearer  a.b"), Some("a.b"));
        assert_eq!(bearer("Basic a"), None);
        assert_eq!(bearer("Bearer"), None);
    }

    #[test]
    fn a_request_id_is_kept_only_if_it_can_stand_in_a_log() {
        assert!(may_name_a_request("a-B_9"));
        assert!(may_name_a_request(&"a".repeat(64)));
        for bad in ["", "a b", "a\n", "é", &"a".repeat(65)] {
            assert!(!may_name_a_request(bad), "{bad}");
        }
    }

    #[test]
    fn offered_subprotocols_keep_their_order() {
        assert_eq!(list("edgewise.v1, bearer.a.b"), ["edgewise.v1", "bearer.a.b"]);
        assert!(list(" , ").is_empty());
    }
}
