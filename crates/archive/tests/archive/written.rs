//! What one member wrote.

use archive::{Archive, Bounds};
use protocol::{Seq, http::Written};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, PLENTY, Pen, append_all, id, seq};

#[test]
fn it_is_the_own_messages_as_they_are_now_and_nothing_of_others() {
    let database = given::driver();
    let archive = Archive::open(&database).unwrap();
    archive.found(&given::founding()).unwrap();
    let mut pen = Pen::default();
    append_all(
        &archive,
        &[
            pen.says("ada", "first"),
            pen.says("bob", "SECRET of bob, who mentions ada"),
            pen.replies("ada", 2, "answer"),
            pen.edits("ada", 1, "first, edited"),
            pen.says("ada", "a mistake"),
            pen.deletes("ada", 5),
            pen.reacts("ada", 2, "👍"),
        ],
    );

    let written = archive.written_by(&id("ada"), Seq::ZERO, PLENTY).unwrap();

    let seen: Vec<_> = written.iter().map(|one| (one.seq.value(), one.text.as_str(), one.reply_to)).collect();
    assert_eq!(seen, [(1, "first, edited", None), (3, "answer", Some(seq(2)))]);
    assert!(written[0].edited_at.is_some_and(|at| at > written[0].at));
    assert_eq!(archive.written_by(&id("nobody"), Seq::ZERO, PLENTY).unwrap(), []);
}

#[test]
fn pages_follow_each_other_without_a_hole_and_a_large_message_comes_alone() {
    let database = given::driver();
    let archive = Archive::open(&database).unwrap();
    archive.found(&given::founding()).unwrap();
    let mut pen = Pen::default();
    append_all(
        &archive,
        &[pen.says("ada", "one"), pen.says("ada", &"x".repeat(500)), pen.says("ada", "three")],
    );

    let bounds = Bounds { count: 2, bytes: 100 };
    let mut pages = Vec::new();
    let mut after = Seq::ZERO;
    loop {
        let page: Vec<Written> = archive.written_by(&id("ada"), after, bounds).unwrap();
        let Some(last) = page.last() else { break };
        after = last.seq;
        pages.push(page.iter().map(|one| one.seq.value()).collect::<Vec<_>>());
    }
    assert_eq!(pages, [vec![1], vec![2], vec![3]]);
}
