//! What a search found, as a list shows it: a part of the text around the first hit, with the hits marked.
//!
//! Not here: looking for it; that is the room's. Invariant: the pieces put together are a stretch of the text, and nothing else.

/// As much of a text as is shown, in scalar values.
const SHOWN_SCALARS: usize = 220;
/// As much of it as stands before the first hit.
const BEFORE_SCALARS: usize = 60;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// What stands between hits.
    Plain(String),
    /// What was looked for.
    Hit(String),
    /// Text that is left out.
    Cut,
}

/// The part of `text` that is worth showing. `highlight`: where each hit begins and where it has ended, in scalar values, in order.
#[must_use]
pub fn pieces(text: &str, highlight: &[(usize, usize)]) -> Vec<Piece> {
    let scalars: Vec<char> = text.chars().collect();
    let first = highlight.first().map_or(0, |(begin, _)| *begin);
    let from = beginning(&scalars, first);
    let to = from.saturating_add(SHOWN_SCALARS).min(scalars.len());
    let part = |from: usize, to: usize| scalars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let mut pieces = Vec::new();
    if from > 0 {
        pieces.push(Piece::Cut);
    }
    let mut at = from;
    for (begin, end) in highlight.iter().map(|(begin, end)| ((*begin).min(to), (*end).min(to))) {
        if begin >= at && end > begin {
            push_plain(&mut pieces, part(at, begin));
            pieces.push(Piece::Hit(part(begin, end)));
            at = end;
        }
    }
    push_plain(&mut pieces, part(at, to));
    if to < scalars.len() {
        pieces.push(Piece::Cut);
    }
    pieces
}

fn push_plain(pieces: &mut Vec<Piece>, text: String) {
    if !text.is_empty() {
        pieces.push(Piece::Plain(text));
    }
}

/// The begin of a word, not far before the first hit.
fn beginning(scalars: &[char], first: usize) -> usize {
    let Some(earliest) = first.checked_sub(BEFORE_SCALARS).filter(|earliest| *earliest > 0) else { return 0 };
    let before = scalars.get(earliest..first).unwrap_or_default();
    let space = before.iter().position(|scalar| scalar.is_whitespace());
    space.map_or(earliest, |space| earliest.saturating_add(space).saturating_add(1))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn shown(text: &str, highlight: &[(usize, usize)]) -> String {
        let shown = |piece: Piece| match piece {
            Piece::Plain(text) => text,
            Piece::Hit(text) => format!("[{text}]"),
            Piece::Cut => "…".to_owned(),
        };
        pieces(text, highlight).into_iter().map(shown).collect()
    }

    #[test]
    fn hits_are_marked_by_scalars_and_not_by_bytes() {
        assert_eq!(shown("Bären 🐻 und Bären", &[(0, 5), (12, 17)]), "[Bären] 🐻 und [Bären]");
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_hit_from_the_begin_of_a_word() {
        let text = format!("{}needle{}", "hay ".repeat(50), " hay".repeat(100));
        let shown = shown(&text, &[(200, 206)]);
        assert!(
            shown.starts_with("…hay hay") && shown.contains(" [needle] hay") && shown.ends_with('…'),
            "{shown}"
        );
        assert_eq!(shown.chars().filter(|scalar| *scalar != '…').count(), SHOWN_SCALARS + 2);
    }

    #[test]
    fn a_text_without_hits_is_shown_from_its_begin() {
        assert_eq!(shown("only an author was asked for", &[]), "only an author was asked for");
        assert_eq!(shown("", &[]), "");
    }

    #[test]
    fn hits_that_make_no_sense_lose_nothing_of_the_text() {
        for highlight in [&[(3, 2)][..], &[(2, 99)], &[(50, 60)], &[(2, 4), (1, 3)]] {
            let whole: String =
                shown("abcdef", highlight).chars().filter(char::is_ascii_alphabetic).collect();
            assert_eq!(whole, "abcdef", "{highlight:?}");
        }
    }
}
