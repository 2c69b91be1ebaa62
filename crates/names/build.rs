//! Writes the table of characters that look like ASCII ones, out of the data of UTS 39.
//!
//! Only Latin, Greek, Cyrillic, Armenian, Cherokee and punctuation: what can be written among ASCII letters without being seen. The
//! whole data is 80 times as large. Characters that NFKC turns into others are left out: no name has them.

use std::{env, fmt::Write as _, fs, ops::RangeInclusive, path::Path};

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::skeleton;

/// Blocks of those scripts, all in the first plane.
const BLOCKS: [RangeInclusive<u16>; 12] = [
    0x0021..=0x024f,
    0x0250..=0x02ff,
    0x0370..=0x058f,
    0x13a0..=0x13ff,
    0x1c80..=0x1c8f,
    0x1d00..=0x1dbf,
    0x1e00..=0x1fff,
    0x2010..=0x206f,
    0x2190..=0x22ff,
    0x2c60..=0x2c7f,
    0xa640..=0xa7ff,
    0xab30..=0xabbf,
];

/// The longest that a character looks like.
const LONGEST: usize = 3;

fn main() {
    let mut lines = String::new();
    for character in BLOCKS.into_iter().flatten() {
        if let Some(looks) = char::from_u32(u32::from(character)).and_then(looks) {
            writeln!(lines, "    (0x{character:04x}, {looks:?}),").expect("a string takes all");
        }
    }
    let table = format!("pub(crate) const LOOKS: &[(u16, [u8; {LONGEST}])] = &[\n{lines}];\n");
    let file = Path::new(&env::var_os("OUT_DIR").expect("cargo says where")).join("looks.rs");
    fs::write(file, table).expect("the table can be written");
    println!("cargo::rerun-if-changed=build.rs");
}

/// The ASCII characters that `character` looks like, filled up with zeros.
fn looks(character: char) -> Option<[u8; LONGEST]> {
    let text = character.to_string();
    let like: String = skeleton(&text).collect();
    let is_other = like != text && like.is_ascii() && like.len() <= LONGEST;
    let stays = text.nfkc().eq(text.chars());
    (is_other && stays).then(|| {
        let mut looks = [0; LONGEST];
        looks[..like.len()].copy_from_slice(like.as_bytes());
        looks
    })
}
