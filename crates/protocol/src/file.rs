//! Files: what a room holds beside its texts, as uploads answer it and messages show it.
//!
//! Not here: the bytes, and how they are read (`crates/files`). What a file says of itself was found in its content when it came,
//! and never changes: readers may keep it for as long as they like.

use serde::Serialize;

use crate::{
    fields::{Error, Fields},
    id::FileId,
    read_by_fields,
};

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct File {
    /// Which: the end of its address, `/api/rooms/{room}/files/{file}`.
    pub file: FileId,
    /// What it is called; at most 200 scalar values, none of them a control character or a slash.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Its media type, by its content. It decides whether a page may show it; `application/octet-stream` says nothing.
    #[serde(rename = "type")]
    pub media: String,
    /// Of a picture whose size stands where it is expected: in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

read_by_fields!(File, file);

fn file(mut fields: Fields) -> Result<File, Error> {
    Ok(File {
        file: fields.take("file")?,
        name: fields.take("name")?,
        size: fields.take("size")?,
        media: fields.take("type")?,
        width: fields.take("width")?,
        height: fields.take("height")?,
    })
}

impl File {
    /// Whether a page shows it as a picture.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.media.starts_with("image/")
    }
}
