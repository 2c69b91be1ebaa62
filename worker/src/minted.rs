//! Slugs of private and direct rooms: 128 bits that nobody can guess, and 50 bits of a MAC by which the Worker knows its own,
//! so that a guess never reaches an object. And the names of persons' Inboxes, which nobody can guess either.
//!
//! Not here: who may enter. Invariant: a slug that [`Mint::made`] was made by [`Mint::mint`] under the same key.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use protocol::{MemberId, Slug};
use sha2::Sha256;

use crate::secret;

/// Characters of a minted slug: 36 times 5 bits are the 178 that it holds, and two zeros.
const CHARACTERS: usize = 36;
/// The base32 digits of RFC 4648, in lower case.
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Bytes of a slug's first part.
const SEED_BYTES: usize = 16;

/// Mints slugs.
pub struct Mint(Hmac<Sha256>);

impl Mint {
    /// Over the secret `ROOM_KEY`; `None` when it is too short to be one.
    pub fn parse(secret: &str) -> Option<Self> {
        let secret = secret.trim().as_bytes();
        if secret.len() < secret::KEY_BYTES {
            return None;
        }
        Hmac::new_from_slice(secret).ok().map(Self)
    }

    /// The slug that begins with these bits, which are random.
    pub fn mint(&self, seed: [u8; SEED_BYTES]) -> Option<Slug> {
        // Session tokens may be signed by the same key: theirs begin with `1.`.
        let mac: [u8; 32] =
            self.0.clone().chain_update(b"room.").chain_update(seed).finalize().into_bytes().into();
        let mut bits = [0_u8; SEED_BYTES + 7];
        let (first, last) = bits.split_at_mut(SEED_BYTES);
        first.copy_from_slice(&seed);
        last.copy_from_slice(&mac[..7]);
        // 50 bits of the MAC; the rest of its seventh byte is no part of the slug.
        bits[SEED_BYTES + 6] &= 0b1100_0000;
        Slug::parse(&base32(&bits)).ok()
    }

    /// The slug of the one direct room of two members, whichever of them asks.
    pub fn direct(&self, one: &MemberId, other: &MemberId) -> Option<Slug> {
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        let pair = format!("direct.{first}.{second}");
        let mac: [u8; 32] = self.0.clone().chain_update(pair.as_bytes()).finalize().into_bytes().into();
        let mut seed = [0; SEED_BYTES];
        seed.copy_from_slice(&mac[..SEED_BYTES]);
        self.mint(seed)
    }

    /// The name of the Inbox that knows which member a person is. Whoever knows the person cannot compute it.
    pub fn person(&self, issuer: &str, subject: &str) -> Option<MemberId> {
        let person = format!("person.{issuer}\n{subject}");
        let mac: [u8; 32] = self.0.clone().chain_update(person.as_bytes()).finalize().into_bytes().into();
        MemberId::parse(&Base64UrlUnpadded::encode_string(&mac)).ok()
    }

    /// What the calls of a room's webhook are signed with. It follows from the key, so it is kept nowhere.
    pub fn hook_key(&self, room: &str, hook: &MemberId) -> [u8; 32] {
        let whose = format!("hook.{room}.{hook}");
        self.0.clone().chain_update(whose.as_bytes()).finalize().into_bytes().into()
    }

    /// The same as whoever is called checks it by.
    pub fn hook_secret(&self, room: &str, hook: &MemberId) -> String {
        format!("whsec_{}", Base64::encode_string(&self.hook_key(room, hook)))
    }

    /// Whether this key made that slug.
    pub fn made(&self, slug: &Slug) -> bool {
        let minted = seed(slug.as_str()).and_then(|seed| self.mint(seed));
        minted.is_some_and(|minted| secret::same(slug.as_str(), minted.as_str()))
    }
}

/// The first 180 bits as 36 digits.
fn base32(bits: &[u8; SEED_BYTES + 7]) -> String {
    let bit = |at: usize| bits[at / 8] >> (7 - at % 8) & 1;
    let digit = |at: usize| (0..5).fold(0_u8, |digit, n| digit << 1 | bit(at * 5 + n));
    (0..CHARACTERS).map(|at| char::from(DIGITS[usize::from(digit(at))])).collect()
}

