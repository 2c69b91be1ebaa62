//! What a person looks for, as the search index understands it.
//!
//! Not here: the looking (search.rs). Words all have to be there; `"…"` is a phrase; `*` behind either makes its last word
//! the beginning of one. The invariant: whatever a person types becomes an expression that the index can read, or a
//! sentence that says what to type instead; none of it is ever taken for the index's own operators.

use protocol::limits::{SEARCH_PREFIX, SEARCH_SCALARS, SEARCH_TERMS};

/// What to look for in texts; at least one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

/// Why words cannot be looked for; for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadWords {
    /// Nothing in it is a letter or a digit.
    #[error("There is nothing to look for: give a word of letters or digits.")]
    None,
    /// Longer than [`SEARCH_SCALARS`].
    #[error("That is too long to look for: 200 characters are the most.")]
    TooLong,
    /// More than [`SEARCH_TERMS`].
    #[error("That is too much to look for at once: ten words or phrases are the most.")]
    TooMany,
    /// A phrase has no end.
    #[error("A phrase begins and does not end: close its quotation mark.")]
    OpenPhrase,
    /// A prefix is shorter than [`SEARCH_PREFIX`].
    #[error("A word that is cut short with * needs at least two letters or digits.")]
    ShortPrefix,
}

impl Words {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// [`BadWords`].
    pub fn parse(typed: &str) -> Result<Self, BadWords> {
        if typed.chars().count() > SEARCH_SCALARS {
            return Err(BadWords::TooLong);
        }
        let (mut expression, mut terms) = (String::new(), 0_usize);
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let term = Term::first(rest)?;
            rest = term.rest;
            let letters = term.words.chars().filter(|letter| letter.is_alphanumeric()).count();
            if letters == 0 {
                continue;
            }
            if term.ending == Ending::Open && letters < SEARCH_PREFIX {
                return Err(BadWords::ShortPrefix);
            }
            terms = terms.saturating_add(1);
            term.write(&mut expression);
        }
        match terms {
            0 => Err(BadWords::None),
            1..=SEARCH_TERMS => Ok(Self(expression)),
            _ => Err(BadWords::TooMany),
        }
    }

    /// As the index reads it.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A word or a phrase.
struct Term<'a> {
    words: &'a str,
    ending: Ending,
    /// What stands behind it.
    rest: &'a str,
}

#[derive(PartialEq)]
enum Ending {
    /// The last word ends here.
    Whole,
    /// It may go on.
    Open,
}

impl<'a> Term<'a> {
    /// The term with which `typed` begins; white space before it is gone already.
    fn first(typed: &'a str) -> Result<Self, BadWords> {
        let (words, behind) = match typed.strip_prefix('"') {
            Some(phrase) => phrase.split_once('"').ok_or(BadWords::OpenPhrase)?,
            None => {
                let ends = |c: char| c.is_whitespace() || c == '"' || c == '*';
                typed.split_at(typed.find(ends).unwrap_or(typed.len()))
            }
        };
        let (ending, rest) = match behind.strip_prefix('*') {
            Some(rest) => (Ending::Open, rest),
            None => (Ending::Whole, behind),
        };
        Ok(Self { words, ending, rest: rest.trim_start() })
    }

    /// As one quoted string, which has no operators in it. A NUL would end the expression.
    fn write(&self, expression: &mut String) {
        expression.push_str(" \"");
        expression.push_str(&self.words.replace('\0', " "));
        expression.push_str(if self.ending == Ending::Open { "\"*" } else { "\"" });
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn read(typed: &str) -> Result<String, BadWords> {
        Words::parse(typed).map(|words| words.as_str().trim_start().to_owned())
    }

    #[test]
    fn words_phrases_and_prefixes_become_quoted_strings() {
        assert_eq!(read("hello").as_deref(), Ok("\"hello\""));
        assert_eq!(read("  big  \"brown bear\" wal* ").as_deref(), Ok("\"big\" \"brown bear\" \"wal\"*"));
        assert_eq!(read("\"brown be\"*").as_deref(), Ok("\"brown be\"*"));
        assert_eq!(read("half\"and half\"").as_deref(), Ok("\"half\" \"and half\""));
    }

    #[test]
    fn the_indexs_own_operators_are_words_like_others() {
        assert_eq!(read("a AND (b OR c)").as_deref(), Ok("\"a\" \"AND\" \"(b\" \"OR\" \"c)\""));
        assert_eq!(read("author:ada -x ^y {z}").as_deref(), Ok("\"author:ada\" \"-x\" \"^y\" \"{z}\""));
        assert_eq!(read("nul\0byte").as_deref(), Ok("\"nul byte\""));
    }

    #[test]
    fn what_has_no_letter_and_no_digit_is_left_out() {
        assert_eq!(read("fish & chips - 👍 * \"…\"").as_deref(), Ok("\"fish\" \"chips\""));
        assert_eq!(read(""), Err(BadWords::None));
        assert_eq!(read(" !? \"\" * "), Err(BadWords::None));
    }

    #[test]
    fn what_cannot_be_looked_for_says_why() {
        assert_eq!(read("\"no end"), Err(BadWords::OpenPhrase));
        assert_eq!(read("x*"), Err(BadWords::ShortPrefix));
        assert_eq!(read("xy*").as_deref(), Ok("\"xy\"*"));
    }

    #[test]
    fn the_limits_hold_at_n_and_not_at_one_more() {
        assert!(read(&"x".repeat(SEARCH_SCALARS)).is_ok());
        assert_eq!(read(&"é".repeat(SEARCH_SCALARS + 1)), Err(BadWords::TooLong));
        assert!(read(&"x ".repeat(SEARCH_TERMS)).is_ok());
        assert_eq!(read(&"x ".repeat(SEARCH_TERMS + 1)), Err(BadWords::TooMany));
    }
}
