//! Slow mode, as a countdown shows it.

use client::Saved;
use protocol::Millis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::{NOON, Stage};

/// Until when the next message waits after this script, in milliseconds from noon by the shell's clock.
fn waits(script: &str) -> Option<u64> {
    let mut stage = Stage::new(Saved::default());
    stage.play(script);
    stage.client.slow_until().map(|until| until.since(Millis(NOON)))
}

#[test]
fn the_next_message_waits_from_ones_own_last_one_on_and_not_for_others() {
    assert_eq!(waits("start\nopened\nroom ada: hello\nwelcome slow=60000"), Some(60_000));
    assert_eq!(
        waits("start\nopened\nroom ada: hello\nroom bob: hi\nwelcome slow=60000\nwait 20000"),
        Some(60_000)
    );
    assert_eq!(waits("start\nopened\nroom bob: hello\nwelcome slow=60000"), None);
}

#[test]
fn the_wait_ends_and_there_is_none_without_slow_mode_or_for_moderators() {
    assert_eq!(waits("start\nopened\nroom ada: hello\nwelcome slow=60000\nwait 60000\ntype"), None);
    assert_eq!(waits("start\nopened\nroom ada: hello\nwelcome"), None);
    assert_eq!(waits("start\nopened\nroom ada: hello\nwelcome slow=60000 as=moderator"), None);
}

#[test]
fn a_machine_whose_clock_is_wrong_counts_down_from_the_same_number() {
    assert_eq!(waits("clock 5000\nstart\nopened\nroom ada: hello\nwelcome slow=60000"), Some(65_000));
}
