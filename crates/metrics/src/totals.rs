//! What is known of the whole: gauges by source, and a snapshot that can be added to another shard's.

use crate::{catalogue::Family, measures::Measures, wire};

/// What separates a gauge's name from its source; it stands in no name.
const BETWEEN: char = '|';

/// How big things are at each source, as it said last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gauges {
    /// `name|source` and the value, in order, each once.
    said: Vec<(String, u64)>,
}

impl Gauges {
    /// Nobody has said anything.
    #[must_use]
    pub const fn new() -> Self {
        Self { said: Vec::new() }
    }

    /// How big something is now at `source`.
    pub fn set(&mut self, source: &str, family: Family, value: u64) {
        self.put(&format!("{}{BETWEEN}{source}", family.definition().name), value);
    }

    /// The same by its key.
    pub fn put(&mut self, key: &str, value: u64) {
        match self.place(key) {
            Ok(place) => {
                if let Some(slot) = self.said.get_mut(place) {
                    slot.1 = value;
                }
            }
            Err(place) => self.said.insert(place, (key.to_owned(), value)),
        }
    }

    /// What `newer` says, over what was said before.
    pub fn update(&mut self, newer: &Self) {
        newer.said.iter().for_each(|(key, value)| self.put(key, *value));
    }

    /// Whether nobody has said anything.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// How many gauges there are, over all sources.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.said.len()
    }

    /// Whether this gauge has been set.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// Each gauge: its key and its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.said.iter().map(|(key, value)| (key.as_str(), *value))
    }

    /// The source in a gauge's key.
    #[must_use]
    pub fn source(key: &str) -> &str {
        key.split_once(BETWEEN).map_or(key, |(_, source)| source)
    }

    /// A gauge over all sources.
    fn sum(&self, family: Family, of_value: fn(u64) -> u64) -> u64 {
        let name = family.definition().name;
        let of_family = |key: &str| key.strip_prefix(name).is_some_and(|rest| rest.starts_with(BETWEEN));
        let values = self.said.iter().filter(|(key, _)| of_family(key)).map(|(_, value)| of_value(*value));
        values.fold(0, u64::saturating_add)
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.said.binary_search_by(|(one, _)| one.as_str().cmp(key))
    }
}

/// All that one shard knows, or several together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    pub(crate) measures: Measures,
    /// Each gauge over all sources, as if the whole were its one source.
    gauges: Gauges,
}

impl Snapshot {
    /// What a shard has counted, and how big things are now over all its sources. How many rooms have sockets follows from who says
    /// that some are open.
    #[must_use]
    pub fn of(measures: Measures, gauges: &Gauges) -> Self {
        let mut whole = Gauges::new();
        for (family, of, of_value) in [
            (Family::SocketsOpen, Family::SocketsOpen, (|value| value) as fn(u64) -> u64),
            (Family::RoomsWithSockets, Family::SocketsOpen, |value| value.min(1)),
            (Family::StorageBytes, Family::StorageBytes, |value| value),
        ] {
            whole.set("", family, gauges.sum(of, of_value));
        }
        Self { measures, gauges: whole }
    }

    /// As it travels.
    #[must_use]
    pub fn write(&self) -> String {
        wire::write(&self.measures, &self.gauges)
    }

    /// From what travelled.
    #[must_use]
    pub fn read(lines: &str) -> Self {
        let (measures, gauges) = wire::read(lines);
        Self { measures, gauges }
    }

    /// What another shard knows, too.
    pub fn add(&mut self, other: &Self) {
        self.measures.add(&other.measures);
        for (key, more) in other.gauges.iter() {
            let so_far = self.gauges.said.iter().find(|(one, _)| one == key).map_or(0, |(_, value)| *value);
            self.gauges.put(key, so_far.saturating_add(more));
        }
    }

    /// A gauge over everything.
    pub(crate) fn gauge(&self, family: Family) -> u64 {
        self.gauges.sum(family, |value| value)
    }
}
