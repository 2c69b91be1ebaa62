//! Where else a room is known: invitations, lists, what is still to be told; and its end.

use archive::{
    Archive, Brought, Burial, Change, FILES, Hook, HookChange, Invite, Rows, Sql, Tell, Value, Way,
};
use protocol::{EventKind, MemberChange, Millis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, Pen, append_all, id, member, seq};

fn tell(receiver: &str, news: &str) -> Change {
    Change::Tell(Tell { receiver: receiver.to_owned(), news: news.to_owned(), at: Millis(5) })
}

fn joined(pen: &mut Pen, who: &str) -> protocol::Event {
    let kind = EventKind::Member {
        member: member(who),
        change: MemberChange::Joined,
        role: None,
        until: None,
        reason: None,
    };
    pen.event(who, kind)
}

fn invite(uses: u32) -> Invite {
    Invite { digest: "d1".to_owned(), uses, expires_at: Millis(9_000) }
}

#[test]
fn a_use_is_counted_down_and_a_turn_that_counts_below_none_fails_whole() {
    let archive = given::room();
    archive.commit(&[Change::Invite(invite(2))]).unwrap();
    let use_it = || archive.commit(&[Change::Keep(id("bob")), Change::UseInvite("d1".to_owned())]);
    for left in [1, 0] {
        use_it().unwrap();
        assert_eq!(archive.invite("d1").unwrap(), Some(invite(left)));
    }
    assert!(use_it().is_err());
    assert!(archive.commit(&[Change::UseInvite("never".to_owned())]).is_err());
    assert_eq!(archive.invite("d1").unwrap(), Some(invite(0)));
}

#[test]
fn an_invitation_is_live_until_it_is_spent_taken_back_or_over() {
    let archive = given::room();
    archive.commit(&[Change::Invite(invite(1))]).unwrap();
    assert_eq!(archive.live_invites(Millis(8_999)).unwrap(), 1);
    assert_eq!(archive.live_invites(Millis(9_000)).unwrap(), 0);
    archive.commit(&[Change::RevokeInvite("d1".to_owned())]).unwrap();
    assert_eq!(archive.live_invites(Millis(1)).unwrap(), 0);
    assert_eq!(archive.invite("d1").unwrap(), Some(invite(0)));
}

#[test]
fn a_newer_word_takes_the_place_of_an_older_one_under_a_higher_number() {
    let archive = given::room();
    archive.commit(&[tell("ada", "1"), tell("bob", "2"), tell("ada", "3")]).unwrap();
    let due = archive.outgoing(Millis(5), 10).unwrap();
    let said: Vec<_> = due.iter().map(|row| (row.receiver.as_str(), row.news.as_str())).collect();
    assert_eq!(said, [("bob", "2"), ("ada", "3")]);
    archive.heard(due[1].number).unwrap();
    archive.commit(&[tell("ada", "4")]).unwrap();
    assert!(archive.outgoing(Millis(5), 10).unwrap()[1].number > due[1].number);
}

#[test]
fn what_was_not_heard_is_due_again_at_its_time() {
    let archive = given::room();
    assert_eq!(archive.outgoing_due_at().unwrap(), None);
    archive.commit(&[tell("ada", "1")]).unwrap();
    assert_eq!(archive.outgoing(Millis(4), 10).unwrap(), []);
    let row = archive.outgoing(Millis(5), 10).unwrap().remove(0);
    archive.not_heard(row.number, Millis(50)).unwrap();
    assert_eq!(archive.outgoing_due_at().unwrap(), Some(Millis(50)));
    assert_eq!(archive.outgoing(Millis(50), 10).unwrap()[0].tries, 1);
}

#[test]
fn unread_are_the_undeleted_messages_of_others_above_the_mark() {
    let (archive, mut pen) = (given::room(), Pen::default());
    let events = [
        pen.says("ada", "read"),
        pen.says("ada", "unread"),
        pen.says("bob", "my own"),
        pen.says("ada", "gone"),
        pen.deletes("ada", 4),
        pen.says("cy", "unread too"),
    ];
    append_all(&archive, &events);
    assert_eq!(archive.unread_after(&id("bob"), seq(1), 1_000).unwrap(), 2);
    assert_eq!(archive.unread_after(&id("bob"), seq(1), 1).unwrap(), 1);
    assert_eq!(archive.unread_after(&id("bob"), seq(6), 1_000).unwrap(), 0);
}

#[test]
fn a_room_that_ends_is_not_there_at_once_and_leaves_no_row_but_that_it_was() {
    let database = given::driver();
    let archive = Archive::open(&database).unwrap();
    archive.found(&given::founding()).unwrap();
    let mut pen = Pen::default();
    let mut events: Vec<_> = (0..7).map(|_| pen.says("ada", "secret words")).collect();
    events.push(pen.reacts("bob", 1, "👍"));
    events.push(joined(&mut pen, "bob"));
    append_all(&archive, &events);
    let others = [
        Change::Invite(invite(1)),
        Change::Keep(id("cy")),
        Change::Read { member: id("bob"), seq: seq(3) },
        Change::Spoke { member: id("bob"), at: Millis(1) },
        tell("ada", "overtaken"),
        Change::Hook(HookChange::Put(Hook {
            id: id("hook-in"),
            name: "Builds".to_owned(),
            way: Way::In { digest: "d1".to_owned() },
        })),
        Change::Hook(HookChange::Call { hook: id("hook-out"), seq: seq(1) }),
        Change::Bring(Brought { file: given::file("f1"), member: id("ada"), at: Millis(1) }),
    ];
    archive.commit(&others).unwrap();
    archive.put_piece(&given::file("f1").file, 0, vec![1]).unwrap();

    let register = Some(("directory".to_owned(), "buried".to_owned()));
    archive.commit(&[Change::Bury(Burial { at: Millis(7), news: "gone".to_owned(), register })]).unwrap();
    assert_eq!(archive.log().unwrap(), None);
    archive.found(&given::founding()).unwrap();
    assert_eq!(archive.log().unwrap(), None, "it is not founded again");

    let mut turns = 0;
    while archive.clear(5).unwrap() == Rows::Left {
        turns += 1;
    }
    assert!(turns > 3, "a few rows at a time");
    assert_eq!(left(&database), ["_migrations", "meta", "outgoing", "search_config", "search_data"]);
    let told = archive.outgoing(Millis(7), 10).unwrap();
    let told: Vec<_> = told.iter().map(|row| (row.receiver.as_str(), row.news.as_str())).collect();
    assert_eq!(told, [("bob", "gone"), ("cy", "gone"), ("directory", "buried"), (FILES, "f1")]);
}

#[test]
fn a_room_that_is_there_loses_nothing() {
    let (archive, mut pen) = (given::room(), Pen::default());
    append_all(&archive, &[pen.says("ada", "stays")]);
    assert_eq!(archive.clear(100).unwrap(), Rows::Cleared);
    assert_eq!(archive.log().unwrap().unwrap().head, seq(1));
}

/// The tables that hold a row.
fn left(database: &given::Driver) -> Vec<String> {
    let tables = "SELECT name FROM sqlite_master
        WHERE type = 'table' AND name NOT IN ('search', 'sqlite_sequence') ORDER BY name";
    let names = database.query(tables, &[]).unwrap().into_iter().map(|row| match row.first() {
        Some(Value::Text(name)) => name.clone(),
        other => panic!("{other:?}"),
    });
    names
        .filter(|name| !database.query(&format!("SELECT 1 FROM {name} LIMIT 1"), &[]).unwrap().is_empty())
        .collect()
}
