//! How far a reader has got.

use std::fmt;

use crate::id::{Epoch, Seq};

/// An epoch and a seq: everything up to and including `seq` of the log `epoch` has been worked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Which log.
    pub epoch: Epoch,
    /// The last event that was worked in; 0 for none.
    pub seq: Seq,
}

impl Cursor {
    /// Reads `{epoch}.{seq}`. A malformed one is `None`: its owner gets a snapshot, not an error.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (epoch, seq) = text.rsplit_once('.')?;
        if seq.is_empty() || !seq.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(Self { epoch: Epoch::parse(epoch).ok()?, seq: Seq::try_new(seq.parse().ok()?)? })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.seq)
    }
}
