//! Names for people who have not said theirs yet.
//!
//! Invariant: every name that comes out is one that the server takes.

const MANNERS: [&str; 32] = [
    "amber", "brave", "bright", "calm", "clear", "clever", "cosy", "curious", "eager", "early", "fair",
    "gentle", "glad", "golden", "humble", "jolly", "keen", "kind", "lively", "lucky", "mellow", "merry",
    "nimble", "patient", "polite", "quick", "quiet", "sunny", "swift", "tidy", "warm", "witty",
];
const ANIMALS: [&str; 32] = [
    "badger", "beaver", "bison", "crane", "dolphin", "falcon", "finch", "fox", "gecko", "heron", "ibex",
    "jay", "kestrel", "koala", "lark", "lemur", "lynx", "marten", "moth", "newt", "ocelot", "orca", "otter",
    "owl", "panda", "puffin", "raven", "robin", "seal", "swan", "tapir", "wren",
];

/// A name such as `Quiet Otter`, chosen by `random`: 1,024 of them, which is enough to tell apart who is in a room.
#[must_use]
pub fn name(random: u32) -> String {
    let manner = MANNERS[(random % 32) as usize];
    let animal = ANIMALS[(random / 32 % 32) as usize];
    format!("{} {}", capital(manner), capital(animal))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guest_name_is_one_that_rooms_take() {
        for random in 0..1024 {
            protocol::Name::parse(&name(random)).expect("a name");
        }
        assert_eq!(name(26 + 32 * 22), "Quiet Otter");
    }

    #[test]
    fn no_two_draws_give_the_same_name() {
        let all: std::collections::BTreeSet<_> = (0..1024).map(name).collect();
        assert_eq!(all.len(), 1024);
    }
}
