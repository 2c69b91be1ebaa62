//! The words on the screen, at build time: Fluent files in, typed Rust functions and one table a language out.
//!
//! Not here: which language somebody reads, and putting arguments in; the app does that (`frontend/src/words.rs`). The invariant:
//! every language has every key of the first one, with the same arguments; what breaks it does not build, and the error names it.

mod language;
mod pattern;
mod rust;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use language::{Language, Message};
pub use pattern::{Argument, Pattern, Piece};

/// Messages whose keys begin so are of the page itself: it fills them in before there is a program, so no function is made.
pub const PAGE: &str = "page-";
/// Messages whose keys begin so are the server's sentences by their code. The first language has them from the server.
pub const PROBLEM: &str = "problem-";

/// Why files are no words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A file cannot be read.
    #[error("{path} cannot be read: {why}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// A file is not Fluent.
    #[error("{language}.ftl is not Fluent at byte {at}: {why}")]
    NotFluent {
        /// Of which language.
        language: String,
        /// Where.
        at: usize,
        /// What the parser said.
        why: String,
    },
    /// A part of Fluent that the tables do not know.
    #[error(
        "{language}.ftl, {key}: {what} is not known here; write it as a text with variables and one/other"
    )]
    NotKnown {
        /// Of which language.
        language: String,
        /// In which message.
        key: String,
        /// What.
        what: String,
    },
    /// Two messages of one key.
    #[error("{language}.ftl has {key} twice: take one out")]
    Twice {
        /// Of which language.
        language: String,
        /// Which.
        key: String,
    },
    /// A language lacks a message.
    #[error("{language}.ftl has no {key}: add it")]
    Missing {
        /// The language that lacks it.
        language: String,
        /// Which.
        key: String,
    },
    /// A language has a message that the first one lacks.
    #[error("{language}.ftl has {key}, which {first}.ftl has not: nobody would see it")]
    Unknown {
        /// The language that has it.
        language: String,
        /// Which.
        key: String,
        /// The first language.
        first: String,
    },
    /// A message's arguments differ.
    #[error("{language}.ftl, {key}: its arguments are {found}, but {first}.ftl has {wanted}")]
    Arguments {
        /// The language that differs.
        language: String,
        /// Which.
        key: String,
        /// What it has.
        found: String,
        /// The first language.
        first: String,
        /// What that has.
        wanted: String,
    },
}

/// All languages, held to the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The first is the one that the others are held to.
    languages: Vec<Language>,
}

impl Words {
    /// Reads all `LANGUAGE.ftl` of a folder; the others are held to `first`.
    ///
    /// # Errors
    /// What is wrong in which file.
    pub fn read(folder: &Path, first: &str) -> Result<Self, Fault> {
        let unreadable = |path: &Path, error: &io::Error| Fault::Unreadable {
            path: path.to_owned(),
            why: error.to_string(),
        };
        let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        let mut files: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "ftl"));
        files.sort_by_key(|file| (file.file_stem().is_none_or(|name| name != first), file.clone()));
        let read = files.iter().map(|path| {
            let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
            Language::parse(&path.file_stem().unwrap_or_default().to_string_lossy(), &text)
        });
        Self::hold(read.collect::<Result<_, _>>()?)
    }

    /// Holds all languages to the first.
    ///
    /// # Errors
    /// The first key that is missing, unknown or has other arguments.
    pub fn hold(languages: Vec<Language>) -> Result<Self, Fault> {
        if let Some((first, others)) = languages.split_first() {
            others.iter().try_for_each(|other| other.hold_to(first))?;
        }
        Ok(Self { languages })
    }

    /// The languages' names, the first one first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|language| language.name.as_str())
    }

    /// The functions of the app: one a message, in the order of the first language.
    #[must_use]
    pub fn functions(&self) -> String {
        self.languages.first().map(rust::functions).unwrap_or_default()
    }

    /// What the app loads of this language: a line a message, in the order of the first language. Behind them, and not in the first
    /// language, the server's sentences by their codes.
    #[must_use]
    pub fn table(&self, language: &str) -> Option<String> {
        let first = self.languages.first()?;
        let asked = self.languages.iter().find(|asked| asked.name == language)?;
        let lines = first.spoken().filter_map(|message| asked.pattern(&message.key)).map(Pattern::line);
        let problems = asked.problems().filter(|_| asked.name != first.name);
        let problems = problems.map(|(code, pattern)| format!("{code}\t{}", pattern.line()));
        Some(lines.chain(problems).collect::<Vec<_>>().join("\n"))
    }

    /// The page's own messages: key without its beginning, the first language's words, and their line in each table.
    pub fn page(&self) -> impl Iterator<Item = (&str, String, usize)> {
        let spoken = self.languages.first().into_iter().flat_map(Language::spoken).enumerate();
        spoken.filter_map(|(line, message)| {
            Some((message.key.strip_prefix(PAGE)?, message.pattern.line(), line))
        })
    }

    /// The keys for which there is a function.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let spoken = self.languages.first().into_iter().flat_map(Language::spoken);
        spoken.map(|message| message.key.as_str()).filter(|key| !key.starts_with(PAGE))
    }

    /// The codes of the server for which there is a sentence.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.languages.first().into_iter().flat_map(Language::problems).map(|(code, _)| code)
    }
}

/// The name of a key's function.
#[must_use]
pub fn function_name(key: &str) -> String {
    key.replace('-', "_")
}