/// The bits that a slug begins with, if it could have been minted.
fn seed(slug: &str) -> Option<[u8; SEED_BYTES]> {
    if slug.len() != CHARACTERS {
        return None;
    }
    let mut seed = [0_u8; SEED_BYTES];
    for (at, digit) in slug.bytes().enumerate() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        for n in 0..5 {
            if let Some(byte) = seed.get_mut((at * 5 + n) / 8) {
                *byte = *byte << 1 | u8::from(value >> (4 - n) & 1 == 1);
            }
        }
    }
    Some(seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "00112233445566778899aabbccddeeff";

    fn mint() -> Mint {
        Mint::parse(SECRET).unwrap()
    }

    fn member(id: &str) -> MemberId {
        MemberId::parse(id).unwrap()
    }

    #[test]
    fn a_minted_slug_is_known_again_and_only_under_its_key() {
        let other = Mint::parse("ffeeddccbbaa99887766554433221100").unwrap();
        for seed in [[0; 16], [0xff; 16], *b"sixteen bytes ok"] {
            let slug = mint().mint(seed).unwrap();
            assert_eq!(slug.as_str().len(), 36);
            assert!(mint().made(&slug));
            assert!(!other.made(&slug));
        }
    }

    #[test]
    fn the_shape_of_a_minted_slug_is_pinned() {
        let slug = mint().mint(*b"sixteen bytes ok").unwrap();
        assert_eq!(slug.as_str(), "onuxq5dfmvxcaytzorsxgidpnoqeexhgxmc4");
    }

    #[test]
    fn no_character_of_a_minted_slug_can_be_changed() {
        let slug = mint().mint(*b"sixteen bytes ok").unwrap();
        for at in 0..slug.as_str().len() {
            for digit in DIGITS {
                let mut changed = slug.as_str().to_owned().into_bytes();
                if changed[at] == *digit {
                    continue;
                }
                changed[at] = *digit;
                let changed = Slug::parse(&String::from_utf8(changed).unwrap()).unwrap();
                assert!(!mint().made(&changed), "{changed}");
            }
        }
    }

    #[test]
    fn what_is_no_minted_slug_is_not_taken_for_one() {
        for slug in ["lobby", "a", &"a".repeat(35), &"a".repeat(36), &"a".repeat(37), &"1".repeat(36)] {
            assert!(!mint().made(&Slug::parse(slug).unwrap()), "{slug}");
        }
    }

    #[test]
    fn two_members_have_one_direct_room_whoever_asks_and_no_other_pair_has_it() {
        let slug = mint().direct(&member("ada"), &member("bob")).unwrap();
        assert!(mint().made(&slug));
        assert_eq!(mint().direct(&member("bob"), &member("ada")), Some(slug.clone()));
        for (one, other) in [("ada", "bo"), ("ad", "abob"), ("ada", "ada"), ("bob", "bob")] {
            assert_ne!(mint().direct(&member(one), &member(other)), Some(slug.clone()), "{one} {other}");
        }
    }

    #[test]
    fn the_calls_of_each_webhook_are_signed_with_a_key_of_its_own() {
        let key = |room, hook| mint().hook_key(room, &member(hook));
        assert_eq!(key("lobby", "h1"), key("lobby", "h1"));
        for (room, hook) in [("lobby", "h2"), ("garden", "h1"), ("lobb", "yh1")] {
            assert_ne!(key(room, hook), key("lobby", "h1"), "{room} {hook}");
        }
        let secret = mint().hook_secret("lobby", &member("h1"));
        assert_eq!(Base64::decode_vec(secret.trim_start_matches("whsec_")).unwrap(), key("lobby", "h1"));
    }

    #[test]
    fn a_secret_that_is_too_short_mints_nothing() {
        assert!(Mint::parse(&SECRET[1..]).is_none());
    }
}
