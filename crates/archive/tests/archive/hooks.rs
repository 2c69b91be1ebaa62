//! Webhooks: what is kept of them, and what they have still to hear.

use archive::{Archive, Bounds, Change, Hook, HookChange, Outward, Sql, Way};
use protocol::{Event, Millis, SlashCommand};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, PLENTY, Pen, append_all, id, seq};

fn incoming() -> Hook {
    Hook { id: id("hook-in"), name: "Builds".to_owned(), way: Way::In { digest: "d1".to_owned() } }
}

fn outgoing(hook: &str) -> Hook {
    let out = Outward {
        url: "https://hooks.example/1".to_owned(),
        command: SlashCommand::parse("weather").ok(),
        due: None,
        tries: 0,
    };
    Hook { id: id(hook), name: "Weather".to_owned(), way: Way::Out(out) }
}

fn change(archive: &Archive<impl Sql>, changes: impl IntoIterator<Item = HookChange>) {
    archive.commit(&changes.into_iter().map(Change::Hook).collect::<Vec<_>>()).unwrap();
}

fn call(hook: &str, at: u64) -> HookChange {
    HookChange::Call { hook: id(hook), seq: seq(at) }
}

fn due(hook: &str, at: Option<u64>) -> HookChange {
    HookChange::Due { hook: id(hook), at: at.map(Millis), tries: 1 }
}

fn heard_next(archive: &Archive<impl Sql>, bounds: Bounds) -> Option<(u64, Vec<Event>)> {
    archive.calls(&id("hook-out"), bounds).unwrap().map(|(upto, events)| (upto.value(), events))
}

#[test]
fn a_webhook_comes_back_as_it_was_put_and_is_found_by_the_digest_of_its_secret() {
    let archive = given::room();
    change(&archive, [HookChange::Put(outgoing("hook-out")), HookChange::Put(incoming())]);
    assert_eq!(archive.hooks().unwrap(), [incoming(), outgoing("hook-out")]);
    assert_eq!(archive.hook_by_digest("d1").unwrap(), Some(incoming()));
    assert_eq!(archive.hook_by_digest("d2").unwrap(), None);
    change(&archive, [HookChange::Drop(id("hook-in"))]);
    assert_eq!(archive.hook_by_digest("d1").unwrap(), None);
}

#[test]
fn what_is_to_be_heard_is_the_events_as_they_are_now_in_order_and_within_bounds() {
    let (archive, mut pen) = (given::room(), Pen::default());
    change(&archive, [HookChange::Put(outgoing("hook-out"))]);
    let events = [pen.says("ada", "one"), pen.says("ada", "two"), pen.says("ada", "three")];
    append_all(&archive, &events);
    assert_eq!(heard_next(&archive, PLENTY), None);
    change(&archive, [call("hook-out", 1), call("hook-out", 3)]);
    let [one, _, three] = events;
    assert_eq!(heard_next(&archive, PLENTY), Some((3, vec![one.clone(), three])));
    let first = Some((1, vec![one]));
    assert_eq!(heard_next(&archive, Bounds { count: 1, ..PLENTY }), first);
    assert_eq!(heard_next(&archive, Bounds { bytes: 1, ..PLENTY }), first, "one is never too large");

    append_all(&archive, &[pen.deletes("ada", 1)]);
    let (_, events) = heard_next(&archive, Bounds { count: 1, ..PLENTY }).unwrap();
    assert!(protocol::encode(&events[0]).contains("redacted"), "what was deleted is told to nobody");
}

#[test]
fn what_was_heard_is_not_told_again_and_what_was_pruned_is_passed_over() {
    let (archive, mut pen) = (given::room(), Pen::default());
    change(&archive, [HookChange::Put(outgoing("hook-out"))]);
    let events = [pen.says("ada", "one"), pen.says("ada", "two"), pen.says("ada", "three")];
    append_all(&archive, &events);
    change(&archive, [call("hook-out", 1), call("hook-out", 2), call("hook-out", 3)]);
    append_all(&archive, &[pen.prunes(3)]);
    assert_eq!(heard_next(&archive, Bounds { count: 2, ..PLENTY }), Some((2, vec![])));
    change(&archive, [HookChange::Done { hook: id("hook-out"), upto: seq(2) }]);
    assert_eq!(heard_next(&archive, PLENTY).map(|(upto, _)| upto), Some(3));
    assert!(archive.has_calls_above(&id("hook-out"), seq(2)).unwrap());
    assert!(!archive.has_calls_above(&id("hook-out"), seq(3)).unwrap());
}

#[test]
fn the_first_that_is_due_is_known_and_one_that_is_gone_is_due_no_more() {
    let archive = given::room();
    change(&archive, ["hook-out", "hook-two"].map(|hook| HookChange::Put(outgoing(hook))));
    assert_eq!(archive.hooks_due_at().unwrap(), None);
    change(&archive, [due("hook-out", Some(50)), due("hook-two", Some(40)), call("hook-two", 1)]);
    assert_eq!(archive.hooks_due_at().unwrap(), Some(Millis(40)));
    change(&archive, [HookChange::Drop(id("hook-two"))]);
    assert_eq!(archive.hooks_due_at().unwrap(), Some(Millis(50)));
    assert_eq!(archive.calls(&id("hook-two"), PLENTY).unwrap(), None);
    change(&archive, [due("hook-out", None)]);
    assert_eq!(archive.hooks_due_at().unwrap(), None);
}

#[test]
fn one_that_keeps_only_the_newest_calls_loses_those_up_to_a_seq() {
    let archive = given::room();
    change(&archive, [HookChange::Put(outgoing("hook-out"))]);
    change(&archive, (1..=5).map(|at| call("hook-out", at)));
    let beyond = |count| archive.calls_beyond(&id("hook-out"), count).unwrap().map(protocol::Seq::value);
    assert_eq!([beyond(5), beyond(4), beyond(2), beyond(0)], [None, Some(1), Some(3), Some(5)]);
}
