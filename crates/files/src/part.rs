//! Which part of a file is asked for: one range of bytes, or all of it (RFC 9110, 14).
//!
//! Several ranges, and what cannot be read, are answered by the whole file, as whoever serves may always do.

/// The part of a file that an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// From one byte to another, both of which belong to it.
    Span {
        /// The first, from 0 on.
        first: u64,
        /// The last.
        last: u64,
    },
    /// What is asked for lies behind the file's end.
    Beyond,
}

impl Part {
    /// What a `Range` header asks of a file of `size` bytes, which are never 0.
    #[must_use]
    pub fn of(range: Option<&str>, size: u64) -> Self {
        let Some(span) = range.and_then(|range| range.strip_prefix("bytes=")) else { return Self::Whole };
        let Some((from, to)) = span.trim().split_once('-') else { return Self::Whole };
        let end = size.saturating_sub(1);
        match (number(from), number(to)) {
            (Some(first), _) if first > end && (to.is_empty() || number(to).is_some()) => Self::Beyond,
            (Some(first), None) if to.is_empty() => Self::Span { first, last: end },
            (Some(first), Some(last)) if first <= last => Self::Span { first, last: last.min(end) },
            (None, Some(0)) if from.is_empty() => Self::Beyond,
            (None, Some(count)) if from.is_empty() => {
                Self::Span { first: size.saturating_sub(count), last: end }
            }
            _ => Self::Whole,
        }
    }

    /// How many bytes of a file of `size` these are.
    #[must_use]
    pub const fn bytes(self, size: u64) -> u64 {
        match self {
            Self::Whole => size,
            Self::Span { first, last } => last.saturating_sub(first).saturating_add(1),
            Self::Beyond => 0,
        }
    }
}

/// Digits and nothing else: a sign would be read too.
fn number(digits: &str) -> Option<u64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_read_as_the_standard_says() {
        let of = |range| Part::of(Some(range), 100);
        let span = |first, last| Part::Span { first, last };
        assert_eq!(of("bytes=0-0"), span(0, 0));
        assert_eq!(of("bytes=10-19"), span(10, 19));
        assert_eq!(of("bytes=90-1000"), span(90, 99));
        assert_eq!(of("bytes=99-"), span(99, 99));
        assert_eq!(of("bytes=-1"), span(99, 99));
        assert_eq!(of("bytes=-500"), span(0, 99));
        for beyond in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(of(beyond), Part::Beyond, "{beyond}");
        }
        for whole in [
            "bytes=5-4",
            "bytes=0-1,3-4",
            "bytes=-",
            "bytes=a-b",
            "bytes=+1-2",
            "lines=1-2",
            "",
            "bytes=200-x",
        ] {
            assert_eq!(of(whole), Part::Whole, "{whole}");
        }
        assert_eq!(Part::of(None, 100), Part::Whole);
    }

    #[test]
    fn a_part_knows_how_long_it_is() {
        assert_eq!(Part::Whole.bytes(7), 7);
        assert_eq!(Part::Span { first: 3, last: 3 }.bytes(7), 1);
    }
}
