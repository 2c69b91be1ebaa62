//! Programs by HTTP: the API tokens by which they sign in.

use serde::Serialize;

use crate::{read_by_fields, time::Millis};

/// `POST /api/me/tokens`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewApiToken {
    /// What its owner calls it; parsed by [`crate::Name`].
    pub name: String,
    /// How long it is good, in milliseconds, at most a year, which it is where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_ms: Option<u64>,
}

read_by_fields!(NewApiToken { name, expires_in_ms });

/// An API token, by which a program signs in as the member who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiToken {
    /// Names it, to take it back; nobody signs in by it.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Since when it is good.
    pub created_at: Millis,
    /// Until when.
    pub expires_at: Millis,
    /// The token, when it has just been made, and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

read_by_fields!(ApiToken { id, name, created_at, expires_at, token });

/// `GET /api/me/tokens`: those that are good, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiTokens {
    /// At most [`crate::limits::API_TOKENS`].
    pub tokens: Vec<ApiToken>,
}

read_by_fields!(ApiTokens { tokens });
