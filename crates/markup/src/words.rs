//! The words of a tree, for whoever looks for something in them.

use crate::{
    builder::parse,
    tree::{Block, Piece},
};

/// [`words`] of this text.
#[must_use]
pub fn words_in(text: &str) -> Vec<String> {
    words(&parse(text)).into_iter().map(str::to_owned).collect()
}

/// The words of a text that are neither code nor what a link says, in order; no two of them touch.
#[must_use]
pub fn words(blocks: &[Block]) -> Vec<&str> {
    let mut words = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(pieces) | Block::Heading { pieces, .. } => add(pieces, &mut words),
            Block::Quote(inner) => words.extend(self::words(inner)),
            Block::List { items, .. } => words.extend(items.iter().flat_map(|item| self::words(item))),
            Block::Code { .. } | Block::Rule => {}
        }
    }
    words
}

fn add<'a>(pieces: &'a [Piece], words: &mut Vec<&'a str>) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => words.push(text),
            Piece::Emphasis(inner) | Piece::Strong(inner) | Piece::Struck(inner) => add(inner, words),
            Piece::Code(_) | Piece::Link(_) | Piece::SoftBreak | Piece::HardBreak => {}
        }
    }
}
