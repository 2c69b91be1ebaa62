//! A run as text: a seed, what is in the log before it, who else listens, how many days the room keeps, and its steps, one a line. What is printed can be parsed again.
//!
//! ```text
//! seed 7
//! log 0
//! crowd 0
//! keeps 0
//! +120 ada sends plain
//! +0 bob drops
//! +5000 room crashes
//! ```

use std::{fmt, str::FromStr};

use crate::{
    action::{Action, Deed, Mishap, PlainDeed, Side, Step, Wording},
    device::DEVICES,
};

/// A run, before it is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Fixes what is random to the protocol: jitter and marks.
    pub seed: u64,
    /// Messages that are in the room before anybody comes.
    pub log: u64,
    /// Sockets that only listen, beside the devices.
    pub crowd: u64,
    /// How many days the room keeps what is written; 0 for ever.
    pub keeps: u32,
    /// What happens.
    pub steps: Vec<Step>,
}

/// A line that is no step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is no step of a script: {text:?}. A step is like: +120 ada sends plain")]
pub struct BadScript {
    /// Counted from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

impl FromStr for Script {
    type Err = BadScript;

    fn from_str(text: &str) -> Result<Self, BadScript> {
        let mut script = Self { seed: 0, log: 0, crowd: 0, keeps: 0, steps: Vec::new() };
        for (index, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            take_line(&mut script, &words)
                .ok_or_else(|| BadScript { line: index + 1, text: line.to_owned() })?;
        }
        Ok(script)
    }
}

fn take_line(script: &mut Script, words: &[&str]) -> Option<()> {
    match words {
        [] => {}
        ["seed", seed] => script.seed = seed.parse().ok()?,
        ["log", log] => script.log = log.parse().ok()?,
        ["crowd", crowd] => script.crowd = crowd.parse().ok()?,
        ["keeps", days] => script.keeps = days.parse().ok()?,
        [after, subject, rest @ ..] => {
            let after_ms = after.strip_prefix('+')?.parse().ok()?;
            script.steps.push(Step { after_ms, action: action(subject, rest)? });
        }
        [_] => return None,
    }
    Some(())
}

fn action(subject: &str, words: &[&str]) -> Option<Action> {
    if subject == "room" {
        return mishap(words).map(Action::Room);
    }
    let who = DEVICES.iter().position(|device| device.name == subject)?;
    deed(words).map(|deed| Action::Device(who, deed))
}

fn deed(words: &[&str]) -> Option<Deed> {
    Some(match words {
        ["sends", text] => Deed::Send(wording(text)?),
        ["replies", nth, text] => Deed::Reply(nth.parse().ok()?, wording(text)?),
        ["edits", nth, text] => Deed::Edit(nth.parse().ok()?, wording(text)?),
        ["deletes", nth] => Deed::Delete(nth.parse().ok()?),
        ["reacts", nth, emoji, "on"] => Deed::React(nth.parse().ok()?, emoji.parse().ok()?, Side::On),
        ["reacts", nth, emoji, "off"] => Deed::React(nth.parse().ok()?, emoji.parse().ok()?, Side::Off),
        ["posts", text] => Deed::Post(wording(text)?),
        ["delays", up, down] => Deed::Delay(up.parse().ok()?, down.parse().ok()?),
        ["steps-clock", ms] => Deed::StepClock(ms.parse().ok()?),
        [word] => Deed::Plain(*PlainDeed::ALL.iter().find(|deed| deed.word() == *word)?),
        _ => return None,
    })
}

fn mishap(words: &[&str]) -> Option<Mishap> {
    Some(match words {
        ["crashes"] => Mishap::Crash,
        ["is-evicted"] => Mishap::Evict,
        ["fails-to-write", times] => Mishap::FailWrites(times.parse().ok()?),
        ["fails-to-read", times] => Mishap::FailReads(times.parse().ok()?),
        ["flushes-in", ms] => Mishap::SlowDisk(ms.parse().ok()?),
        ["steps-clock", ms] => Mishap::StepClock(ms.parse().ok()?),
        _ => return None,
    })
}

fn wording(word: &str) -> Option<Wording> {
    Wording::ALL.iter().find(|(_, known)| *known == word).map(|(wording, _)| *wording)
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}\nlog {}\ncrowd {}\nkeeps {}", self.seed, self.log, self.crowd, self.keeps)?;
        self.steps.iter().try_for_each(|step| writeln!(f, "{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{} ", self.after_ms)?;
        match self.action {
            Action::Device(who, deed) => write!(f, "{} {deed}", DEVICES[who].name),
            Action::Room(mishap) => write!(f, "room {mishap}"),
        }
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(wording) => write!(f, "sends {wording}"),
            Self::Reply(nth, wording) => write!(f, "replies {nth} {wording}"),
            Self::Edit(nth, wording) => write!(f, "edits {nth} {wording}"),
            Self::Delete(nth) => write!(f, "deletes {nth}"),
            Self::React(nth, emoji, Side::On) => write!(f, "reacts {nth} {emoji} on"),
            Self::React(nth, emoji, Side::Off) => write!(f, "reacts {nth} {emoji} off"),
            Self::Post(wording) => write!(f, "posts {wording}"),
            Self::Delay(up, down) => write!(f, "delays {up} {down}"),
            Self::StepClock(ms) => write!(f, "steps-clock {ms}"),
            Self::Plain(deed) => f.write_str(deed.word()),
        }
    }
}

impl fmt::Display for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crash => f.write_str("crashes"),
            Self::Evict => f.write_str("is-evicted"),
            Self::FailWrites(times) => write!(f, "fails-to-write {times}"),
            Self::FailReads(times) => write!(f, "fails-to-read {times}"),
            Self::SlowDisk(ms) => write!(f, "flushes-in {ms}"),
            Self::StepClock(ms) => write!(f, "steps-clock {ms}"),
        }
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::ALL.iter().find(|(wording, _)| wording == self).map_or("plain", |(_, word)| word);
        f.write_str(word)
    }
}
