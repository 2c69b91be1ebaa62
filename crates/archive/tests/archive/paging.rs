//! Paging while others write: whoever goes through the history page by page meets every message once, in order.

use archive::{Anchor, Archive, Bounds, Change};
use proptest::{
    collection::vec,
    prelude::Strategy,
    test_runner::{Config, TestRunner},
};
use protocol::Event;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{Driver, PLENTY, Pen, append_all, id, room, seq, seqs};

const CASES: u32 = if cfg!(target_family = "wasm") { 32 } else { 200 };

/// What others do between two pages.
#[derive(Debug, Clone, Copy)]
struct Meanwhile {
    says: u64,
    edits: u64,
    deletes: u64,
}

impl Meanwhile {
    fn happens(self, archive: &Archive<Driver>, pen: &mut Pen) {
        let mut events: Vec<Event> = (0..self.says).map(|n| pen.says("bob", &format!("new {n}"))).collect();
        // Both hit what was there before, and now and then something that is no message.
        events.extend((1..=self.edits).map(|n| pen.edits("ada", n * 3, "changed")));
        events.extend((1..=self.deletes).map(|n| pen.deletes("ada", n * 5)));
        archive.commit(&events.into_iter().map(Change::Append).collect::<Vec<_>>()).unwrap();
    }
}

#[derive(Debug, Clone)]
struct Walk {
    /// Messages that are there at first.
    begins_with: u64,
    /// Messages on a page.
    count: usize,
    /// Bytes on a page.
    bytes: usize,
    meanwhile: Vec<Meanwhile>,
}

fn walk() -> impl Strategy<Value = Walk> {
    let meanwhile =
        (0..6_u64, 0..3_u64, 0..3_u64).prop_map(|(says, edits, deletes)| Meanwhile { says, edits, deletes });
    (1..40_u64, 1..8_usize, 0..2_000_usize, vec(meanwhile, 1..6))
        .prop_map(|(begins_with, count, bytes, meanwhile)| Walk { begins_with, count, bytes, meanwhile })
}

fn for_all(check: impl Fn(&Walk)) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&walk(), |walk| {
        check(&walk);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

fn begin(walk: &Walk) -> (Archive<Driver>, Pen) {
    let (archive, mut pen) = (room(), Pen::default());
    let events: Vec<Event> = (0..walk.begins_with).map(|n| pen.says("ada", &format!("old {n}"))).collect();
    append_all(&archive, &events);
    (archive, pen)
}

fn whole(archive: &Archive<Driver>) -> Vec<u64> {
    seqs(&archive.messages(Anchor::Newest, &id("ada"), PLENTY).unwrap())
}

/// Goes on page by page; others write after each, until they have nothing more to say.
fn go(
    walk: &Walk,
    archive: &Archive<Driver>,
    pen: &mut Pen,
    next: impl Fn(&[u64]) -> Anchor,
) -> Vec<Vec<u64>> {
    let (mut pages, mut meanwhile) = (Vec::<Vec<u64>>::new(), walk.meanwhile.iter());
    loop {
        let anchor = next(&pages.concat());
        let bounds = Bounds { count: walk.count, bytes: walk.bytes };
        let page = archive.messages(anchor, &id("ada"), bounds).unwrap();
        let more = match anchor {
            Anchor::After(_) => page.more_after,
            Anchor::Newest | Anchor::Before(_) | Anchor::Around(_) => page.more_before,
        };
        pages.push(seqs(&page));
        match meanwhile.next() {
            Some(meanwhile) => meanwhile.happens(archive, pen),
            None if !more => return pages,
            None => {}
        }
    }
}

#[test]
fn going_back_meets_every_message_that_was_there_once_whatever_is_written_meanwhile() {
    for_all(|walk| {
        let (archive, mut pen) = begin(walk);
        let there = whole(&archive);
        let oldest =
            |met: &[u64]| met.iter().min().map_or(Anchor::Newest, |oldest| Anchor::Before(seq(*oldest)));

        let pages = go(walk, &archive, &mut pen, oldest);

        let met: Vec<u64> = pages.into_iter().rev().flatten().collect();
        assert_eq!(met, there);
    });
}

#[test]
fn going_forward_meets_every_message_once_those_that_are_written_meanwhile_too() {
    for_all(|walk| {
        let (archive, mut pen) = begin(walk);
        let newest = |met: &[u64]| Anchor::After(seq(met.last().copied().unwrap_or_default()));

        let pages = go(walk, &archive, &mut pen, newest);

        assert_eq!(pages.concat(), whole(&archive));
    });
}
