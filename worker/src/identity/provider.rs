//! The OpenID Connect provider that people sign in with, as configured: where they are sent, and what becomes of the code that they
//! come back with.
//!
//! Not here: sign-ins and accounts. Invariant: a code is worth nothing without the verifier of the attempt that asked for it.

use std::rc::Rc;

use base64ct::{Base64, Encoding};
use js_sys::encode_uri_component;
use protocol::fields::Fields;
use worker::Env;

use super::{
    Person,
    assertion::{Assertion, Claims, Expected},
    attempt::Attempt,
    documents::{Age, Said, Send, document, exchange},
    keys::{self, Signed},
    setting,
};
use crate::{clock, problem::Problem};

/// A provider, and who we are to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    issuer: String,
    client: String,
    /// Providers may know clients without one: PKCE protects the code.
    secret: Option<String>,
}

/// A person who came back, and what the provider calls them.
#[derive(Debug)]
pub struct Arrival {
    /// Who.
    pub person: Person,
    /// What they might be called, the best first.
    pub names: Vec<String>,
}

impl Provider {
    /// The one that is configured, if one is.
    pub fn of(env: &Env) -> Option<Self> {
        Some(Self {
            issuer: setting(env, "OIDC_ISSUER")?,
            client: setting(env, "OIDC_CLIENT_ID")?,
            secret: setting(env, "OIDC_CLIENT_SECRET"),
        })
    }

    /// Its name for people: the host of its issuer.
    pub fn host(&self) -> &str {
        let rest = self.issuer.split_once("://").map_or(self.issuer.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }

    /// Where a browser is sent to sign in, and then comes back to `back`.
    pub async fn entrance(&self, attempt: &Attempt, back: &str) -> Result<String, Problem> {
        let can = self.abilities().await?;
        let entrance = endpoint(&can, "authorization_endpoint")?;
        let query = form(&[
            ("response_type", "code"),
            ("scope", "openid profile"),
            ("client_id", &self.client),
            ("redirect_uri", back),
            ("state", &attempt.state()),
            ("nonce", &attempt.nonce()),
            ("code_challenge", &attempt.challenge()),
            ("code_challenge_method", "S256"),
        ]);
        let mark = if entrance.contains('?') { '&' } else { '?' };
        Ok(format!("{entrance}{mark}{query}"))
    }

    /// Who came back with this code.
    pub async fn person(&self, attempt: &Attempt, code: &str, back: &str) -> Result<Arrival, Problem> {
        let can = self.abilities().await?;
        let said = self.redeem(&can, attempt, code, back).await?;
        let claims = self.believed(&can, attempt, said.text("id_token").unwrap_or_default()).await?;
        let subject = claims.subject().unwrap_or_default().to_owned();
        let mut names: Vec<String> = claims.names().map(str::to_owned).collect();
        if names.is_empty()
            && let (Ok(url), Some(token)) = (endpoint(&can, "userinfo_endpoint"), said.text("access_token"))
        {
            names = told(url, token, &subject).await;
        }
        Ok(Arrival { person: Person { issuer: self.issuer.clone(), subject, until: None }, names })
    }

    /// What the provider says it can do; it must be the one that was configured.
    async fn abilities(&self) -> Result<Rc<Fields>, Problem> {
        let url = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let can = document(&url, Age::Any).await?;
        if can.text("issuer") != Some(&self.issuer) {
            tracing::error!("OIDC_ISSUER is not what the provider calls itself");
            return Err(Problem::issuer_failed());
        }
        Ok(can)
    }

    /// Trades the code for tokens. A client with a secret shows it as most are registered, then as the others are.
    async fn redeem(
        &self,
        can: &Fields,
        attempt: &Attempt,
        code: &str,
        back: &str,
    ) -> Result<Fields, Problem> {
        let url = endpoint(can, "token_endpoint")?;
        let (client, secret) = (self.client.as_str(), self.secret.as_deref().unwrap_or_default());
        let verifier = attempt.verifier();
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", &verifier),
            ("client_id", client),
            ("client_secret", secret),
        ];
        let (without_secret, _) = fields.split_at(fields.len() - 1);
        let basic = format!("{}:{}", escaped(client), escaped(secret));
        let basic = format!("Basic {}", Base64::encode_string(basic.as_bytes()));
        let Said { status, json } = if secret.is_empty() {
            exchange(url, Send::Form(&form(without_secret), None)).await?
        } else {
            match exchange(url, Send::Form(&form(without_secret), Some(&basic))).await? {
                Said { status: 400 | 401, json } if error(&json) == "invalid_client" => {
                    exchange(url, Send::Form(&form(&fields), None)).await?
                }
                said => said,
            }
        };
        match (status, error(&json)) {
            (200, _) => Ok(json),
            (_, "invalid_grant") => Err(Problem::bad_sign_in()),
            (status, error) => {
                tracing::error!(status, error, "the provider gives no tokens");
                Err(Problem::issuer_failed())
            }
        }
    }

    /// The claims of a token that the provider signed, for us, now, and for this attempt.
    async fn believed(&self, can: &Fields, attempt: &Attempt, token: &str) -> Result<Claims, Problem> {
        let nonce = attempt.nonce();
        let expected = Expected { issuer: &self.issuer, audience: &self.client, nonce: Some(&nonce) };
        let now = clock::now();
        let refused = |why: &str| {
            tracing::error!(why, "the provider's token is not believed");
            Problem::issuer_failed()
        };
        let assertion = Assertion::parse(token).ok_or_else(|| refused("it cannot be read"))?;
        if keys::signed(&assertion, endpoint(can, "jwks_uri")?).await? == Signed::No {
            return Err(refused("no key of the provider's signed it"));
        }
        assertion.claims(&expected, now).map_err(refused)
    }
}

/// What the provider calls the person with this token; nothing, where it will not say, or speaks of somebody else.
async fn told(url: &str, token: &str, subject: &str) -> Vec<String> {
    let said = exchange(url, Send::Get(Some(&format!("Bearer {token}")))).await;
    let claims = said.ok().map(|said| Claims::of(said.json));
    let claims = claims.filter(|claims| claims.subject() == Some(subject));
    claims.iter().flat_map(Claims::names).map(str::to_owned).collect()
}

fn endpoint<'a>(can: &'a Fields, name: &'static str) -> Result<&'a str, Problem> {
    can.text(name).ok_or_else(|| {
        tracing::error!(name, "the provider does not say where this is");
        Problem::issuer_failed()
    })
}

fn error(json: &Fields) -> &str {
    json.text("error").unwrap_or_default()
}

fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    pairs.join("&")
}

fn escaped(text: &str) -> String {
    encode_uri_component(text).into()
}
