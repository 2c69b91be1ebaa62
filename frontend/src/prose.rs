//! What people wrote, cut into pieces that can be drawn: plain text, code, links.
//!
//! Not here: any markup beyond that. Nothing is lost: the pieces put together say all that was written, but for the back-ticks
//! and the name of a code block's language.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it is, line ends too.
    Plain(&'a str),
    /// An address that may be followed.
    Link(&'a str),
    /// Code within a line.
    Code(&'a str),
    /// Lines of code.
    Block(&'a str),
}

/// Cuts a text into its pieces.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = fenced(rest) {
        // The line ends around a block are the block's own.
        inline(before.strip_suffix('\n').unwrap_or(before), &mut pieces);
        pieces.push(Piece::Block(code));
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    inline(rest, &mut pieces);
    pieces
}

/// The first block between lines of three back-ticks; a word behind the first three names a language.
fn fenced(text: &str) -> Option<(&str, &str, &str)> {
    let (before, opened) = text.split_once("```")?;
    let (code, after) = opened.split_once("```")?;
    if !(before.is_empty() || before.ends_with('\n')) {
        return None;
    }
    let code = match code.split_once('\n') {
        Some((language, code)) if !language.contains(char::is_whitespace) => code,
        _ => code,
    };
    Some((before, code.strip_suffix('\n').unwrap_or(code), after))
}

fn inline<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let mut rest = text;
    while let Some((before, code, after)) = ticked(rest) {
        links(before, pieces);
        pieces.push(Piece::Code(code));
        rest = after;
    }
    links(rest, pieces);
}

/// The first code between two back-ticks on one line.
fn ticked(text: &str) -> Option<(&str, &str, &str)> {
    let (before, opened) = text.split_once('`')?;
    let (code, after) = opened.split_once('`')?;
    (!code.is_empty() && !code.contains('\n')).then_some((before, code, after))
}

fn links<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let mut rest = text;
    while let Some(at) = first_link(rest) {
        let (before, from) = rest.split_at(at);
        let end =
            from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(from.len());
        // A sentence may end behind an address, and an address may stand in brackets.
        let link = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        plain(before, pieces);
        pieces.push(Piece::Link(link));
        rest = &from[link.len()..];
    }
    plain(rest, pieces);
}

/// Where an address begins that has something behind its scheme.
fn first_link(text: &str) -> Option<usize> {
    let starts = |scheme: &str| {
        text.match_indices(scheme)
            .map(|(at, _)| at)
            .find(|at| text[at + scheme.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '['))
    };
    starts("https://").into_iter().chain(starts("http://")).min()
}

fn plain<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    if !text.is_empty() {
        pieces.push(Piece::Plain(text));
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece::*, *};

    #[test]
    fn a_text_without_marks_is_one_piece() {
        assert_eq!(pieces("one\ntwo"), [Plain("one\ntwo")]);
    }

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        let text = "see https://example.org/a?b=c, or (http://localhost:8787/).";
        assert_eq!(
            pieces(text),
            [
                Plain("see "),
                Link("https://example.org/a?b=c"),
                Plain(", or ("),
                Link("http://localhost:8787/"),
                Plain(")."),
            ]
        );
    }

    #[test]
    fn a_scheme_alone_is_no_address_and_other_schemes_are_none_either() {
        assert_eq!(pieces("https:// javascript:alert(1)"), [Plain("https:// javascript:alert(1)")]);
    }

    #[test]
    fn code_within_a_line_is_not_read_for_addresses() {
        assert_eq!(pieces("run `curl http://x` now"), [Plain("run "), Code("curl http://x"), Plain(" now")]);
        assert_eq!(pieces("a ` b"), [Plain("a ` b")]);
    }

    #[test]
    fn a_block_of_code_keeps_its_lines_and_loses_its_language() {
        assert_eq!(
            pieces("so:\n```rust\nfn a() {}\n\nb\n```\nright?"),
            [Plain("so:"), Block("fn a() {}\n\nb"), Plain("right?")]
        );
        assert_eq!(pieces("```\nopen for ever"), [Plain("```\nopen for ever")]);
    }
}
