//! One shard of what all isolates have counted: totals in memory, and on disk at most 10 s behind.
//!
//! Not here: the object. Invariant: a source's gauge is what it said last; a counter never falls but by what was not written yet
//! when the object was lost.

use archive::{Sql, SqlError, Value};
use metrics::{Gauges, Measures, Push, Snapshot};
use protocol::Millis;

use crate::{
    columns::{integer, text, word},
    gather::When,
    limits::{METRICS_GAUGES, METRICS_WRITE_EVERY_MS},
    metrics_ask::{MetricsAnswer, MetricsAsk},
    observe::Pace,
};

/// A shard over its storage.
#[derive(Debug)]
pub struct MetricsStore<S: Sql> {
    sql: S,
    measures: Measures,
    gauges: Gauges,
    /// What was pushed since the last write.
    unwritten: Push,
    pace: Pace,
}

const MIGRATIONS: &[&[&str]] = &[&[
    "CREATE TABLE series (series TEXT PRIMARY KEY, numbers TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE gauges (gauge TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID",
]];

impl<S: Sql> MetricsStore<S> {
    /// Opens a shard, and reads all that it knows.
    pub fn open(sql: S) -> Result<Self, SqlError> {
        archive::migrate(&sql, MIGRATIONS)?;
        let mut measures = Measures::new();
        for row in sql.query("SELECT series, numbers FROM series", &[])? {
            measures.put(text(&row, 0)?, numbers(text(&row, 1)?));
        }
        let mut gauges = Gauges::new();
        for row in sql.query("SELECT gauge, value FROM gauges ORDER BY gauge", &[])? {
            gauges.put(text(&row, 0)?, u64::try_from(integer(&row, 1)?).unwrap_or_default());
        }
        Ok(Self { sql, measures, gauges, unwritten: Push::default(), pace: Pace::new() })
    }

    /// Answers from memory.
    pub fn answer(&mut self, ask: MetricsAsk) -> MetricsAnswer {
        match ask {
            MetricsAsk::Push(push) => {
                tracing::debug!("a push was taken");
                self.take(&Push::read(&push));
                MetricsAnswer::Taken
            }
            MetricsAsk::Read => {
                MetricsAnswer::Snapshot(Snapshot::of(self.measures.clone(), &self.gauges).write())
            }
        }
    }

    /// When what is new should be written; `None` where nothing is.
    pub fn due(&self, now: Millis) -> Option<When> {
        (!self.unwritten.is_empty()).then(|| self.pace.next(METRICS_WRITE_EVERY_MS, now))
    }

    /// Writes what is new.
    pub fn write(&mut self, now: Millis) -> Result<(), SqlError> {
        self.pace.done(now);
        self.sql.transaction(&mut || {
            for series in self.unwritten.measures.series() {
                let write = "INSERT INTO series (series, numbers) VALUES (?1, ?2)
                    ON CONFLICT (series) DO UPDATE SET numbers = excluded.numbers";
                let numbers =
                    self.measures.of(series).iter().map(u64::to_string).collect::<Vec<_>>().join(" ");
                self.sql.query(write, &[word(&series.key()), Value::Text(numbers)])?;
            }
            for (gauge, value) in self.unwritten.gauges.iter() {
                let write = "INSERT INTO gauges (gauge, value) VALUES (?1, ?2)
                    ON CONFLICT (gauge) DO UPDATE SET value = excluded.value";
                let value = Value::Integer(i64::try_from(value).unwrap_or(i64::MAX));
                self.sql.query(write, &[word(gauge), value])?;
            }
            Ok(())
        })?;
        self.unwritten = Push::default();
        Ok(())
    }

    fn take(&mut self, push: &Push) {
        self.measures.add(&push.measures);
        self.unwritten.measures.add(&push.measures);
        for (gauge, value) in push.gauges.iter() {
            // Whoever knows so many rooms needs more shards; until then the newest are not seen.
            if self.gauges.count() < METRICS_GAUGES || self.gauges.has(gauge) {
                self.gauges.put(gauge, value);
                self.unwritten.gauges.put(gauge, value);
            }
        }
    }
}

/// What cannot be read counts as never counted.
fn numbers(written: &str) -> Vec<u64> {
    written.split(' ').map_while(|number| number.parse().ok()).collect()
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use std::rc::Rc;

    use archive::native::Native;
    use metrics::{Family, Micros, Registry};

    use super::*;

    fn disk() -> Rc<Native> {
        Rc::new(Native::in_memory().unwrap())
    }

    fn push(count: impl FnOnce(&mut Registry)) -> MetricsAsk {
        let mut registry = Registry::new();
        count(&mut registry);
        MetricsAsk::Push(registry.take().write())
    }

    fn busy() -> MetricsAsk {
        push(|registry| {
            registry.count(Family::Messages, &[], 2);
            registry.observe(Family::ClientAckSeconds, &["EU"], Micros::of_millis(7));
            registry.set("room-a", Family::SocketsOpen, 3);
            registry.set("room-a", Family::StorageBytes, 4_096);
        })
    }

    #[test]
    fn what_was_written_is_there_again_after_the_object_was_lost() {
        let disk = disk();
        let mut store = MetricsStore::open(Rc::clone(&disk)).unwrap();
        store.answer(busy());
        store.write(Millis(1_000)).unwrap();
        store.answer(push(|registry| registry.set("room-a", Family::SocketsOpen, 1)));
        store.answer(push(|registry| registry.count(Family::Messages, &[], 40)));
        store.write(Millis(20_000)).unwrap();
        let known = store.answer(MetricsAsk::Read);

        let mut again = MetricsStore::open(disk).unwrap();

        assert_eq!(again.answer(MetricsAsk::Read), known);
        let MetricsAnswer::Snapshot(snapshot) = known else { panic!("no snapshot") };
        let text = metrics::text(&Snapshot::read(&snapshot), metrics::Release { version: "v", commit: "c" });
        for line in ["edgewise_messages_total 42", "edgewise_sockets_open 1", "edgewise_storage_bytes 4096"] {
            assert!(text.contains(&format!("\n{line}\n")), "{line}");
        }
    }

    #[test]
    fn it_writes_at_once_after_a_pause_and_at_most_once_in_ten_seconds() {
        let mut store = MetricsStore::open(disk()).unwrap();
        assert_eq!(store.due(Millis(1_000)), None);
        store.answer(busy());
        assert_eq!(store.due(Millis(1_000)), Some(When::Now));
        store.write(Millis(1_000)).unwrap();
        assert_eq!(store.due(Millis(1_000)), None);
        store.answer(busy());
        assert_eq!(store.due(Millis(1_001)), Some(When::At(Millis(11_000))));
    }

    #[test]
    fn a_gauge_too_many_is_not_kept_and_those_that_are_known_still_speak() {
        let mut store = MetricsStore::open(disk()).unwrap();
        for room in 0..=METRICS_GAUGES {
            store.answer(push(|registry| registry.set(&room.to_string(), Family::SocketsOpen, 1)));
        }
        assert_eq!(store.gauges.count(), METRICS_GAUGES);
        store.answer(push(|registry| registry.set("0", Family::SocketsOpen, 9)));
        let said = store.gauges.iter().find(|(gauge, _)| gauge.ends_with("|0"));
        assert_eq!(said.map(|(_, value)| value), Some(9));
    }
}
