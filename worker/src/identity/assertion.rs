//! An assertion: a token by which somebody else says who a person is (a JWT, RFC 7519). Taken apart, and its claims held against
//! what was expected.
//!
//! Not here: whether its signature is good (keys.rs). Invariant: claims are handed out only by [`Assertion::claims`], which has
//! looked at the issuer, the audience, the time, and the nonce.

use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};
use protocol::{Millis, fields::Fields, json::Json};

/// How far two clocks may be apart.
const LEEWAY_MS: u64 = 60_000;

/// How an assertion is signed. Others, `none` among them, are not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA with SHA-256: what every provider must have.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            _ => None,
        }
    }
}

/// A token taken apart. None of it is believed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    /// How it is signed.
    pub algorithm: Algorithm,
    /// Which of the issuer's keys signed it, if it says.
    pub key_id: Option<String>,
    /// What is signed.
    pub signed: String,
    /// The signature.
    pub signature: Vec<u8>,
    claims: Claims,
}

/// What an assertion must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who says so.
    pub issuer: &'a str,
    /// To whom.
    pub audience: &'a str,
    /// In answer to what, where something was asked.
    pub nonce: Option<&'a str>,
}

/// What is said of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Claims(Fields);

impl Assertion {
    /// Takes a token apart; `None` when it is none, or is signed in a way that is not known here.
    pub fn parse(token: &str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header = Claims::decode(header)?;
        // What must be understood and is not makes the whole token unreadable (RFC 7515, section 4.1.11).
        if header.0.get("crit").is_some() {
            return None;
        }
        Some(Self {
            algorithm: Algorithm::parse(header.text("alg")?)?,
            key_id: header.text("kid").map(str::to_owned),
            signature: Base64UrlUnpadded::decode_vec(signature).ok()?,
            claims: Claims::decode(claims)?,
            signed: signed.to_owned(),
        })
    }

    /// The claims, if they are what was expected and hold at `now`. Whoever calls this has looked at the signature.
    ///
    /// # Errors
    /// Which of them is not; for the log.
    pub fn claims(self, expected: &Expected<'_>, now: Millis) -> Result<Claims, &'static str> {
        let claims = self.claims;
        if claims.text("iss") != Some(expected.issuer) {
            return Err("it is from another issuer");
        }
        if !claims.is_for(expected.audience) {
            return Err("it is for somebody else");
        }
        if claims.until().is_none_or(|until| until.plus(LEEWAY_MS) <= now) {
            return Err("it is over, or never ends");
        }
        if ["iat", "nbf"]
            .into_iter()
            .filter_map(|name| claims.instant(name))
            .any(|at| at > now.plus(LEEWAY_MS))
        {
            return Err("it is from the future");
        }
        if expected.nonce.is_some_and(|nonce| claims.text("nonce") != Some(nonce)) {
            return Err("it answers another question");
        }
        if claims.subject().is_none() {
            return Err("it is about nobody");
        }
        Ok(claims)
    }
}

impl Claims {
    /// These.
    pub const fn of(claims: Fields) -> Self {
        Self(claims)
    }

    fn decode(part: &str) -> Option<Self> {
        let json = String::from_utf8(Base64UrlUnpadded::decode_vec(part).ok()?).ok()?;
        Fields::read(&json).ok().map(Self)
    }

    /// A claim that is text and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.text(name).filter(|text| !text.is_empty())
    }

    /// Whom they are about.
    pub fn subject(&self) -> Option<&str> {
        self.text("sub")
    }

    /// When they end.
    pub fn until(&self) -> Option<Millis> {
        self.instant("exp")
    }

