//! Names that look alike: the skeletons of UTS 39, without regard to case, spaces and punctuation.
//!
//! Known among letters that look like ASCII ones; two letters of other scripts that look like each other are not. A name is compared
//! as NFKC composes it, so an accent makes another name, as it does to the eye.

include!(concat!(env!("OUT_DIR"), "/looks.rs"));

/// How a name looks, twice: as it is written, and in lower case. `I` and `l` are alike as written, `A` and `а` (Cyrillic) only
/// in one case or the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Looks {
    written: String,
    lower: String,
}

impl Looks {
    /// How `name` looks.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self { written: skeleton(name), lower: skeleton(&name.to_lowercase()) }
    }

    /// Whether the two are taken for each other.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.written == other.written || self.lower == other.lower
    }
}

fn skeleton(name: &str) -> String {
    let letters = name.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_punctuation());
    let skeleton = shown(letters);
    // Nothing but punctuation is a name of its own.
    if skeleton.is_empty() { shown(name.chars().filter(|c| !c.is_whitespace())) } else { skeleton }
}

fn shown(letters: impl Iterator<Item = char>) -> String {
    let mut skeleton = String::new();
    for letter in letters {
        match looks(letter) {
            Some(like) => {
                skeleton.extend(like.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)))
            }
            None => skeleton.push(letter),
        }
    }
    skeleton.make_ascii_lowercase();
    skeleton
}

fn looks(letter: char) -> Option<&'static [u8]> {
    let letter = u16::try_from(u32::from(letter)).ok()?;
    let at = LOOKS.binary_search_by_key(&letter, |(letter, _)| *letter).ok()?;
    LOOKS.get(at).map(|(_, like)| like.as_slice())
}
