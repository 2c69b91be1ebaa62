//! The app's functions: what has no arguments gives the words as they lie in the table, everything else a text of its own.

use std::fmt::Write;

use crate::{
    Language, Message, PAGE, function_name,
    pattern::{Argument, Piece},
};

/// One function a message. Each carries the first language's words, so that they lie in the part of the
/// program that says them. The file is included by a module that has `line`, `filled`, `Value` and `Count`.
pub(crate) fn functions(language: &Language) -> String {
    let mut code = String::new();
    for (line, message) in language.spoken().enumerate() {
        if !message.key.starts_with(PAGE) {
            // A String takes whatever is written.
            let _ = write!(code, "{}", function(line, message));
        }
    }
    code
}

fn function(line: usize, message: &Message) -> String {
    let name = function_name(&message.key);
    let arguments = message.pattern.arguments();
    let first = message.pattern.line();
    let docs = format!("/// {}\n#[must_use]\n", shown(&message.pattern.pieces));
    if arguments.is_empty() {
        return format!("{docs}pub fn {name}() -> &'static str {{\n    line({line}, {first:?})\n}}\n");
    }
    let parameters: Vec<_> = arguments.iter().map(parameter).collect();
    // Places are in alphabetical order: see `Pattern::line`.
    let mut placed: Vec<_> = arguments.iter().collect();
    placed.sort_unstable_by_key(|argument| argument.name());
    let values: Vec<_> = placed.into_iter().map(value).collect();
    format!(
        "{docs}pub fn {name}({}) -> String {{\n    filled({line}, {first:?}, &[{}])\n}}\n",
        parameters.join(", "),
        values.join(", ")
    )
}

fn parameter(argument: &Argument) -> String {
    match argument {
        Argument::Text(name) => format!("{}: &str", function_name(name)),
        Argument::Number(name) => format!("{}: impl Into<Count>", function_name(name)),
    }
}

fn value(argument: &Argument) -> String {
    match argument {
        Argument::Text(name) => format!("Value::Text({})", function_name(name)),
        Argument::Number(name) => format!("Value::Number({}.into())", function_name(name)),
    }
}

/// The words, for whoever reads the documentation.
fn shown(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(argument) => format!("`{}`", argument.name()),
        Piece::Choice { other, .. } => shown(other),
    };
    pieces.iter().map(piece).collect()
}
