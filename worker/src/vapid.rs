//! How a server shows a browser's push service who it is: VAPID (RFC 8292), a token signed by the one key whose public part the
//! browser subscribed with.
//!
//! Not here: what is sent. Invariant: a token is for one push service and ends within half a day.

use base64ct::{Base64UrlUnpadded, Encoding};
use js_sys::Uint8Array;
use protocol::Millis;
use room::Nudges;
use serde::Serialize;
use wasm_bindgen::JsValue;
use worker::Env;

use crate::{push_message::POINT_BYTES, subtle};

/// How long a token is good; a day is the most that a push service takes.
const TOKEN_S: u64 = 12 * 60 * 60;
/// A number of P-256, in bytes.
const NUMBER_BYTES: usize = 32;
/// `{"typ":"JWT","alg":"ES256"}`.
const HEADER: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9";

/// The key pair of this server, and whom its push services may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vapid {
    /// The point and the secret number, each in base64url.
    x: String,
    y: String,
    d: String,
    contact: Option<String>,
}

/// What a token says.
#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
}

/// Whether rooms of this house nudge anybody.
pub fn nudges(env: &Env) -> Nudges {
    if Vapid::of(env).is_some() { Nudges::On } else { Nudges::Off }
}

impl Vapid {
    /// From the secret `VAPID_KEY`, and `VAPID_CONTACT` where there is one; `None` where notifications are off.
    pub fn of(env: &Env) -> Option<Self> {
        let variable =
            |name| env.var(name).map(|value| value.to_string()).ok().filter(|value| !value.is_empty());
        let secret = variable("VAPID_KEY")?;
        let key = Self::parse(&secret, variable("VAPID_CONTACT"));
        if key.is_none() {
            tracing::error!("the secret VAPID_KEY is no key pair: docs/deploying.md says how one is made");
        }
        key
    }

    /// `x.y.d` of a private key of P-256, as a JSON Web Key has them.
    fn parse(secret: &str, contact: Option<String>) -> Option<Self> {
        let parts: Vec<&str> = secret.trim().split('.').collect();
        let [x, y, d] = *parts.as_slice() else { return None };
        let number =
            |part: &str| Base64UrlUnpadded::decode_vec(part).is_ok_and(|bytes| bytes.len() == NUMBER_BYTES);
        if ![x, y, d].into_iter().all(number) {
            return None;
        }
        Some(Self { x: x.to_owned(), y: y.to_owned(), d: d.to_owned(), contact })
    }

    /// The public key as browsers take it.
    pub fn public(&self) -> String {
        let mut point = Vec::with_capacity(POINT_BYTES);
        point.push(4);
        for number in [&self.x, &self.y] {
            point.extend(Base64UrlUnpadded::decode_vec(number).unwrap_or_default());
        }
        Base64UrlUnpadded::encode_string(&point)
    }

    /// The header `authorization` for a request to this address.
    pub async fn authorization(&self, address: &str, now: Millis) -> Result<String, JsValue> {
        let said = self.said(address, now);
        let algorithm = subtle::object(&[("name", "ECDSA"), ("namedCurve", "P-256"), ("hash", "SHA-256")])?;
        let key = subtle::object(&[
            ("kty", "EC"),
            ("crv", "P-256"),
            ("x", &self.x),
            ("y", &self.y),
            ("d", &self.d),
        ])?;
        let key = subtle::key("jwk", &key, &algorithm, &["sign"]).await?;
        let signed = subtle::sign(&algorithm, &key, &Uint8Array::from(said.as_bytes()))?;
        let signature = Base64UrlUnpadded::encode_string(&subtle::bytes(signed).await?);
        Ok(format!("vapid t={said}.{signature}, k={}", self.public()))
    }

    /// What is signed.
    fn said(&self, address: &str, now: Millis) -> String {
        let claims =
            Claims { aud: origin(address), exp: now.0 / 1_000 + TOKEN_S, sub: self.contact.as_deref() };
        let claims = protocol::encode(&claims);
        format!("{HEADER}.{}", Base64UrlUnpadded::encode_string(claims.as_bytes()))
    }
}

/// Scheme, host and port of an address that was looked at before.
fn origin(address: &str) -> &str {
    let host = address.find("//").map_or(0, |at| at + 2);
    let end = address[host..].find(['/', '?']).map_or(address.len(), |at| host + at);
    &address[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: &str = "DGH7Thla5nlTmkhg0xNw5h7sc_xDYY2rQaDZ-pYPJHM";
    const Y: &str = "P3bPYVSBLQ8Jn-EMUKcJSi0UBGSYlyHnZ4hmX1i5kRk";
    const D: &str = "RLRxXf5iIqjNQdLk1vBxrtSIjqUEV8HjcDqHqWyqVdM";

    fn vapid(contact: Option<&str>) -> Vapid {
        Vapid::parse(&format!("{X}.{Y}.{D}\n"), contact.map(str::to_owned)).unwrap()
    }

    #[test]
    fn a_secret_that_is_no_key_pair_is_none() {
        for secret in
            ["", "x.y.d", X, &format!("{X}.{Y}"), &format!("{X}.{Y}.{D}.{D}"), &format!("{X}.{Y}.AAAA")]
        {
            assert_eq!(Vapid::parse(secret, None), None, "{secret}");
        }
    }

    #[test]
    fn the_public_key_is_the_point_uncompressed() {
        let point = Base64UrlUnpadded::decode_vec(&vapid(None).public()).unwrap();
        assert_eq!((point.len(), point[0]), (POINT_BYTES, 4));
        assert_eq!(Base64UrlUnpadded::encode_string(&point[1..33]), X);
    }

    #[test]
    fn a_token_is_for_the_push_service_alone_and_ends_in_half_a_day() {
        let said = vapid(Some("mailto:ops@chat.example"))
            .said("https://push.example.com:8443/a?b", Millis(1_000_999));
        let (header, claims) = said.split_once('.').unwrap();
        let text = |part: &str| String::from_utf8(Base64UrlUnpadded::decode_vec(part).unwrap()).unwrap();
        assert_eq!(text(header), r#"{"typ":"JWT","alg":"ES256"}"#);
        assert_eq!(
            text(claims),
            r#"{"aud":"https://push.example.com:8443","exp":44200,"sub":"mailto:ops@chat.example"}"#
        );
        assert!(!vapid(None).said("https://push.example.com", Millis(0)).contains("sub"));
        assert_eq!(origin("https://push.example.com?x"), "https://push.example.com");
    }
}
