//! The oldest bytes: rows as each migration's code wrote them are read for ever; rows of a later version never by guess.

use archive::{Anchor, Archive, Change, Once, Sql, Value};
use protocol::{Event, MemberId, Millis, Seq, encode};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, Driver, PLENTY, Pen, append_all, command, id, seq};

/// Whole databases, one statement a line, each written once by the code of its migration. A later one gets a file of its own.
const OLDEST: &str = include_str!("golden/migration_1.sql");
#[cfg(target_family = "wasm")]
const NEWEST: &str = include_str!("golden/migration_8.sql");

const TABLES: [&str; 22] = [
    "_migrations",
    "meta",
    "events",
    "messages",
    "reactions",
    "reactors",
    "once",
    "reads",
    "due",
    "members",
    "spoke",
    "pins",
    "moderation",
    "keepers",
    "invites",
    "outgoing",
    "reported",
    "hooks",
    "calls",
    "files",
    "pieces",
    "farewells",
];

/// All but the tables that SQLite makes by itself, for the index of words and for its numbers.
const SCHEMA: &str = "SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT IN ('search_data', 'search_idx', 'search_config', 'sqlite_sequence') ORDER BY rowid";

/// Every kind of row that there was at migration 1.
fn story() -> Vec<Event> {
    let mut pen = Pen::default();
    vec![
        pen.says("ada", "It's \"here\""),
        pen.replies("bob", 1, "naïve 👩‍👩‍👧‍👦"),
        pen.edits("ada", 1, "It is here"),
        pen.reacts("bob", 1, "👍"),
        pen.reacts("cy", 1, "👍"),
        pen.reacts("cy", 2, "🎉"),
        pen.unreacts("cy", 2, "🎉"),
        pen.says("cy", "a mistake"),
        pen.edits("cy", 8, "a worse one"),
        pen.deletes("cy", 8),
    ]
}

fn once() -> Once {
    Once { member: id("ada"), id: command("c1"), digest: u64::MAX - 1, seq: Some(seq(1)), at: Millis(2_001) }
}

fn written_now() -> Driver {
    let database = given::driver();
    let archive = Archive::open(&database).unwrap();
    archive.found(&given::founding()).unwrap();
    append_all(&archive, &story());
    let read = Change::Read { member: id("bob"), seq: seq(2) };
    let due = Change::Due { reason: "sweep".to_owned(), at: Some(Millis(77_000)) };
    archive.commit(&[Change::Remember(once()), read, due]).unwrap();
    database
}

fn written_then() -> Driver {
    given::written(OLDEST)
}

#[test]
fn the_newest_migration_and_its_rows_are_pinned_byte_for_byte() {
    let dump = dump(&written_now());
    #[cfg(not(target_family = "wasm"))]
    expect_test::expect_file!["golden/migration_8.sql"].assert_eq(&dump);
    #[cfg(target_family = "wasm")]
    assert_eq!(dump, NEWEST);
}

#[test]
fn an_archive_that_the_first_migration_wrote_reads_as_one_of_today() {
    let (then, now) = (Archive::open(written_then()).unwrap(), Archive::open(written_now()).unwrap());

    let whole = |archive: &Archive<Driver>, reader: &MemberId| {
        let events = archive.events_after(Seq::ZERO, PLENTY).unwrap();
        (archive.log().unwrap(), events, archive.messages(Anchor::Newest, reader, PLENTY).unwrap())
    };
    assert_eq!(whole(&then, &id("bob")), whole(&now, &id("bob")));
    assert_eq!(then.once(&id("ada"), &command("c1")).unwrap(), Some(once()));
    assert_eq!(then.read(&id("bob")).unwrap(), seq(2));
    assert_eq!(then.due().unwrap(), [("sweep".to_owned(), Millis(77_000))]);
}

#[test]
fn an_archive_that_the_first_migration_wrote_takes_new_events() {
    let archive = Archive::open(written_then()).unwrap();
    let mut next = Pen::default().edits("bob", 2, "later");
    (next.seq, next.at) = (seq(11), Millis(9_000));

    append_all(&archive, std::slice::from_ref(&next));

    assert_eq!(archive.events_after(seq(10), PLENTY).unwrap(), [next]);
    assert_eq!(archive.target(seq(2)).unwrap().unwrap().text, "later");
}

#[test]
fn stored_events_are_the_bytes_that_go_over_the_wire_redacted_ones_too() {
    let database = written_now();
    let archive = Archive::open(&database).unwrap();
    let events = archive.events_after(Seq::ZERO, PLENTY).unwrap();

    let stored = database.query("SELECT event FROM events ORDER BY seq", &[]).unwrap();

    let encoded: Vec<_> = events.iter().map(|event| vec![Value::Text(encode(event))]).collect();
    assert_eq!(stored, encoded);
}

#[test]
fn rows_and_schemas_of_a_later_version_are_refused_not_guessed() {
    let later_rows = written_then();
    later_rows.query("UPDATE events SET version = 2 WHERE seq = 3", &[]).unwrap();
    later_rows.query("UPDATE meta SET version = 2", &[]).unwrap();
    let later_schema = written_then();
    later_schema.query("INSERT INTO _migrations (number) VALUES (1000)", &[]).unwrap();

    let archive = Archive::open(later_rows).unwrap();

    assert!(archive.events_after(Seq::ZERO, PLENTY).is_err());
    assert!(archive.log().is_err());
    let refused = Archive::open(later_schema).unwrap_err();
    assert!(refused.to_string().contains("run the version that wrote it"), "{refused}");
}

#[test]
fn a_row_that_was_damaged_is_an_error_and_no_panic() {
    let damages = [
        "UPDATE events SET event = '{' WHERE seq = 2",
        "UPDATE messages SET author = 'no id'",
        "UPDATE messages SET mentions = 'x'",
        "UPDATE messages SET at = -1",
        "UPDATE meta SET info = '{}'",
        "UPDATE meta SET epoch = ''",
        "UPDATE once SET digest = 'no digits'",
    ];
    for damage in damages {
        let database = written_then();
        database.query(damage, &[]).unwrap();
        let archive = Archive::open(database).unwrap();
        let reads = [
            archive.events_after(Seq::ZERO, PLENTY).is_err(),
            archive.messages(Anchor::Newest, &id("ada"), PLENTY).is_err(),
            archive.log().is_err(),
            archive.once(&id("ada"), &command("c1")).is_err(),
        ];
        assert!(reads.contains(&true), "{damage} went unnoticed");
    }
}

fn dump(database: &Driver) -> String {
    let schema = database.query(SCHEMA, &[]).unwrap();
    let mut lines: Vec<String> = schema.iter().map(|row| one_line(&row[0])).collect();
    for table in TABLES {
        let rows = database.query(&format!("SELECT * FROM {table}"), &[]).unwrap();
        lines.extend(rows.iter().map(|row| {
            let columns: Vec<String> = row.iter().map(literal).collect();
            format!("INSERT INTO {table} VALUES ({})", columns.join(", "))
        }));
    }
    lines.join("\n") + "\n"
}

fn one_line(sql: &Value) -> String {
    let Value::Text(sql) = sql else { panic!("a schema is text") };
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Bytes(bytes) => {
            format!("x'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        }
    }
}
