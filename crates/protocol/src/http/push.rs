//! Notifications by HTTP: how a browser subscribes to them, and what one of them says.
//!
//! Not here: how a notification is encrypted on its way through the browser's push service (RFC 8291), which is the Worker's.

use serde::Serialize;

use crate::{
    id::{Seq, Slug},
    read_by_fields,
    time::Millis,
};

/// `GET /api/me/push`: whether notifications can be had, and how they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PushState {
    /// The server's public key, an uncompressed point of P-256 in base64url, for `PushManager.subscribe`; null where it sends none.
    pub key: Option<String>,
    /// Whether this sign-in has a subscription.
    pub subscribed: bool,
    /// The rooms of which the member wants no notifications.
    pub quiet: Vec<Slug>,
}

read_by_fields!(PushState { key, subscribed, quiet });

/// `POST /api/me/push`: a subscription as a browser gives it (`PushSubscription.toJSON`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PushSubscription {
    /// Where its notifications are sent: an address of the browser's push service.
    pub endpoint: String,
    /// What they are encrypted to.
    pub keys: PushKeys,
}

read_by_fields!(PushSubscription { endpoint, keys });

/// The keys of a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PushKeys {
    /// The browser's public key: 65 bytes in base64url.
    pub p256dh: String,
    /// A secret that it shares with the server: 16 bytes in base64url.
    pub auth: String,
}

read_by_fields!(PushKeys { p256dh, auth });

/// What a notification says, once the browser has decrypted it: a message calls its reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Nudge {
    /// In which room.
    pub room: Slug,
    /// Its name for the reader: of a direct room, the other's.
    pub title: String,
    /// Which message.
    pub seq: Seq,
    /// When it was written.
    pub at: Millis,
    /// What its author is called.
    pub by: String,
    /// The first [`crate::limits::EXCERPT_SCALARS`] of its text, or of its first file's name.
    pub excerpt: String,
}

read_by_fields!(Nudge { room, title, seq, at, by, excerpt });
