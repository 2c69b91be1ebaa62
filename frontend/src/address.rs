//! The page's address: which room it names.

use protocol::Slug;

/// The room of the address without a path.
pub const LOBBY: &str = "lobby";

/// What an address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A room.
    Room(Slug),
    /// Nothing that there is.
    Nowhere,
}

impl Address {
    /// Reads a path: `/` is the lobby, `/r/{slug}` a room.
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let slug = match path.trim_end_matches('/') {
            "" => LOBBY,
            path => path.strip_prefix("/r/").unwrap_or_default(),
        };
        Slug::parse(slug).map_or(Self::Nowhere, Self::Room)
    }
}

/// The path of a room.
#[must_use]
pub fn path(room: &Slug) -> String {
    if room.as_str() == LOBBY { "/".to_owned() } else { format!("/r/{room}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(slug: &str) -> Address {
        Address::Room(Slug::parse(slug).expect("a slug"))
    }

    #[test]
    fn the_bare_address_is_the_lobby() {
        assert_eq!(Address::parse("/"), room("lobby"));
        assert_eq!(Address::parse(""), room("lobby"));
    }

    #[test]
    fn a_room_has_its_own_address_and_what_is_no_room_is_nowhere() {
        assert_eq!(Address::parse("/r/build"), room("build"));
        assert_eq!(Address::parse("/r/build/"), room("build"));
        assert_eq!(Address::parse("/r/-build"), Address::Nowhere);
        assert_eq!(Address::parse("/r/"), Address::Nowhere);
        assert_eq!(Address::parse("/settings"), Address::Nowhere);
    }

    #[test]
    fn a_path_leads_back_to_its_room() {
        for slug in ["lobby", "build"] {
            let slug = Slug::parse(slug).expect("a slug");
            assert_eq!(Address::parse(&path(&slug)), Address::Room(slug));
        }
    }
}
