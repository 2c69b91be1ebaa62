//! Pruning: what lies below the floor is gone from everywhere, and what lies above reads as before.

use archive::{Anchor, Archive, Search, Sql, Words};
use protocol::{Event, EventKind, Excerpt, Millis, Seq};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, Driver, PLENTY, Pen, append, append_all, id, member, room, seq, seqs};

/// Old messages at 1 and 2, young ones at 5 and 6; late edits and reactions of both.
fn story(pen: &mut Pen) -> Vec<Event> {
    vec![
        pen.says("ada", "OLD words"),
        pen.says("bob", "OLD too"),
        pen.reacts("ada", 2, "👍"),
        pen.deletes("bob", 2),
        pen.replies("cy", 1, "young answer"),
        pen.says("ada", "young"),
        pen.edits("ada", 1, "OLD words, written anew"),
        pen.reacts("bob", 1, "🎉"),
        pen.edits("cy", 5, "young answer, edited"),
    ]
}

fn pruned(database: &Driver) -> Archive<&Driver> {
    let archive = Archive::open(database).unwrap();
    archive.found(&given::founding()).unwrap();
    let mut pen = Pen::default();
    append_all(&archive, &story(&mut pen));
    append_all(&archive, &[pen.prunes(5)]);
    archive
}

#[test]
fn nothing_of_a_message_below_the_floor_is_left_in_any_table() {
    let database = given::driver();
    let archive = pruned(&database);

    for table in ["messages", "events", "reactions", "reactors"] {
        let rows = format!("{:?}", database.query(&format!("SELECT * FROM {table}"), &[]).unwrap());
        assert!(!rows.contains("OLD"), "{table}: {rows}");
    }
    assert_eq!(database.query("SELECT target FROM reactors", &[]).unwrap(), Vec::<Vec<_>>::new());
    let search = Search { words: Words::parse("old").ok(), ..Search::default() };
    assert_eq!(archive.search(&search, &id("ada"), PLENTY).unwrap().messages, []);
    let compared = database.query("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", &[]);
    assert_eq!(compared, Ok(Vec::new()));
}

#[test]
fn the_log_begins_at_the_floor_and_goes_on_behind_its_head() {
    let database = given::driver();
    let archive = pruned(&database);

    let log = archive.log().unwrap().unwrap();
    assert_eq!((log.floor, log.head), (seq(5), seq(10)));
    let events = archive.events_after(Seq::ZERO, PLENTY).unwrap();
    assert_eq!(events.iter().map(|event| event.seq.value()).collect::<Vec<_>>(), [5, 6, 7, 8, 9, 10]);
    let late = EventKind::Edited { target: seq(1), text: None, redacted: true };
    assert_eq!((&events[2].kind, &events[2].by), (&late, &member("ada")));
    assert!(matches!(&events[4].kind, EventKind::Edited { text: Some(_), redacted: false, .. }));
}

#[test]
fn a_reply_to_what_is_gone_keeps_its_seq_alone_and_a_page_ends_at_the_floor() {
    let database = given::driver();
    let archive = pruned(&database);

    let page = archive.messages(Anchor::Around(seq(1)), &id("ada"), PLENTY).unwrap();

    assert_eq!((seqs(&page), page.more_before), (vec![5, 6], false));
    assert_eq!(page.messages[0].reply_to, Some(Excerpt { seq: seq(1), by: None, excerpt: None }));
    assert_eq!(archive.target(seq(1)).unwrap(), None);
}

#[test]
fn instants_are_found_in_what_is_left() {
    let database = given::driver();
    let archive = pruned(&database);
    let at = |at| archive.seq_at(Millis(at)).unwrap().value();

    // Event n happened at 2,000 + n.
    assert_eq!([0, 2_001, 2_006, 2_010, 2_011].map(at), [5, 5, 6, 10, 11]);
}

#[test]
fn the_oldest_instant_is_that_of_the_first_event_that_is_no_pruning() {
    let (archive, mut pen) = (room(), Pen::default());
    assert_eq!(archive.oldest_at().unwrap(), None);
    append_all(&archive, &[pen.says("ada", "one"), pen.says("ada", "two")]);
    assert_eq!(archive.oldest_at().unwrap(), Some(Millis(2_001)));

    append(&archive, &pen.prunes(2)).unwrap();
    assert_eq!(archive.oldest_at().unwrap(), Some(Millis(2_002)));
    append(&archive, &pen.prunes(4)).unwrap();
    assert_eq!(archive.oldest_at().unwrap(), None);

    append(&archive, &pen.says("bob", "five")).unwrap();
    assert_eq!(archive.oldest_at().unwrap(), Some(Millis(2_005)));
    assert_eq!(archive.log().unwrap().unwrap().floor, seq(4));
}
