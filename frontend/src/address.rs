//! The page's address: which screen it names, and what on it.

pub use client::room_list::LOBBY;
use protocol::{Seq, Slug};

/// The path of all rooms.
pub const ROOMS: &str = "/rooms";
/// The path of one's own account.
pub const ACCOUNT: &str = "/account";
/// The path of every component in every state.
const DESIGN: &str = "/design";
/// What an invitation's path begins with; its code follows.
const INVITE: &str = "/invite/";

/// What an address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A room, at its end or at a message.
    Room {
        /// Which.
        room: Slug,
        /// This message of it.
        at: Option<Seq>,
    },
    /// All public rooms, and the way to a new one.
    Rooms,
    /// One's own account.
    Account,
    /// Every component in every state.
    Design,
    /// To be let in with this code.
    Invite(String),
    /// Nothing that there is.
    Nowhere,
}

impl Address {
    /// Reads a path: `/` is the lobby, `/r/{slug}` a room, `/r/{slug}/{seq}` a message of it.
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        if path == ROOMS {
            return Self::Rooms;
        }
        if path == ACCOUNT {
            return Self::Account;
        }
        if path == DESIGN {
            return Self::Design;
        }
        if let Some(code) = path.strip_prefix(INVITE) {
            return Self::Invite(code.to_owned());
        }
        let named = if path.is_empty() { LOBBY } else { path.strip_prefix("/r/").unwrap_or_default() };
        let (slug, seq) = named.split_once('/').map_or((named, None), |(slug, seq)| (slug, Some(seq)));
        // Seqs count from 1.
        let at = seq.map(|seq| seq.parse().ok().filter(|seq| *seq > 0).and_then(Seq::try_new));
        match (Slug::parse(slug), at) {
            (Ok(room), None) => Self::Room { room, at: None },
            (Ok(room), Some(Some(seq))) => Self::Room { room, at: Some(seq) },
            (_, Some(None)) | (Err(_), _) => Self::Nowhere,
        }
    }
}

/// The path of a room.
#[must_use]
pub fn path(room: &Slug) -> String {
    if room.as_str() == LOBBY { "/".to_owned() } else { format!("/r/{room}") }
}

/// The path of a message.
#[must_use]
pub fn path_at(room: &Slug, seq: Seq) -> String {
    format!("/r/{room}/{seq}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(slug: &str) -> Address {
        Address::Room { room: Slug::parse(slug).expect("a slug"), at: None }
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
        for nowhere in ["/r/-build", "/r/", "/settings", "/r/build/x", "/r/build/0", "/r/build/1/2"] {
            assert_eq!(Address::parse(nowhere), Address::Nowhere, "{nowhere}");
        }
    }

    #[test]
    fn all_rooms_an_invitation_an_account_and_the_design_have_addresses_too() {
        assert_eq!(Address::parse("/rooms"), Address::Rooms);
        assert_eq!(Address::parse("/account"), Address::Account);
        assert_eq!(Address::parse("/design"), Address::Design);
        assert_eq!(Address::parse("/invite/abc.def"), Address::Invite("abc.def".to_owned()));
    }

    #[test]
    fn a_path_leads_back_to_its_room_and_to_its_message() {
        for slug in ["lobby", "build"] {
            let slug = Slug::parse(slug).expect("a slug");
            assert_eq!(Address::parse(&path(&slug)), Address::Room { room: slug.clone(), at: None });
            let seq = Seq::try_new(1_235);
            assert_eq!(
                Address::parse(&path_at(&slug, seq.expect("a seq"))),
                Address::Room { room: slug, at: seq }
            );
        }
    }
}
