//! One series: a family and a value of each of its labels, all of them from the catalogue.

use crate::catalogue::{Family, LABELS};

/// A series. There are only as many as the catalogue allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    family: Family,
    /// Where each value stands in its label's set; one past the end is the label's `other`.
    places: [u8; LABELS],
}

/// What separates the parts of a series' key; it stands in no name and no value.
const BETWEEN: char = '|';

impl Series {
    /// The series of `family` with these values, in the order of its labels. A value that the label does not list counts as the
    /// label's `other`, and so does one that is missing.
    #[must_use]
    pub fn new(family: Family, values: &[&str]) -> Self {
        Self::of(family, values.iter().copied())
    }

    /// The series that [`Series::key`] wrote; `None` where this version does not know the family.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let mut parts = key.split(BETWEEN);
        let family = Family::named(parts.next()?)?;
        Some(Self::of(family, parts))
    }

    /// All series of a family, but for those with an `other`.
    pub(crate) fn all(family: Family) -> Vec<Self> {
        let labels = family.definition().labels;
        labels.iter().enumerate().fold(vec![Self::new(family, &[])], |so_far, (position, label)| {
            let with = |series: &Self, value: usize| {
                let mut series = *series;
                if let Some(place) = series.places.get_mut(position) {
                    *place = byte(value);
                }
                series
            };
            so_far
                .iter()
                .flat_map(|series| (0..label.values.len()).map(move |value| with(series, value)))
                .collect()
        })
    }

    fn of<'a>(family: Family, values: impl Iterator<Item = &'a str>) -> Self {
        let mut places = [0; LABELS];
        let given = values.map(Some).chain(std::iter::repeat(None));
        for ((place, label), value) in places.iter_mut().zip(family.definition().labels).zip(given) {
            // `other` may be one of the values itself.
            let found = |value: &str| label.values.iter().position(|one| *one == value);
            *place = byte(value.and_then(found).or_else(|| found(label.other)).unwrap_or(label.values.len()));
        }
        Self { family, places }
    }

    /// Its family.
    #[must_use]
    pub const fn family(self) -> Family {
        self.family
    }

    /// The name and the value of each label.
    pub fn labels(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let labels = self.family.definition().labels.iter().zip(self.places);
        labels.map(|(label, place)| {
            (label.name, label.values.get(usize::from(place)).copied().unwrap_or(label.other))
        })
    }

    /// How it is called where it is stored or sent: by names, since another version may list other values in another order.
    #[must_use]
    pub fn key(self) -> String {
        let mut key = self.family.definition().name.to_owned();
        for (_, value) in self.labels() {
            key.push(BETWEEN);
            key.push_str(value);
        }
        key
    }
}

/// A label has fewer values than a byte counts; a test of the catalogue holds that.
fn byte(place: usize) -> u8 {
    u8::try_from(place).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_not_listed_counts_as_other() {
        let values = |values: &[&str]| {
            Series::new(Family::HttpRequests, values).labels().map(|(_, value)| value).collect::<Vec<_>>()
        };
        assert_eq!(values(&["session", "200", "EU"]), ["session", "200", "EU"]);
        assert_eq!(values(&["/api/rooms/my-secret", "299", "XX"]), ["other", "other", "unknown"]);
        assert_eq!(values(&[]), ["other", "other", "unknown"]);
        assert_eq!(values(&["session", "200", "EU", "one too many"]), ["session", "200", "EU"]);
    }

    #[test]
    fn no_caller_can_make_more_series_than_the_catalogue_allows() {
        let mut made = std::collections::BTreeSet::new();
        for number in 0..100_000_u32 {
            let value = number.to_string();
            made.insert(Series::new(Family::HttpRequests, &[&value, &value, &value]));
        }
        // Only the 23 statuses are numbers, and everything else is `other`.
        assert_eq!(made.len(), 24);
    }

    #[test]
    fn a_key_comes_back_as_its_series() {
        for series in Family::ALL.iter().flat_map(|family| Series::all(*family)) {
            assert_eq!(Series::parse(&series.key()), Some(series));
        }
    }

    #[test]
    fn a_family_of_another_version_is_not_known() {
        assert_eq!(Series::parse("edgewise_of_tomorrow_total|a"), None);
        assert_eq!(Series::parse(""), None);
    }
}
