//! Counts and histograms, added up. All of it is whole numbers, so that adding gives the same in whatever order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

/// How often a value fell into which bucket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// One count a bucket, the last for what lies above all bounds; shorter where nothing was counted yet.
    pub counts: Vec<u64>,
    /// All values together, in millionths.
    pub sum: u64,
}

impl Histogram {
    fn observe(&mut self, bounds: &[u64], value: Micros) {
        self.counts.resize(bounds.len() + 1, 0);
        let bucket = bounds.iter().position(|bound| value.0 <= *bound).unwrap_or(bounds.len());
        if let Some(count) = self.counts.get_mut(bucket) {
            *count = count.saturating_add(1);
        }
        self.sum = self.sum.saturating_add(value.0);
    }

    fn add(&mut self, other: &Self) {
        let longer = self.counts.len().max(other.counts.len());
        self.counts.resize(longer, 0);
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
        self.sum = self.sum.saturating_add(other.sum);
    }

    /// How many values there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// What was counted, by series.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub struct Measures {
    pub(crate) counters: BTreeMap<Series, u64>,
    pub(crate) histograms: BTreeMap<Series, Histogram>,
}

impl Measures {
    /// Nothing was counted.
    #[must_use]
    pub const fn new() -> Self {
        Self { counters: BTreeMap::new(), histograms: BTreeMap::new() }
    }

    /// So many more of these.
    pub fn count(&mut self, family: Family, values: &[&str], more: u64) {
        if more > 0 {
            let count = self.counters.entry(Series::new(family, values)).or_default();
            *count = count.saturating_add(more);
        }
    }

    /// A value of a histogram.
    pub fn observe(&mut self, family: Family, values: &[&str], value: Micros) {
        self.histograms.entry(Series::new(family, values)).or_default().observe(family.bounds(), value);
    }

    /// Values of a histogram that was kept elsewhere, bucket by bucket.
    pub fn add_histogram(&mut self, family: Family, values: &[&str], histogram: &Histogram) {
        self.histograms.entry(Series::new(family, values)).or_default().add(histogram);
    }

    /// All that `other` counted, too.
    pub fn add(&mut self, other: &Self) {
        for (series, more) in &other.counters {
            let count = self.counters.entry(*series).or_default();
            *count = count.saturating_add(*more);
        }
        for (series, more) in &other.histograms {
            self.histograms.entry(*series).or_default().add(more);
        }
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counters.is_empty() && self.histograms.is_empty()
    }

    /// Each series by itself, as it can be stored: its key and what it has counted.
    pub fn parts(&self) -> impl Iterator<Item = (Series, Self)> {
        let counters = self.counters.iter().map(|(series, count)| {
            (*series, Self { counters: BTreeMap::from([(*series, *count)]), ..Self::default() })
        });
        let histograms = self.histograms.iter().map(|(series, histogram)| {
            (*series, Self { histograms: BTreeMap::from([(*series, histogram.clone())]), ..Self::default() })
        });
        counters.chain(histograms)
    }
}

/// As they are sent and stored: series by their keys. What this version does not know is left out.
#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    counters: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    histograms: BTreeMap<String, Histogram>,
}

impl From<Measures> for Wire {
    fn from(measures: Measures) -> Self {
        Self {
            counters: measures.counters.into_iter().map(|(series, count)| (series.key(), count)).collect(),
            histograms: measures.histograms.into_iter().map(|(series, one)| (series.key(), one)).collect(),
        }
    }
}

impl From<Wire> for Measures {
    fn from(wire: Wire) -> Self {
        let known = |key: &str| Series::parse(key);
        Self {
            counters: wire.counters.iter().filter_map(|(key, n)| Some((known(key)?, *n))).collect(),
            histograms: wire
                .histograms
                .into_iter()
                .filter_map(|(key, histogram)| Some((known(&key)?, histogram)))
                // Another version's buckets could not be told from ours.
                .filter(|(series, histogram)| histogram.counts.len() == series.family().bounds().len() + 1)
                .collect(),
        }
    }
}
