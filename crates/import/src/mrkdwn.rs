//! Slack's markup as CommonMark: stars and tildes doubled, links and mentions written out, entities resolved.
//!
//! Its rules are those of Slack's "Formatting text for app surfaces". Code is left as it is.

use std::collections::BTreeMap;

use protocol::{MemberId, limits::MENTIONS};

/// A text, and whom it calls.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// In CommonMark.
    pub text: String,
    /// Each once, at most [`MENTIONS`].
    pub mentions: Vec<MemberId>,
}

/// Reads a text of an export; `names` are the people's by their ids.
#[must_use]
pub fn read(slack: &str, names: &BTreeMap<String, String>) -> Written {
    let mut written = Written::default();
    // Between backticks is code: every second part.
    for (number, part) in slack.split('`').enumerate() {
        if number > 0 {
            written.text.push('`');
        }
        if number % 2 == 0 {
            prose(part, names, &mut written);
        } else {
            written.text.push_str(&plain(part));
        }
    }
    written
}

fn prose(part: &str, names: &BTreeMap<String, String>, written: &mut Written) {
    let mut rest = part;
    while let Some((before, inside, after)) = bracketed(rest) {
        written.text.push_str(&emphasis(before));
        bracket(inside, names, written);
        rest = after;
    }
    written.text.push_str(&emphasis(rest));
}

fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('<')?;
    let (inside, after) = rest.split_once('>')?;
    Some((before, inside, after))
}

/// `<@U1>`, `<#C1|general>`, `<!here>`, `<https://example.com|label>`.
fn bracket(inside: &str, names: &BTreeMap<String, String>, written: &mut Written) {
    let (what, label) = inside.split_once('|').map_or((inside, None), |(what, label)| (what, Some(label)));
    let text = match (what.split_at_checked(1), label) {
        (Some(("@", id)), _) => {
            mention(id, written);
            format!("@{}", names.get(id).map_or(id, String::as_str))
        }
        (Some(("#", id)), label) => format!("#{}", label.unwrap_or(id)),
        (Some(("!", word)), label) => label.map_or_else(|| format!("@{word}"), str::to_owned),
        (_, Some(label)) if label != what => format!("[{}]({})", plain(label), plain(what)),
        _ => plain(what),
    };
    written.text.push_str(&text);
}

fn mention(id: &str, written: &mut Written) {
    let Ok(member) = MemberId::parse(id) else { return };
    if written.mentions.len() < MENTIONS && !written.mentions.contains(&member) {
        written.mentions.push(member);
    }
}

/// One star or tilde, at the edge of a word, becomes two.
fn emphasis(text: &str) -> String {
    let characters: Vec<char> = plain(text).chars().collect();
    let is_word =
        |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut out = String::new();
    for (at, character) in characters.iter().enumerate() {
        out.push(*character);
        let at_an_edge = is_word(at.checked_sub(1)) != is_word(at.checked_add(1));
        if matches!(character, '*' | '~') && at_an_edge {
            out.push(*character);
        }
    }
    out
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_common_mark() {
        let names = BTreeMap::from([("U1".to_owned(), "Una".to_owned())]);
        let text = |slack| read(slack, &names).text;
        assert_eq!(text("*bold* and ~gone~ and _so_"), "**bold** and ~~gone~~ and _so_");
        assert_eq!(text("2 * 3 and a*b"), "2 * 3 and a*b");
        assert_eq!(text("`*code* &lt;b&gt;` then *b*"), "`*code* <b>` then **b**");
        assert_eq!(
            text("see <https://example.com|the page>, <https://example.com>"),
            "see [the page](https://example.com), https://example.com"
        );
        assert_eq!(text("<@U1> in <#C1|general> <!here>"), "@Una in #general @here");
        assert_eq!(text("a &amp;lt; b < c"), "a &lt; b < c");
        assert_eq!(
            read("<@U1> <@U1> <@U2>", &names).mentions,
            ["U1", "U2"].map(|id| MemberId::parse(id).unwrap())
        );
    }
}
