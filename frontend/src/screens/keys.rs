//! The keys and what they do: the sheet that `?` opens.

use yew::{Html, html};

use crate::words;

/// A word in the reader's language.
type Spoken = fn() -> &'static str;

/// What is pressed, and what it does.
const KEYS: [(&str, Spoken); 11] = [
    ("Enter", words::key_enter),
    ("Shift + Enter", words::key_shift_enter),
    ("↑", words::key_up),
    ("Ctrl + B", words::key_strong),
    ("Ctrl + I", words::key_emphasis),
    ("Ctrl + Shift + X", words::key_struck),
    ("Ctrl + E", words::key_code),
    ("Ctrl + K", words::key_link),
    ("Esc", words::key_escape),
    ("Tab", words::key_tab),
    ("?", words::key_question),
];

/// Draws the sheet.
pub fn keys() -> Html {
    let line = |(key, does): &(&'static str, Spoken)| {
        html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ does() }</dd></> }
    };
    html! { <dl class="keys">{ for KEYS.iter().map(line) }</dl> }
}
