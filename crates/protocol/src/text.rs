//! What people write: a message's text, a member's name. Trimmed, counted in Unicode scalar values, otherwise untouched.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::{NAME_SCALARS, TEXT_SCALARS};

/// Why something written cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing but white space.
    #[error("there is nothing but white space in it")]
    Empty,
    /// More scalar values than the limit it names.
    #[error("it is longer than {0} characters")]
    TooLong(usize),
    /// A character that has no place in a name: a control, a direction mark, a zero-width one.
    #[error("it has a character that cannot be seen")]
    Invisible,
    /// It is another one each time that it is normalised.
    #[error("its characters change into others; write it in plainer ones")]
    Unsettled,
}

/// A message's text: 1–4,000 scalar values, no white space at its ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(String);

impl Text {
    /// Trims, then counts.
    ///
    /// # Errors
    /// [`BadText::Empty`] and [`BadText::TooLong`].
    pub fn parse(raw: &str) -> Result<Self, BadText> {
        bounded(raw, TEXT_SCALARS).map(|text| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.0
    }
}

/// A member's name: 1–32 scalar values, single spaces, nothing invisible.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

impl Name {
    /// Puts one space where there was white space, none at the ends; then counts.
    ///
    /// # Errors
    /// [`BadText`] says what is wrong with it.
    pub fn parse(raw: &str) -> Result<Self, BadText> {
        let name = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.chars().any(invisible) {
            return Err(BadText::Invisible);
        }
        bounded(&name, NAME_SCALARS)?;
        Ok(Self(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = BadText;
    fn try_from(raw: String) -> Result<Self, BadText> {
        Self::parse(&raw)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text without the white space at its ends, if it has at most so many scalar values.
///
/// # Errors
/// [`BadText::Empty`] and [`BadText::TooLong`].
pub fn bounded(raw: &str, scalars: usize) -> Result<&str, BadText> {
    let text = raw.trim();
    if text.is_empty() {
        return Err(BadText::Empty);
    }
    // One scalar more than allowed is enough to know.
    if text.chars().take(scalars.saturating_add(1)).count() > scalars {
        return Err(BadText::TooLong(scalars));
    }
    Ok(text)
}

/// Controls, zero-width and direction marks, variation selectors, tags, and the byte order mark make one name look like another
/// (Unicode TR36 §2.10); fillers and the blank braille cell make a name that nobody can see; private and unassigned-for-ever characters
/// look different to everybody.
fn invisible(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}');
    let format = format
        || matches!(c, '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff0}'..='\u{ffff}' | '\u{1d173}'..='\u{1d17a}');
    let nobodys = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..)
        || u32::from(c) & 0xfffe == 0xfffe;
    let blank = matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}');
    c.is_control() || format || nobodys || blank
}
