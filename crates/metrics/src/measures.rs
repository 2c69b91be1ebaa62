//! Counts and histograms, added up. All of it is whole numbers, so that adding gives the same in whatever order.
//!
//! A series is a list of numbers: a counter's has one, a histogram's one a bucket, one for what lies above all bounds, and the sum of
//! all values. So adding is the same for both. Lists that are kept in order stand here in the place of maps: a map's code weighs
//! several kilobytes for each kind of key and value, and a Worker may not grow much.

use crate::{catalogue::Family, series::Series};

/// A measured value in millionths of its family's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Micros(pub u64);

impl Micros {
    /// So many thousandths: milliseconds, where the unit is a second.
    #[must_use]
    pub const fn of_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// So many whole units.
    #[must_use]
    pub const fn of_units(units: u64) -> Self {
        Self(units.saturating_mul(1_000_000))
    }
}

/// What was counted, by series.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// In order, each series once.
    counted: Vec<(Series, Vec<u64>)>,
}

impl Measures {
    /// Nothing was counted.
    #[must_use]
    pub const fn new() -> Self {
        Self { counted: Vec::new() }
    }

    /// So many more of these.
    pub fn count(&mut self, family: Family, values: &[&str], more: u64) {
        if more > 0 {
            self.add_at(Series::new(family, values), 0, more);
        }
    }

    /// A value of a histogram.
    pub fn observe(&mut self, family: Family, values: &[&str], value: Micros) {
        let (series, bounds) = (Series::new(family, values), family.bounds());
        let bucket = bounds.iter().position(|bound| value.0 <= *bound).unwrap_or(bounds.len());
        self.add_at(series, bucket, 1);
        self.add_at(series, bounds.len() + 1, value.0);
    }

    /// All that `other` counted, too.
    pub fn add(&mut self, other: &Self) {
        for (series, numbers) in &other.counted {
            for (place, more) in numbers.iter().enumerate() {
                self.add_at(*series, place, *more);
            }
        }
    }

    /// Whether nothing was counted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// The series of which something was counted, in order.
    pub fn series(&self) -> impl Iterator<Item = Series> {
        self.counted.iter().map(|(series, _)| *series)
    }

    /// What was counted of this series; nothing where it was never counted.
    #[must_use]
    pub fn of(&self, series: Series) -> &[u64] {
        match self.place(series) {
            Ok(place) => self.counted.get(place).map(|(_, numbers)| numbers.as_slice()).unwrap_or_default(),
            Err(_) => &[],
        }
    }

    /// What was counted of a series when it was stored under its key; passed over where this version knows no such series.
    pub fn put(&mut self, key: &str, numbers: Vec<u64>) {
        let known = Series::parse(key).filter(|series| numbers.len() == width(series.family()));
        if let Some(series) = known {
            match self.place(series) {
                Ok(place) => {
                    if let Some(slot) = self.counted.get_mut(place) {
                        slot.1 = numbers;
                    }
                }
                Err(place) => self.counted.insert(place, (series, numbers)),
            }
        }
    }

    fn add_at(&mut self, series: Series, number: usize, more: u64) {
        let place = self.place(series).unwrap_or_else(|place| {
            self.counted.insert(place, (series, vec![0; width(series.family())]));
            place
        });
        if let Some(count) = self.counted.get_mut(place).and_then(|(_, numbers)| numbers.get_mut(number)) {
            *count = count.saturating_add(more);
        }
    }

    fn place(&self, series: Series) -> Result<usize, usize> {
        self.counted.binary_search_by(|(one, _)| one.cmp(&series))
    }
}

/// How many numbers a series of this family has.
const fn width(family: Family) -> usize {
    let bounds = family.bounds().len();
    if bounds == 0 { 1 } else { bounds + 2 }
}
