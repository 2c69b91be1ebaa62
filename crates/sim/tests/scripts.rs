//! Scripts of past failures: each found a fault once, and must hold from then on. Paste what the simulator prints.

use archive::native::Native;
use sim::{run, script::Script, world::Ground};

#[track_caller]
fn holds(script: &str) {
    let script: Script = script.parse().expect("a script");
    let ground = Ground::new(Native::in_memory().expect("a SQLite")).expect("an archive");
    if let Err(broken) = run::run(&ground, &script) {
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
