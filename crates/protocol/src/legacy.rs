//! What becomes of what somebody wrote who deletes their account.

use serde::Serialize;

use crate::read_by_tag;

/// What becomes of their messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Legacy {
    /// They stay, and nobody wrote them.
    Anonymised,
    /// They are deleted, as a moderator deletes them.
    Removed,
}

read_by_tag!(Legacy {
    "anonymised" => Anonymised,
    "removed" => Removed,
});

impl Legacy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Anonymised, Self::Removed];

    /// As it stands in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anonymised => "anonymised",
            Self::Removed => "removed",
        }
    }

    /// The one that is called so.
    #[must_use]
    pub fn parse(legacy: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == legacy)
    }
}
