//! One emoji, as a reaction carries it.

use serde::{Deserialize, Serialize};
use unicode_properties::UnicodeEmoji;
use unicode_segmentation::UnicodeSegmentation;

use crate::limits::EMOJI_BYTES;

/// Exactly one emoji: one extended grapheme cluster (UAX #29) that Unicode calls an emoji.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Emoji(String);

/// The text is not exactly one emoji.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reaction is exactly one emoji")]
pub struct NotOneEmoji;

impl Emoji {
    /// Reads one; `None` for anything else than one emoji, or one over 64 bytes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > EMOJI_BYTES {
            return None;
        }
        let mut clusters = text.graphemes(true);
        let cluster = clusters.next()?;
        let one = clusters.next().is_none() && shows_as_emoji(cluster) && cluster.chars().all(of_a_sequence);
        one.then(|| Self(text.to_owned()))
    }

    /// The emoji.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Emoji {
    type Error = NotOneEmoji;
    fn try_from(text: String) -> Result<Self, NotOneEmoji> {
        Self::parse(&text).ok_or(NotOneEmoji)
    }
}

impl From<Emoji> for String {
    fn from(emoji: Emoji) -> String {
        emoji.0
    }
}

/// `1`, `#` and `©` are emoji to Unicode, but show as text without a selector or a keycap behind them.
fn shows_as_emoji(cluster: &str) -> bool {
    let plain_text = |c: char| c.is_ascii() || matches!(c, '©' | '®');
    let marks_emoji = |c: char| matches!(c, '\u{fe0f}' | '\u{20e3}');
    match cluster.chars().next() {
        Some(first) if plain_text(first) => first.is_emoji_char() && cluster.chars().any(marks_emoji),
        Some(first) => first.is_emoji_char(),
        None => false,
    }
}

/// Emoji sequences (UTS #51) are made of emoji, joiners, selectors, the keycap and tags. A cluster may have other marks
/// piled on it, which would be drawn over the rows around it.
fn of_a_sequence(c: char) -> bool {
    c.is_emoji_char()
        || matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}
