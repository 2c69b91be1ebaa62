//! The tree. It owns its texts, so that whoever draws it may keep it.

use crate::address::Address;

/// A part of a text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Lines that belong together.
    Paragraph(Vec<Piece>),
    /// A title.
    Heading {
        /// 1, the highest, to 6.
        level: u8,
        /// What it says.
        pieces: Vec<Piece>,
    },
    /// What somebody else said.
    Quote(Vec<Block>),
    /// One thing after another.
    List {
        /// The number of the first item; `None` where they are not numbered.
        first: Option<u64>,
        /// How far apart they stand.
        spacing: Spacing,
        /// What each holds.
        items: Vec<Vec<Block>>,
    },
    /// Lines of code, as they are; each ends with its line end.
    Code {
        /// What stands behind the opening marks: its first word is the language, by the writer's word. Often nothing.
        info: String,
        /// The lines.
        text: String,
    },
    /// A line across.
    Rule,
}

/// How far apart the items of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// As lines do.
    Tight,
    /// As paragraphs do.
    Loose,
}

/// A part of a line, or of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it is. No two stand side by side.
    Text(String),
    /// Said with emphasis.
    Emphasis(Vec<Piece>),
    /// Said strongly.
    Strong(Vec<Piece>),
    /// Taken back.
    Struck(Vec<Piece>),
    /// Code within a line.
    Code(String),
    /// A link. None stands in another.
    Link(Link),
    /// The line ends here because the text's line does.
    SoftBreak,
    /// The line ends here because the writer marked it.
    HardBreak,
}

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub to: Destination,
    /// What the writer said of it beside; often nothing.
    pub title: String,
    /// The words.
    pub content: Vec<Piece>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Somewhere that may be followed.
    Address(Address),
    /// Somewhere that may not: what was written, to be shown as words.
    Refused(String),
}

impl Destination {
    /// Sorts what was written.
    pub(crate) fn of(written: &str) -> Self {
        Address::parse(written).map_or_else(|| Self::Refused(written.to_owned()), Self::Address)
    }

    /// What was written, may it be followed or not.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::Address(address) => address.as_str(),
            Self::Refused(written) => written,
        }
    }
}
