//! Cloudflare Access in front of this server: whom it lets in, it says in a header of each request, signed.
//!
//! Not here: whom it lets in; that is set there. Invariant: where it is configured, nobody signs in without its word, by whatever
//! way they came, and a sign-in lasts no longer than its word.

use worker::Env;

use super::{
    Person,
    assertion::{Assertion, Expected},
    keys::{self, Signed},
    setting,
};
use crate::{call::Call, clock, problem::Problem};

/// Access, and who we are to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    issuer: String,
    audience: String,
}

impl Access {
    /// The one that is configured, if one is.
    pub fn of(env: &Env) -> Option<Self> {
        let issuer = setting(env, "ACCESS_ISSUER")?.trim_end_matches('/').to_owned();
        Some(Self { issuer, audience: setting(env, "ACCESS_AUDIENCE")? })
    }

    /// Who asks, as Access says.
    pub async fn person(&self, call: &Call) -> Result<Person, Problem> {
        let refused = |why: &str| {
            tracing::warn!(why, "a request without the word of Access");
            Problem::access_required()
        };
        let token = call.proof.access.as_deref().ok_or_else(|| refused("it has none"))?;
        let assertion = Assertion::parse(token).ok_or_else(|| refused("it cannot be read"))?;
        let keys = format!("{}/cdn-cgi/access/certs", self.issuer);
        if keys::signed(&assertion, &keys).await? == Signed::No {
            return Err(refused("no key of Access signed it"));
        }
        let expected = Expected { issuer: &self.issuer, audience: &self.audience, nonce: None };
        let claims = assertion.claims(&expected, clock::now()).map_err(refused)?;
        let subject = claims.subject().unwrap_or_default().to_owned();
        Ok(Person { issuer: self.issuer.clone(), subject, until: claims.until() })
    }
}
