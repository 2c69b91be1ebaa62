//! Runs many seeds on all cores, prints how often each command and each fault happened, and stops at the first finding
//! with a script to paste into `tests/scripts.rs`.

use std::{
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use archive::native::Native;
use sim::{
    choose,
    invariants::Broken,
    run::{self, Outcome},
    script::Script,
    server::Hibernation,
    shrink,
    tally::{EXPECTED, Tally},
    world::Ground,
};

/// What was asked for on the command line.
#[derive(Debug, Clone, Copy)]
struct Wish {
    seed: u64,
    seeds: u64,
    steps: usize,
    least: u64,
    shows_trace: bool,
}

/// Runs that the search for a smaller script may cost.
const SHRINKING_RUNS: usize = 500;
/// Lines of a trace that are shown, and how much of each.
const TRACE_LINES: usize = 60;
const LINE_SCALARS: usize = 1_000;

/// The program.
pub fn main() -> ExitCode {
    let Some(wish) = wish() else {
        println!("usage: sim --seed N [--seeds K] [--steps 200] [--least 1000] [--trace]");
        return ExitCode::FAILURE;
    };
    match run_all(wish) {
        Ok(tally) => report(wish, &tally),
        Err((seed, broken)) => explain(wish, seed, &broken),
    }
}

fn wish() -> Option<Wish> {
    let mut wish = Wish { seed: 1, seeds: 1, steps: 200, least: 0, shows_trace: false };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next()?.parse::<u64>().ok();
        match word.as_str() {
            "--seed" => wish.seed = number()?,
            "--seeds" => wish.seeds = number()?,
            "--steps" => wish.steps = usize::try_from(number()?).ok()?,
            "--least" => wish.least = number()?,
            "--trace" => wish.shows_trace = true,
            _ => return None,
        }
    }
    Some(wish)
}

/// Every seed, on all cores; the finding with the smallest seed among those that were made.
fn run_all(wish: Wish) -> Result<Tally, (u64, Broken)> {
    let next = AtomicU64::new(wish.seed);
    let stop = AtomicBool::new(false);
    let found: Mutex<Option<(u64, Broken)>> = Mutex::new(None);
    let tally = Mutex::new(Tally::default());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let ground = ground();
                while !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= wish.seed.saturating_add(wish.seeds) {
                        return;
                    }
                    match run::run_seed(&ground, &choose::script(seed, wish.steps)) {
                        Ok(Outcome { tally: counted, .. }) => lock(&tally).merge(&counted),
                        Err(broken) => {
                            stop.store(true, Ordering::Relaxed);
                            let mut found = lock(&found);
                            if found.as_ref().is_none_or(|(other, _)| seed < *other) {
                                *found = Some((seed, broken));
                            }
                        }
                    }
                }
            });
        }
    });
    let found = lock(&found).take();
    found.map_or_else(|| Ok(lock(&tally).clone()), Err)
}

fn report(wish: Wish, tally: &Tally) -> ExitCode {
    println!("{tally}");
    println!("{} seeds from {}, {} steps each: every invariant held.", wish.seeds, wish.seed, wish.steps);
    let rare = tally.rarer_than(wish.least, EXPECTED);
    if rare.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!(
        "These happened less than {} times, so the run proves too little about them: {rare:?}",
        wish.least
    );
    ExitCode::FAILURE
}

fn explain(wish: Wish, seed: u64, broken: &Broken) -> ExitCode {
    println!("seed {seed} fails: {broken}\nmaking its script smaller…");
    std::panic::set_hook(Box::new(|_| {}));
    let ground = ground();
    let small = shrink::shrink(&choose::script(seed, wish.steps), SHRINKING_RUNS, |script| {
        finding(script, &ground).is_some_and(|other| other.invariant == broken.invariant)
    });
    if wish.shows_trace {
        show_trace(&small, &ground, broken);
    }
    let found = finding(&small, &ground).map_or_else(String::new, |broken| broken.to_string());
    println!("{found}\n\npaste into crates/sim/tests/scripts.rs:\n\n{small}");
    ExitCode::FAILURE
}

/// The end of the trace; or, where hibernation can be seen, where the two traces part.
fn show_trace(script: &Script, ground: &Ground, broken: &Broken) {
    let asleep = run::lines(ground, script, Hibernation::EveryTurn);
    let awake = run::lines(ground, script, Hibernation::Never);
    let differ = |(asleep, awake): (&String, &String)| asleep != awake && !asleep.contains("turn: ");
    let apart = asleep.iter().zip(&awake).position(differ);
    let apart = apart.filter(|_| broken.invariant == "hibernation_invisible");
    let last = apart.map_or(asleep.len(), |index| index + 1);
    for line in asleep.iter().take(last).skip(last.saturating_sub(TRACE_LINES)) {
        println!("{}", line.chars().take(LINE_SCALARS).collect::<String>());
    }
    for line in awake.iter().take(last).skip(last.saturating_sub(TRACE_LINES / 2)).filter(|_| apart.is_some())
    {
        println!("awake: {}", line.chars().take(LINE_SCALARS).collect::<String>());
    }
}

fn finding(script: &Script, ground: &Ground) -> Option<Broken> {
    run::run(ground, script).err()
}

fn ground() -> Ground {
    let sql = Native::in_memory().unwrap_or_else(|error| panic!("no SQLite: {error}"));
    Ground::new(sql).unwrap_or_else(|error| panic!("no archive: {error}"))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
