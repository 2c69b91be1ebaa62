//! The same seed gives the same trace, every time, natively and on wasm: one golden file for both.

mod ground;

use sim::{choose, invariants, run, server::Hibernation, world::Ground};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use ground::ground;

const STEPS: usize = 200;

/// A line of the golden file is a seed and the hash of its trace. Whatever changes a frame or its time changes them:
/// `UPDATE_EXPECT=1 cargo test -p sim --test traces` writes the file anew.
#[cfg(not(target_family = "wasm"))]
fn assert_golden(found: &str) {
    expect_test::expect_file!["golden/traces.txt"].assert_eq(found);
}

#[cfg(target_family = "wasm")]
fn assert_golden(found: &str) {
    assert_eq!(found, include_str!("golden/traces.txt"), "wasm gives other traces than native code");
}

#[test]
fn the_first_seeds_give_the_traces_of_the_golden_file() {
    let ground = ground();
    let mut found = String::new();
    for seed in 1..=8 {
        let outcome =
            run::run(&ground, &choose::script(seed, STEPS)).unwrap_or_else(|broken| panic!("{broken}"));
        found.push_str(&format!("{seed} {:016x}\n", outcome.trace));
    }
    assert_golden(&found);
}

#[test]
fn a_seed_gives_the_same_trace_twice() {
    let script = choose::script(11, STEPS);
    let once = |ground: &Ground| {
        run::run_once(ground, &script, Hibernation::EveryTurn)
            .unwrap_or_else(|broken| panic!("{broken}"))
            .trace
    };
    let used = ground();
    let (first, second, fresh) = (once(&used), once(&used), once(&ground()));
    invariants::same_seed_same_trace(first, second).unwrap_or_else(|broken| panic!("{broken}"));
    invariants::same_seed_same_trace(first, fresh).unwrap_or_else(|broken| panic!("{broken}"));
}

#[test]
fn a_script_that_is_printed_can_be_parsed_again() {
    for seed in 1..=200 {
        let script = choose::script(seed, STEPS);
        assert_eq!(script.to_string().parse(), Ok(script));
    }
}
