//! What is counted of a room: its turns, what each of them did, and how big the room is.

use std::rc::Rc;

use archive::SqlError;
use metrics::{Family, Micros};
use protocol::{CloseCode, Millis};
use room::Tally;
use sha2::{Digest, Sha256};
use worker::State;

use crate::{clock, limits::SIZE_EVERY_MS, observe, sockets::Sockets};

/// How big the room was when that was last told.
#[derive(Debug)]
pub struct Watch {
    room_hash: Rc<str>,
    sockets: Option<usize>,
    bytes: Option<usize>,
    measured_at: Option<Millis>,
}

/// Why a turn came to nothing.
#[derive(Debug, Clone, Copy)]
pub enum Cause<'a> {
    /// Its storage failed.
    Storage(&'a SqlError),
    /// It panicked; the panic's own report is on its way.
    Panic,
}

impl Watch {
    /// Over the room with this slug.
    pub fn of(slug: &str) -> Self {
        Self { room_hash: room_hash(slug).into(), sockets: None, bytes: None, measured_at: None }
    }

    /// Names the room without giving it away.
    pub fn room_hash(&self) -> Rc<str> {
        Rc::clone(&self.room_hash)
    }

    /// After a turn: tells what has another size now.
    pub fn see(&mut self, sockets: &Sockets, state: &State) {
        if self.sockets != Some(sockets.count()) {
            self.sockets = Some(sockets.count());
            observe::set(&self.room_hash, Family::SocketsOpen, wide(sockets.count()));
        }
        let now = clock::now();
        if self.measured_at.is_some_and(|at| at <= now && now.since(at) < SIZE_EVERY_MS) {
            return;
        }
        self.measured_at = Some(now);
        let bytes = state.storage().sql().database_size();
        if self.bytes != Some(bytes) {
            self.bytes = Some(bytes);
            observe::set(&self.room_hash, Family::StorageBytes, wide(bytes));
        }
    }
}

/// A turn is done, and this is what it did.
pub fn turn_done(tally: &Tally) {
    observe::count(Family::Turns, &[], 1);
    observe::count(Family::Joins, &["yes"], tally.joins_recovered);
    observe::count(Family::Joins, &["no"], tally.joins_fresh);
    observe::count(Family::Messages, &[], tally.messages);
    observe::count(Family::PrunedEvents, &[], tally.pruned);
    observe::count(Family::ForgottenMessages, &[], tally.forgotten);
    observe::count(Family::FanoutFrames, &[], tally.frames);
    observe::count(Family::FanoutDeliveries, &[], tally.deliveries);
    for (command, times) in tally.commands.iter() {
        observe::count(Family::Commands, &[command], times);
    }
    for (events, times) in tally.rounds.iter() {
        (0..times).for_each(|_| observe::observe(Family::FanoutBatchEvents, &[], Micros::of_units(events)));
    }
    for (code, times) in tally.rejects.iter() {
        observe::count(Family::Rejects, &[code.as_str()], times);
    }
    for (code, times) in tally.closes.iter() {
        observe::count(Family::Closes, &[&code.code().to_string()], times);
    }
}

/// A turn came to nothing.
pub fn turn_failed(cause: Cause<'_>) {
    observe::count(Family::Turns, &[], 1);
    let cause = match cause {
        Cause::Storage(error) => {
            observe::errors::failed("turn failed", &error.0);
            "storage"
        }
        Cause::Panic => "panic",
    };
    observe::count(Family::TurnsFailed, &[cause], 1);
}

/// The shell closed a socket by itself.
pub fn closed(code: CloseCode) {
    observe::count(Family::Closes, &[&code.code().to_string()], 1);
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The first 12 hex digits of the slug's SHA-256: enough to tell rooms apart. Whoever guesses a slug can
/// check the guess, so it hides only what cannot be guessed: private rooms' minted slugs.
fn room_hash(slug: &str) -> String {
    Sha256::digest(slug.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_named_by_the_begin_of_its_slugs_hash() {
        // printf lobby | sha256sum
        assert_eq!(room_hash("lobby"), "4b5dc076e7b9");
    }
}
