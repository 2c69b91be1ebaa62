//! Reads the specification's examples.

use std::{fmt, fs, path::Path};

/// The line around an example.
const FENCE: &str = "````````````````````````````````";

/// Sections that are about what has no place in a chat.
const NOT_OURS: [&str; 4] = ["HTML blocks", "Raw HTML", "Link reference definitions", "Images"];

/// Tags that CommonMark makes, but for that of pictures.
#[rustfmt::skip]
const MADE: [&str; 18] = [
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "ul",
];

/// One example.
pub struct Example {
    pub number: u32,
    section: String,
    pub text: String,
    /// What the specification makes of it.
    pub html: String,
}

impl Example {
    /// Whether it is without raw HTML, pictures and reference links, by what the specification itself makes of it.
    pub fn is_ours(&self) -> bool {
        let is_elsewhere = NOT_OURS.contains(&self.section.as_str());
        // `]:` gives an address to a name.
        !is_elsewhere && !self.text.contains("]:") && !self.has_raw_tag()
    }

    /// Whether it becomes a tag that CommonMark itself never makes, or a link that was written as a tag.
    fn has_raw_tag(&self) -> bool {
        self.html.split('<').skip(1).any(|tag| {
            let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
            !name.is_some_and(|name| MADE.contains(&name)) || self.text.contains(&format!("<{tag}"))
        })
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, section, text, html } = self;
        write!(f, "=== {number}, {section}\n{text}\n--- should be\n{html}")
    }
}

/// All of them, in order.
pub fn all() -> Vec<Example> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/commonmark-spec/spec.txt");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("{}: {error}. Run `npm ci` in the project's folder first.", file.display())
    });
    read(&text.replace("\r\n", "\n"))
}

fn read(specification: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut section = String::new();
    let mut lines = specification.lines();
    while let Some(line) = lines.next() {
        if line == format!("{FENCE} example") {
            let mut until = |end: &str| -> String {
                let part = lines.by_ref().take_while(|line| *line != end);
                part.map(|line| line.replace('→', "\t") + "\n").collect()
            };
            let (text, html) = (until("."), until(FENCE));
            let number = u32::try_from(examples.len()).expect("few") + 1;
            examples.push(Example { number, section: section.clone(), text, html });
        } else if line.starts_with('#') {
            line.trim_start_matches(['#', ' ']).clone_into(&mut section);
        }
    }
    examples
}
