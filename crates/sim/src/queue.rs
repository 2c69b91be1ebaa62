//! The virtual clock and what is going to happen, ordered by time and then by number: nothing happens at random.

use std::collections::BTreeMap;

use protocol::Millis;

/// When a run begins: a Monday.
pub const BEGINNING: Millis = Millis(1_767_571_200_000);

/// The clock, and what happens when.
#[derive(Debug)]
pub struct Queue<T> {
    now: Millis,
    number: u64,
    waiting: BTreeMap<(Millis, u64), T>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { now: BEGINNING, number: 0, waiting: BTreeMap::new() }
    }
}

impl<T> Queue<T> {
    /// The world's time: what every clock would show if none had been set wrong.
    #[must_use]
    pub const fn now(&self) -> Millis {
        self.now
    }

    /// Lets `happening` happen at `at`, or now if that is past.
    pub fn put(&mut self, at: Millis, happening: T) {
        self.number += 1;
        self.waiting.insert((at.max(self.now), self.number), happening);
    }

    /// The next thing up to `until`, and moves the clock to it; moves the clock to `until` when there is none.
    pub fn next(&mut self, until: Millis) -> Option<T> {
        match self.waiting.first_entry() {
            Some(entry) if entry.key().0 <= until => {
                self.now = entry.key().0;
                Some(entry.remove())
            }
            Some(_) | None => {
                self.now = self.now.max(until);
                None
            }
        }
    }
}
