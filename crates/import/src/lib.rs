//! Exports of rooms as pieces for `POST /api/rooms/{room}/import`.
//!
//! Not here: sending them, which `curl` does. The invariant: what comes out, a new room takes in whole: numbered from 1 without a
//! hole, in the order of dates, within every bound.

pub mod mrkdwn;
pub mod own;
pub mod pieces;
pub mod slack;

/// Why an export cannot be read; for people.
#[derive(Debug, thiserror::Error)]
pub enum BadExport {
    /// It cannot be read at all.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is no zip.
    #[error("it is no zip, or a broken one: {0}")]
    NoZip(#[from] zip::result::ZipError),
    /// A file in it is no JSON of the kind that belongs there.
    #[error("{file} is not as it should be: {why}")]
    BadFile {
        /// Which.
        file: String,
        /// What was found.
        why: String,
    },
    /// There is no such channel in it.
    #[error("it has no channel {0:?}; it has {1}")]
    NoChannel(String, String),
}
