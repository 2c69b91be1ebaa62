//! The file of emoji and their names that the page fetches: made here from a library's data, so that no page carries the library.

use client::completing::emoji_called;
use expect_test::expect_file;
use protocol::Emoji;

/// A line for each emoji that rooms take: it, then its names.
fn table() -> String {
    let mut lines = String::new();
    for emoji in emojis::iter().filter(|emoji| Emoji::parse(emoji.as_str()).is_some()) {
        let names: Vec<&str> = emoji.shortcodes().collect();
        if !names.is_empty() {
            lines += &format!("{} {}\n", emoji.as_str(), names.join(" "));
        }
    }
    lines
}

#[test]
fn the_file_has_every_emoji_that_has_a_name() {
    expect_file!["../../static/emoji.txt"].assert_eq(&table());
}

#[test]
fn well_known_names_lead_to_their_emoji() {
    let table = table();
    for (name, emoji) in [("tada", "🎉"), ("+1", "👍"), ("heart", "❤️"), ("smile", "😄")] {
        assert_eq!(
            emoji_called(&table, name).first().map(|found| found.text.as_str()),
            Some(emoji),
            "{name}"
        );
    }
}
