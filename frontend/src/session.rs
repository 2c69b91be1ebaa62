//! Who is at this browser: signed in under a guest's name on the first visit, remembered after it.
//!
//! The proof of a sign-in is a cookie that no script can read. What is remembered here is only that there is one, so that nothing
//! is ever asked of a server about a sign-in that is not there.

use gloo::utils::window;
use js_sys::encode_uri_component;
use protocol::{Member, Millis, Name, http::SignedIn, read_by_fields, read_by_tag};
use serde::Serialize;

use crate::{
    clock,
    http::{self, Failure},
    memory,
};

const KEY: &str = "edgewise.session";
/// There while somebody is away, signing in at the provider: they may come back as somebody else.
const AWAY: &str = "edgewise.away";

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Who.
    pub member: Member,
    /// When it ends.
    pub expires_at: Millis,
    /// Where the name came from.
    pub naming: Naming,
}

read_by_fields!(Session { member, expires_at, naming });

/// Where a name came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// We gave it.
    Guest,
    /// The person chose it, or said that it may stay.
    Chosen,
}

read_by_tag!(Naming {
    "guest" => Guest,
    "chosen" => Chosen,
});

impl Session {
    /// The sign-in that this browser remembers, else a new one. An ended one is renewed under its name. Whoever was away at the
    /// provider is whom the server says.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn enter() -> Result<Self, Failure> {
        if memory::read::<bool>(AWAY).is_some() {
            match http::session().await {
                Err(Failure::Unreachable) => return Err(Failure::Unreachable),
                answer => {
                    memory::forget(AWAY);
                    if let Ok(signed_in) = answer {
                        return Ok(Self::remember(signed_in, Naming::Chosen));
                    }
                }
            }
        }
        match Self::remembered() {
            Some(session) if session.expires_at > clock::now() => Ok(session),
            Some(session) => session.renew().await,
            None => Ok(Self::remember(http::sign_in_as_guest().await?, Naming::Guest)),
        }
    }

    /// A new sign-in under the same name: to the rooms it is somebody else.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn renew(self) -> Result<Self, Failure> {
        Self::begin(self.member.name, self.naming).await
    }

    /// The same sign-in under another name.
    ///
    /// # Errors
    /// Why the name is still the old one.
    pub async fn rename(self, name: &Name) -> Result<Self, Failure> {
        let renamed = http::rename(name).await?;
        Ok(Self::remember(renamed, Naming::Chosen))
    }

    /// Leaves the page for the provider, which leads back to where one is now.
    pub fn leave_for_provider() {
        let location = window().location();
        let here = location.pathname().unwrap_or_default();
        let there = format!("/api/sign-in/begin?return={}", String::from(encode_uri_component(&here)));
        if memory::write(AWAY, &true).is_err() || location.set_href(&there).is_err() {
            tracing::warn!("this browser does not leave for the provider");
        }
    }

    /// Ends the sign-in, and begins anew as a guest. What was kept for the one who left stays on this disk, for them.
    ///
    /// # Errors
    /// Why one is still signed in.
    pub async fn leave() -> Result<(), Failure> {
        http::sign_out().await?;
        memory::forget(KEY);
        if window().location().set_href("/").is_err() {
            tracing::warn!("this browser does not go to the first page");
        }
        Ok(())
    }

    /// The name may stay.
    #[must_use]
    pub fn keep_name(self) -> Self {
        let session = Self { naming: Naming::Chosen, ..self };
        session.write();
        session
    }

    async fn begin(name: String, naming: Naming) -> Result<Self, Failure> {
        Ok(Self::remember(http::sign_in(name).await?, naming))
    }

    fn remember(signed_in: SignedIn, naming: Naming) -> Self {
        let session = Self { member: signed_in.member, expires_at: signed_in.expires_at, naming };
        session.write();
        session
    }

    fn remembered() -> Option<Self> {
        memory::read(KEY)
    }

    fn write(&self) {
        // A browser that keeps nothing asks for a new sign-in next time.
        if memory::write(KEY, self).is_err() {
            tracing::warn!("this browser does not remember the sign-in");
        }
    }
}
