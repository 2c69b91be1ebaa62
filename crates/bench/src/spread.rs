//! How durations spread: counted in steps of 0.1 ms, so that a million cost no more than one.

use std::time::Duration;

/// Steps of 0.1 ms up to 60 s; what is longer counts as 60 s.
const STEPS: usize = 600_000;
const STEP_US: u128 = 100;

/// Counted durations.
#[derive(Debug)]
pub struct Spread {
    steps: Vec<u32>,
    count: u64,
    longest: Duration,
}

impl Spread {
    /// None yet.
    pub fn new() -> Self {
        Self { steps: vec![0; STEPS], count: 0, longest: Duration::ZERO }
    }

    /// Counts one.
    pub fn add(&mut self, duration: Duration) {
        let step = usize::try_from(duration.as_micros() / STEP_US).unwrap_or(STEPS).min(STEPS - 1);
        self.steps[step] = self.steps[step].saturating_add(1);
        self.count += 1;
        self.longest = self.longest.max(duration);
    }

    /// How many were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The longest.
    pub fn longest(&self) -> Duration {
        self.longest
    }

    /// The shortest duration that `percent` of a hundred do not exceed, rounded up to 0.1 ms.
    pub fn percentile(&self, percent: u64) -> Duration {
        let wanted = (self.count * percent).div_ceil(100);
        let mut seen = 0;
        for (step, count) in self.steps.iter().enumerate() {
            seen += u64::from(*count);
            if seen >= wanted && seen > 0 {
                return Duration::from_micros((step as u64 + 1) * STEP_US as u64);
            }
        }
        Duration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_durations() {
        let mut spread = Spread::new();
        (0..1_000).rev().for_each(|ms| spread.add(Duration::from_millis(ms)));
        assert_eq!(spread.percentile(50), Duration::from_micros(499_100));
        assert_eq!(spread.percentile(99), Duration::from_micros(989_100));
        assert_eq!((spread.count(), spread.longest()), (1_000, Duration::from_millis(999)));
    }

    #[test]
    fn of_nothing_every_percentile_is_zero() {
        assert_eq!(Spread::new().percentile(99), Duration::ZERO);
    }
}
