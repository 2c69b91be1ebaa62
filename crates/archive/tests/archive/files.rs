//! Files: how they come, wait, stand on a message, and leave with it.

use archive::{Anchor, Archive, Brought, Change, FILES, Sql, Stored, Value};
use protocol::{FileId, Millis, Seq};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, PLENTY, Pen, append_all, id, room, seq};

fn bring(archive: &Archive<impl Sql>, file: &str, at: u64) {
    let brought = Brought { file: given::file(file), member: id("ada"), at: Millis(at) };
    archive.commit(&[Change::Bring(brought)]).unwrap();
    archive.put_piece(&file_id(file), 0, vec![7; 3]).unwrap();
}

fn file_id(file: &str) -> FileId {
    FileId::parse(file).unwrap()
}

/// Which of these files are there, and which have still to be told to have left.
fn fate(archive: &Archive<impl Sql>, files: &[&str]) -> (Vec<String>, Vec<String>) {
    let there = files.iter().filter(|file| archive.file(&file_id(file)).unwrap().is_some());
    let left = archive.outgoing(Millis(1_000_000), 100).unwrap();
    assert!(left.iter().all(|row| row.receiver == FILES), "{left:?}");
    (there.map(|file| (*file).to_owned()).collect(), left.into_iter().map(|row| row.news).collect())
}

#[test]
fn a_file_waits_until_a_message_has_it_and_a_page_shows_it_there() {
    let (archive, mut pen) = (room(), Pen::default());
    bring(&archive, "f1", 5);
    let waiting = Stored { file: given::file("f1"), member: id("ada"), message: None };
    assert_eq!(archive.file(&file_id("f1")).unwrap(), Some(waiting.clone()));
    assert_eq!(
        (archive.waiting_files(&id("ada")).unwrap(), archive.waiting_files(&id("bob")).unwrap()),
        (1, 0)
    );

    append_all(&archive, &[pen.shows("ada", "", vec![given::file("f1")])]);

    assert_eq!(archive.file(&file_id("f1")).unwrap(), Some(Stored { message: Some(seq(1)), ..waiting }));
    assert_eq!(archive.waiting_files(&id("ada")).unwrap(), 0);
    let page = archive.messages(Anchor::Newest, &id("bob"), PLENTY).unwrap();
    assert_eq!(page.messages[0].attachments, [given::file("f1")]);
    assert!(archive.has_files(seq(1), seq(1)).unwrap() && !archive.has_files(seq(2), seq(9)).unwrap());
}

#[test]
fn an_answer_to_files_alone_quotes_the_first_ones_name_until_they_are_deleted() {
    let (archive, mut pen) = (room(), Pen::default());
    ["f1", "f2"].iter().for_each(|file| bring(&archive, file, 5));
    let shown = pen.shows("ada", "", vec![given::file("f1"), given::file("f2")]);
    append_all(&archive, &[shown, pen.replies("bob", 1, "nice")]);
    let quoted = || {
        let page = archive.messages(Anchor::Newest, &id("bob"), PLENTY).unwrap();
        let excerpt = page.messages[1].reply_to.clone().unwrap();
        assert_eq!(excerpt, page.messages[0].excerpt());
        excerpt.excerpt.unwrap()
    };
    assert_eq!(quoted(), given::file("f1").name);

    append_all(&archive, &[pen.deletes("ada", 1)]);

    assert_eq!(quoted(), "");
}

#[test]
fn a_file_goes_with_the_deletion_of_its_message_and_with_no_other() {
    let (archive, mut pen) = (room(), Pen::default());
    ["f1", "f2", "f3"].iter().for_each(|file| bring(&archive, file, 5));
    let shown = ["f1", "f2"].map(|file| pen.shows("ada", "look", vec![given::file(file)]));
    append_all(&archive, &shown);

    append_all(&archive, &[pen.deletes("ada", 1)]);

    assert_eq!(
        fate(&archive, &["f1", "f2", "f3"]),
        (vec!["f2".to_owned(), "f3".to_owned()], vec!["f1".to_owned()])
    );
    assert_eq!(archive.piece(&file_id("f1"), 0).unwrap(), None);
    assert_eq!(archive.piece(&file_id("f2"), 0).unwrap(), Some(vec![7; 3]));
}

#[test]
fn a_file_goes_with_what_is_too_old() {
    let (archive, mut pen) = (room(), Pen::default());
    ["f1", "f2"].iter().for_each(|file| bring(&archive, file, 5));
    let shown = ["f1", "f2"].map(|file| pen.shows("ada", "look", vec![given::file(file)]));
    append_all(&archive, &shown);

    append_all(&archive, &[pen.prunes(2)]);

    assert_eq!(fate(&archive, &["f1", "f2"]), (vec!["f2".to_owned()], vec!["f1".to_owned()]));
}

#[test]
fn what_has_waited_long_enough_goes_and_what_is_on_a_message_stays() {
    let (archive, mut pen) = (room(), Pen::default());
    [("f1", 5), ("f2", 5), ("f3", 6)].into_iter().for_each(|(file, at)| bring(&archive, file, at));
    append_all(&archive, &[pen.shows("ada", "", vec![given::file("f1")])]);
    assert_eq!(archive.oldest_waiting_at().unwrap(), Some(Millis(5)));

    archive.commit(&[Change::DropWaiting { until: Millis(5) }]).unwrap();

    assert_eq!(
        fate(&archive, &["f1", "f2", "f3"]),
        (vec!["f1".to_owned(), "f3".to_owned()], vec!["f2".to_owned()])
    );
    assert_eq!(archive.oldest_waiting_at().unwrap(), Some(Millis(6)));
    assert_eq!(archive.file_bytes().unwrap(), 2_000);
}

#[test]
fn a_file_that_left_while_it_came_leaves_no_pieces_behind() {
    let database = given::driver();
    let archive = Archive::open(&database).unwrap();
    archive.found(&given::founding()).unwrap();
    bring(&archive, "f1", 5);
    archive.commit(&[Change::DropWaiting { until: Millis(5) }]).unwrap();

    assert!(archive.put_piece(&file_id("f1"), 1, vec![7]).is_err());

    let pieces = database.query("SELECT count(*) FROM pieces", &[]).unwrap();
    assert_eq!(pieces, [vec![Value::Integer(0)]]);
}

#[test]
fn one_file_is_on_one_message() {
    let (archive, mut pen) = (room(), Pen::default());
    bring(&archive, "f1", 5);
    let shown = ["once", "twice"].map(|text| pen.shows("ada", text, vec![given::file("f1")]));
    append_all(&archive, &shown);
    append_all(&archive, &[pen.deletes("ada", 2)]);
    assert_eq!(archive.file(&file_id("f1")).unwrap().and_then(|stored| stored.message), Some(seq(1)));
    assert_eq!(archive.events_after(Seq::ZERO, PLENTY).unwrap().len(), 3);
}
