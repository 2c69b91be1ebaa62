//! What somebody is told of a message that calls them.

use protocol::{RoomInfo, limits::EXCERPT_SCALARS, room::RoomKind};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, Pen, append_all, room, seq};

fn info(kind: RoomKind) -> RoomInfo {
    RoomInfo { kind, ..given::founding().info }
}

#[test]
fn it_is_the_message_as_it_is_now_cut_and_of_files_alone_the_name_of_the_first() {
    let (archive, mut pen) = (room(), Pen::default());
    let long = "é".repeat(EXCERPT_SCALARS + 1);
    append_all(
        &archive,
        &[
            pen.says("ada", "first"),
            pen.edits("ada", 1, &long),
            pen.shows("bob", "", vec![given::file("f1")]),
        ],
    );

    let nudge = archive.nudge(info(RoomKind::Public), seq(1)).unwrap().unwrap();

    assert_eq!((nudge.title, nudge.seq), (given::founding().info.title, seq(1)));
    assert_eq!(nudge.by, given::member("ada").name);
    assert_eq!(nudge.excerpt.chars().count(), EXCERPT_SCALARS);
    let files = archive.nudge(info(RoomKind::Public), seq(3)).unwrap().unwrap();
    assert_eq!(files.excerpt, given::file("f1").name);
}

#[test]
fn a_direct_room_is_called_after_the_author_and_of_what_is_gone_nothing_is_told() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(&archive, &[pen.says("ada", "one"), pen.says("ada", "a mistake"), pen.deletes("ada", 2)]);
    let told = |at| archive.nudge(info(RoomKind::Direct), seq(at)).unwrap();
    assert_eq!(told(1).unwrap().title, given::member("ada").name);
    assert_eq!([told(2), told(3), told(9)], [None, None, None]);
}
