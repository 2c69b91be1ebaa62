//! From text to frames and back. Decoding never panics and never accepts half a frame.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Error;

use crate::{
    fields::Fields,
    frame::{ClientFrame, ServerFrame},
    id::CommandId,
    json::Json,
    limits::CLIENT_FRAME_BYTES,
    reading,
    reject::RejectCode,
};

/// A payload from a client that is no frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFrame {
    /// `bad_frame`, `too_large`, `unknown_type` or `bad_id`.
    pub code: RejectCode,
    /// The command's id, if one could be read.
    pub id: Option<CommandId>,
}

/// A frame from the server, and the mark it bore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The frame.
    pub frame: ServerFrame,
    /// To be returned once the frame is worked in.
    pub mark: Option<String>,
}

/// Reads a frame from a client.
///
/// # Errors
/// [`BadFrame`] says which refusal it gets.
pub fn decode_client(payload: &str) -> Result<ClientFrame, BadFrame> {
    if payload.len() > CLIENT_FRAME_BYTES {
        return Err(BadFrame { code: RejectCode::TooLarge, id: id_of(payload) });
    }
    Fields::read(payload).and_then(reading::client_frame).map_err(|_| diagnose(payload))
}

/// Reads a frame from the server; `None` for what is none. A type of a later version is [`ServerFrame::Unknown`].
#[must_use]
pub fn decode_server(payload: &str) -> Option<Received> {
    let mut fields = Fields::read(payload).ok()?;
    // The mark stands beside the frame's own fields.
    let mark = fields.take("mark").ok()?;
    Some(Received { frame: reading::server_frame(fields).ok()?, mark })
}

/// Reads the body of a request or an answer, or anything else that must be a JSON object.
///
/// Asked without this, serde takes an array for any struct: `["Ada"]` would be a sign-in.
///
/// # Errors
/// Says what is wrong with it: no JSON, no object, a field that is missing, wrong or there twice.
pub fn decode_object<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    Fields::read(json)?.rest()
}

/// Reads any JSON value that an Edgewise program wrote for another, or for itself.
///
/// It takes the way through a [`Json`], as all reading here does: made straight from the text, the code for each shape is
/// half as long again, and the Worker has dozens of shapes.
///
/// # Errors
/// Says what is wrong with it.
pub fn decode<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    T::deserialize(serde_json::from_str::<Json>(json)?)
}

/// Writes a frame.
#[must_use]
pub fn encode<T: Serialize>(frame: &T) -> String {
    // Writing JSON fails on maps with other keys than strings; the frames have none.
    serde_json::to_string(frame).unwrap_or_default()
}

/// An encoded frame with a mark in it: one encoding serves many sessions, each with a mark of its own.
#[must_use]
pub fn with_mark(encoded: &str, mark: &str) -> String {
    let body = encoded.strip_suffix('}').unwrap_or(encoded);
    format!("{body},\"mark\":{}}}", encode(&mark))
}

/// The slow second look at a payload that is no frame: which refusal, and under which id.
fn diagnose(payload: &str) -> BadFrame {
    let fields = Fields::read(payload).unwrap_or_else(|_| Fields::none());
    let kind = fields.text("type");
    let id = fields.text("id").map(CommandId::parse);
    let code = match (kind, &id) {
        (None, _) => RejectCode::BadFrame,
        (Some(kind), _) if !KNOWN_TYPES.contains(&kind) => RejectCode::UnknownType,
        (Some(_), Some(Err(_))) => RejectCode::BadId,
        (Some(_), _) => RejectCode::BadFrame,
    };
    BadFrame { code, id: id.and_then(Result::ok) }
}

const KNOWN_TYPES: [&str; 12] = [
    "send", "edit", "delete", "react", "pin", "moderate", "role", "read", "received", "resume", "typing",
    "presence",
];

/// The command's id in a payload too long to be decoded: one pass that keeps nothing else.
fn id_of(payload: &str) -> Option<CommandId> {
    #[derive(serde::Deserialize)]
    struct Identified {
        id: CommandId,
    }
    Some(serde_json::from_str::<Identified>(payload).ok()?.id)
}
