//! Completion: what is being begun at the caret (a name, an emoji, a command), and what could come of it.
//!
//! Not here: where the tables come from, and which of the candidates is taken. Invariant: what is taken replaces the word that was
//! begun and nothing else.

use std::ops::Range;

use protocol::{Member, MemberId, Role, limits::NAME_SCALARS};

use crate::view::{People, Row};

/// More than this nobody reads through.
const CANDIDATES: usize = 8;
/// One letter of an emoji's name says too little.
const EMOJI_FROM: usize = 2;
/// What calls the whole room.
const ROOM: &str = "room";

/// What is being begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `@`: somebody's name.
    Member,
    /// `:`: an emoji's name.
    Emoji,
    /// An emoji's name between two colons: it was spelled out, and its emoji takes its place at once.
    Spelled,
    /// `/` at the very start: a command.
    Command,
}

/// A word that is being begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Of what.
    pub kind: Kind,
    /// Where it stands, in bytes, its sign included. The caret is at its end.
    pub place: Range<usize>,
    /// What is there of it, without its sign.
    pub word: String,
}

/// What could come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What takes the word's place.
    pub text: String,
    /// What it is called.
    pub label: String,
    /// What it is, beside its name.
    pub about: About,
}

/// What a candidate is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// What its name says.
    Itself,
    /// All members of the room.
    Everybody,
    /// In words that somebody in the room gave it.
    Words(String),
}

/// The word that is being begun at the caret, a byte, if it is one that can be completed.
#[must_use]
pub fn begun(text: &str, caret: usize) -> Option<Begun> {
    let before = text.get(..caret)?;
    command(before).or_else(|| spelled(before)).or_else(|| emoji(before)).or_else(|| member(before))
}

/// What goes and what comes instead where a candidate is taken. Behind what was completed is a space; whoever spells goes on by
/// themselves.
#[must_use]
pub fn completed(text: &str, begun: &Begun, candidate: &Candidate) -> (Range<usize>, String) {
    let after = text.get(begun.place.end..).unwrap_or_default();
    let goes_on = begun.kind == Kind::Spelled || after.starts_with(char::is_whitespace);
    let space = if goes_on { "" } else { " " };
    (begun.place.clone(), format!("{}{space}", candidate.text))
}

fn command(before: &str) -> Option<Begun> {
    let word = before.strip_prefix('/')?;
    let place = 0..before.len();
    is_code(word).then(|| Begun { kind: Kind::Command, place, word: word.to_owned() })
}

fn spelled(before: &str) -> Option<Begun> {
    let (head, word) = before.strip_suffix(':')?.rsplit_once(':')?;
    let is_spelled = !word.is_empty() && is_code(word) && !goes_on(head);
    let place = head.len()..before.len();
    is_spelled.then(|| Begun { kind: Kind::Spelled, place, word: word.to_owned() })
}

fn emoji(before: &str) -> Option<Begun> {
    let (head, word) = before.rsplit_once(':')?;
    let is_begun = word.len() >= EMOJI_FROM && is_code(word) && !goes_on(head) && !head.ends_with(':');
    let place = head.len()..before.len();
    is_begun.then(|| Begun { kind: Kind::Emoji, place, word: word.to_owned() })
}

/// A name may have spaces in it, so whether it is one is for the candidates to say.
fn member(before: &str) -> Option<Begun> {
    let (head, word) = before.rsplit_once('@')?;
    let is_begun = !word.contains('\n') && word.chars().count() <= NAME_SCALARS && !goes_on(head);
    let place = head.len()..before.len();
    is_begun.then(|| Begun { kind: Kind::Member, place, word: word.to_owned() })
}

/// `me@ada`, `12:30`: a sign within a word begins nothing.
fn goes_on(head: &str) -> bool {
    head.ends_with(char::is_alphanumeric)
}

fn is_code(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
}

/// Whom the word could mean: those who are here before those who only wrote, names that begin so before names that have such a word.
#[must_use]
pub fn members(word: &str, people: &People, rows: &[Row], reader: (&MemberId, Role)) -> Vec<Candidate> {
    let (me, role) = reader;
    let mut known: Vec<(&MemberId, &str)> = Vec::new();
    let here = people.members.iter().map(|member| (&member.id, member.name.as_str()));
    let wrote = rows.iter().rev().filter_map(author).map(|author| (&author.id, author.name.as_str()));
    for (id, name) in here.chain(wrote) {
        if id != me && !known.iter().any(|(other, same)| *other == id || *same == name) {
            known.push((id, name));
        }
    }
    let wanted = word.to_lowercase();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (_, name) in known {
        let lower = name.to_lowercase();
        let candidate =
            || Candidate { text: format!("@{name}"), label: name.to_owned(), about: About::Itself };
        if lower.starts_with(&wanted) {
            first.push(candidate());
        } else if lower.split(' ').any(|part| part.starts_with(&wanted)) {
            second.push(candidate());
        }
    }
    if role >= Role::Moderator && ROOM.starts_with(&wanted) {
        second.push(Candidate { text: format!("@{ROOM}"), label: ROOM.to_owned(), about: About::Everybody });
    }
    first.into_iter().chain(second).take(CANDIDATES).collect()
}

fn author(row: &Row) -> Option<&Member> {
    match row {
        Row::Message { message, .. } => Some(&message.by),
        Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => None,
    }
}

/// Emoji by their names. A table has a line for each: it, then its names, each behind a space.
#[must_use]
pub fn emoji_called(table: &str, word: &str) -> Vec<Candidate> {
    let wanted = word.to_lowercase();
    let named = |fits: &dyn Fn(&str) -> bool| {
        let lines = table.lines().filter_map(|line| line.split_once(' '));
        let found =
            lines.filter_map(|(emoji, names)| Some((emoji, names.split(' ').find(|name| fits(name))?)));
        found.take(CANDIDATES).map(|(emoji, name)| (emoji.to_owned(), name.to_owned())).collect::<Vec<_>>()
    };
    let same = named(&|name| name == wanted);
    let begins = named(&|name| name.starts_with(&wanted));
    let within = named(&|name| name.contains(&wanted));
    let mut found: Vec<Candidate> = Vec::new();
    for (emoji, name) in same.into_iter().chain(begins).chain(within) {
        if found.len() < CANDIDATES && !found.iter().any(|candidate| candidate.text == emoji) {
            found.push(Candidate { text: emoji, label: format!(":{name}:"), about: About::Itself });
        }
    }
    found
}

/// The emoji that has this very name.
#[must_use]
pub fn emoji_spelled(table: &str, word: &str) -> Option<Candidate> {
    let mut lines = table.lines().filter_map(|line| line.split_once(' '));
    let (emoji, _) = lines.find(|(_, names)| names.split(' ').any(|name| name == word))?;
    Some(Candidate { text: emoji.to_owned(), label: format!(":{word}:"), about: About::Itself })
}

/// Commands that the word could mean, of those that the room has. A table has a line for each: the command, then what hears of it.
#[must_use]
pub fn commands_called(table: &str, word: &str) -> Vec<Candidate> {
    let lines = table.lines().filter_map(|line| line.split_once(' '));
    let fitting = lines.filter(|(command, _)| command.starts_with(word));
    let candidates = fitting.map(|(command, about)| Candidate {
        text: format!("/{command}"),
        label: format!("/{command}"),
        about: About::Words(about.to_owned()),
    });
    candidates.take(CANDIDATES).collect()
}