    /// What the person might be called, the best first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        ["name", "nickname", "preferred_username", "given_name"]
            .into_iter()
            .filter_map(|name| self.text(name))
    }

    /// A claim in seconds since 1970, perhaps with a fraction.
    fn instant(&self, name: &str) -> Option<Millis> {
        let since_1970 = Duration::try_from_secs_f64(self.0.get(name)?.as_f64()?).ok()?;
        u64::try_from(since_1970.as_millis()).ok().map(Millis)
    }

    /// One audience is enough; where there are several, the authorised party must be us (OpenID Connect Core, 3.1.3.7).
    fn is_for(&self, audience: &str) -> bool {
        match self.0.get("aud") {
            Some(Json::Text(one)) => one == audience,
            Some(Json::List(all)) => {
                let among = all.iter().any(|one| one.as_str() == Some(audience));
                among && self.text("azp").map_or(all.len() == 1, |party| party == audience)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: Millis = Millis(1_700_000_000_000);
    const EXPECTED: Expected<'_> =
        Expected { issuer: "https://id.example", audience: "edgewise", nonce: Some("n-1") };

    fn token(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
        format!("{}.{}.c2ln", part(header), part(claims))
    }

    fn good() -> Value {
        json!({
            "iss": "https://id.example", "aud": "edgewise", "sub": "ada", "nonce": "n-1",
            "iat": 1_700_000_000, "exp": 1_700_000_060, "name": "", "nickname": "Ada",
        })
    }

    fn judged(changes: Value) -> Result<Claims, &'static str> {
        let mut claims = good();
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        Assertion::parse(&token(&json!({"alg": "RS256"}), &claims)).unwrap().claims(&EXPECTED, NOW)
    }

    #[test]
    fn an_assertion_falls_into_what_is_signed_and_the_signature() {
        let token = token(&json!({"alg": "ES256", "kid": "k"}), &good());
        let assertion = Assertion::parse(&token).unwrap();
        assert_eq!(assertion.algorithm, Algorithm::Es256);
        assert_eq!(assertion.key_id.as_deref(), Some("k"));
        assert_eq!(format!("{}.c2ln", assertion.signed), token);
        assert_eq!(assertion.signature, b"sig");
    }

    #[test]
    fn what_is_not_signed_or_in_ways_unknown_here_is_no_assertion() {
        for header in [
            json!({"alg": "none"}),
            json!({"alg": "HS256"}),
            json!({}),
            json!({"alg": "RS256", "crit": ["x"]}),
        ] {
            assert_eq!(Assertion::parse(&token(&header, &good())), None, "{header}");
        }
        for malformed in ["", ".", "..", "a.b.c", "e30.e30", "e30.e30.é"] {
            assert_eq!(Assertion::parse(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn claims_that_are_as_expected_are_believed() {
        let claims = judged(json!({})).unwrap();
        assert_eq!(claims.subject(), Some("ada"));
        assert_eq!(claims.names().collect::<Vec<_>>(), ["Ada"]);
        assert!(judged(json!({"aud": ["edgewise"]})).is_ok());
        assert!(judged(json!({"aud": ["edgewise", "other"], "azp": "edgewise"})).is_ok());
        // Two clocks are seldom the same.
        assert!(judged(json!({"exp": 1_699_999_941})).is_ok());
        assert!(judged(json!({"nbf": 1_700_000_059.5})).is_ok());
    }

    #[test]
    fn each_claim_that_is_not_as_expected_is_enough_to_refuse() {
        let refused = [
            json!({"iss": "https://id.example.evil.example"}),
            json!({"iss": null}),
            json!({"aud": "other"}),
            json!({"aud": []}),
            json!({"aud": ["edgewise", "other"]}),
            json!({"aud": ["edgewise", "other"], "azp": "other"}),
            json!({"exp": 1_699_999_940}),
            json!({"exp": null}),
            json!({"exp": "1700000060"}),
            json!({"iat": 1_700_000_061}),
            json!({"nbf": 1_700_000_061}),
            json!({"nonce": "n-2"}),
            json!({"nonce": null}),
            json!({"sub": ""}),
        ];
        for changes in refused {
            assert!(judged(changes.clone()).is_err(), "{changes}");
        }
    }
}
