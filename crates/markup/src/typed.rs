//! Texts without marks, which say what their letters do: most of what people write. They need no parser.
//!
//! Invariant: what [`unmarked`] gives is what [`parse`](crate::parse) gives, so that no reader can tell who read a text.

use crate::{
    bare,
    tree::{Block, Piece},
};

/// What may be a mark wherever it stands.
const MARKS: [char; 8] = ['*', '_', '~', '`', '[', '<', '&', '\\'];

/// What may be one where a line begins.
const LEADS: [char; 5] = ['#', '>', '-', '+', '='];

/// Whether something in `text` may be a mark, so that the parser has to tell what it says.
#[must_use]
pub fn may_have_marks(text: &str) -> bool {
    !text.split('\n').all(is_plain)
}

/// What `text` says if nothing in it may be a mark; `None` where the parser has to tell.
#[must_use]
pub fn unmarked(text: &str) -> Option<Vec<Block>> {
    (!may_have_marks(text)).then(|| as_typed(text))
}

/// The text as it was typed: an empty line ends a paragraph, and an address leads where it says. For whoever has no parser.
#[must_use]
pub fn as_typed(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.split('\n').collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| Block::Paragraph(bare::link(pieces(lines)))).collect()
}

fn pieces(lines: &[&str]) -> Vec<Piece> {
    let text = |line: &&str| Piece::Text((*line).to_owned());
    let mut pieces: Vec<Piece> = lines.iter().flat_map(|line| [text(line), Piece::SoftBreak]).collect();
    pieces.pop();
    pieces
}

/// Space at an end of a line may be code or a break of the line.
fn is_plain(line: &str) -> bool {
    let is_odd = |c: char| c.is_control() || MARKS.contains(&c);
    let is_bare = line.trim().len() == line.len();
    is_bare && !line.starts_with(LEADS) && !is_numbered(line) && !line.contains(is_odd)
}

fn is_numbered(line: &str) -> bool {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < line.len() && behind.starts_with(['.', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lines_and_addresses_have_no_marks() {
        for plain in [
            "",
            "hello, world!",
            "one\ntwo\n\nthree",
            "see https://example.org/a?b=c#d (or not)",
            "1 + 1 = 2, 100% sure: 12.5 @Ada",
            "2024 was fine. 😀 \u{e9}",
        ] {
            assert!(unmarked(plain).is_some(), "{plain:?}");
        }
    }

    #[test]
    fn whatever_may_be_a_mark_is_for_the_parser() {
        for marked in [
            "*a*", "a_b", "~~a~~", "`a`", "[a](b)", "<a>", "&amp;", "a\\", "# a", "> a", "- a", "+ a",
            "a\n===", "a\n---", "1. a", "23) a", "    a", "\ta", "a  \nb", "a\r\nb", "a\0b", " ",
        ] {
            assert_eq!(unmarked(marked), None, "{marked:?}");
        }
    }

    #[test]
    fn as_typed_is_letter_for_letter_with_addresses_to_follow() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let [Block::Paragraph(first), Block::Paragraph(second)] = &as_typed("**a**\nb\n\n\nhttps://c.d")[..]
        else {
            panic!("there are two paragraphs");
        };
        assert_eq!(first, &[text("**a**"), Piece::SoftBreak, text("b")]);
        assert!(matches!(second[..], [Piece::Link(_)]));
    }
}
