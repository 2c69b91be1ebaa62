//! Programs by HTTP: the API tokens by which they sign in, and webhooks.

use serde::Serialize;

use crate::{
    event::Event,
    id::{CommandId, MemberId, Slug},
    read_by_fields,
    slash::SlashCommand,
    time::Millis,
};

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

/// `POST /api/rooms/{room}/hooks`: without a `url` a webhook that writes in the room, with one a webhook that is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewHook {
    /// Under which name it writes; parsed by [`crate::Name`].
    pub name: String,
    /// Where it is called: `https`, a name of the public Internet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// For this slash command alone, without its slash; for every event without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

read_by_fields!(NewHook { name, url, command });

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MadeHook {
    /// Names it, and is whoever writes by it.
    pub hook: MemberId,
    /// Where to write; shown this once. Whoever has it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What its calls are signed with, `whsec_…`; shown this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

read_by_fields!(MadeHook { hook, url, secret });

/// A webhook of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HookLine {
    /// Names it.
    pub hook: MemberId,
    /// Under which name it writes.
    pub name: String,
    /// Where it is called, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// For which slash command, if not for every event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<SlashCommand>,
    /// How often it was called in vain since it last answered.
    pub failed: u64,
}

read_by_fields!(HookLine { hook, name, url, command, failed });

/// `GET /api/rooms/{room}/hooks`: all of them, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HookLines {
    /// At most [`crate::limits::HOOKS`].
    pub hooks: Vec<HookLine>,
}

read_by_fields!(HookLines { hooks });

/// A slash command of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommandLine {
    /// What a message begins with, behind the slash.
    pub command: SlashCommand,
    /// What the webhook that hears of it is called.
    pub name: String,
}

read_by_fields!(CommandLine { command, name });

/// `GET /api/rooms/{room}/commands`: all of them, by command; each once, however many webhooks hear of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommandLines {
    /// At most [`crate::limits::HOOKS`].
    pub commands: Vec<CommandLine>,
}

read_by_fields!(CommandLines { commands });

/// `POST /api/hooks/{slug}.{secret}`: what is written by a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HookPost {
    /// As a message has it.
    pub text: String,
    /// Under which name; the webhook's own where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Names what is written: a repeat is not written twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CommandId>,
}

read_by_fields!(HookPost { text, name, id });

/// What a webhook is told, as the body of a POST.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HookCall {
    /// Where it happened.
    pub room: Slug,
    /// Which webhook is told.
    pub hook: MemberId,
    /// What, in order; one for a command. A webhook may be told twice, and tells so by their seqs.
    pub events: Vec<Event>,
    /// The slash command that calls it, without its slash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<SlashCommand>,
    /// What stands behind the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arguments: Option<String>,
}

read_by_fields!(HookCall { room, hook, events, command, arguments });

/// What a webhook may answer to a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HookAnswer {
    /// Written in the room as a reply; nothing where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

read_by_fields!(HookAnswer { text });
