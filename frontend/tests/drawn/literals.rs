//! No screen says anything but by a key of `words/*.ftl`: the sources are read, and what in them is written for people is an error.
//!
//! For people is, first, every letter that `html!` draws, or gives to an attribute that is seen or read out; and second, anywhere
//! else, whatever reads like a sentence or a name: a capital and small letters, or a space between two words. Not for people are what
//! the browser's console, tests and panics say. What is right as it stands is listed in [`RIGHT`], with its reason.

use std::{collections::BTreeSet, fs, iter::Peekable, path::Path};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream::IntoIter};

/// Literals that say the same in every language, by file.
const RIGHT: [(&str, &[&str], &str); 14] = [
    ("components/sidebar.rs", &["Edgewise", "badge calls"], "our name, and classes"),
    ("components/row.rs", &["not sent"], "a state for style sheet and tests"),
    ("http.rs", &["sign-in as guest"], "a crumb of a report of a fault"),
    ("pages/room.rs", &["#{name} · Edgewise", "({unread}) #{name} · Edgewise"], "our name"),
    ("field.rs", &["Enter", "Tab", "Escape", "Mac"], "the browser's names of keys, systems and commands"),
    ("screens/keys.rs", &KEYS, "what is written on the keys"),
    ("screens/notifying.rs", &["Notification"], "the browser's name of what shows them"),
    ("luggage.rs", &["Files"], "the browser's name of what is dragged"),
    ("instants.rs", &DATES, "English dates for native tests; in a browser its own Intl writes them"),
    ("screens/code.rs", &["M{} {}h{run}v1h-{run}z"], "a path of SVG"),
    ("store.rs", &["it gives no reason"], "told in the console"),
    ("faults.rs", &["a promise was rejected", "a panic"], "told to whoever runs the server"),
    ("language.rs", &["English", "Deutsch"], "each language under its own name"),
    ("reports.rs", &["try now"], "crumbs of a report of a fault"),
];

/// `/design` speaks to those who build Edgewise, in English alone: its words would weigh on every reader's table.
const SAMPLES: &str = "pages/design";

const KEYS: [&str; 9] = [
    "Enter",
    "Shift + Enter",
    "Ctrl + B",
    "Ctrl + I",
    "Ctrl + Shift + X",
    "Ctrl + E",
    "Ctrl + K",
    "Esc",
    "Tab",
];

const DATES: [&str; 19] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Attributes that are seen or read out.
const TOLD: [&str; 7] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "title",
];

/// Macros and functions whose texts nobody reads on a screen; `ask` names what is asked of the server for reports of faults.
const UNSEEN: [&str; 15] = [
    "ask",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug",
    "error",
    "expect",
    "info",
    "panic",
    "println",
    "trace",
    "unreachable",
    "warn",
    "write",
    "include_str",
];

#[test]
fn no_source_says_anything_to_people_but_by_a_key() {
    let said: Vec<_> = said_in(Path::new("src"));
    let right = |file: &str, text: &str| {
        file.starts_with(SAMPLES)
            || RIGHT.iter().any(|(listed, texts, _)| file.ends_with(listed) && texts.contains(&text))
    };
    let wrong: Vec<_> = said.iter().filter(|(file, text)| !right(file, text)).collect();
    assert!(wrong.is_empty(), "say these by a key of frontend/words, or list them here: {wrong:#?}");
}

#[test]
fn what_is_listed_as_right_is_there() {
    let said: BTreeSet<_> = said_in(Path::new("src")).into_iter().collect();
    for (file, texts, reason) in RIGHT {
        for text in texts {
            assert!(
                said.contains(&(file.to_owned(), (*text).to_owned())),
                "{file} has no “{text}” any more ({reason})"
            );
        }
    }
}

