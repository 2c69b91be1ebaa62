//! What is known of the whole: gauges by source, and a snapshot that can be added to another shard's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{catalogue::Family, measures::Measures};

/// How big things are at each source, as it said last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Gauges {
    sources: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Gauges {
    /// Nobody has said anything.
    #[must_use]
    pub const fn new() -> Self {
        Self { sources: BTreeMap::new() }
    }

    /// How big something is now at `source`.
    pub fn set(&mut self, source: &str, family: Family, value: u64) {
        let name = family.definition().name.to_owned();
        self.sources.entry(source.to_owned()).or_default().insert(name, value);
    }

    /// What `newer` says, over what was said before.
    pub fn update(&mut self, newer: Self) {
        for (source, values) in newer.sources {
            self.sources.entry(source).or_default().extend(values);
        }
    }

    /// All that a source has said, in the place of what it said before.
    pub fn replace(&mut self, source: String, values: BTreeMap<String, u64>) {
        self.sources.insert(source, values);
    }

    /// Whether nobody has said anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// How many have said something.
    #[must_use]
    pub fn count_sources(&self) -> usize {
        self.sources.len()
    }

    /// What a source has said last.
    #[must_use]
    pub fn of(&self, source: &str) -> Option<&BTreeMap<String, u64>> {
        self.sources.get(source)
    }

    /// Each source, and what it has said by family.
    pub fn into_sources(self) -> impl Iterator<Item = (String, BTreeMap<String, u64>)> {
        self.sources.into_iter()
    }

    /// The names of the sources.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// Each gauge over all sources. How many rooms have sockets follows from who says that some are open.
    fn sums(&self) -> BTreeMap<String, u64> {
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        let open = Family::SocketsOpen.definition().name;
        let with_sockets = Family::RoomsWithSockets.definition().name;
        for (name, value) in self.sources.values().flatten() {
            let known = Family::named(name).map(|family| family.definition().name);
            let rooms = (known == Some(open)).then_some((with_sockets, u64::from(*value > 0)));
            for (name, more) in known.map(|name| (name, *value)).into_iter().chain(rooms) {
                let sum = sums.entry(name.to_owned()).or_default();
                *sum = sum.saturating_add(more);
            }
        }
        sums
    }
}

/// All that one shard knows, or several together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub(crate) measures: Measures,
    pub(crate) gauges: BTreeMap<String, u64>,
}

impl Snapshot {
    /// What a shard has counted, and how big things are now over all its sources.
    #[must_use]
    pub fn of(measures: Measures, gauges: &Gauges) -> Self {
        Self { measures, gauges: gauges.sums() }
    }

    /// What another shard knows, too.
    pub fn add(&mut self, other: &Self) {
        self.measures.add(&other.measures);
        for (name, more) in &other.gauges {
            let sum = self.gauges.entry(name.clone()).or_default();
            *sum = sum.saturating_add(*more);
        }
    }
}
