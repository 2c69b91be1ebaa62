//! How often an address may do a thing, as signing in: a bucket for each, in the memory of one isolate.
//!
//! Not a guarantee: other isolates have buckets of their own. Where the platform has a rate limit of its own, it stands in front.

use litemap::LiteMap;
use protocol::Millis;

use crate::limits::REMEMBERED;

/// Whether an address may do it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// It may.
    Go,
    /// Not before so many milliseconds.
    Wait(u64),
}

/// The buckets. Each is kept as the time at which it will be full again: what it lacks now is that time away.
#[derive(Debug)]
pub struct Turnstile {
    rate: Rate,
    full_at: LiteMap<String, Millis>,
}

/// How often.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// So many times at once.
    pub burst: u64,
    /// And once more each time that this has gone by.
    pub every_ms: u64,
}

impl Turnstile {
    /// One whose buckets are all full.
    pub const fn new(rate: Rate) -> Self {
        Self { rate, full_at: LiteMap::new_vec() }
    }

    /// Takes one from the bucket of `address`, if it has one.
    pub fn pass(&mut self, address: &str, now: Millis) -> Pass {
        let lacks_ms = self.full_at.get(address).map_or(0, |full_at| full_at.since(now));
        let after_ms = lacks_ms.saturating_add(self.rate.every_ms);
        let size_ms = self.rate.burst.saturating_mul(self.rate.every_ms);
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
    use crate::limits::{SIGN_IN_EVERY_MS, SIGN_INS_BURST};

    const SIGN_INS: Rate = Rate { burst: SIGN_INS_BURST, every_ms: SIGN_IN_EVERY_MS };

    fn sign_ins() -> Turnstile {
        Turnstile::new(SIGN_INS)
    }

    #[test]
    fn an_address_may_sign_in_thirty_times_at_once_and_then_every_two_seconds() {
        let mut turnstile = sign_ins();
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
        let mut turnstile = sign_ins();
        for _ in 0..=SIGN_INS_BURST {
            turnstile.pass("a", Millis(0));
        }
        assert_eq!(turnstile.pass("b", Millis(0)), Pass::Go);
    }

    #[test]
    fn a_flood_of_addresses_does_not_fill_the_memory() {
        let mut turnstile = sign_ins();
        for address in 0..2 * REMEMBERED {
            turnstile.pass(&address.to_string(), Millis(0));
            assert!(turnstile.full_at.len() <= REMEMBERED);
        }
    }
}
