//! Instants as people read them: days, clock times, "4 min ago".
//!
//! Not here: any clock. Now and the zone come in as arguments, so that a test can stand at any minute of any year.

use protocol::Millis;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const DAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Where the reader stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The reader's now.
    pub now: Millis,
    /// What to add to UTC for the reader's clock, in milliseconds; east is positive.
    pub zone_ms: i64,
}

/// A civil date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: i64,
    /// 0 for January.
    month: usize,
    day: i64,
    /// 0 for the weekday of the first day of 1970.
    weekday: usize,
}

impl Reading {
    /// `09:14`.
    #[must_use]
    pub fn clock(self, at: Millis) -> String {
        let ms = self.local(at).rem_euclid(DAY_MS);
        format!("{:02}:{:02}", ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS)
    }

    /// "just now", "4 min ago" within the hour; then `09:14`. The day is told by the divider above.
    #[must_use]
    pub fn ago(self, at: Millis) -> String {
        // A clock that runs behind the room's sees messages from the future: they are new.
        match i64::try_from(self.now.since(at)).unwrap_or(i64::MAX) / MINUTE_MS {
            0 => "just now".to_owned(),
            minutes @ 1..60 => format!("{minutes} min ago"),
            _ => self.clock(at),
        }
    }

    /// "Today", "Yesterday", "Tuesday 24 November", and the year where it is another one.
    #[must_use]
    pub fn day(self, at: Millis) -> String {
        let day = self.local(at).div_euclid(DAY_MS);
        let today = self.local(self.now).div_euclid(DAY_MS);
        match today - day {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            _ => {
                let date = Date::of_day(day);
                let year = Date::of_day(today).year;
                if date.year == year { date.without_year() } else { date.in_full() }
            }
        }
    }

    /// "Tuesday 24 November 2026, 09:14": what a pointer that rests on a time reads.
    #[must_use]
    pub fn full(self, at: Millis) -> String {
        format!("{}, {}", Date::of_day(self.local(at).div_euclid(DAY_MS)).in_full(), self.clock(at))
    }

    /// The instant as `<time datetime>` wants it, in UTC.
    #[must_use]
    pub fn machine(at: Millis) -> String {
        let ms = i64::try_from(at.0).unwrap_or(i64::MAX);
        let date = Date::of_day(ms.div_euclid(DAY_MS));
        let utc = Self { now: at, zone_ms: 0 };
        format!("{:04}-{:02}-{:02}T{}Z", date.year, date.month + 1, date.day, utc.clock(at))
    }

    fn local(self, at: Millis) -> i64 {
        i64::try_from(at.0).unwrap_or(i64::MAX).saturating_add(self.zone_ms)
    }
}

impl Date {
    /// The date that is `days` after the first of 1970, in the Gregorian calendar: years begin in March here, so that a leap
    /// day is the last of its year, and 400 years always have 146,097 days.
    fn of_day(days: i64) -> Self {
        let since_era = days + 719_468;
        let era = since_era.div_euclid(146_097);
        let day_of_era = since_era.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = (march_month + 2) % 12;
        Self {
            year: year_of_era + era * 400 + i64::from(march_month >= 10),
            month: usize::try_from(month).unwrap_or(0),
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
            weekday: usize::try_from(days.rem_euclid(7)).unwrap_or(0),
        }
    }

    fn without_year(self) -> String {
        format!("{} {} {}", DAYS[self.weekday], self.day, MONTHS[self.month])
    }

    fn in_full(self) -> String {
        format!("{} {}", self.without_year(), self.year)
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
