//! What a turn costs: the statements that cross into the driver, and that none of them walks through a table.

use std::cell::RefCell;

use archive::{Anchor, Archive, Change, Once, Row, Search, Sql, SqlError, Value, Words};
use protocol::{Event, EventKind, MemberChange, Millis, RoomChange, Seq};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, Driver, PLENTY, Pen, append_all, command, id, seq};

/// The driver, and all that it was asked.
struct Watched {
    driver: Driver,
    asked: RefCell<Vec<String>>,
}

impl Sql for Watched {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        self.asked.borrow_mut().push(sql.to_owned());
        self.driver.query(sql, params)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        self.driver.transaction(body)
    }
}

impl Watched {
    fn new() -> Self {
        Self { driver: given::driver(), asked: RefCell::default() }
    }

    /// What it was asked since this was called last.
    fn asked(&self) -> Vec<String> {
        self.asked.take()
    }
}

fn turn(event: &Event) -> [Change; 3] {
    let once = Once {
        member: event.by.id.clone(),
        id: command("c1"),
        digest: 1,
        seq: Some(event.seq),
        at: event.at,
    };
    let guard = Change::Due { reason: "guard".to_owned(), at: Some(Millis(7_000)) };
    [Change::Append(event.clone()), Change::Remember(once), guard]
}

#[test]
fn a_plain_message_costs_three_statements_and_its_guard_alarm_a_fourth() {
    let watched = Watched::new();
    let archive = Archive::open(&watched).unwrap();
    watched.asked();

    let [append, remember, guard] = turn(&Pen::default().says("ada", "hi"));
    archive.commit(&[append, remember]).unwrap();
    let plain = watched.asked().len();
    archive.commit(&[guard]).unwrap();

    assert_eq!((plain, watched.asked().len()), (3, 1));
}

#[test]
fn opening_an_archive_that_is_up_to_date_costs_two_statements_and_an_empty_turn_none() {
    let watched = Watched::new();
    Archive::open(&watched).unwrap();
    watched.asked();

    let archive = Archive::open(&watched).unwrap();
    archive.commit(&[]).unwrap();

    assert_eq!(watched.asked().len(), 2);
}

#[test]
fn no_statement_walks_through_a_table_that_grows() {
    let watched = Watched::new();
    let archive = Archive::open(&watched).unwrap();
    archive.found(&given::founding()).unwrap();
    watched.asked();

    everything(&archive);

    let mut plans = Vec::new();
    for statement in watched.asked() {
        let parameters = (1..=9).filter(|n| statement.contains(&format!("?{n}"))).count();
        let plan =
            watched.driver.query(&format!("EXPLAIN QUERY PLAN {statement}"), &vec![Value::Null; parameters]);
        plans.extend(plan.unwrap().into_iter().map(|step| format!("{:?}", step[3])));
    }
    let scans: Vec<&String> = plans.iter().filter(|step| step.contains("SCAN")).collect();
    // One row at most, a row per reason of the alarm, at most fifty pins, a row that is no table's, the mentions of one message, the twenty
    // steps to an instant, and the walk along the index of words from the newest hit on.
    let small = |step: &&&String| {
        [
            "SCAN meta",
            "SCAN due",
            "SCAN pins",
            "SCAN CONSTANT ROW",
            "SCAN json_each",
            "SCAN probe",
            "SCAN search VIRTUAL",
        ]
        .iter()
        .any(|s| step.contains(s))
    };
    assert_eq!(scans.iter().filter(|step| !small(step)).count(), 0, "{scans:#?}");
    for index in ["events_by_target", "messages_with_mentions"] {
        assert!(plans.iter().any(|step| step.contains(index)), "{index} is of no use: {plans:#?}");
    }
}

fn everything(archive: &Archive<&Watched>) {
    let mut pen = Pen::default();
    archive.commit(&turn(&pen.says("ada", "hi"))).unwrap();
    let events = [
        pen.edits("ada", 1, "ho"),
        pen.reacts("bob", 1, "👍"),
        pen.unreacts("bob", 1, "👍"),
        pen.replies("bob", 1, "what?"),
        pen.deletes("ada", 1),
        pen.event("ada", EventKind::Pinned { target: seq(4), on: true }),
        pen.event("ada", EventKind::Pinned { target: seq(4), on: false }),
        pen.member("ada", "bob", MemberChange::Joined),
        pen.member("ada", "bob", MemberChange::Banned),
        pen.member("ada", "bob", MemberChange::Unbanned),
        pen.event("ada", EventKind::Room(RoomChange { slow_mode_ms: Some(1), ..RoomChange::default() })),
        pen.prunes(3),
    ];
    append_all(archive, &events);
    archive.oldest_at().unwrap();
    archive.commit(&[Change::Read { member: id("ada"), seq: seq(1) }]).unwrap();
    archive.log().unwrap();
    archive.events_after(Seq::ZERO, PLENTY).unwrap();
    for anchor in [Anchor::Newest, Anchor::Before(seq(5)), Anchor::After(seq(1)), Anchor::Around(seq(2))] {
        archive.messages(anchor, &id("ada"), PLENTY).unwrap();
    }
    let search = Search {
        words: Words::parse("ho").ok(),
        author: Some(id("ada")),
        before: None,
        after_at: Some(Millis(1)),
        before_at: Some(Millis(9_000)),
    };
    archive.search(&search, &id("ada"), PLENTY).unwrap();
    archive.target(seq(1)).unwrap();
    archive.reaction(seq(1), "👍", &id("bob")).unwrap();
    archive.once(&id("ada"), &command("c1")).unwrap();
    archive.read(&id("ada")).unwrap();
    archive.mentions_after(&id("ada"), seq(1)).unwrap();
    archive.due().unwrap();
    let spoke = Change::Spoke { member: id("ada"), at: Millis(5) };
    archive.commit(&[Change::Rename(given::member("bob")), spoke]).unwrap();
    archive.spoke_at(&id("ada")).unwrap();
    archive.member(&id("bob")).unwrap();
    archive.members(Some(&id("ada")), Millis(5), 10).unwrap();
    archive.staff().unwrap();
    archive.pins().unwrap();
    archive.moderation(seq(99), PLENTY).unwrap();
}
