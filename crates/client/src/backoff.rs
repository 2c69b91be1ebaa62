//! How long to wait before trying again: doubled each time, with full jitter, from a seed.
//!
//! Full jitter (anything from nothing to the whole wait) spreads the clients of a server that comes back most evenly.

use protocol::limits::{BACKOFF_FIRST_MS, BACKOFF_LONGEST_MS};

/// `SplitMix64`: small, and good enough to spread waits. Never used for anything that must not be guessed.
#[derive(Debug, Clone)]
pub(crate) struct Jitter(u64);

impl Jitter {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to `most`.
    pub(crate) fn up_to(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // `most + 1` values; the bias of the remainder is below 2^-40 for waits of minutes.
        mixed.checked_rem(most.saturating_add(1)).unwrap_or_default()
    }
}

/// Waits that grow until something succeeds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The next wait, in milliseconds: from 0 to 0.5 s, 1 s, 2 s … 30 s.
    pub(crate) fn next_ms(&mut self, jitter: &mut Jitter) -> u64 {
        let doubled = BACKOFF_FIRST_MS.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        jitter.up_to(doubled.min(BACKOFF_LONGEST_MS))
    }

    /// It worked: the next wait is the first one again.
    pub(crate) const fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// The longest of many waits after `failures` failures.
    fn longest_after(failures: u32) -> u64 {
        let mut jitter = Jitter::new(7);
        (0..4_000).map(|_| Backoff { failures }.next_ms(&mut jitter)).max().unwrap()
    }

    #[test]
    fn waits_double_from_half_a_second_to_thirty_and_use_all_of_it() {
        for (failures, bound) in [(0, 500), (1, 1_000), (3, 4_000), (6, 30_000), (u32::MAX, 30_000)] {
            let longest = longest_after(failures);
            assert!(
                longest <= bound && longest > bound * 9 / 10,
                "{failures} failures: {longest} of {bound}"
            );
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_waits() {
        let waits = |seed| {
            let (mut backoff, mut jitter) = (Backoff::default(), Jitter::new(seed));
            (0..8).map(|_| backoff.next_ms(&mut jitter)).collect::<Vec<_>>()
        };
        assert_eq!(waits(1), waits(1));
        assert_ne!(waits(1), waits(2));
    }
}
