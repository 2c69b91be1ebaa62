//! What an isolate remembers for a while, so that not every request asks an object: answers that may be a little old.
//!
//! Not a place for anything that must be known: an isolate may end at any time.

use litemap::LiteMap;
use protocol::Millis;

/// Answers by key, each for so long, so many at most.
#[derive(Debug)]
pub struct Memory<V> {
    lasts_ms: u64,
    most: usize,
    entries: LiteMap<String, (Millis, V)>,
}

impl<V: Clone> Memory<V> {
    /// One that remembers nothing yet.
    pub const fn new(lasts_ms: u64, most: usize) -> Self {
        Self { lasts_ms, most, entries: LiteMap::new_vec() }
    }

    /// What was put under `key`, unless that is too long ago.
    pub fn recall(&self, key: &str, now: Millis) -> Option<V> {
        let (at, value) = self.entries.get(key)?;
        (now < at.plus(self.lasts_ms)).then(|| value.clone())
    }

    /// Remembers `value`. A full memory first forgets what is too old, and if nothing is, everything.
    pub fn put(&mut self, key: String, value: V, now: Millis) {
        if self.entries.len() >= self.most {
            let lasts_ms = self.lasts_ms;
            self.entries.retain(|_, (at, _)| now < at.plus(lasts_ms));
        }
        if self.entries.len() >= self.most {
            self.entries.clear();
        }
        self.entries.insert(key, (now, value));
    }

    /// Forgets `key` at once.
    pub fn forget(&mut self, key: &str) {
        self.entries.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_remembered_for_its_time_and_not_longer() {
        let mut memory = Memory::new(30, 10);
        memory.put("a".to_owned(), 1, Millis(100));
        assert_eq!(memory.recall("a", Millis(129)), Some(1));
        assert_eq!(memory.recall("a", Millis(130)), None);
    }

    #[test]
    fn what_was_forgotten_is_gone_at_once() {
        let mut memory = Memory::new(30, 10);
        memory.put("a".to_owned(), 1, Millis(100));
        memory.forget("a");
        assert_eq!(memory.recall("a", Millis(100)), None);
    }

    #[test]
    fn a_full_memory_forgets_the_old_first() {
        let mut memory = Memory::new(30, 2);
        memory.put("old".to_owned(), 1, Millis(0));
        memory.put("new".to_owned(), 2, Millis(20));
        memory.put("newest".to_owned(), 3, Millis(30));
        assert_eq!(memory.recall("new", Millis(30)), Some(2));
        assert_eq!(memory.recall("newest", Millis(30)), Some(3));
        assert_eq!(memory.entries.len(), 2);
    }

    #[test]
    fn a_memory_never_holds_more_than_its_limit() {
        let mut memory = Memory::new(1_000, 2);
        for key in 0..10 {
            memory.put(key.to_string(), key, Millis(0));
            assert!(memory.entries.len() <= 2);
        }
        assert_eq!(memory.recall("9", Millis(0)), Some(9));
    }
}
