//! The child: started with its secrets, told what the container is told, and ended when it does not listen.
//!
//! A workerd with a socket open ignores SIGTERM; so after the grace period the child is killed. Storage takes that: what was acked is on
//! disk before the ack.

use std::{
    io,
    process::{self, ExitCode},
    thread,
    time::Duration,
};

use rustix::process::{
    Pid, Signal, WaitOptions, WaitStatus, getpid, kill_process, set_child_subreaper, wait,
};
use signal_hook::iterator::Signals;

use crate::{
    arguments::Run,
    failure::Failure,
    orders::{self, Order},
    secret::Secret,
};

/// Starts the child, stays until it has ended, and gives its code.
pub fn keep(run: &Run, secrets: &[Secret]) -> Result<ExitCode, Failure> {
    // Orphans come here even where the container's first process is another, as with `docker run --init`.
    set_child_subreaper(Some(getpid())).map_err(|error| Failure::Signals(error.into()))?;
    // Before the child is there: whatever is told in between is heard too.
    let mut signals = Signals::new(orders::HEARD).map_err(Failure::Signals)?;
    let child = start(run, secrets)?;
    let mut told_to_stop = false;
    loop {
        for signal in signals.wait() {
            match orders::of(signal) {
                Order::Bury => {
                    if let Some(status) = bury(child).map_err(Failure::Signals)? {
                        return Ok(code(status));
                    }
                }
                Order::Pass(signal) => pass(child, signal),
                Order::Stop(signal) => {
                    pass(child, signal);
                    if !told_to_stop {
                        told_to_stop = true;
                        kill_after(child, run.grace);
                    }
                }
            }
        }
    }
}

fn start(run: &Run, secrets: &[Secret]) -> Result<Pid, Failure> {
    let mut command = process::Command::new(&run.program);
    command.args(&run.arguments).envs(secrets.iter().map(|secret| (&secret.name, &secret.value)));
    let program = || run.program.to_string_lossy().into_owned();
    let child = command.spawn().map_err(|error| Failure::Start { program: program(), error })?;
    Ok(Pid::from_child(&child))
}

/// Takes in everyone who has ended, orphans too. The child's own end comes back.
fn bury(child: Pid) -> io::Result<Option<WaitStatus>> {
    let mut ended = None;
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some((pid, status))) if pid == child => ended = Some(status),
            Ok(Some(_)) => {}
            Ok(None) | Err(rustix::io::Errno::CHILD) => return Ok(ended),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn pass(child: Pid, signal: Signal) {
    // It fails for a child that has just ended, and that is heard next.
    let _ = kill_process(child, signal);
}

/// This process ends with the child, so nobody else can have its id by then.
fn kill_after(child: Pid, grace: Duration) {
    thread::spawn(move || {
        thread::sleep(grace);
        eprintln!(
            "keeper: the program has not ended {} s after it was told to; it is killed now",
            grace.as_secs()
        );
        pass(child, Signal::KILL);
    });
}

/// As shells have it: 128 and the signal that ended it.
fn code(status: WaitStatus) -> ExitCode {
    let code = status.exit_status().or_else(|| status.terminating_signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
