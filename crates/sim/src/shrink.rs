//! Makes a failing script small: takes steps out as long as the same invariant still fails (delta debugging), then
//! makes the waits round.

use crate::script::Script;

/// The smallest script that was found within `tries` runs, of which `fails` says whether it still fails in the same way.
pub fn shrink(script: &Script, tries: usize, mut fails: impl FnMut(&Script) -> bool) -> Script {
    let mut left = tries;
    let mut try_out = |candidate: &Script| {
        left = left.saturating_sub(1);
        left > 0 && fails(candidate)
    };
    let mut best = script.clone();
    let emptiers: [fn(&mut Script); 3] = [|it| it.log = 0, |it| it.crowd = 0, |it| it.keeps = 0];
    for empty in emptiers {
        let mut emptier = best.clone();
        empty(&mut emptier);
        if emptier != best && try_out(&emptier) {
            best = emptier;
        }
    }
    take_out(&mut best, &mut try_out);
    shorten_waits(&mut best, &mut try_out);
    take_out(&mut best, &mut try_out);
    best
}

/// Takes out runs of steps, half of them first, single ones last.
fn take_out(best: &mut Script, try_out: &mut impl FnMut(&Script) -> bool) {
    let mut size = best.steps.len().div_ceil(2);
    while size > 0 {
        let mut first = 0;
        let mut found = false;
        while first < best.steps.len() {
            let candidate = without(best, first, size);
            if try_out(&candidate) {
                *best = candidate;
                found = true;
            } else {
                first += size;
            }
        }
        size = if size == 1 && found { 1 } else { size / 2 };
    }
}

/// The script without some steps; the time that they took stays, so that the rest happens when it did.
fn without(script: &Script, first: usize, size: usize) -> Script {
    let mut steps = script.steps.clone();
    let last = (first + size).min(steps.len());
    let waited: u64 = steps.drain(first..last).map(|step| step.after_ms).sum();
    if let Some(next) = steps.get_mut(first) {
        next.after_ms += waited;
    }
    Script { steps, ..script.clone() }
}

fn shorten_waits(best: &mut Script, try_out: &mut impl FnMut(&Script) -> bool) {
    for index in 0..best.steps.len() {
        let waits = best.steps[index].after_ms;
        for shorter in [0, 10, 100, 1_000, 10_000, 100_000] {
            if shorter >= waits {
                break;
            }
            let mut candidate = best.clone();
            candidate.steps[index].after_ms = shorter;
            if try_out(&candidate) {
                *best = candidate;
                break;
            }
        }
    }
}
