//! Where the caret stands in a text: fields count UTF-16 units, texts here are cut at bytes.
//!
//! Invariant: what comes out lies on a character's edge within the text, whatever goes in.

/// The byte at which so many UTF-16 units end; in the middle of a character, its start.
#[must_use]
pub fn byte_at(text: &str, units: u32) -> usize {
    let mut seen = 0_u32;
    for (at, character) in text.char_indices() {
        let after = seen.saturating_add(units_of(character));
        if after > units {
            return at;
        }
        seen = after;
    }
    text.len()
}

/// How many UTF-16 units stand before a byte.
#[must_use]
pub fn units_at(text: &str, byte: usize) -> u32 {
    let before = text.char_indices().take_while(|(at, _)| *at < byte);
    before.fold(0, |units, (_, character)| units.saturating_add(units_of(character)))
}

fn units_of(character: char) -> u32 {
    u32::try_from(character.len_utf16()).unwrap_or(1)
}
