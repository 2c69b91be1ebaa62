//! Reject codes and close codes: names, numbers, statuses, and what a client does after each.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{CloseCode, Comeback, RejectCode, encode};

use crate::Golden;

const REJECT_CODES: [RejectCode; 19] = [
    RejectCode::BadFrame,
    RejectCode::UnknownType,
    RejectCode::TooLarge,
    RejectCode::Empty,
    RejectCode::TooLong,
    RejectCode::BadId,
    RejectCode::IdReused,
    RejectCode::NotFound,
    RejectCode::Forbidden,
    RejectCode::NotYours,
    RejectCode::Muted,
    RejectCode::ReadOnly,
    RejectCode::SlowMode,
    RejectCode::RateLimited,
    RejectCode::TooMany,
    RejectCode::BadEmoji,
    RejectCode::StorageFailed,
    RejectCode::Busy,
    RejectCode::Unknown,
];

const CLOSE_CODES: [CloseCode; 13] = [
    CloseCode::NoSession,
    CloseCode::NotAllowed,
    CloseCode::NoSuchRoom,
    CloseCode::Kicked,
    CloseCode::VersionNotSpoken,
    CloseCode::TooManySockets,
    CloseCode::BrokenClient,
    CloseCode::Overloaded,
    CloseCode::Flooding,
    CloseCode::SlowReader,
    CloseCode::RoomRestarts,
    CloseCode::NewVersion,
    CloseCode::Moved,
];

#[test]
fn every_reject_code_has_this_name_status_and_retryability() {
    let mut golden = Golden::default();
    for code in REJECT_CODES {
        assert_eq!(encode(&code), format!("\"{}\"", code.as_str()), "one name, by serde and by hand");
        let again = if code.retryable() { "retryable" } else { "for good" };
        golden.line(code.sentence(), &format!("{} {} {again}", code.as_str(), code.http_status()));
    }
    golden.check("reject_codes.txt", include_str!("reject_codes.txt"));
}

#[test]
fn every_close_code_has_this_number_and_comeback() {
    let mut golden = Golden::default();
    for code in CLOSE_CODES {
        golden.line(&format!("{code:?}"), &format!("{} {:?}", code.code(), Comeback::after(code.code())));
    }
    golden.check("close_codes.txt", include_str!("close_codes.txt"));
}

#[test]
fn the_range_of_a_close_code_tells_what_a_client_does() {
    let by_range = [
        (1000, Comeback::WithWaits),
        (1006, Comeback::WithWaits),
        (3999, Comeback::WithWaits),
        (4000, Comeback::Never),
        (4099, Comeback::Never),
        (4100, Comeback::WithWaits),
        (4199, Comeback::WithWaits),
        (4200, Comeback::Spread),
        (4299, Comeback::Spread),
        (4300, Comeback::WithWaits),
        (4999, Comeback::WithWaits),
    ];
    for (code, comeback) in by_range {
        assert_eq!(Comeback::after(code), comeback, "{code}");
    }
}

#[test]
fn a_reject_code_of_a_later_version_is_unknown_and_for_good() {
    let code: RejectCode = serde_json::from_str("\"too_cold\"").expect("any name can be read");
    assert_eq!((code, code.retryable(), code.http_status()), (RejectCode::Unknown, false, 400));
}
