//! A turn goes in whole, in order and once, and is found again.

use archive::{Archive, Change, Once, SqlError};
use protocol::{EventKind, Millis, Seq};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, PLENTY, Pen, append, append_all, command, id, room, seq};

#[test]
fn a_room_that_was_never_created_has_no_log() {
    let archive = Archive::open(given::driver()).unwrap();

    assert_eq!(archive.log().unwrap(), None);
}

#[test]
fn a_new_room_begins_before_its_first_event_and_founding_it_again_changes_nothing() {
    let archive = room();
    let mut other = given::founding();
    other.info.title = "Another".to_owned();

    archive.found(&other).unwrap();

    let log = archive.log().unwrap().unwrap();
    assert_eq!((&log.info, &log.epoch), (&given::founding().info, &given::founding().epoch));
    assert_eq!((log.head, log.floor, log.last_at), (Seq::ZERO, seq(1), Millis(1_000)));
}

#[test]
fn the_log_ends_at_the_newest_event_and_knows_its_time() {
    let (archive, mut pen) = (room(), Pen::default());

    append_all(&archive, &[pen.says("ada", "one"), pen.says("bob", "two")]);

    let log = archive.log().unwrap().unwrap();
    assert_eq!((log.head, log.floor, log.last_at), (seq(2), seq(1), Millis(2_002)));
}

#[test]
fn an_event_that_does_not_follow_the_newest_is_refused_and_leaves_nothing() {
    let (archive, mut pen) = (room(), Pen::default());
    let (first, second, third) = (pen.says("ada", "1"), pen.says("ada", "2"), pen.says("ada", "3"));

    let hole_at_the_start = append(&archive, &second);
    append(&archive, &first).unwrap();
    let repeat = append(&archive, &first);
    let hole = append(&archive, &third);

    for refused in [hole_at_the_start, repeat, hole] {
        assert!(matches!(refused, Err(SqlError(_))));
    }
    assert_eq!(archive.events_after(Seq::ZERO, PLENTY).unwrap(), [first]);
}

#[test]
fn when_one_change_of_a_turn_fails_none_of_it_is_stored() {
    let (archive, mut pen) = (room(), Pen::default());
    let once = Once { member: id("ada"), id: command("c1"), digest: 7, seq: Some(seq(1)), at: Millis(5) };
    let read = Change::Read { member: id("ada"), seq: seq(1) };
    let due = Change::Due { reason: "sweep".to_owned(), at: Some(Millis(9)) };
    let (first, _, third) = (pen.says("ada", "1"), pen.says("ada", "2"), pen.says("ada", "3"));

    let turn = [Change::Append(first), Change::Remember(once), read, due, Change::Append(third)];
    assert!(archive.commit(&turn).is_err());

    assert_eq!(archive.events_after(Seq::ZERO, PLENTY).unwrap(), []);
    assert_eq!(archive.target(seq(1)).unwrap(), None);
    assert_eq!(archive.once(&id("ada"), &command("c1")).unwrap(), None);
    assert_eq!(archive.read(&id("ada")).unwrap(), Seq::ZERO);
    assert_eq!(archive.due().unwrap(), []);
}

#[test]
fn a_command_is_remembered_for_its_member_alone_with_every_digest_and_only_once() {
    let archive = room();
    let once =
        |member, seq, digest| Once { member: id(member), id: command("c"), digest, seq, at: Millis(5) };
    let ada = once("ada", Some(seq(3)), u64::MAX);
    let bob = once("bob", None, 0);

    archive.commit(&[Change::Remember(ada.clone()), Change::Remember(bob.clone())]).unwrap();

    assert_eq!(archive.once(&id("ada"), &command("c")).unwrap(), Some(ada.clone()));
    assert_eq!(archive.once(&id("bob"), &command("c")).unwrap(), Some(bob));
    assert_eq!(archive.once(&id("ada"), &command("C")).unwrap(), None);
    assert!(archive.commit(&[Change::Remember(ada)]).is_err());
}

#[test]
fn a_read_marker_only_moves_up() {
    let archive = room();
    let read = |to| Change::Read { member: id("ada"), seq: seq(to) };

    archive.commit(&[read(4), read(9), read(2)]).unwrap();

    assert_eq!(archive.read(&id("ada")).unwrap(), seq(9));
    assert_eq!(archive.read(&id("bob")).unwrap(), Seq::ZERO);
}

#[test]
fn what_is_due_has_one_time_a_reason_the_earliest_first_until_it_is_due_no_more() {
    let archive = room();
    let due = |reason: &str, at: Option<u64>| Change::Due { reason: reason.to_owned(), at: at.map(Millis) };

    archive.commit(&[due("sweep", Some(50)), due("guard", Some(10)), due("sweep", Some(5))]).unwrap();
    let both = archive.due().unwrap();
    archive.commit(&[due("sweep", None), due("never", None)]).unwrap();

    assert_eq!(both, [("sweep".to_owned(), Millis(5)), ("guard".to_owned(), Millis(10))]);
    assert_eq!(archive.due().unwrap(), [("guard".to_owned(), Millis(10))]);
}

#[test]
fn an_instant_that_json_cannot_hold_exactly_is_refused_rather_than_rounded() {
    let (archive, mut pen) = (room(), Pen::default());
    let mut event = pen.event("ada", EventKind::Deleted { target: seq(1) });
    let mut late = pen.says("ada", "late");
    (event.seq, late.seq, late.at) = (seq(1), seq(2), Millis(1 << 53));

    append(&archive, &event).unwrap();

    assert!(append(&archive, &late).is_err());
    assert_eq!(archive.log().unwrap().unwrap().head, seq(1));
}
