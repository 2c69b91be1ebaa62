//! Which parts of the log a timeline holds all messages of.
//!
//! Seqs of messages are sparse (edits and reactions take seqs too), so a hole between two messages proves nothing:
//! only what pages and events say of their own bounds does. Invariant: runs neither touch nor overlap.

use protocol::Seq;

/// A stretch of the log, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: Seq,
    pub(crate) last: Seq,
}

/// The stretches that are held, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Coverage {
    runs: Vec<Run>,
}

impl Coverage {
    pub(crate) fn runs(&self) -> impl DoubleEndedIterator<Item = Run> + '_ {
        self.runs.iter().copied()
    }

    /// Adds a stretch; it grows together with those it touches. One that ends before it begins is none.
    pub(crate) fn add(&mut self, run: Run) {
        if run.last < run.first {
            return;
        }
        let begins = self.runs.partition_point(|other| other.last.next() < run.first);
        let ends = self.runs.partition_point(|other| other.first <= run.last.next());
        let touched = self.runs.drain(begins..ends);
        let grown = touched.fold(run, |run, other| Run {
            first: run.first.min(other.first),
            last: run.last.max(other.last),
        });
        self.runs.insert(begins, grown);
    }

    /// Whether everything that the log has at `seq` is held.
    pub(crate) fn holds(&self, seq: Seq) -> bool {
        self.runs.iter().any(|run| run.first <= seq && seq <= run.last)
    }

    /// Gives up everything from `run.first` to `run.last`.
    pub(crate) fn cut(&mut self, cut: Run) {
        let runs = std::mem::take(&mut self.runs);
        for run in runs {
            self.add(Run { first: run.first, last: run.last.min(cut.first.before()) });
            self.add(Run { first: run.first.max(cut.last.next()), last: run.last });
        }
    }

    /// Gives up everything below `seq`.
    pub(crate) fn cut_below(&mut self, seq: Seq) {
        self.runs.retain(|run| run.last >= seq);
        if let Some(spanning) = self.runs.first_mut() {
            spanning.first = spanning.first.max(seq);
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn seq(value: u64) -> Seq {
        Seq::try_new(value).unwrap()
    }

    fn run((first, last): (u64, u64)) -> Run {
        Run { first: seq(first), last: seq(last) }
    }

    fn covered(runs: &[(u64, u64)]) -> Vec<(u64, u64)> {
        let mut coverage = Coverage::default();
        runs.iter().for_each(|bounds| coverage.add(run(*bounds)));
        coverage.runs().map(|run| (run.first.value(), run.last.value())).collect()
    }

    #[test]
    fn runs_that_touch_or_overlap_become_one_and_others_stay_apart() {
        assert_eq!(covered(&[(10, 20), (1, 8)]), [(1, 8), (10, 20)]);
        assert_eq!(covered(&[(10, 20), (1, 8), (9, 9)]), [(1, 20)]);
        assert_eq!(covered(&[(10, 20), (21, 30)]), [(10, 30)]);
        assert_eq!(covered(&[(1, 2), (5, 6), (9, 10), (2, 9)]), [(1, 10)]);
        assert_eq!(covered(&[(1, 30), (5, 6)]), [(1, 30)]);
        assert_eq!(covered(&[(5, 4)]), []);
    }

    #[test]
    fn what_is_cut_out_is_held_no_more_and_its_neighbours_are() {
        for (cut, left) in [
            ((3, 4), vec![(1, 2), (5, 8), (10, 20)]),
            ((7, 12), vec![(1, 6), (13, 20)]),
            ((9, 9), vec![(1, 8), (10, 20)]),
            ((1, 20), vec![]),
        ] {
            let mut coverage = Coverage::default();
            coverage.add(run((1, 8)));
            coverage.add(run((10, 20)));
            coverage.cut(run(cut));
            let runs: Vec<_> = coverage.runs().map(|run| (run.first.value(), run.last.value())).collect();
            assert_eq!(runs, left, "cut {cut:?}");
            assert!(!coverage.holds(seq(cut.0)) && !coverage.holds(seq(cut.1)));
        }
    }

    #[test]
    fn a_cut_keeps_what_is_at_and_above_it() {
        for (at, left) in
            [(1, vec![(1, 8), (10, 20)]), (5, vec![(5, 8), (10, 20)]), (9, vec![(10, 20)]), (21, vec![])]
        {
            let mut coverage = Coverage::default();
            coverage.add(run((1, 8)));
            coverage.add(run((10, 20)));
            coverage.cut_below(seq(at));
            let runs: Vec<_> = coverage.runs().map(|run| (run.first.value(), run.last.value())).collect();
            assert_eq!(runs, left, "cut at {at}");
        }
    }
}
