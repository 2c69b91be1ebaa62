//! One attempt to sign in by way of a provider: what the browser keeps of it, and what is told to the provider.
//!
//! All that goes over the wire is made of one secret that only this browser's cookie holds, by a hash that cannot be undone. So the
//! server keeps nothing, and an answer that was begun in another browser does not fit. Not here: who the person is.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

/// Where somebody lands who asked for no other place.
const HOME: &str = "/";
/// Bytes of the place to land at: a room's address with a message in it is 64.
const PLACE_BYTES: usize = 256;
/// Characters of the secret: 128 random bits.
const SECRET_BYTES: usize = 22;

/// An attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    secret: String,
    /// Where on this site the browser lands afterwards.
    pub place: String,
}

impl Attempt {
    /// A new one, with a secret that nobody can guess, on the way to `place`.
    pub fn begin(secret: String, place: Option<&str>) -> Self {
        let place = place.filter(|place| is_on_this_site(place)).unwrap_or(HOME);
        Self { secret, place: place.to_owned() }
    }

    /// What the browser keeps.
    pub fn cookie(&self) -> String {
        format!("{}.{}", self.secret, Base64UrlUnpadded::encode_string(self.place.as_bytes()))
    }

    /// What it kept; `None` where that is no attempt.
    pub fn read(cookie: &str) -> Option<Self> {
        let (secret, place) = cookie.split_once('.')?;
        let place = String::from_utf8(Base64UrlUnpadded::decode_vec(place).ok()?).ok()?;
        (secret.len() == SECRET_BYTES).then(|| Self::begin(secret.to_owned(), Some(&place)))
    }

    /// Comes back in the provider's answer: it is to this attempt.
    pub fn state(&self) -> String {
        self.derived("state")
    }

    /// Comes back in the assertion: it was made for this attempt.
    pub fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// Shows the provider that whoever brings the code is whoever asked for it (PKCE, RFC 7636).
    pub fn verifier(&self) -> String {
        self.derived("verifier")
    }

    /// What the provider is told of the verifier beforehand.
    pub fn challenge(&self) -> String {
        hash(&self.verifier())
    }

    fn derived(&self, purpose: &str) -> String {
        hash(&format!("{purpose}.{}", self.secret))
    }
}

fn hash(text: &str) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(text.as_bytes()))
}

/// Whether a browser that is sent there stays on this site. `//` and `/\` begin another one's address.
fn is_on_this_site(place: &str) -> bool {
    let mut bytes = place.bytes();
    let begins = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
    begins && place.len() <= PLACE_BYTES && place.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "AAAAAAAAAAAAAAAAAAAAAA";

    #[test]
    fn an_attempt_is_read_from_its_cookie_as_it_was() {
        let attempt = Attempt::begin(SECRET.to_owned(), Some("/r/lobby?x=1"));
        assert_eq!(Attempt::read(&attempt.cookie()), Some(attempt));
        for malformed in ["", ".", "short.Lw", SECRET] {
            assert_eq!(Attempt::read(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn what_is_told_differs_by_purpose_and_by_secret_and_is_never_the_secret() {
        let attempt = |secret: &str| Attempt::begin(secret.to_owned(), None);
        let (one, other) = (attempt(SECRET), attempt("BAAAAAAAAAAAAAAAAAAAAA"));
        let told = [one.state(), one.nonce(), one.verifier(), one.challenge(), other.state(), other.nonce()];
        for (at, text) in told.iter().enumerate() {
            assert_eq!(text.len(), 43, "a verifier has at least 43 characters");
            assert!(!told[at + 1..].contains(text) && !text.contains(SECRET), "{text}");
        }
    }

    #[test]
    fn the_challenge_is_the_verifiers_hash_as_rfc_7636_has_it() {
        assert_eq!(
            hash("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        let lands = |place: &str| Attempt::begin(SECRET.to_owned(), Some(place)).place;
        assert_eq!(lands("/r/lobby"), "/r/lobby");
        let long = format!("/{}", "a".repeat(PLACE_BYTES));
        for place in
            ["", "r", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/\t/x", &long]
        {
            assert_eq!(lands(place), "/", "{place}");
        }
        assert_eq!(lands(&long[..PLACE_BYTES]), long[..PLACE_BYTES]);
    }
}
