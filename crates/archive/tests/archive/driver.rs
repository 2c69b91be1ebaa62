//! The drivers themselves.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use archive::conformance;

use crate::given;

#[test]
fn this_targets_driver_does_all_that_the_archive_asks_of_one() {
    assert_eq!(conformance(&given::driver()), Ok(()));
}
