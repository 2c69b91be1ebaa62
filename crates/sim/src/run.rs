//! Runs of a script and of a seed: what a finding is, and what a run leaves.

use crate::{
    action::{Action, Mishap},
    invariants::{self, Broken},
    script::Script,
    server::Hibernation,
    tally::{MARKED, Tally},
    trace::Recording,
    world::{Ground, Mode},
};

/// What a run leaves when all holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The hash of its trace.
    pub trace: u64,
    /// What happened how often.
    pub tally: Tally,
}

/// Runs a script with a room that hibernates after every turn and again with one that never does, and holds the traces
/// against each other.
///
/// Where a mark was sent they may differ: what a session has left unread is counted in memory alone and anew after each
/// wake, and the return of a mark is a sign of life that puts off the next ping.
///
/// # Errors
/// The first invariant that did not hold.
pub fn run(ground: &Ground, script: &Script) -> Result<Outcome, Broken> {
    let asleep = run_once(ground, script, Hibernation::EveryTurn)?;
    let awake = run_once(ground, script, Hibernation::Never)?;
    let bears_marks = |outcome: &Outcome| outcome.tally.of(MARKED) > 0;
    if can_be_compared(script) && !bears_marks(&asleep) && !bears_marks(&awake) {
        invariants::hibernation_invisible(awake.trace, asleep.trace)?;
    }
    let mut tally = asleep.tally;
    tally.merge(&awake.tally);
    Ok(Outcome { trace: asleep.trace, tally })
}

/// Runs the script of a seed: every fourth one both ways, if they can be compared; the others one way or the other.
///
/// # Errors
/// The first invariant that did not hold.
pub fn run_seed(ground: &Ground, script: &Script) -> Result<Outcome, Broken> {
    if !script.seed.is_multiple_of(4) {
        return run_once(ground, script, Hibernation::EveryTurn);
    }
    if can_be_compared(script) { run(ground, script) } else { run_once(ground, script, Hibernation::Never) }
}

/// Where reading fails there is nothing to compare: a room that wakes reads more than one that is awake, and so fails at
/// other times.
fn can_be_compared(script: &Script) -> bool {
    !script.steps.iter().any(|step| matches!(step.action, Action::Room(Mishap::FailReads(_))))
}

/// Runs a script once.
///
/// # Errors
/// The first invariant that did not hold.
pub fn run_once(ground: &Ground, script: &Script, hibernation: Hibernation) -> Result<Outcome, Broken> {
    let mode = Mode { hibernation, recording: Recording::Hash };
    match ground.run(script, mode) {
        Ok(world) => Ok(Outcome { trace: world.trace.hash(), tally: world.tally }),
        Err(failed) => Err(failed.1),
    }
}

/// The lines of a script's trace, up to where it fails, if it does.
#[must_use]
pub fn lines(ground: &Ground, script: &Script, hibernation: Hibernation) -> Vec<String> {
    match ground.run(script, Mode { hibernation, recording: Recording::Lines }) {
        Ok(world) => world.trace.lines().to_vec(),
        Err(failed) => failed.0.trace.lines().to_vec(),
    }
}
