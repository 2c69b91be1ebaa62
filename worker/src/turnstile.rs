//! How often an address may sign in: a bucket for each, in the memory of one isolate.
//!
//! Not a guarantee: other isolates have buckets of their own. Where the platform has a rate limit of its own, it stands in front.

use std::collections::BTreeMap;

use protocol::Millis;

use crate::limits::{REMEMBERED, SIGN_IN_EVERY_MS, SIGN_INS_BURST};

/// Whether an address may sign in now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// It may.
    Go,
    /// Not before so many milliseconds.
    Wait(u64),
}

/// The buckets. Each is kept as the time at which it will be full again: what it lacks now is that time away.
#[derive(Debug, Default)]
pub struct Turnstile {
    full_at: BTreeMap<String, Millis>,
}

impl Turnstile {
    /// One whose buckets are all full.
    pub const fn new() -> Self {
        Self { full_at: BTreeMap::new() }
    }

    /// Takes a sign-in from the bucket of `address`, if it has one.
    pub fn pass(&mut self, address: &str, now: Millis) -> Pass {
        let lacks_ms = self.full_at.get(address).map_or(0, |full_at| full_at.since(now));
        let after_ms = lacks_ms.saturating_add(SIGN_IN_EVERY_MS);
        let size_ms = SIGN_INS_BURST.saturating_mul(SIGN_IN_EVERY_MS);
        if after_ms > size_ms {
            return Pass::Wait(after_ms - size_ms);
        }
        self.make_room(now);
        self.full_at.insert(address.to_owned(), now.plus(after_ms));
        Pass::Go
    }

    fn make_room(&mut self, now: Millis) {
        if self.full_at.len() >= REMEMBERED {
            self.full_at.retain(|_, full_at| *full_at > now);
        }
        if self.full_at.len() >= REMEMBERED {
            self.full_at.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_sign_in_thirty_times_at_once_and_then_every_two_seconds() {
        let mut turnstile = Turnstile::new();
        for _ in 0..SIGN_INS_BURST {
            assert_eq!(turnstile.pass("a", Millis(1_000)), Pass::Go);
        }
        assert_eq!(turnstile.pass("a", Millis(1_000)), Pass::Wait(2_000));
        assert_eq!(turnstile.pass("a", Millis(2_999)), Pass::Wait(1));
        assert_eq!(turnstile.pass("a", Millis(3_000)), Pass::Go);
        assert_eq!(turnstile.pass("a", Millis(3_000)), Pass::Wait(2_000));
    }

    #[test]
    fn addresses_do_not_use_up_each_others_buckets() {
        let mut turnstile = Turnstile::new();
        for _ in 0..=SIGN_INS_BURST {
            turnstile.pass("a", Millis(0));
        }
        assert_eq!(turnstile.pass("b", Millis(0)), Pass::Go);
    }

    #[test]
    fn a_flood_of_addresses_does_not_fill_the_memory() {
        let mut turnstile = Turnstile::new();
        for address in 0..2 * REMEMBERED {
            turnstile.pass(&address.to_string(), Millis(0));
            assert!(turnstile.full_at.len() <= REMEMBERED);
        }
    }
}
