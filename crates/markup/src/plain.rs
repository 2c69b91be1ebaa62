//! Whether a text says more to a reader than its letters do.

use crate::tree::{Block, Destination, Link, Piece};

/// Whether the tree shows what was written, letter for letter: lines of words, and addresses as they are.
#[must_use]
pub fn is_plain(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| matches!(block, Block::Paragraph(pieces) if pieces.iter().all(shows_itself)))
}

fn shows_itself(piece: &Piece) -> bool {
    match piece {
        Piece::Text(_) | Piece::SoftBreak => true,
        Piece::Link(Link { to: Destination::Address(address), content, .. }) => {
            matches!(content.as_slice(), [Piece::Text(text)] if text == address.as_str())
        }
        Piece::Link(_)
        | Piece::Emphasis(_)
        | Piece::Strong(_)
        | Piece::Struck(_)
        | Piece::Code(_)
        | Piece::HardBreak => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn words_lines_and_bare_addresses_are_plain_and_marks_are_not() {
        for plain in
            ["", "hello", "one\ntwo\n\nthree", "see https://example.org/a", "2 * 3 * 4", "snake_case_name"]
        {
            assert!(is_plain(&parse(plain)), "{plain:?}");
        }
        for marked in
            ["*hello*", "a `b`", "- one", "> said", "# title", "[words](https://example.org)", "    code"]
        {
            assert!(!is_plain(&parse(marked)), "{marked:?}");
        }
    }
}
