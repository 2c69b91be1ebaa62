//! A message to a browser, encrypted so that its push service cannot read it: Message Encryption for Web Push (RFC 8291), in one
//! record of `aes128gcm` (RFC 8188).
//!
//! Not here: where it is sent. Invariant: each message has a key pair and a salt of its own, so no key encrypts twice.

use base64ct::{Base64UrlUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use js_sys::{Array, Reflect, Uint8Array};
use protocol::http::PushKeys;
use sha2::Sha256;
use wasm_bindgen::JsValue;
use worker::wasm_bindgen_futures::JsFuture;

use crate::{random, subtle};

/// An uncompressed point of P-256.
pub const POINT_BYTES: usize = 65;
/// What a browser shares with the server beside its public key.
const AUTH_BYTES: usize = 16;
/// The record that the header announces: nothing here is longer.
const RECORD_BYTES: u32 = 4_096;
/// A message is padded up to here, so that its length says nothing of a short one.
const PADDED_BYTES: usize = 1_024;
/// Ends the last record; zeros may stand behind it.
const LAST: u8 = 2;

/// What a browser subscribed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    public: [u8; POINT_BYTES],
    auth: [u8; AUTH_BYTES],
}

impl Receiver {
    /// Reads its keys; `None` if they are none.
    pub fn parse(keys: &PushKeys) -> Option<Self> {
        let (mut public, mut auth) = ([0; POINT_BYTES], [0; AUTH_BYTES]);
        let whole = decoded(&keys.p256dh, &mut public) && decoded(&keys.auth, &mut auth);
        (whole && public[0] == 4).then_some(Self { public, auth })
    }

    /// A name for this room that nobody but this browser can make out: a later message about it takes the place of an earlier one
    /// that the push service still holds.
    pub fn topic(&self, room: &str) -> String {
        let mut topic = Base64UrlUnpadded::encode_string(&mac(&self.auth, &[b"topic.", room.as_bytes()]));
        topic.truncate(32);
        topic
    }

    /// The message as it goes out.
    pub async fn encrypt(&self, message: &str) -> Result<Vec<u8>, JsValue> {
        let curve = subtle::object(&[("name", "ECDH"), ("namedCurve", "P-256")])?;
        let pair = subtle::generate_key(&curve, false, &Array::of1(&"deriveBits".into()))?;
        let pair = JsFuture::from(pair).await?;
        let part = |name: &str| Reflect::get(&pair, &name.into());
        let public = subtle::bytes(subtle::export_key("raw", &part("publicKey")?)?).await?;
        let to = subtle::key("raw", &Uint8Array::from(self.public.as_slice()), &curve, &[]).await?;
        Reflect::set(&curve, &"public".into(), &to)?;
        let shared = subtle::bytes(subtle::derive_bits(&curve, &part("privateKey")?, 256)?).await?;
        let salt: [u8; 16] = random::bytes();
        let Keys { key, nonce } = self.keys(&shared, &public, &salt);

        let gcm = subtle::object(&[("name", "AES-GCM")])?;
        let key = subtle::key("raw", &Uint8Array::from(key.as_slice()), &gcm, &["encrypt"]).await?;
        Reflect::set(&gcm, &"iv".into(), &Uint8Array::from(nonce.as_slice()))?;
        let plain = Uint8Array::from(padded(message).as_slice());
        let sealed = subtle::bytes(subtle::encrypt(&gcm, &key, &plain)?).await?;
        Ok([salt.as_slice(), &RECORD_BYTES.to_be_bytes(), &[65], &public, &sealed].concat())
    }

