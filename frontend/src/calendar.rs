//! Instants as people read them: days, clock times, "4 min ago".
//!
//! Not here: any clock, and how a date is written (`instants`). Now and the zone come in as arguments, so that a test can stand at
//! any minute of any year.

use protocol::Millis;

use crate::{
    instants::{self, Form},
    words,
};

/// A minute.
pub const MINUTE_MS: i64 = 60_000;
/// An hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A day.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// Where the reader stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The reader's now.
    pub now: Millis,
    /// What to add to UTC for the reader's clock, in milliseconds; east is positive.
    pub zone_ms: i64,
}

impl Reading {
    /// `09:14`.
    #[must_use]
    pub fn clock(self, at: Millis) -> String {
        instants::written(at, Form::Clock, self.zone_ms)
    }

    /// "just now", "4 min ago" within the hour; then `09:14`. The day is told by the divider above.
    #[must_use]
    pub fn ago(self, at: Millis) -> String {
        // A clock that runs behind the room's sees messages from the future: they are new.
        match self.minutes_since(at) {
            0 => words::just_now().to_owned(),
            minutes @ 1..60 => words::minutes_ago(minutes),
            _ => self.clock(at),
        }
    }

    /// Whole minutes since then, as far as they are told: within the hour.
    #[must_use]
    pub fn minutes_since(self, at: Millis) -> u64 {
        (self.now.since(at) / MINUTE_MS.unsigned_abs()).min(60)
    }

    /// The first instant of a day on the reader's clock, given that of the day in UTC.
    #[must_use]
    pub fn midnight(self, utc_ms: u64) -> Millis {
        Millis(utc_ms.saturating_add_signed(self.zone_ms.saturating_neg()))
    }

    /// The day as a field for dates has it: `2026-11-24`.
    #[must_use]
    pub fn date(self, at: Millis) -> String {
        let mut date = instants::machine(Millis(at.0.saturating_add_signed(self.zone_ms)));
        date.truncate("2026-11-24".len());
        date
    }

    /// "Today", "Yesterday", "Tuesday 24 November", and the year where it is another one.
    #[must_use]
    pub fn day(self, at: Millis) -> String {
        let (day, today) = (self.local(at).div_euclid(DAY_MS), self.local(self.now).div_euclid(DAY_MS));
        let year = |at| instants::year(at, self.zone_ms);
        match today - day {
            0 => words::today().to_owned(),
            1 => words::yesterday().to_owned(),
            _ if year(at) == year(self.now) => instants::written(at, Form::Day, self.zone_ms),
            _ => instants::written(at, Form::DayAndYear, self.zone_ms),
        }
    }

    /// "Tuesday 24 November 2026, 09:14": what a pointer that rests on a time reads.
    #[must_use]
    pub fn full(self, at: Millis) -> String {
        instants::written(at, Form::Whole, self.zone_ms)
    }

    /// The instant as `<time datetime>` wants it, in UTC.
    #[must_use]
    pub fn machine(at: Millis) -> String {
        instants::machine(at)
    }

    fn local(self, at: Millis) -> i64 {
        i64::try_from(at.0).unwrap_or(i64::MAX).saturating_add(self.zone_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 24 November 2026, 08:14:30 UTC.
    const NOW: Millis = Millis(1_795_508_070_000);
    const BERLIN: Reading = Reading { now: NOW, zone_ms: HOUR_MS };

    fn before(ms: i64) -> Millis {
        Millis(NOW.0 - ms.unsigned_abs())
    }

    #[test]
    fn a_clock_time_is_the_readers() {
        assert_eq!(BERLIN.clock(NOW), "09:14");
        assert_eq!(Reading { now: NOW, zone_ms: -9 * HOUR_MS }.clock(NOW), "23:14");
    }

    #[test]
    fn a_message_is_told_in_minutes_for_an_hour_and_then_by_the_clock() {
        assert_eq!(BERLIN.ago(NOW), "just now");
        assert_eq!(BERLIN.ago(before(MINUTE_MS)), "1 min ago");
        assert_eq!(BERLIN.ago(before(HOUR_MS - 1)), "59 min ago");
        assert_eq!(BERLIN.ago(before(HOUR_MS)), "08:14");
    }

    #[test]
    fn a_day_of_a_field_begins_at_the_readers_midnight_and_is_written_back_as_it_was() {
        // 24 November 2026 in UTC, as a field for dates tells it.
        let midnight = BERLIN.midnight(1_795_478_400_000);
        assert_eq!(BERLIN.full(midnight), "Tuesday 24 November 2026, 00:00");
        assert_eq!(BERLIN.date(midnight), "2026-11-24");
        let west = Reading { now: NOW, zone_ms: -9 * HOUR_MS };
        assert_eq!(west.full(west.midnight(1_795_478_400_000)), "Tuesday 24 November 2026, 00:00");
    }

    #[test]
    fn a_message_from_a_clock_ahead_is_new() {
        assert_eq!(BERLIN.ago(NOW.plus(90_000)), "just now");
    }

    #[test]
    fn a_day_has_its_name_and_an_older_one_its_year() {
        assert_eq!(BERLIN.day(NOW), "Today");
        assert_eq!(BERLIN.day(before(10 * HOUR_MS)), "Yesterday");
        assert_eq!(BERLIN.day(before(2 * DAY_MS)), "Sunday 22 November");
        assert_eq!(BERLIN.day(before(400 * DAY_MS)), "Monday 20 October 2025");
    }

    #[test]
    fn leap_days_and_ends_of_years_are_where_they_belong() {
        let utc = Reading { now: NOW, zone_ms: 0 };
        assert_eq!(utc.full(Millis(1_709_164_800_000)), "Thursday 29 February 2024, 00:00");
        assert_eq!(utc.full(Millis(1_735_689_599_000)), "Tuesday 31 December 2024, 23:59");
        assert_eq!(utc.full(Millis(0)), "Thursday 1 January 1970, 00:00");
    }

    #[test]
    fn a_machine_reads_utc() {
        assert_eq!(Reading::machine(NOW), "2026-11-24T08:14Z");
    }
}
