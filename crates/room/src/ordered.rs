//! Maps and sets in the order of their keys, each one sorted list.
//!
//! A B-tree does the same, and is ten times the code for each kind of key and value: a tenth of the Worker. A list moves what stands
//! behind a new key, so what is large is boxed: with 32,768 sessions, the most there can be, that is half a MiB.

pub(crate) use litemap::LiteMap as Map;

/// A set in order.
#[derive(Debug)]
pub(crate) struct Set<K>(Map<K, ()>);

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self(Map::new_vec())
    }
}

impl<K: Ord> Set<K> {
    /// Whether it was not there before.
    pub(crate) fn insert(&mut self, key: K) -> bool {
        self.0.insert(key, ()).is_none()
    }

    pub(crate) fn remove(&mut self, key: &K) {
        self.0.remove(key);
    }

    pub(crate) fn contains(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    pub(crate) fn retain(&mut self, mut stays: impl FnMut(&K) -> bool) {
        self.0.retain(|key, ()| stays(key));
    }
}