#[test]
fn what_is_drawn_or_read_out_is_found_and_what_machines_read_is_not() {
    let found = |code: &str| said(code.parse().expect("Rust"));
    assert_eq!(found(r#"html! { <p class="a b" role="alert">{ "hello" }</p> }"#), ["hello"]);
    assert_eq!(
        found(r#"html! { <button title="close" aria-label={format!("close {}", name)} /> }"#),
        ["close", "close {}"]
    );
    assert_eq!(found(r#"html! { <b>{ if open { "open" } else { words::shut() } }</b> }"#), ["open"]);
    assert_eq!(
        found(r#"html! { <>{ for lines.map(|line| html! { <i id="i">{ "line" }</i> }) }</> }"#),
        ["line"]
    );
    assert_eq!(
        found(r##"html! { <b data-of={format!("of-{id}")}>{ "#" }{ format!("{a}: {b}") }</b> }"##),
        [""; 0]
    );
    assert_eq!(
        found(r#"html! { <>if a < b { <p class="hint">{ "less" }</p> } else { <i class="more" /> }</> }"#),
        ["less"]
    );
    assert_eq!(found(r#"const TIMES: [&str; 2] = ["An hour", "never"];"#), ["An hour"]);
    assert_eq!(
        found(r#"fn f() { tracing::warn!(%error, "it is gone"); g("edgewise-tab", "A", "/r/"); }"#),
        [""; 0]
    );
    assert_eq!(
        found(
            r#"#[cfg(test)] mod tests { const A: &str = "In a test"; } #[expect(x, reason = "In it")] fn f() {}"#
        ),
        [""; 0]
    );
}

/// What all sources below a folder say, with the file.
fn said_in(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                return said_in(&path);
            }
            let source = fs::read_to_string(&path).expect("a source");
            let file = path.strip_prefix("src").expect("below it").to_string_lossy().into_owned();
            said(source.parse().expect("Rust")).into_iter().map(|text| (file.clone(), text)).collect()
        })
        .collect()
}

/// What a piece of Rust says to people.
fn said(code: TokenStream) -> Vec<String> {
    let mut told = Vec::new();
    read(code, &mut told);
    told
}

/// Outside of markup.
fn read(code: TokenStream, told: &mut Vec<String>) {
    let mut tokens = code.into_iter().peekable();
    // The name of the macro or module that the next group is of.
    let mut named = String::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => named = ident.to_string(),
            TokenTree::Punct(punct) if punct.as_char() == '#' => skip_attribute(&mut tokens),
            TokenTree::Punct(_) => {}
            TokenTree::Group(group) => {
                match named.as_str() {
                    "html" => draw(group.stream(), told),
                    name if UNSEEN.contains(&name) || name == "tests" => {}
                    _ => read(group.stream(), told),
                }
                named.clear();
            }
            TokenTree::Literal(literal) => {
                told.extend(text_of(&literal.to_string()).filter(|text| reads_like_words(text)))
            }
        }
    }
}

/// Inside of `html!`: what stands between elements, and the attributes that are told.
fn draw(markup: TokenStream, told: &mut Vec<String>) {
    let mut name = String::new();
    let mut in_tag = false;
    let mut is_value = false;
    // `if`, up to the braces around what is drawn then.
    let mut is_asked = false;
    for token in markup {
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '<' if !is_asked => in_tag = true,
                '>' if !is_asked => in_tag = false,
                '=' => is_value = true,
                '-' => name.push('-'),
                _ => {}
            },
            TokenTree::Ident(ident) => {
                is_asked |= !in_tag && (ident == "if" || ident == "else");
                if !name.ends_with('-') {
                    name.clear();
                }
                name.push_str(&ident.to_string());
            }
            TokenTree::Literal(literal) => {
                let is_told = !is_asked && (!in_tag || TOLD.contains(&name.as_str()));
                told.extend(text_of(&literal.to_string()).filter(|text| is_told && has_letters(text)));
                is_value = false;
                name.clear();
            }
            TokenTree::Group(group) => {
                let is_machine = in_tag && is_value && !TOLD.contains(&name.as_str());
                match group.delimiter() {
                    Delimiter::Brace if is_asked => {
                        is_asked = false;
                        draw(group.stream(), told);
                    }
                    _ if is_asked || is_machine => read(group.stream(), told),
                    _ => show(&group, told),
                }
                is_value = false;
                name.clear();
            }
        }
    }
}

/// An expression whose value is seen: every letter in it is, but in markup of its own.
fn show(group: &Group, told: &mut Vec<String>) {
    let mut named = String::new();
    for token in group.stream() {
        match token {
            TokenTree::Ident(ident) => named = ident.to_string(),
            TokenTree::Group(inner) if named == "html" && inner.delimiter() == Delimiter::Brace => {
                draw(inner.stream(), told)
            }
            TokenTree::Group(inner) => show(&inner, told),
            TokenTree::Literal(literal) => {
                told.extend(text_of(&literal.to_string()).filter(|text| has_letters(text)))
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// Attributes of Rust; with one that is for tests alone, what it stands before.
fn skip_attribute(tokens: &mut Peekable<IntoIter>) {
    while matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '!') {
        tokens.next();
    }
    if matches!(tokens.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket) {
        tokens.next();
    }
}

/// The text of a string literal; none of other literals.
fn text_of(literal: &str) -> impl Iterator<Item = String> {
    let begin =
        literal.find('"').filter(|begin| literal[..*begin].chars().all(|sign| matches!(sign, 'r' | '#')));
    let text = begin.and_then(|begin| Some(literal.get(begin + 1..literal.rfind('"')?)?.to_owned()));
    text.into_iter()
}

/// Letters, but in the names of what is put in.
fn has_letters(text: &str) -> bool {
    bare(text).chars().any(char::is_alphabetic)
}

/// A capital before a small letter, or two words.
fn reads_like_words(text: &str) -> bool {
    let bare = bare(text);
    // A capital within a word is a machine's: `insertText`.
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().nth(1).is_some()
            && letters.all(char::is_lowercase)
    };
    let is_name = bare.split(|sign: char| !sign.is_alphabetic()).any(is_name);
    let signs: Vec<char> = bare.chars().collect();
    let are_words =
        signs.windows(3).any(|three| three[0].is_alphabetic() && three[1] == ' ' && three[2].is_alphabetic());
    is_name || are_words
}

/// A format without what is put in.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        bare.push_str(before);
        rest = behind.split_once('}').map_or("", |(_, rest)| rest);
    }
    bare + rest
}
