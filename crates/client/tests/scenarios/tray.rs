//! Files that go along with the next message.

use client::tray::{Place, Ready, Stage, Tray};
use protocol::{File, FileId};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const MOST: u64 = 10 << 20;

fn file(id: &str) -> File {
    File {
        file: FileId::parse(id).expect("a file's id"),
        name: id.to_owned(),
        size: 7,
        media: "image/png".to_owned(),
        width: None,
        height: None,
    }
}

fn put(tray: &mut Tray, name: &str) -> Place {
    tray.put(name.to_owned(), 7, MOST).expect("it fits")
}

fn ids(tray: &Tray) -> Vec<String> {
    tray.files().iter().map(|file| file.file.to_string()).collect()
}

#[test]
fn a_message_waits_for_all_of_its_files_and_takes_them_in_their_order() {
    let mut tray = Tray::default();
    assert_eq!(tray.ready(), Ready::Empty);
    let (one, two) = (put(&mut tray, "one"), put(&mut tray, "two"));
    tray.note(two, Stage::There(file("f2")));
    tray.note(one, Stage::Going { sent: 3 });
    assert_eq!(tray.ready(), Ready::Waits);
    tray.note(one, Stage::There(file("f1")));

    assert_eq!(tray.ready(), Ready::Full);
    assert_eq!(ids(&tray), ["f1", "f2"]);
}

#[test]
fn what_is_taken_out_is_not_heard_of_again() {
    let mut tray = Tray::default();
    let (one, two) = (put(&mut tray, "one"), put(&mut tray, "two"));
    tray.take_out(one);
    tray.note(one, Stage::There(file("f1")));
    tray.note(two, Stage::There(file("f2")));
    assert_eq!(ids(&tray), ["f2"]);
}

#[test]
fn a_file_that_cannot_go_says_why_and_holds_the_message_until_it_is_taken_out() {
    let mut tray = Tray::default();
    let fits = tray.put("fits".to_owned(), MOST, MOST).expect("exactly as much as may be");
    assert_eq!(tray.put("large".to_owned(), MOST + 1, MOST), None);
    assert_eq!(tray.put("empty".to_owned(), 0, MOST), None);
    tray.note(fits, Stage::There(file("f1")));
    assert_eq!(tray.ready(), Ready::Waits);

    let refused = tray.entries().iter().filter(|entry| matches!(entry.stage, Stage::Refused(_)));
    let refused: Vec<Place> = refused.map(|entry| entry.place).collect();
    assert_eq!(refused.len(), 2);
    refused.into_iter().for_each(|place| tray.take_out(place));
    assert_eq!(tray.ready(), Ready::Full);
}

#[test]
fn ten_files_go_along_and_the_eleventh_does_not() {
    let mut tray = Tray::default();
    let taken = (1..=11).filter(|n| tray.put(format!("file {n}"), 7, MOST).is_some()).count();
    assert_eq!((taken, tray.entries().len()), (10, 11));
}

#[test]
fn files_that_were_kept_are_ready_to_go_and_more_can_be_put_to_them() {
    let mut tray = Tray::restore(vec![file("f1"), file("f2")]);
    assert_eq!(tray.ready(), Ready::Full);

    let more = put(&mut tray, "three");
    assert_eq!(tray.ready(), Ready::Waits);
    tray.note(more, Stage::Failed("no network".to_owned()));
    assert_eq!((tray.ready(), ids(&tray)), (Ready::Waits, vec!["f1".to_owned(), "f2".to_owned()]));
}
