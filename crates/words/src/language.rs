//! One language: its messages, in the order of its file.

use std::collections::BTreeSet;

use fluent_syntax::{
    ast::Entry,
    parser::{self, ParserError},
};

use crate::{Fault, PROBLEM, pattern::Pattern};

/// One language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// As BCP 47 has it: `en`.
    pub name: String,
    /// In the order of the file.
    pub messages: Vec<Message>,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Small letters, digits and dashes.
    pub key: String,
    /// What it says.
    pub pattern: Pattern,
}

impl Language {
    /// Reads a file.
    ///
    /// # Errors
    /// What in it is no message.
    pub fn parse(name: &str, text: &str) -> Result<Self, Fault> {
        let resource = parser::parse(text).map_err(|(_, faults)| not_fluent(name, &faults))?;
        let mut seen = BTreeSet::new();
        let mut messages = Vec::new();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let message = Self::message(name, message)?;
                    if !seen.insert(message.key.clone()) {
                        return Err(Fault::Twice { language: name.to_owned(), key: message.key });
                    }
                    messages.push(message);
                }
                Entry::Term(term) => return Err(not_known(name, term.id.name, "a term")),
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Junk { content } => return Err(not_known(name, content, "this line")),
            }
        }
        Ok(Self { name: name.to_owned(), messages })
    }

    fn message(name: &str, message: &fluent_syntax::ast::Message<&str>) -> Result<Message, Fault> {
        let key = message.id.name;
        if !message.attributes.is_empty() {
            return Err(not_known(name, key, "an attribute"));
        }
        let Some(value) = &message.value else { return Err(not_known(name, key, "a message without words")) };
        let pattern = Pattern::parse(value).map_err(|what| not_known(name, key, &what))?;
        Ok(Message { key: key.to_owned(), pattern })
    }

    /// What a key says.
    #[must_use]
    pub fn pattern(&self, key: &str) -> Option<&Pattern> {
        self.messages.iter().find(|message| message.key == key).map(|message| &message.pattern)
    }

    /// All messages but the server's sentences.
    pub fn spoken(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(|message| !message.key.starts_with(PROBLEM))
    }

    /// The server's sentences, by code.
    pub fn problems(&self) -> impl Iterator<Item = (&str, &Pattern)> {
        self.messages
            .iter()
            .filter_map(|message| Some((message.key.strip_prefix(PROBLEM)?, &message.pattern)))
    }

    /// Whether this language has what the first one has.
    pub(crate) fn hold_to(&self, first: &Self) -> Result<(), Fault> {
        for message in &first.messages {
            let key = &message.key;
            let Some(pattern) = self.pattern(key) else {
                return Err(Fault::Missing { language: self.name.clone(), key: key.clone() });
            };
            let (found, wanted) = (pattern.arguments(), message.pattern.arguments());
            if found.iter().collect::<BTreeSet<_>>() != wanted.iter().collect::<BTreeSet<_>>() {
                return Err(Fault::Arguments {
                    language: self.name.clone(),
                    key: key.clone(),
                    found: listed(&found),
                    first: first.name.clone(),
                    wanted: listed(&wanted),
                });
            }
        }
        match self.messages.iter().find(|message| first.pattern(&message.key).is_none()) {
            None => Ok(()),
            Some(message) => Err(Fault::Unknown {
                language: self.name.clone(),
                key: message.key.clone(),
                first: first.name.clone(),
            }),
        }
    }
}

fn listed(arguments: &[crate::Argument]) -> String {
    if arguments.is_empty() {
        return "none".to_owned();
    }
    let words: Vec<_> = arguments.iter().map(ToString::to_string).collect();
    words.join(", ")
}

fn not_fluent(name: &str, faults: &[ParserError]) -> Fault {
    let fault = faults.first();
    Fault::NotFluent {
        language: name.to_owned(),
        at: fault.map(|fault| fault.pos.start).unwrap_or_default(),
        why: fault.map(ToString::to_string).unwrap_or_default(),
    }
}

fn not_known(language: &str, key: &str, what: &str) -> Fault {
    Fault::NotKnown { language: language.to_owned(), key: key.to_owned(), what: what.to_owned() }
}
