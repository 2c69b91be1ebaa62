//! What a message says: text, arguments, and texts chosen by a number.
//!
//! Numbers choose between CLDR's `one` and `other` alone: what English and German have. A language with more needs more here.

use std::fmt;

use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern as Tree, PatternElement, Variant, VariantKey,
};

/// Stands before an argument's place.
pub(crate) const VALUE: char = '\u{1}';
/// Stands before the place of the number that chooses; then come both texts.
pub(crate) const CHOICE: char = '\u{2}';
/// Stands between the two texts.
pub(crate) const OR: char = '\u{3}';
/// Stands behind them.
pub(crate) const CHOSEN: char = '\u{4}';

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// In their order.
    pub pieces: Vec<Piece>,
    /// In the order in which they first stand.
    arguments: Vec<Argument>,
}

/// A piece of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// What an argument says.
    Value(Argument),
    /// One of two texts, by a number.
    Choice {
        /// The number.
        by: Argument,
        /// For exactly one.
        one: Vec<Piece>,
        /// For all others.
        other: Vec<Piece>,
    },
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// `$name`.
    Text(String),
    /// `NUMBER($count)`, or a `$count` that chooses.
    Number(String),
}

impl Argument {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Text(name) | Self::Number(name) => name,
        }
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(name) => write!(f, "${name}"),
            Self::Number(name) => write!(f, "NUMBER(${name})"),
        }
    }
}

impl Pattern {
    /// Reads it from its tree; an error is what is not known here.
    pub(crate) fn parse(tree: &Tree<&str>) -> Result<Self, String> {
        let pieces = pieces(tree)?;
        let mut arguments = Vec::new();
        note(&pieces, &mut arguments);
        // What chooses is a number wherever else it stands.
        let numbers: Vec<_> =
            arguments.iter().filter(|one| matches!(one, Argument::Number(_))).cloned().collect();
        arguments.retain(|one| {
            matches!(one, Argument::Number(_)) || !numbers.iter().any(|number| number.name() == one.name())
        });
        Ok(Self { pieces, arguments })
    }

    /// Its arguments, in the order in which they first stand.
    #[must_use]
    pub fn arguments(&self) -> Vec<Argument> {
        self.arguments.clone()
    }

    /// Its line in a table. Places are in alphabetical order of the arguments' names, so that they are the same in every language.
    #[must_use]
    pub fn line(&self) -> String {
        let mut names: Vec<_> = self.arguments.iter().map(Argument::name).collect();
        names.sort_unstable();
        let mut line = String::new();
        write(&self.pieces, &names, &mut line);
        line
    }
}

fn pieces(tree: &Tree<&str>) -> Result<Vec<Piece>, String> {
    let piece = |element: &PatternElement<&str>| match element {
        // A message may stand on several lines of its file.
        PatternElement::TextElement { value } => Ok(Piece::Text(value.replace('\n', " "))),
        PatternElement::Placeable { expression } => placeable(expression),
    };
    let pieces: Vec<_> = tree.elements.iter().map(piece).collect::<Result<_, _>>()?;
    let control = |piece: &Piece| matches!(piece, Piece::Text(text) if text.chars().any(char::is_control));
    if pieces.iter().any(control) { Err("a control character".to_owned()) } else { Ok(pieces) }
}

fn placeable(expression: &Expression<&str>) -> Result<Piece, String> {
    match expression {
        Expression::Inline(inline) => value(inline),
        Expression::Select { selector, variants } => match value(selector)? {
            Piece::Value(by) => choice(Argument::Number(by.name().to_owned()), variants),
            Piece::Text(_) | Piece::Choice { .. } => Err("a choice by a text".to_owned()),
        },
    }
}

fn value(inline: &InlineExpression<&str>) -> Result<Piece, String> {
    match inline {
        InlineExpression::StringLiteral { value } => Ok(Piece::Text((*value).to_owned())),
        InlineExpression::VariableReference { id } => Ok(Piece::Value(Argument::Text(id.name.to_owned()))),
        InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
            match arguments.positional.as_slice() {
                [InlineExpression::VariableReference { id }] if arguments.named.is_empty() => {
                    Ok(Piece::Value(Argument::Number(id.name.to_owned())))
                }
                _ => Err("NUMBER of something else than one variable".to_owned()),
            }
        }
        InlineExpression::Placeable { expression } => placeable(expression),
        InlineExpression::NumberLiteral { .. } => Err("a number".to_owned()),
        InlineExpression::FunctionReference { id, .. } => Err(format!("the function {}", id.name)),
        InlineExpression::MessageReference { id, .. } | InlineExpression::TermReference { id, .. } => {
            Err(format!("the reference to {}", id.name))
        }
    }
}

fn choice(by: Argument, variants: &[Variant<&str>]) -> Result<Piece, String> {
    let of = |name: &str| {
        let mut found = variants.iter().filter(
            |variant| matches!(&variant.key, VariantKey::Identifier { name: found } if *found == name),
        );
        found.next().ok_or_else(|| format!("a choice without [{name}]"))
    };
    let (one, other) = (of("one")?, of("other")?);
    if variants.len() != 2 || !other.default {
        return Err("a choice of something else than [one] and *[other]".to_owned());
    }
    let (one, other) = (pieces(&one.value)?, pieces(&other.value)?);
    let nested = |pieces: &[Piece]| pieces.iter().any(|piece| matches!(piece, Piece::Choice { .. }));
    if nested(&one) || nested(&other) {
        return Err("a choice within a choice".to_owned());
    }
    Ok(Piece::Choice { by, one, other })
}

fn note(pieces: &[Piece], arguments: &mut Vec<Argument>) {
    for piece in pieces {
        let argument = match piece {
            Piece::Text(_) => continue,
            Piece::Value(argument) | Piece::Choice { by: argument, .. } => argument,
        };
        if !arguments.contains(argument) {
            arguments.push(argument.clone());
        }
        if let Piece::Choice { one, other, .. } = piece {
            note(one, arguments);
            note(other, arguments);
        }
    }
}

fn write(pieces: &[Piece], names: &[&str], line: &mut String) {
    let place = |argument: &Argument| {
        // An invariant: `names` has every argument of these pieces.
        let place = names.iter().position(|name| *name == argument.name()).unwrap_or_default();
        char::from(b'0'.saturating_add(u8::try_from(place).unwrap_or(u8::MAX)))
    };
    for piece in pieces {
        match piece {
            Piece::Text(text) => line.push_str(text),
            Piece::Value(argument) => line.extend([VALUE, place(argument)]),
            Piece::Choice { by, one, other } => {
                line.extend([CHOICE, place(by)]);
                write(one, names, line);
                line.push(OR);
                write(other, names, line);
                line.push(CHOSEN);
            }
        }
    }
}
