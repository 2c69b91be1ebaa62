//! How often each command and each fault happened: a simulator that never meets a fault proves nothing about it.

use std::{collections::BTreeMap, fmt};

/// The count of frames that bear a mark.
pub const MARKED: &str = "frame: with a mark";

/// Every command and every fault: a run in CI must meet each of them often.
pub const EXPECTED: &[&str] = &[
    "command: send",
    "command: edit",
    "command: delete",
    "command: react",
    "command: read",
    "command: received",
    "command: resume",
    "command: typing",
    "command: presence",
    "command: ping",
    "command: open",
    "command: binary",
    "command: none that is known",
    "command: send by HTTP",
    "command: page of history",
    "command: rename",
    "command: sign out",
    "command: sign in again",
    "fault: socket dropped",
    "fault: half-open, nobody told",
    "fault: half-open, device told",
    "fault: half-open, server told",
    "fault: frame lost",
    "fault: link delays",
    "fault: link down",
    "fault: browser offline",
    "fault: page reloaded",
    "fault: page frozen",
    "fault: command repeated",
    "fault: id used twice",
    "fault: client babbles",
    "fault: write failed",
    "fault: read failed",
    "fault: disk slows",
    "fault: crash",
    "fault: crash that loses a write",
    "fault: room evicted",
    "fault: room hibernates",
    "fault: server's clock set",
    "retention: log pruned",
    "fault: device's clock set",
];

/// Counts by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    /// It happened once more.
    pub fn count(&mut self, what: &'static str) {
        self.add(what, 1);
    }

    /// It happened `times` more.
    pub fn add(&mut self, what: &'static str, times: u64) {
        *self.0.entry(what).or_default() += times;
    }

    /// Takes in the counts of another run.
    pub fn merge(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            self.add(what, *times);
        }
    }

    /// How often.
    #[must_use]
    pub fn of(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or_default()
    }

    /// Those of `expected` that happened less than `least` times.
    #[must_use]
    pub fn rarer_than(&self, least: u64, expected: &[&'static str]) -> Vec<(&'static str, u64)> {
        let counted = expected.iter().map(|what| (*what, self.of(what)));
        counted.filter(|(_, times)| *times < least).collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, times) in &self.0 {
            writeln!(f, "{times:>12}  {what}")?;
        }
        Ok(())
    }
}
