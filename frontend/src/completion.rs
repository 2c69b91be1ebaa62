//! Completion in a field, as a hook: what is begun at the caret, which candidate is chosen, and what keys do with it.
//!
//! Not here: what could come of a word (`client::completing`). Invariant: a key that chooses does nothing else.

use client::completing::{Begun, Candidate, Kind, begun, completed};
use yew::{Callback, Html, NodeRef, UseStateHandle, hook, use_state};

use crate::{
    components::suggestions::suggestions,
    field::{self, Key},
};

/// What could come of a word that is begun.
pub type Suggest = Callback<Begun, Vec<Candidate>>;

/// What was seen at the caret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Seen {
    begun: Option<Begun>,
    chosen: usize,
    /// Where a word begins that is to be left alone.
    left: Option<usize>,
}

/// The completion of one field.
#[derive(Clone)]
pub struct Completion {
    node: NodeRef,
    suggest: Suggest,
    seen: UseStateHandle<Seen>,
    candidates: Vec<Candidate>,
}

/// Completes what is begun in the field.
#[hook]
pub fn use_completion(node: &NodeRef, suggest: &Suggest) -> Completion {
    let seen = use_state(Seen::default);
    let shown = seen.begun.as_ref().filter(|begun| Some(begun.place.start) != seen.left);
    let candidates = shown.map(|begun| suggest.emit(begun.clone())).unwrap_or_default();
    Completion { node: node.clone(), suggest: suggest.clone(), seen, candidates }
}

impl Completion {
    /// Looks at the caret again: something was typed, or it moved.
    pub fn look(&self) {
        let begun = begun(&field::value(&self.node), field::selection(&self.node).end);
        if let Some(spelled) = begun.as_ref().filter(|begun| begun.kind == Kind::Spelled) {
            if let Some(candidate) = self.suggest.emit(spelled.clone()).first() {
                self.put(spelled, candidate);
            }
            return self.seen.set(Seen::default());
        }
        if begun != self.seen.begun {
            let left =
                self.seen.left.filter(|left| begun.as_ref().is_some_and(|begun| begun.place.start == *left));
            self.seen.set(Seen { begun, chosen: 0, left });
        }
    }

    /// Shows nothing any more: the keys are elsewhere.
    pub fn end(&self) {
        self.seen.set(Seen::default());
    }

    /// What a key does here; false where it does nothing.
    pub fn press(&self, key: Key) -> bool {
        let (count, chosen) = (self.candidates.len(), self.seen.chosen);
        if count == 0 {
            return false;
        }
        match key {
            Key::Up => self.choose((chosen + count - 1) % count),
            Key::Down => self.choose((chosen + 1) % count),
            Key::Done | Key::Next => self.take(chosen),
            Key::Leave => {
                let left = self.seen.begun.as_ref().map(|begun| begun.place.start);
                self.seen.set(Seen { left, ..(*self.seen).clone() });
            }
            Key::Format(_) | Key::Letter => return false,
        }
        true
    }

    /// The list, and the name of the candidate that is chosen, for the field.
    pub fn draw(&self) -> Html {
        let take = self.clone();
        suggestions(&self.candidates, self.chosen(), &Callback::from(move |at| take.take(at)))
    }

    /// Which candidate is chosen; none where there is none.
    pub fn chosen(&self) -> Option<usize> {
        let last = self.candidates.len().checked_sub(1)?;
        Some(self.seen.chosen.min(last))
    }

    fn choose(&self, chosen: usize) {
        self.seen.set(Seen { chosen, ..(*self.seen).clone() });
    }

    fn take(&self, at: usize) {
        if let (Some(begun), Some(candidate)) = (&self.seen.begun, self.candidates.get(at)) {
            self.put(begun, candidate);
            self.end();
        }
    }

    fn put(&self, begun: &Begun, candidate: &Candidate) {
        let (place, put) = completed(&field::value(&self.node), begun, candidate);
        field::replace(&self.node, place, &put);
    }
}
