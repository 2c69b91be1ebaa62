//! The proof that the simulator bites: with any of three faults on purpose it finds a broken invariant within 1,000 seeds.

use archive::native::Native;
use room::mutants::Mutant;
use sim::{choose, run, world::Ground};

const SEEDS: u64 = 1_000;
const STEPS: usize = 200;

/// One test for all three: a mutant is let loose in the whole process.
#[test]
fn every_mutant_is_caught_within_1_000_seeds() {
    let ground = Ground::new(Native::in_memory().expect("a SQLite")).expect("an archive");
    for (mutant, name) in Mutant::ALL {
        mutant.let_loose();
        let caught = (1..=SEEDS).find_map(|seed| {
            run::run(&ground, &choose::script(seed, STEPS)).err().map(|broken| (seed, broken.invariant))
        });
        let (seed, invariant) =
            caught.unwrap_or_else(|| panic!("{name} was not caught within {SEEDS} seeds"));
        println!("{name}: caught at seed {seed} by {invariant}");
    }
}
