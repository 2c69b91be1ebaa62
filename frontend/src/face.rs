//! A member's face: initials on a hue, always the same for the same id.

use protocol::MemberId;

use crate::words;

/// How many hues styles/face.css has.
pub const HUES: u32 = 24;

/// The class of a member's hue. A class, not a style: the content policy has no inline styles.
#[must_use]
pub fn hue_class(id: &MemberId) -> String {
    // FNV-1a: ids are random, so any mixing hash spreads them; this one is three lines.
    let hash = id
        .as_str()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // The low bits of FNV repeat for similar endings; the high ones are folded in.
    format!("hue-{}", (hash ^ (hash >> 15)) % HUES)
}

/// What a member is called: whoever deleted their account has no name any more.
#[must_use]
pub fn called(name: &str) -> &str {
    if name.is_empty() { words::departed_member() } else { name }
}

/// One or two letters that stand for a name: "Ada Lovelace" is AL, "quiet-otter" is QO, "Bob" is B.
#[must_use]
pub fn initials(name: &str) -> String {
    let words =
        name.split([' ', '-', '_', '.']).filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let letters: String = words.take(2).flat_map(char::to_uppercase).collect();
    if letters.is_empty() { name.chars().take(1).collect() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_letters_of_the_first_two_words() {
        assert_eq!(initials("Ada Lovelace King"), "AL");
        assert_eq!(initials("quiet-otter"), "QO");
        assert_eq!(initials("Bob"), "B");
        assert_eq!(initials("élan"), "É");
        assert_eq!(initials("🦊"), "🦊");
    }

    #[test]
    fn one_id_has_one_hue_and_a_hundred_ids_use_most_of_them() {
        let id = |n: u32| MemberId::parse(&format!("m{n}")).expect("an id");
        assert_eq!(hue_class(&id(1)), hue_class(&id(1)));
        let seen: std::collections::BTreeSet<_> = (0..100).map(|n| hue_class(&id(n))).collect();
        assert!(seen.len() > 16, "{} of {HUES} hues used", seen.len());
    }
}
