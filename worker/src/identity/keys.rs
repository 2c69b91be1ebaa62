//! An issuer's keys (a JWK Set, RFC 7517), and whether one of them signed an assertion. The platform computes.
//!
//! Invariant: a key is used only with the algorithm that its own kind allows; what a token says of itself chooses among those.

use js_sys::Uint8Array;
use protocol::{fields::Fields, json::Json};
use wasm_bindgen::JsValue;
use worker::wasm_bindgen_futures::JsFuture;

use super::{
    assertion::{Algorithm, Assertion},
    documents::{Age, document},
};
use crate::{problem::Problem, subtle};

impl Algorithm {
    /// The `kty` of keys that it works with, and their `crv` where they lie on a curve.
    const fn kind(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Rs256 => ("RSA", None),
            Self::Es256 => ("EC", Some("P-256")),
            Self::EdDsa => ("OKP", Some("Ed25519")),
        }
    }

    /// As the platform calls it.
    const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RSASSA-PKCS1-v1_5",
            Self::Es256 => "ECDSA",
            Self::EdDsa => "Ed25519",
        }
    }
}

/// Whether one of the keys at this address signed it. A key that is not known yet may be a new one: then they are asked for again.
pub async fn signed(assertion: &Assertion, url: &str) -> Result<Signed, Problem> {
    for age in [Age::Any, Age::New] {
        let keys = document(url, age).await?;
        for key in candidates(&keys, assertion) {
            match verify(assertion, key).await {
                Ok(true) => return Ok(Signed::Yes),
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(error = %worker::Error::from(error), "an issuer's key cannot be used");
                }
            }
        }
    }
    Ok(Signed::No)
}

/// Whether an assertion is its issuer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// The keys that could have signed it.
fn candidates<'a>(keys: &'a Fields, assertion: &'a Assertion) -> impl Iterator<Item = &'a Json> {
    let (kty, crv) = assertion.algorithm.kind();
    let keys = keys.get("keys").map_or(&[][..], Json::items).iter();
    keys.filter(move |key| {
        let says = |name: &str| key.get(name).and_then(Json::as_str);
        let named = assertion.key_id.is_none() || says("kid") == assertion.key_id.as_deref();
        named && says("kty") == Some(kty) && says("crv") == crv && says("use").is_none_or(|sig| sig == "sig")
    })
}

async fn verify(assertion: &Assertion, key: &Json) -> Result<bool, JsValue> {
    let (kty, crv) = assertion.algorithm.kind();
    let crv = crv.unwrap_or_default();
    let name = assertion.algorithm.name();
    let algorithm = subtle::object(&[("name", name), ("hash", "SHA-256"), ("namedCurve", crv)])?;
    let part = |name: &'static str| (name, key.get(name).and_then(Json::as_str).unwrap_or_default());
    // What else a key says of itself was looked at.
    let key = subtle::object(&[("kty", kty), ("crv", crv), part("n"), part("e"), part("x"), part("y")])?;
    let key = subtle::key("jwk", &key, &algorithm, &["verify"]).await?;
    let signature = Uint8Array::from(assertion.signature.as_slice());
    let signed = Uint8Array::from(assertion.signed.as_bytes());
    let good = JsFuture::from(subtle::verify(&algorithm, &key, &signature, &signed)?).await?;
    Ok(good.is_truthy())
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64UrlUnpadded, Encoding};
    use serde_json::{Value, json};

    use super::*;

    fn fields(json: &Value) -> Fields {
        Fields::read(&json.to_string()).unwrap()
    }

    fn assertion(header: &Value) -> Assertion {
        let header = Base64UrlUnpadded::encode_string(header.to_string().as_bytes());
        Assertion::parse(&format!("{header}.e30.c2ln")).unwrap()
    }

    #[test]
    fn only_keys_of_the_name_and_kind_that_a_token_is_signed_with_are_tried() {
        let keys = fields(&json!({"keys": [
            {"kid": "a", "kty": "RSA", "n": "1"},
            {"kid": "a", "kty": "RSA", "use": "enc", "n": "2"},
            {"kid": "b", "kty": "RSA", "use": "sig", "n": "3"},
            {"kid": "a", "kty": "EC", "crv": "P-256", "n": "4"},
            {"kid": "a", "kty": "EC", "crv": "P-384", "n": "5"},
            {"kid": "a", "kty": "oct", "n": "6"},
        ]}));
        let tried = |header: Value| {
            let assertion = assertion(&header);
            candidates(&keys, &assertion)
                .map(|key| key.get("n").and_then(Json::as_str).unwrap().to_owned())
                .collect::<String>()
        };
        assert_eq!(tried(json!({"alg": "RS256", "kid": "a"})), "1");
        assert_eq!(tried(json!({"alg": "RS256"})), "13");
        assert_eq!(tried(json!({"alg": "ES256", "kid": "a"})), "4");
        assert_eq!(tried(json!({"alg": "EdDSA", "kid": "a"})), "");
        assert_eq!(tried(json!({"alg": "RS256", "kid": "c"})), "");
    }

    #[test]
    fn what_is_no_set_of_keys_has_none() {
        let assertion = assertion(&json!({"alg": "RS256"}));
        for keys in [json!({}), json!({"keys": 1}), json!({"keys": [1, null]})] {
            assert_eq!(candidates(&fields(&keys), &assertion).count(), 0, "{keys}");
        }
    }
}
