//! A member's token bucket, kept as one instant.
//!
//! The generic cell rate algorithm: the instant at which the bucket will be full again says as much as a count and a
//! time would. It fits into an attachment and never has to be refilled.

use protocol::{
    Millis,
    limits::{SEND_BURST, SEND_PER_S},
};
use serde::{Deserialize, Serialize};

/// When the bucket is full again; any instant that has passed stands for a full one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Bucket(Millis);

/// The bucket is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Empty {
    /// Milliseconds until a token is there; never 0, never longer than one token takes.
    pub(crate) retry_after_ms: u64,
}

/// How long one token takes to come back.
const TOKEN_MS: u64 = 1_000 / SEND_PER_S as u64;
/// How long an empty bucket takes to fill.
const FULL_MS: u64 = TOKEN_MS * SEND_BURST as u64;

impl Bucket {
    /// Takes a token.
    pub(crate) fn take(&mut self, now: Millis) -> Result<(), Empty> {
        let full_at = self.full_at(now).plus(TOKEN_MS);
        match full_at.since(now.plus(FULL_MS)) {
            0 => {
                self.0 = full_at;
                Ok(())
            }
            retry_after_ms => Err(Empty { retry_after_ms }),
        }
    }

    /// When it says no more than that there is nothing to say; never before `now`.
    pub(crate) fn full_at(self, now: Millis) -> Millis {
        // No bucket takes longer to fill than an empty one, unless the clock was put back: then it is taken for full.
        if self.0 > now.plus(FULL_MS) { now } else { self.0.max(now) }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn taken(bucket: &mut Bucket, now: u64) -> u32 {
        (0..).take_while(|_| bucket.take(Millis(now)).is_ok()).count().try_into().expect("a small count")
    }

    #[test]
    fn a_full_bucket_gives_the_burst_and_not_one_more() {
        let mut bucket = Bucket::default();
        assert_eq!(taken(&mut bucket, 1_000_000), SEND_BURST);
        assert_eq!(bucket.take(Millis(1_000_000)), Err(Empty { retry_after_ms: TOKEN_MS }));
    }

    #[test]
    fn the_wait_it_names_is_exactly_long_enough() {
        let mut bucket = Bucket::default();
        taken(&mut bucket, 1_000_000);
        let Err(Empty { retry_after_ms }) = bucket.take(Millis(1_000_050)) else {
            panic!("it should be empty")
        };
        assert!(bucket.take(Millis(1_000_050 + retry_after_ms - 1)).is_err());
        assert!(bucket.take(Millis(1_000_050 + retry_after_ms)).is_ok());
    }

    #[test]
    fn it_fills_at_the_rate() {
        let mut bucket = Bucket::default();
        taken(&mut bucket, 1_000_000);
        assert_eq!(taken(&mut bucket, 1_001_000), SEND_PER_S);
        assert_eq!(bucket.full_at(Millis(1_001_000)), Millis(1_001_000 + FULL_MS));
        assert_eq!(bucket.full_at(Millis(1_009_000)), Millis(1_009_000));
    }

    #[test]
    fn a_clock_that_is_put_back_empties_no_bucket() {
        let mut bucket = Bucket::default();
        taken(&mut bucket, 90_000_000);
        assert_eq!(taken(&mut bucket, 1_000), SEND_BURST);
    }
}
