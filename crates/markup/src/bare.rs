//! Addresses that stand in a text without any marks: people paste them, and expect to be led there.
//!
//! Invariant: cutting a text into pieces loses none of it and changes none of it.

use crate::{
    address::{Address, begins},
    tree::{Destination, Link, Piece},
};

/// `mailto:` is not among them: nobody writes it but on purpose, in marks.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Makes links of the addresses in these pieces, at every depth but within links.
pub(crate) fn link(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut linked = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Text(text) => cut(&text, &mut linked),
            Piece::Emphasis(inner) => linked.push(Piece::Emphasis(link(inner))),
            Piece::Strong(inner) => linked.push(Piece::Strong(link(inner))),
            Piece::Struck(inner) => linked.push(Piece::Struck(link(inner))),
            Piece::Code(_) | Piece::Link(_) | Piece::SoftBreak | Piece::HardBreak => linked.push(piece),
        }
    }
    linked
}

fn cut(text: &str, pieces: &mut Vec<Piece>) {
    let mut rest = text;
    while let Some((before, address, after)) = first(rest) {
        keep(before, pieces);
        let content = vec![Piece::Text(address.as_str().to_owned())];
        pieces.push(Piece::Link(Link { to: Destination::Address(address), title: String::new(), content }));
        rest = after;
    }
    keep(rest, pieces);
}

fn keep(text: &str, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// The first address, with what stands on both sides of it.
fn first(text: &str) -> Option<(&str, Address, &str)> {
    for (at, _) in text.match_indices(['h', 'H']) {
        let (before, from) = text.split_at_checked(at)?;
        // Behind a letter it is the end of another word.
        let is_start = !before.ends_with(char::is_alphanumeric);
        if is_start && SCHEMES.iter().any(|scheme| begins(from, scheme)) {
            let (written, after) = from.split_at_checked(end_of(from))?;
            if let Some(address) = Address::parse(written) {
                return Some((before, address, after));
            }
        }
    }
    None
}

/// Where the address at the start of `text` ends. A sentence may end behind it, and it may stand in brackets; those that it opens
/// itself are its own.
fn end_of(text: &str) -> usize {
    let is_end = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"');
    let mut address = text.split(is_end).next().unwrap_or_default();
    while let Some(last) = address.chars().next_back() {
        let is_own = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' => false,
            ')' => closes(address, '(', ')'),
            ']' => closes(address, '[', ']'),
            _ => true,
        };
        if is_own {
            break;
        }
        address = address.strip_suffix(last).unwrap_or_default();
    }
    address.len()
}

/// Whether the last bracket of `address` closes one that it opened.
fn closes(address: &str, opening: char, closing: char) -> bool {
    address.matches(closing).count() <= address.matches(opening).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces as a line, links in angle brackets.
    fn shown(text: &str) -> String {
        let pieces = link(vec![Piece::Text(text.to_owned())]);
        let each = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Link(link) => format!("<{}>", link.to.written()),
            other => format!("{other:?}"),
        });
        each.collect::<Vec<_>>().concat()
    }

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        assert_eq!(
            shown("see https://example.org/a?b=c, or (http://localhost:8787/)."),
            "see <https://example.org/a?b=c>, or (<http://localhost:8787/>)."
        );
        assert_eq!(shown("HTTPS://EXAMPLE.ORG!?"), "<HTTPS://EXAMPLE.ORG>!?");
    }

    #[test]
    fn brackets_that_an_address_opens_are_its_own() {
        assert_eq!(
            shown("(https://en.example.org/wiki/Rust_(language))"),
            "(<https://en.example.org/wiki/Rust_(language)>)"
        );
        assert_eq!(shown("[http://[::1]:8787/]"), "[<http://[::1]:8787/>]");
    }

    #[test]
    fn a_scheme_alone_or_within_a_word_is_no_address() {
        for text in ["https:// javascript:alert(1)", "xhttps://example.org", "http", "http://.", "hhhh"] {
            assert_eq!(shown(text), text);
        }
    }
}
