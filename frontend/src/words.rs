//! The words on the screen, in the reader's language: one function a message of `words/en.ftl`, made at build time.
//!
//! Not here: which language that is; the page's script chooses it before there is a program (`shell/words.js`). English is in the
//! program, each sentence in the part that says it; every other language is a file. The invariant: nothing on the screen is said but by these functions.

use std::cell::Cell;

use protocol::RejectCode;

#[cfg(target_arch = "wasm32")]
use crate::intl;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

thread_local! {
    /// The lines of another language, once it is spoken; none is the first, in which the server writes.
    static SPOKEN: Cell<Option<&'static [&'static str]>> = const { Cell::new(None) };
}

/// A whole number for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(u64);

impl From<u32> for Count {
    fn from(count: u32) -> Self {
        Self(count.into())
    }
}

impl From<u64> for Count {
    fn from(count: u64) -> Self {
        Self(count)
    }
}

impl From<usize> for Count {
    fn from(count: usize) -> Self {
        Self(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

/// An argument of a message.
enum Value<'a> {
    Text(&'a str),
    Number(Count),
}

/// From now on this thread speaks the language of this table, as the build made it. It stays in memory.
pub fn speak(table: &str) {
    let lines: Vec<_> = String::from(table).leak().split('\n').collect();
    SPOKEN.set(Some(lines.leak()));
}

/// What the server says of a refusal, in the reader's language where its code is known.
#[must_use]
pub fn of_server(code: &str, sentence: String) -> String {
    let mut known = SPOKEN.get().into_iter().flatten().filter_map(|line| line.split_once('\t'));
    known.find(|(known, _)| *known == code).map_or(sentence, |(_, words)| words.to_owned())
}

/// Why a command was refused, in the reader's language where its code is known.
#[must_use]
pub fn of_refusal(code: Option<RejectCode>, reason: &str) -> String {
    of_server(code.map_or("", RejectCode::as_str), reason.to_owned())
}

/// A number as the reader writes it.
#[must_use]
pub fn number(count: impl Into<Count>) -> String {
    let Count(count) = count.into();
    #[cfg(target_arch = "wasm32")]
    if count > 999 {
        return intl::number(count);
    }
    count.to_string()
}

/// A file that is shorter than the program knows is another build's; the page's script never hands one over.
#[inline(never)]
fn line(at: usize, first: &'static str) -> &'static str {
    SPOKEN.get().and_then(|lines| lines.get(at).copied()).unwrap_or(first)
}

#[inline(never)]
fn filled(at: usize, first: &'static str, values: &[Value<'_>]) -> String {
    let mut text = String::new();
    fill(line(at, first), values, &mut text);
    text
}

/// Puts the arguments in; the marks are those of `crates/words/src/pattern.rs`.
fn fill(pattern: &str, values: &[Value<'_>], text: &mut String) {
    let Some((before, mark, rest)) = split_at_mark(pattern) else { return text.push_str(pattern) };
    text.push_str(before);
    let mut after = rest.chars();
    let value = after.next().and_then(|place| values.get((place as usize).wrapping_sub('0' as usize)));
    let mut after = after.as_str();
    match (mark, value) {
        ('\u{1}', Some(Value::Text(words))) => text.push_str(words),
        ('\u{1}', Some(Value::Number(count))) => text.push_str(&number(count.0)),
        (_, Some(Value::Number(count))) => {
            let (chosen, behind) = after.split_once('\u{4}').unwrap_or((after, ""));
            let (one, other) = chosen.split_once('\u{3}').unwrap_or(("", chosen));
            fill(if count.0 == 1 { one } else { other }, values, text);
            after = behind;
        }
        (_, _) => {}
    }
    fill(after, values, text);
}

fn split_at_mark(pattern: &str) -> Option<(&str, char, &str)> {
    let at = pattern.find(['\u{1}', '\u{2}'])?;
    let (before, rest) = pattern.split_at_checked(at)?;
    let mut rest = rest.chars();
    Some((before, rest.next()?, rest.as_str()))
}
