//! Formatting by keys: marks around what is selected, put there or taken away again.
//!
//! Not here: which key means which mark. Invariant: no letter of the text is changed, only marks come and go.

use std::ops::Range;

/// A mark of CommonMark around words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `**`
    Strong,
    /// `*`
    Emphasis,
    /// `~~`
    Struck,
    /// Backticks.
    Code,
    /// `[words](address)`
    Link,
}

/// A change of a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What goes.
    pub place: Range<usize>,
    /// What comes instead.
    pub put: String,
    /// What is selected afterwards.
    pub selected: Range<usize>,
}

/// Puts a mark around the selection, or takes it away where it stands already. Spaces at its ends stay outside: marks must touch
/// words. A selection that is none of the text's is its end.
#[must_use]
pub fn toggled(text: &str, selection: Range<usize>, mark: Mark) -> Change {
    let (start, chosen) =
        text.get(selection.clone()).map_or((text.len(), ""), |chosen| (selection.start, chosen));
    let from = start + (chosen.len() - chosen.trim_start().len());
    let chosen = chosen.trim();
    let place = from..from + chosen.len();
    match mark {
        Mark::Strong => around(text, place, "**"),
        Mark::Emphasis => around(text, place, "*"),
        Mark::Struck => around(text, place, "~~"),
        Mark::Code => code(text, place),
        Mark::Link => link(place.start, chosen),
    }
}

fn around(text: &str, place: Range<usize>, mark: &str) -> Change {
    let (before, chosen, after) = parts(text, &place);
    let size = mark.len();
    let has = |run: usize| match mark {
        "*" => run == 1 || run >= 3,
        _ => run >= size,
    };
    if has(run_at_end(before, mark)) && has(run_at_start(after, mark)) {
        let start = place.start - size;
        return Change {
            place: start..place.end + size,
            put: chosen.to_owned(),
            selected: start..start + chosen.len(),
        };
    }
    if has(run_at_start(chosen, mark))
        && has(run_at_end(chosen, mark))
        && let Some(inner) = chosen.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark))
    {
        let selected = place.start..place.start + inner.len();
        return Change { place, put: inner.to_owned(), selected };
    }
    wrapped(place, (mark, chosen, mark))
}

fn code(text: &str, place: Range<usize>) -> Change {
    let (before, chosen, after) = parts(text, &place);
    if chosen.contains('\n') {
        return wrapped(place, ("```\n", chosen, "\n```"));
    }
    let inside = longest_run(chosen, '`');
    if inside == 0 {
        return around(text, place, "`");
    }
    let fence = "`".repeat(inside + 1);
    if before.ends_with(&fence) && after.starts_with(&fence) {
        return around(text, place, &fence);
    }
    // Backticks of the words' own stand apart from the marks.
    wrapped(place, (&format!("{fence} "), chosen, &format!(" {fence}")))
}

/// An address becomes where the link leads, anything else what it says; the caret stands in what is missing.
fn link(from: usize, chosen: &str) -> Change {
    let place = from..from + chosen.len();
    if chosen.starts_with("https://") || chosen.starts_with("http://") {
        return Change { place, put: format!("[]({chosen})"), selected: from + 1..from + 1 };
    }
    let at = from + chosen.len() + "[](".len();
    Change { place, put: format!("[{chosen}]()"), selected: at..at }
}

fn wrapped(place: Range<usize>, (open, chosen, close): (&str, &str, &str)) -> Change {
    let start = place.start + open.len();
    Change { place, put: format!("{open}{chosen}{close}"), selected: start..start + chosen.len() }
}

fn parts<'a>(text: &'a str, place: &Range<usize>) -> (&'a str, &'a str, &'a str) {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    (part(0..place.start), part(place.clone()), part(place.end..text.len()))
}

fn run_at_end(text: &str, mark: &str) -> usize {
    text.chars().rev().take_while(|c| mark.starts_with(*c)).count()
}

fn run_at_start(text: &str, mark: &str) -> usize {
    text.chars().take_while(|c| mark.starts_with(*c)).count()
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or_default()
}
