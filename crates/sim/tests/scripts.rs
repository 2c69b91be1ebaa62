//! Scripts of past failures: each found a fault once, and must hold from then on. Paste what the simulator prints.

mod ground;

use sim::{run, script::Script};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[track_caller]
fn holds(script: &str) {
    let script: Script = script.parse().expect("a script");
    if let Err(broken) = run::run(&ground::ground(), &script) {
        panic!("{broken}\n{script}");
    }
}

#[test]
fn a_message_that_was_acked_before_the_crash_is_there_after_it() {
    holds(
        "seed 1
         +0 room flushes-in 80
         +100 ada sends plain
         +300 bob sends plain
         +20 room crashes
         +0 cem reloads",
    );
}

#[test]
fn a_clock_that_was_put_back_does_not_refuse_everything_for_as_long() {
    holds(
        "seed 3
         +0 cem sends plain
         +100 room steps-clock -3600000
         +0 cem deletes 4
         +100000 room steps-clock 3600000",
    );
}

#[test]
fn who_comes_back_has_what_was_left_of_the_rate_even_if_the_room_slept() {
    holds(
        "seed 6
         +0 ada replies 1 plain
         +100 cem reacts 4 1 on
         +10 room steps-clock -7000
         +0 cem reloads
         +0 cem sends same",
    );
    holds(
        "seed 6
         +10 bob sends plain
         +10 room steps-clock -7000
         +562 bob reloads
         +2842 bob reacts 4 0 on
         +0 bob sends odd",
    );
}

#[test]
fn an_alarm_that_was_put_off_rings_at_the_same_time_whether_the_room_slept_or_not() {
    holds(
        "seed 12
         +24951 bob falls-silent
         +43592 room fails-to-write 1
         +7381 bob replies 6 plain",
    );
    holds(
        "seed 222
         +69253 room fails-to-write 6
         +16820 room crashes
         +10000 ada returns",
    );
    holds(
        "seed 12
         +0 cem replies 0 same
         +10 room fails-to-write 2
         +0 cem vanishes
         +95092 bob delays 4 5",
    );
    holds(
        "seed 314
         +25080 ada delays 5917 5462
         +25865 room crashes
         +110933 room fails-to-write 2
         +5637 cem sends plain
         +10000 bob sends plain
         +48426 room fails-to-write 2
         +0 bob reacts 4 1 off
         +36730 bob falls-silent
         +100000 bob deletes 3",
    );
}

#[test]
fn a_failure_in_an_empty_room_is_forgotten_alike_awake_and_asleep() {
    holds(
        "seed 61
         +0 tab sends plain
         +100 room fails-to-write 6
         +0 room crashes
         +0 bob posts plain
         +0 tab reacts 0 1 on
         +776 cem posts too-long",
    );
    holds(
        "seed 53
         log 130
         +0 cem delays 5518 4745
         +0 ada is-abandoned
         +82264 cem replies 6 plain
         +30328 bob reacts 5 0 off
         +45715 ada delays 190 24
         +50095 ada drops
         +8043 room fails-to-write 2
         +764 room crashes
         +1000 tab reposts",
    );
}

#[test]
fn a_round_before_the_clock_was_put_back_holds_up_none_after_it() {
    holds(
        "seed 171
         +10 tab vanishes
         +0 tab posts odd
         +10 cem vanishes
         +0 bob falls-silent
         +0 room steps-clock -3600000
         +100 tab vanishes
         +0 bob reacts 4 0 on
         +3373 tab vanishes
         +7578 bob vanishes
         +1000 cem replies 6 plain",
    );
}
