//! Time that never goes back.
//!
//! The shell's clock is a wall clock: people set it, and it steps. Deadlines are kept in a time of our own that only
//! sums up how far the wall clock went forward, so a step back delays nothing and fires nothing twice.

use protocol::Millis;

/// An instant of this client's own time, in milliseconds. Means nothing outside the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Steady(u64);

impl Steady {
    pub(crate) const fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this.
    pub(crate) const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Both times at the input that is being worked in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clock {
    wall: Millis,
    steady: Steady,
}

impl Clock {
    /// Takes the shell's time of a new input.
    pub(crate) fn advance(&mut self, wall: Millis) {
        self.steady = self.steady.plus(wall.since(self.wall));
        self.wall = wall;
    }

    pub(crate) const fn now(&self) -> Steady {
        self.steady
    }

    pub(crate) const fn wall(&self) -> Millis {
        self.wall
    }

    /// When `at` will be by the shell's clock, if nobody sets it; now for what is past.
    pub(crate) const fn wall_at(&self, at: Steady) -> Millis {
        self.wall.plus(at.0.saturating_sub(self.steady.0))
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_step_back_of_the_wall_clock_moves_no_deadline_away() {
        let mut clock = Clock::default();
        clock.advance(Millis(10_000));
        let deadline = clock.now().plus(500);
        clock.advance(Millis(4_000));
        assert_eq!(clock.wall_at(deadline), Millis(4_500));
        clock.advance(Millis(4_500));
        assert!(clock.now() >= deadline);
    }
}
