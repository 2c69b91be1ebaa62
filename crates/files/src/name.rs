//! What a file is called: as its owner calls it, without what a name could do to whoever saves it.
//!
//! The invariant: a name is one segment of a path, has no control character and nothing that turns the direction of writing, so that
//! what it ends in is what it shows to end in.

use std::fmt;

/// Characters at most, and how many of them the ending may take that a cut leaves.
const SCALARS: usize = 200;
const ENDING_SCALARS: usize = 16;
const NAMELESS: &str = "file";

/// A name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

/// A name that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadName;

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("x-file-name is no percent-encoded UTF-8. Encode the name as encodeURIComponent does.")
    }
}

impl FileName {
    /// Reads a header that holds one in percent-encoded UTF-8. Without a name a file is called `file`.
    ///
    /// # Errors
    /// [`BadName`] for what is not UTF-8 once it is decoded.
    pub fn parse(header: &str) -> Result<Self, BadName> {
        let decoded = String::from_utf8(decoded(header)).map_err(|_| BadName)?;
        let last = decoded.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
        let trimmed = clean.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
        Ok(Self(if trimmed.is_empty() { NAMELESS.to_owned() } else { cut(trimmed) }))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of `Content-Disposition`, for browsers of today and, behind it, those that read ASCII alone (RFC 6266).
    #[must_use]
    pub fn disposition(name: &str, shown: bool) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' };
        let ascii: String = name.chars().map(plain).collect();
        let way = if shown { "inline" } else { "attachment" };
        format!("{way}; filename=\"{ascii}\"; filename*=UTF-8''{}", encoded(name))
    }
}

/// Marks that change the direction of writing, or cannot be seen at all.
const fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The first characters, with the ending that the whole name had.
fn cut(name: &str) -> String {
    if name.chars().count() <= SCALARS {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |dot| name.get(dot..).unwrap_or_default());
    let ending = if ending.chars().count() <= ENDING_SCALARS { ending } else { "" };
    let stem = SCALARS.saturating_sub(ending.chars().count());
    name.chars().take(stem).chain(ending.chars()).collect()
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let escape = (*first == b'%').then(|| others.first_chunk::<2>().and_then(hex)).flatten();
        match escape {
            Some(byte) => {
                bytes.push(byte);
                rest = others.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    bytes
}

fn hex(digits: &[u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(digits[0])? << 4 | digit(digits[1])?)
}

fn encoded(text: &str) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(header: &str) -> String {
        FileName::parse(header).unwrap().as_str().to_owned()
    }

    #[test]
    fn a_name_is_the_last_part_of_a_path_and_nothing_that_deceives() {
        assert_eq!(name("holiday.png"), "holiday.png");
        assert_eq!(name("..%2F..%2Fetc%2Fpasswd"), "passwd");
        assert_eq!(name("C:%5CUsers%5CAda%5Cletter.txt"), "letter.txt");
        assert_eq!(name("invoice%E2%80%AEfdp.exe"), "invoicefdp.exe");
        assert_eq!(name("a%0D%0Ab.txt"), "ab.txt");
        assert_eq!(name("S%C3%B6mmer%20%26%20Sonne.jpg"), "Sömmer & Sonne.jpg");
        for nothing in ["", "%20", "..", "a/", "%00"] {
            assert_eq!(name(nothing), "file");
        }
        assert_eq!(name("100%"), "100%");
        assert_eq!(FileName::parse("%ff"), Err(BadName));
    }

    #[test]
    fn a_name_has_two_hundred_characters_and_a_longer_one_keeps_its_ending() {
        let fits = "é".repeat(196) + ".png";
        assert_eq!(name(&fits), fits);
        let long = "é".repeat(197) + ".png";
        assert_eq!(name(&long), fits);
        assert_eq!(name(&"x".repeat(300)), "x".repeat(200));
    }

    #[test]
    fn a_disposition_says_the_name_twice_and_quotes_nothing_of_it() {
        let said = FileName::disposition("Söm\"mer; x=1.png", false);
        assert_eq!(
            said,
            "attachment; filename=\"S_m_mer_ x_1.png\"; filename*=UTF-8''S%C3%B6m%22mer%3B%20x%3D1.png"
        );
        assert!(FileName::disposition("a.png", true).starts_with("inline; filename=\"a.png\""));
    }
}
