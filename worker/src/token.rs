//! Session tokens: who signs in where, until when, signed. A token proves that this server made it and nothing else:
//! whether the sign-in has been ended since is asked of the member's Inbox.
//!
//! `1.{member}.{sign-in}.{end}.{mac}`: the version, ids, the end in milliseconds, and an HMAC-SHA-256 over all before it,
//! in unpadded base64url. A token holds no name and no rights, so neither can go stale in it. An API token begins with `2.` and holds a
//! secret where the other holds its sign-in: that is the secret's digest, so what an Inbox keeps of a program lets nobody in.

use base64ct::{Base64UrlUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use protocol::{MemberId, Millis};
use sha2::{Digest, Sha256};

use crate::secret::KEY_BYTES;

/// The first field of a person's token; another one is another shape.
const PERSON: &str = "1";
/// The first field of a program's.
const PROGRAM: &str = "2";

/// The key that signs, from the secret `SESSION_KEY`.
pub struct Key(Hmac<Sha256>);

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who.
    pub member: MemberId,
    /// Which sign-in; 22 characters of `[A-Za-z0-9_-]`, of a program 43.
    pub sign_in: String,
    /// Who signed in by it.
    pub bearer: Bearer,
    /// When it ends.
    pub expires_at: Millis,
}

/// Who bears a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// Somebody at a device.
    Person,
    /// A program that acts for them, by an API token.
    Program,
}

/// The sign-in of an API token with this secret.
pub fn sign_in_of(secret: &str) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(secret.as_bytes()))
}

impl Key {
    /// Takes the secret as it is; `None` when it is too short to be one.
    pub fn parse(secret: &str) -> Option<Self> {
        let secret = secret.trim().as_bytes();
        if secret.len() < KEY_BYTES {
            return None;
        }
        Hmac::new_from_slice(secret).ok().map(Self)
    }

    /// The token for a person's claims.
    pub fn sign(&self, claims: &Claims) -> String {
        self.signed(&format!("{PERSON}.{}.{}.{}", claims.member, claims.sign_in, claims.expires_at.0))
    }

    /// An API token of `member`. The secret is nowhere but in it.
    pub fn sign_program(&self, member: &MemberId, secret: &str, expires_at: Millis) -> String {
        self.signed(&format!("{PROGRAM}.{member}.{secret}.{}", expires_at.0))
    }

    fn signed(&self, said: &str) -> String {
        let mac = self.0.clone().chain_update(said.as_bytes()).finalize().into_bytes();
        format!("{said}.{}", Base64UrlUnpadded::encode_string(&mac))
    }

    /// The claims of a token that this key signed and that has not ended at `now`; else `None`.
    pub fn verify(&self, token: &str, now: Millis) -> Option<Claims> {
        let (said, mac) = token.rsplit_once('.')?;
        let mac = Base64UrlUnpadded::decode_vec(mac).ok()?;
        // Compared in constant time.
        self.0.clone().chain_update(said.as_bytes()).verify_slice(&mac).ok()?;
        let claims = read(said)?;
        (now < claims.expires_at).then_some(claims)
    }
}

fn read(said: &str) -> Option<Claims> {
    let mut fields = said.split('.');
    let version = fields.next()?;
    let (member, id, end) = (fields.next()?, fields.next()?, fields.next()?);
    let (sign_in, bearer) = match version {
        PERSON => (id.to_owned(), Bearer::Person),
        PROGRAM => (sign_in_of(id), Bearer::Program),
        _ => return None,
    };
    if fields.next().is_some() {
        return None;
    }
    Some(Claims {
        member: MemberId::parse(member).ok()?,
        sign_in,
        bearer,
        expires_at: Millis(end.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "00112233445566778899aabbccddeeff";

    fn claims() -> Claims {
        Claims {
            member: MemberId::parse("ada").unwrap(),
            sign_in: "laptop".to_owned(),
            bearer: Bearer::Person,
            expires_at: Millis(2_000),
        }
    }

    #[test]
    fn a_signed_token_says_what_was_signed_until_its_end() {
        let key = Key::parse(SECRET).unwrap();
        let token = key.sign(&claims());
        assert_eq!(key.verify(&token, Millis(1_999)), Some(claims()));
        assert_eq!(key.verify(&token, Millis(2_000)), None);
    }

    #[test]
    fn the_shape_of_a_token_is_pinned() {
        let key = Key::parse(SECRET).unwrap();
        assert_eq!(key.sign(&claims()), "1.ada.laptop.2000.eI-NsmKQUtAk7EMfr89U9lCrwiXG_oyCFDdtw8fm730");
    }

    #[test]
    fn an_api_token_signs_in_under_the_digest_of_its_secret() {
        let key = Key::parse(SECRET).unwrap();
        let ada = MemberId::parse("ada").unwrap();
        let token = key.sign_program(&ada, "hush", Millis(2_000));
        let sign_in = "3IMxvLIoPonSdaHC_mb3v1rDFj7Bln8UndfieQY2Xww".to_owned();
        let claims = Claims { member: ada, sign_in, bearer: Bearer::Program, expires_at: Millis(2_000) };
        assert_eq!(key.verify(&token, Millis(1_999)), Some(claims.clone()));
        assert_eq!(
            key.verify(&key.sign(&claims), Millis(1_999)),
            Some(Claims { bearer: Bearer::Person, ..claims })
        );
    }

    #[test]
    fn no_character_of_a_token_can_be_changed() {
        let key = Key::parse(SECRET).unwrap();
        let token = key.sign(&claims());
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'3' { b'4' } else { b'3' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(key.verify(&changed, Millis(0)), None, "{changed}");
        }
    }

    #[test]
    fn another_key_and_a_malformed_token_are_refused() {
        let key = Key::parse(SECRET).unwrap();
        let other = Key::parse("ffeeddccbbaa99887766554433221100").unwrap();
        assert_eq!(other.verify(&key.sign(&claims()), Millis(0)), None);
        for malformed in ["", ".", "1.ada", "1.ada.laptop.2000", "1.ada.laptop.2000.", "....", "é.é"] {
            assert_eq!(key.verify(malformed, Millis(0)), None, "{malformed}");
        }
    }

    #[test]
    fn a_secret_of_less_than_128_bits_in_hex_is_no_key() {
        assert!(Key::parse("").is_none());
        assert!(Key::parse(&SECRET[1..]).is_none());
        assert!(Key::parse(&format!("{SECRET}\n")).is_some());
    }
}
