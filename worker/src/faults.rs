//! Faults that only test builds have: a room that panics or fails on request, so that tests can see that nobody else notices.
//!
//! A client asks by the frame `{"type":"fault","fault":"…"}`; it happens in the turn of the next frame or command to that room. Turns do not
//! overlap, so what is armed for one cannot reach another room's.

use std::cell::Cell;

use archive::SqlError;
use room::{Input, Payload};
use serde::Deserialize;

/// What goes wrong in the next turn of a frame or a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It panics before anything else.
    Panic,
    /// It gives an `Err` before anything else.
    Error,
    /// Its commit fails.
    Commit,
    /// It panics behind its commit, before anything is sent.
    PanicAfterCommit,
}

#[derive(Deserialize)]
struct Frame {
    fault: Fault,
}

thread_local! {
    static ARMED: Cell<Option<Fault>> = const { Cell::new(None) };
}

/// The fault that an input asks for.
pub fn asked(input: &Input) -> Option<Fault> {
    let Input::Frame { payload: Payload::Text(text), .. } = input else { return None };
    serde_json::from_str::<Frame>(text).ok().map(|frame| frame.fault)
}

/// Sets what happens in the turn that begins now, if anything; what an earlier turn did not come to is forgotten.
pub fn arm(fault: Option<Fault>) {
    ARMED.set(fault);
}

/// At the begin of a turn.
pub fn at_begin() -> Result<(), SqlError> {
    match ARMED.get() {
        Some(Fault::Panic) => panic!("a test asked for a panic"),
        Some(Fault::Error) => Err(SqlError("a test asked for an error".to_owned())),
        Some(Fault::Commit | Fault::PanicAfterCommit) | None => Ok(()),
    }
}

/// Before a turn's commit.
pub fn before_commit() -> Result<(), SqlError> {
    match ARMED.get() {
        Some(Fault::Commit) => Err(SqlError("a test asked for a commit that fails".to_owned())),
        Some(Fault::Panic | Fault::Error | Fault::PanicAfterCommit) | None => Ok(()),
    }
}

/// Behind a turn's commit.
pub fn after_commit() {
    assert!(ARMED.get() != Some(Fault::PanicAfterCommit), "a test asked for a panic behind a commit");
}
