//! A length of time in words: "30 seconds", "7 days".
//!
//! Invariant: what is said is what it is; a length that fills no minute, hour or day whole is told in the next smaller one.

use crate::words;

const SECOND_MS: u64 = 1_000;
const MINUTE_MS: u64 = 60 * SECOND_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// In the largest unit of which it is so many whole ones.
pub fn span(ms: u64) -> String {
    let whole = |unit: u64| (ms > 0 && ms.is_multiple_of(unit)).then_some(ms / unit);
    if let Some(days) = whole(DAY_MS) {
        return words::span_days(days);
    }
    if let Some(hours) = whole(HOUR_MS) {
        return words::span_hours(hours);
    }
    if let Some(minutes) = whole(MINUTE_MS) {
        return words::span_minutes(minutes);
    }
    words::span_seconds(ms / SECOND_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_in_the_largest_unit_that_it_fills() {
        let told = [0, 1_000, 45_000, 60_000, 90_000, HOUR_MS, 90 * MINUTE_MS, DAY_MS, 7 * DAY_MS].map(span);
        assert_eq!(
            told,
            [
                "0 seconds",
                "1 second",
                "45 seconds",
                "1 minute",
                "90 seconds",
                "1 hour",
                "90 minutes",
                "1 day",
                "7 days"
            ]
        );
    }
}
