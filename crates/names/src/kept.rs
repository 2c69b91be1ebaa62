//! Names that speak for the place itself. Nobody is called so but whoever runs it.

use crate::likeness::Looks;

/// In the words of the screen, and what people take for them.
const KEPT: [&str; 14] = [
    "admin",
    "administrator",
    "channel",
    "deleted",
    "edgewise",
    "everybody",
    "everyone",
    "here",
    "moderator",
    "official",
    "owner",
    "room",
    "support",
    "system",
];

/// Whether a name is one of them, or looks so; a number behind it makes it no other.
#[must_use]
pub fn is_kept(name: &str) -> bool {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let looks = [Looks::of(name), Looks::of(bare)];
    KEPT.iter().any(|kept| looks.iter().any(|looks| looks.is_like(&Looks::of(kept))))
}