    /// RFC 8291, section 3.4.
    fn keys(&self, shared: &[u8], sender: &[u8], salt: &[u8]) -> Keys {
        let combined = mac(&self.auth, &[shared]);
        let material = mac(&combined, &[b"WebPush: info\0", &self.public, sender, &[1]]);
        let root = mac(salt, &[&material]);
        let [key, nonce] =
            [b"Content-Encoding: aes128gcm\0\x01".as_slice(), b"Content-Encoding: nonce\0\x01"]
                .map(|info| mac(&root, &[info]));
        let mut keys = Keys::default();
        keys.key.copy_from_slice(&key[..16]);
        keys.nonce.copy_from_slice(&nonce[..12]);
        keys
    }
}

/// What a message is encrypted with.
#[derive(Debug, Default, PartialEq, Eq)]
struct Keys {
    key: [u8; 16],
    nonce: [u8; 12],
}

fn padded(message: &str) -> Vec<u8> {
    let mut plain = message.as_bytes().to_vec();
    plain.push(LAST);
    plain.resize(plain.len().max(PADDED_BYTES), 0);
    plain
}

/// HMAC-SHA-256: each step of HKDF here gives no more than one block.
fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let keyed = Hmac::<Sha256>::new_from_slice(key);
    let fed = keyed.map(|keyed| parts.iter().fold(keyed, |keyed, part| keyed.chain_update(part)));
    // A key may have any length.
    fed.map(|fed| fed.finalize().into_bytes().into()).unwrap_or_default()
}

/// Whether that was exactly so many bytes.
fn decoded(text: &str, into: &mut [u8]) -> bool {
    let whole = into.len();
    // Some browsers pad.
    Base64UrlUnpadded::decode(text.trim_end_matches('='), into).is_ok_and(|bytes| bytes.len() == whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 8291, section 5 and appendix A.
    const P256DH: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const SENDER: &str =
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    const SHARED: &str = "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs";
    const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";

    fn bytes(text: &str) -> Vec<u8> {
        Base64UrlUnpadded::decode_vec(text).unwrap()
    }

    fn keys(p256dh: &str, auth: &str) -> PushKeys {
        PushKeys { p256dh: p256dh.to_owned(), auth: auth.to_owned() }
    }

    #[test]
    fn the_keys_of_a_message_are_those_of_the_example_in_the_rfc() {
        let receiver = Receiver::parse(&keys(P256DH, AUTH)).unwrap();
        let Keys { key, nonce } = receiver.keys(&bytes(SHARED), &bytes(SENDER), &bytes(SALT));
        assert_eq!(Base64UrlUnpadded::encode_string(&key), "oIhVW04MRdy2XN9CiKLxTg");
        assert_eq!(Base64UrlUnpadded::encode_string(&nonce), "4h_95klXJ5E_qnoN");
    }

    #[test]
    fn keys_that_are_none_are_refused() {
        assert!(Receiver::parse(&keys(&format!("{P256DH}="), &format!("{AUTH}=="))).is_some());
        let compressed = format!("A{}", &P256DH[1..]);
        for (p256dh, auth) in
            [("", AUTH), (P256DH, ""), (AUTH, AUTH), (P256DH, P256DH), (&compressed, AUTH), ("é", AUTH)]
        {
            assert_eq!(Receiver::parse(&keys(p256dh, auth)), None, "{p256dh} {auth}");
        }
    }

    #[test]
    fn short_messages_have_one_length_and_end_where_they_end() {
        assert_eq!(padded("hi")[..4], *b"hi\x02\0");
        assert_eq!(padded("").len(), padded("some words").len());
        assert_eq!(padded(&"x".repeat(2_000)).len(), 2_001);
    }

    #[test]
    fn a_topic_is_the_rooms_own_fits_its_header_and_differs_between_browsers() {
        let receiver = Receiver::parse(&keys(P256DH, AUTH)).unwrap();
        let topic = receiver.topic("lobby");
        assert_eq!(topic, receiver.topic("lobby"));
        assert_eq!(topic.len(), 32);
        assert_ne!(topic, receiver.topic("garden"));
        let other = Receiver::parse(&keys(P256DH, SALT)).unwrap();
        assert_ne!(topic, other.topic("lobby"));
    }
}
