//! Where an isolate counts, until it pushes: what came to be since the last push, and what has another size now.

use crate::{
    catalogue::Family,
    measures::{Measures, Micros},
    totals::Gauges,
    wire,
};

/// What an isolate has to tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Push {
    /// What was counted since the last push.
    pub measures: Measures,
    /// How big things are now, by the source that says so.
    pub gauges: Gauges,
}

impl Push {
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

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.measures.is_empty() && self.gauges.is_empty()
    }

    /// Splits off what each shard must hear: a source's gauges go to the shard that `shard_of` names for it, always the same one,
    /// and what was counted to `counts`, whichever that is.
    #[must_use]
    pub fn by_shard(self, counts: u32, shard_of: impl Fn(&str) -> u32) -> Vec<(u32, Self)> {
        let mut shards = vec![(counts, Self { measures: self.measures, gauges: Gauges::new() })];
        for (key, value) in self.gauges.iter() {
            let shard = shard_of(Gauges::source(key));
            match shards.iter_mut().find(|(one, _)| *one == shard) {
                Some((_, push)) => push.gauges.put(key, value),
                None => {
                    let mut push = Self::default();
                    push.gauges.put(key, value);
                    shards.push((shard, push));
                }
            }
        }
        shards.retain(|(_, push)| !push.is_empty());
        shards
    }
}

/// What was counted and not pushed yet.
#[derive(Debug, Default)]
pub struct Registry {
    waiting: Measures,
    changed: Gauges,
}

impl Registry {
    /// One that has counted nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { waiting: Measures::new(), changed: Gauges::new() }
    }

    /// So many more of these. The values are those of the family's labels, in order.
    pub fn count(&mut self, family: Family, values: &[&str], more: u64) {
        self.waiting.count(family, values, more);
    }

    /// A value of a histogram.
    pub fn observe(&mut self, family: Family, values: &[&str], value: Micros) {
        self.waiting.observe(family, values, value);
    }

    /// How big something is now at `source`.
    pub fn set(&mut self, source: &str, family: Family, value: u64) {
        self.changed.set(source, family, value);
    }

    /// Whether there is nothing to push.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.changed.is_empty()
    }

    /// What there is to push; counting begins anew.
    pub fn take(&mut self) -> Push {
        let Self { waiting, changed } = std::mem::take(self);
        Push { measures: waiting, gauges: changed }
    }

    /// What could not be pushed. A gauge that was set since stays as it is.
    pub fn put_back(&mut self, push: Push) {
        self.waiting.add(&push.measures);
        let newer = std::mem::replace(&mut self.changed, push.gauges);
        self.changed.update(&newer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(registry: &mut Registry) -> Push {
        registry.count(Family::Messages, &[], 2);
        registry.set("room-a", Family::SocketsOpen, 3);
        registry.take()
    }

    #[test]
    fn what_was_taken_is_not_taken_again() {
        let mut registry = Registry::new();
        assert!(!counted(&mut registry).is_empty());
        assert!(registry.is_empty() && registry.take().is_empty());
    }

    #[test]
    fn a_push_that_failed_is_told_with_the_next_one_and_does_not_set_a_gauge_back() {
        let mut registry = Registry::new();
        let failed = counted(&mut registry);
        registry.count(Family::Messages, &[], 5);
        registry.set("room-a", Family::SocketsOpen, 9);
        registry.put_back(failed);
        assert_eq!(registry.take().write(), "edgewise_messages_total 7\n=edgewise_sockets_open|room-a 9\n");
    }

    #[test]
    fn counting_nothing_is_nothing_to_push() {
        let mut registry = Registry::new();
        registry.count(Family::Messages, &[], 0);
        assert!(registry.is_empty());
    }

    #[test]
    fn a_source_always_tells_the_same_shard() {
        let mut registry = Registry::new();
        registry.count(Family::Turns, &[], 1);
        registry.set("room-a", Family::SocketsOpen, 1);
        registry.set("room-b", Family::SocketsOpen, 2);
        let shards = registry.take().by_shard(0, |source| if source == "room-a" { 0 } else { 7 });
        assert_eq!(shards.iter().map(|(shard, _)| *shard).collect::<Vec<_>>(), [0, 7]);
        assert!(shards[1].1.measures.is_empty());
        assert!(!shards[0].1.measures.is_empty() && !shards[0].1.gauges.is_empty());
    }
}
