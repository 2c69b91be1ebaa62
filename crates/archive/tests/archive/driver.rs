//! The drivers themselves.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(not(target_family = "wasm"))]
use archive::{Archive, native::Native};
use archive::{Row, Sql, SqlError, Value, conformance};
#[cfg(not(target_family = "wasm"))]
use protocol::Seq;

use crate::given;

#[test]
fn this_targets_driver_does_all_that_the_archive_asks_of_one() {
    assert_eq!(conformance(&given::driver()), Ok(()));
}

/// A driver with one fault.
struct Faulty {
    driver: given::Driver,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    NoRollback,
    CutsAtNul,
    RoundsToThirtyTwoBits,
    NullAsText,
    SwallowsErrors,
}

impl Sql for Faulty {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        let found = self.driver.query(sql, params);
        if self.fault == Fault::SwallowsErrors {
            return Ok(found.unwrap_or_default());
        }
        Ok(found?.into_iter().map(|row| row.into_iter().map(|value| self.spoil(value)).collect()).collect())
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        match self.fault {
            Fault::NoRollback => body(),
            _ => self.driver.transaction(body),
        }
    }
}

impl Faulty {
    fn spoil(&self, value: Value) -> Value {
        match (self.fault, value) {
            (Fault::CutsAtNul, Value::Text(text)) => Value::Text(text.split('\0').next().unwrap().to_owned()),
            (Fault::RoundsToThirtyTwoBits, Value::Integer(number)) => {
                Value::Integer(i64::from(number as i32))
            }
            (Fault::NullAsText, Value::Null) => Value::Text("null".to_owned()),
            (_, value) => value,
        }
    }
}

#[test]
fn each_fault_that_a_driver_can_have_is_found_out() {
    let faults = [
        Fault::NoRollback,
        Fault::CutsAtNul,
        Fault::RoundsToThirtyTwoBits,
        Fault::NullAsText,
        Fault::SwallowsErrors,
    ];
    for fault in faults {
        let driver = Faulty { driver: given::driver(), fault };
        assert!(conformance(&driver).is_err(), "{fault:?} went unnoticed");
    }
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn a_file_keeps_its_archive_and_gives_it_to_who_opens_it_next() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("archive-{}.sqlite", std::process::id()));
    let event = given::Pen::default().says("ada", "kept");
    {
        let archive = Archive::open(Native::in_file(&file).unwrap()).unwrap();
        archive.found(&given::founding()).unwrap();
        given::append(&archive, &event).unwrap();
    }

    let archive = Archive::open(Native::in_file(&file).unwrap()).unwrap();

    assert_eq!(archive.log().unwrap().unwrap().head, given::seq(1));
    assert_eq!(archive.events_after(Seq::ZERO, given::PLENTY).unwrap(), [event]);
    std::fs::remove_file(file).unwrap();
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn a_file_that_is_no_database_is_refused_in_words() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");

    let refused = Native::in_file(&file).and_then(Archive::open).map(drop).unwrap_err();

    assert_eq!(refused.to_string(), "the room's storage failed: file is not a database");
}
