//! The same error once a minute: one that happens a thousand times is one report.

use litemap::LiteMap;
use protocol::Millis;

use crate::limits::{ERRORS_REMEMBERED, SAME_ERROR_MS};

/// Which errors were reported of late.
#[derive(Debug, Default)]
pub struct Recent {
    reported: LiteMap<String, Millis>,
}

/// Whether an error is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It is.
    New,
    /// The same was reported within the minute.
    Repeated,
}

impl Recent {
    /// Nothing was reported.
    pub const fn new() -> Self {
        Self { reported: LiteMap::new_vec() }
    }

    /// An error happened; `what` names it.
    pub fn happened(&mut self, what: &str, now: Millis) -> News {
        let is_recent = |at: Millis| at <= now && now.since(at) < SAME_ERROR_MS;
        if self.reported.get(what).is_some_and(|at| is_recent(*at)) {
            return News::Repeated;
        }
        if self.reported.len() >= ERRORS_REMEMBERED {
            self.reported.retain(|_, at| is_recent(*at));
        }
        if self.reported.len() >= ERRORS_REMEMBERED {
            // So many different ones in a minute are a flood: whoever looks has enough of them.
            return News::Repeated;
        }
        self.reported.insert(what.to_owned(), now);
        News::New
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_error_is_news_once_a_minute() {
        let mut recent = Recent::new();
        assert_eq!(recent.happened("a", Millis(1_000)), News::New);
        assert_eq!(recent.happened("a", Millis(60_999)), News::Repeated);
        assert_eq!(recent.happened("b", Millis(60_999)), News::New);
        assert_eq!(recent.happened("a", Millis(61_000)), News::New);
    }

    #[test]
    fn a_flood_of_different_errors_ends_at_its_limit_and_the_next_minute_is_new() {
        let mut recent = Recent::new();
        let news =
            (0..2 * ERRORS_REMEMBERED).filter(|n| recent.happened(&n.to_string(), Millis(0)) == News::New);
        assert_eq!(news.count(), ERRORS_REMEMBERED);
        assert_eq!(recent.happened("later", Millis(60_000)), News::New);
    }

    #[test]
    fn a_clock_that_was_put_back_silences_nothing() {
        let mut recent = Recent::new();
        recent.happened("a", Millis(9_000_000));
        assert_eq!(recent.happened("a", Millis(1_000)), News::New);
    }
}
