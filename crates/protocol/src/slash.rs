//! Slash commands: `/weather Berlin` calls the webhook that answers to `weather`. A message that calls one is a message like any other.

use serde::{Deserialize, Serialize};

use crate::limits::COMMAND_BYTES;

/// What stands behind the slash: 1–32 of `[a-z0-9_-]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[a-z0-9_-]{1,32}$")))]
#[serde(try_from = "String", into = "String")]
pub struct SlashCommand(String);

/// Why a word is no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a command has 1 to {COMMAND_BYTES} of the characters a-z 0-9 _ -, without its slash")]
pub struct BadCommand;

impl SlashCommand {
    /// Reads one, without its slash.
    ///
    /// # Errors
    /// [`BadCommand`] when it is empty, too long, or has other characters.
    pub fn parse(word: &str) -> Result<Self, BadCommand> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
        let good = (1..=COMMAND_BYTES).contains(&word.len()) && word.bytes().all(allowed);
        good.then(|| Self(word.to_owned())).ok_or(BadCommand)
    }

    /// The command that a message's text calls, and what stands behind it, trimmed.
    #[must_use]
    pub fn called(text: &str) -> Option<(Self, &str)> {
        let text = text.strip_prefix('/')?;
        let (word, arguments) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        Some((Self::parse(word).ok()?, arguments.trim()))
    }

    /// The command, without its slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SlashCommand {
    type Error = BadCommand;
    fn try_from(word: String) -> Result<Self, BadCommand> {
        Self::parse(&word)
    }
}

impl From<SlashCommand> for String {
    fn from(command: SlashCommand) -> String {
        command.0
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_command_has_1_to_32_characters() {
        assert!(SlashCommand::parse(&"a".repeat(COMMAND_BYTES)).is_ok());
        for bad in ["", "A", "é", "a b", "/a", &"a".repeat(COMMAND_BYTES + 1)] {
            assert_eq!(SlashCommand::parse(bad), Err(BadCommand), "{bad}");
        }
    }

    #[test]
    fn a_text_calls_a_command_by_its_first_word() {
        let called =
            |text| SlashCommand::called(text).map(|(word, rest)| (String::from(word), rest.to_owned()));
        let some = |word: &str, rest: &str| Some((word.to_owned(), rest.to_owned()));
        assert_eq!(called("/weather"), some("weather", ""));
        assert_eq!(called("/weather  Berlin, now "), some("weather", "Berlin, now"));
        assert_eq!(called("/weather\nBerlin"), some("weather", "Berlin"));
        for none in ["weather", " /weather", "/", "/ weather", "//weather", "/Weather", "/usr/bin is full"] {
            assert_eq!(called(none), None, "{none}");
        }
    }
}
