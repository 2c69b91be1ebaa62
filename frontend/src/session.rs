//! Who is at this browser: signed in under a guest's name on the first visit, remembered after it.
//!
//! The proof of a sign-in is a cookie that no script can read. What is remembered here is only that there is one, so that nothing
//! is ever asked of a server about a sign-in that is not there.

use gloo::storage::{LocalStorage, Storage};
use protocol::{Member, Millis, Name, http::SignedIn, read_by_fields, read_by_tag};
use serde::Serialize;

use crate::{
    clock, guest,
    http::{self, Failure},
    random,
};

const KEY: &str = "edgewise.session";

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
    /// The sign-in that this browser remembers, else a new one. An ended one is renewed under its name.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn enter() -> Result<Self, Failure> {
        match Self::remembered() {
            Some(session) if session.expires_at > clock::now() => Ok(session),
            Some(session) => session.renew().await,
            None => Self::begin(guest::name(random::number()), Naming::Guest).await,
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
        LocalStorage::get(KEY).ok()
    }

    fn write(&self) {
        // A browser that keeps nothing asks for a new sign-in next time.
        if let Err(error) = LocalStorage::set(KEY, self) {
            tracing::warn!(%error, "this browser does not remember the sign-in");
        }
    }
}
