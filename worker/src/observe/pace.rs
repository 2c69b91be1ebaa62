//! How often: at once after a pause, and at most once in a while.

use protocol::Millis;

use crate::gather::When;

/// When something was done last.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    done_at: Option<Millis>,
}

impl Pace {
    /// Never done.
    pub const fn new() -> Self {
        Self { done_at: None }
    }

    /// When it may be done again: now, or at the end of `every_ms`.
    pub fn next(self, every_ms: u64, now: Millis) -> When {
        match self.done_at.map(|done_at| done_at.plus(every_ms)) {
            // A clock that was put back must not make anybody wait longer.
            Some(at) if at > now && at <= now.plus(every_ms) => When::At(at),
            _ => When::Now,
        }
    }

    /// It is done.
    pub fn done(&mut self, now: Millis) {
        self.done_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_at_once_and_the_next_at_the_end_of_the_while() {
        let mut pace = Pace::new();
        assert_eq!(pace.next(10, Millis(100)), When::Now);
        pace.done(Millis(100));
        assert_eq!(pace.next(10, Millis(100)), When::At(Millis(110)));
        assert_eq!(pace.next(10, Millis(109)), When::At(Millis(110)));
        assert_eq!(pace.next(10, Millis(110)), When::Now);
    }

    #[test]
    fn a_clock_that_was_put_back_stops_nothing() {
        let mut pace = Pace::new();
        pace.done(Millis(9_000));
        assert_eq!(pace.next(10, Millis(1_000)), When::Now);
    }
}
