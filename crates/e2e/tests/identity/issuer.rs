//! An issuer in small: it signs what it is told to, and publishes its key where Cloudflare Access does.

use std::convert::Infallible;

use base64ct::{Base64UrlUnpadded, Encoding};
use http_body_util::Full;
use hyper::{Request, Response, body::Bytes, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub struct Issuer {
    pub url: String,
    key: EcdsaKeyPair,
}

/// A new key.
fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).expect("the same key")
}

impl Issuer {
    /// Publishes a new key on a free port, for as long as its test runs.
    pub async fn start() -> Self {
        let key = key();
        // An uncompressed point: a byte, then both coordinates.
        let (x, y) = key.public_key().as_ref()[1..].split_at(32);
        let encode = Base64UrlUnpadded::encode_string;
        let keys = json!({"keys": [{"kid": "1", "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "x": encode(x), "y": encode(y)}]});
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(publish(listener, keys.to_string()));
        Self { url, key }
    }

    /// These claims, signed.
    pub fn sign(&self, claims: &Value) -> String {
        signed_by(&self.key, claims)
    }
}

/// These claims, signed by a key that is nobody's.
pub fn forged(claims: &Value) -> String {
    signed_by(&key(), claims)
}

fn signed_by(key: &EcdsaKeyPair, claims: &Value) -> String {
    let part = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&json!({"alg": "ES256", "kid": "1"})), part(claims));
    let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature");
    format!("{signed}.{}", Base64UrlUnpadded::encode_string(signature.as_ref()))
}

async fn publish(listener: TcpListener, keys: String) {
    while let Ok((stream, _)) = listener.accept().await {
        let keys = keys.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let found = request.uri().path() == "/cdn-cgi/access/certs";
            let answer = Response::builder().status(if found { 200 } else { 404 });
            let answer = answer.body(Full::new(Bytes::from(keys.clone()))).expect("an answer");
            async move { Ok::<_, Infallible>(answer) }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}
