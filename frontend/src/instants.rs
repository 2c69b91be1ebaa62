//! How an instant is written. In a browser the browser writes it; natively, where there is none, a plain calendar does.
//!
//! Not here: which form is wanted (`calendar`).

use protocol::Millis;

/// How much of an instant is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `09:14`.
    Clock,
    /// "Tuesday 24 November".
    Day,
    /// "Tuesday 24 November 2026".
    DayAndYear,
    /// "Tuesday 24 November 2026, 09:14".
    Whole,
}

/// An instant on the reader's clock, which is so many milliseconds ahead of UTC; a browser knows that better.
#[must_use]
pub fn written(at: Millis, form: Form, zone_ms: i64) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        let _ = zone_ms;
        crate::intl::written(at, form)
    }
    #[cfg(not(target_arch = "wasm32"))]
    native::written(at, form, zone_ms)
}

/// The reader's year of an instant.
#[must_use]
pub fn year(at: Millis, zone_ms: i64) -> i64 {
    #[cfg(target_arch = "wasm32")]
    {
        let _ = zone_ms;
        crate::intl::year(at)
    }
    #[cfg(not(target_arch = "wasm32"))]
    native::year(at, zone_ms)
}

/// The instant as `<time datetime>` wants it, in UTC.
#[must_use]
pub fn machine(at: Millis) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        crate::intl::machine(at)
    }
    #[cfg(not(target_arch = "wasm32"))]
    native::machine(at)
}

/// What a browser would bring: the Gregorian calendar, in English.
#[cfg(not(target_arch = "wasm32"))]
mod native {
    use protocol::Millis;

    use super::Form;
    use crate::calendar::{DAY_MS, HOUR_MS, MINUTE_MS};

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

    pub fn written(at: Millis, form: Form, zone_ms: i64) -> String {
        let date = Date::of(local(at, zone_ms));
        match form {
            Form::Clock => clock(local(at, zone_ms)),
            Form::Day => date.without_year(),
            Form::DayAndYear => date.in_full(),
            Form::Whole => format!("{}, {}", date.in_full(), clock(local(at, zone_ms))),
        }
    }

    pub fn year(at: Millis, zone_ms: i64) -> i64 {
        Date::of(local(at, zone_ms)).year
    }

    pub fn machine(at: Millis) -> String {
        let date = Date::of(local(at, 0));
        format!("{:04}-{:02}-{:02}T{}Z", date.year, date.month + 1, date.day, clock(local(at, 0)))
    }

    fn local(at: Millis, zone_ms: i64) -> i64 {
        i64::try_from(at.0).unwrap_or(i64::MAX).saturating_add(zone_ms)
    }

    fn clock(local: i64) -> String {
        let ms = local.rem_euclid(DAY_MS);
        format!("{:02}:{:02}", ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS)
    }

    impl Date {
        /// The date of a local instant, in the Gregorian calendar: years begin in March here, so that a leap day is the last of
        /// its year, and 400 years always have 146,097 days.
        fn of(local: i64) -> Self {
            let days = local.div_euclid(DAY_MS);
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
}
