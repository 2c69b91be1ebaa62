//! The trace of a run: a 64-bit FNV-1a over every frame and its time, and, when asked for, the lines themselves.
//!
//! Marks are left out, and so is their return: they are random, and which frame bears one depends on how long the room has
//! been awake. So two runs of which one hibernates hash alike.

use std::collections::BTreeMap;

use protocol::Millis;

/// What was seen, as a number.
#[derive(Debug, Clone)]
pub struct Trace {
    /// A hash for each device and way: what happens to two of them at one instant has no order between them.
    lanes: BTreeMap<(&'static str, &'static str), u64>,
    lines: Option<Vec<String>>,
}

/// Whether the lines are kept, or only their hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// Only the hash: fast.
    Hash,
    /// The lines too: to be read by people.
    Lines,
}

impl Trace {
    /// Nothing yet.
    #[must_use]
    pub fn new(recording: Recording) -> Self {
        let lines = match recording {
            Recording::Hash => None,
            Recording::Lines => Some(Vec::new()),
        };
        Self { lanes: BTreeMap::new(), lines }
    }

    /// A frame went over the wire.
    pub fn frame(&mut self, now: Millis, way: &'static str, who: &'static str, frame: &str) {
        if frame.starts_with("{\"type\":\"received\"") {
            return;
        }
        let lane = self.lanes.entry((who, way)).or_insert(BASIS);
        *lane = fnv1a(*lane, &now.0.to_le_bytes());
        without_mark(frame, |part| *lane = fnv1a(*lane, part.as_bytes()));
        if self.lines.is_some() {
            let mut shown = String::new();
            without_mark(frame, |part| shown.push_str(part));
            self.note(now, format!("{who} {way} {shown}"));
        }
    }

    /// Something else happened that a reader of the lines wants to know. Not part of the hash.
    pub fn note(&mut self, now: Millis, line: String) {
        if let Some(lines) = &mut self.lines {
            lines.push(format!("{:>9} {line}", now.since(crate::queue::BEGINNING)));
        }
    }

    /// Whether lines are kept: spares the making of notes that nobody reads.
    #[must_use]
    pub const fn is_recording(&self) -> bool {
        self.lines.is_some()
    }

    /// The hash so far.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.lanes.iter().fold(BASIS, |hash, ((who, way), lane)| {
            fnv1a(fnv1a(fnv1a(hash, who.as_bytes()), way.as_bytes()), &lane.to_le_bytes())
        })
    }

    /// The lines so far, if they are kept.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }
}

/// <http://www.isthe.com/chongo/tech/comp/fnv/>
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv1a(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Gives the parts of a frame around its mark.
fn without_mark(frame: &str, mut part: impl FnMut(&str)) {
    const KEY: &str = ",\"mark\":\"";
    // Within a text the quotes would be escaped: this finds the field alone.
    let Some((before, rest)) = frame.split_once(KEY) else { return part(frame) };
    let Some((_, after)) = rest.split_once('"') else { return part(frame) };
    part(before);
    part(after);
}
