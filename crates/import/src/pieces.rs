//! Pieces: events in lines, as many as one request may bring.

use protocol::{
    Event, encode,
    limits::{IMPORT_BYTES, IMPORT_EVENTS},
};

/// The events as lines, in pieces of at most [`IMPORT_EVENTS`] and [`IMPORT_BYTES`].
#[must_use]
pub fn pieces(events: &[Event]) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut lines = 0;
    for event in events {
        let line = encode(event) + "\n";
        match pieces.last_mut() {
            Some(piece) if lines < IMPORT_EVENTS && piece.len() + line.len() <= IMPORT_BYTES => {
                piece.push_str(&line);
                lines += 1;
            }
            _ => {
                pieces.push(line);
                lines = 1;
            }
        }
    }
    pieces
}
