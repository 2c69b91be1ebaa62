//! Who somebody is, as somebody else says: an OpenID Connect provider, or Cloudflare Access in front of this server.
//!
//! Not here: sign-ins (the Inbox) and their tokens. Invariant: nobody is taken for a person whose assertion was not signed by a key
//! of the configured issuer, for this server, and now.

pub mod access;
pub mod accounts;
pub mod assertion;
pub mod attempt;
pub mod documents;
pub mod keys;
pub mod provider;
pub mod query;

use protocol::Millis;
use worker::Env;

/// A person, as their issuer knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who says so.
    pub issuer: String,
    /// Their name there, for programs: it never changes, and is given to nobody else.
    pub subject: String,
    /// When the issuer's word ends, where it does before the sign-in.
    pub until: Option<Millis>,
}

/// A variable or secret that is set, and not to nothing.
pub fn setting(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string().trim().to_owned()).filter(|value| !value.is_empty())
}
