//! A history: what clients sent, what they were told, written down line by line as it happens; and the reader that
//! holds a room's log against it.
//!
//! The reader knows nothing of the clients: it has the file and the log. Its rules are the promises: acked or seen means
//! there, once, at that place; and what one member wrote stands in the order in which they wrote it.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use protocol::{CommandId, Event, EventKind, MemberId, Seq};
use serde::{Deserialize, Serialize};

/// One thing that happened to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Line {
    /// A message was given to the client, to be sent.
    Sent {
        /// By whom.
        member: MemberId,
        /// Under which id.
        id: CommandId,
        /// What.
        text: String,
    },
    /// The room acked it.
    Acked {
        /// Whose.
        member: MemberId,
        /// The command.
        id: CommandId,
        /// Where it says it is.
        seq: Seq,
    },
    /// An event was seen.
    Seen {
        /// Where.
        seq: Seq,
        /// Whose.
        by: MemberId,
        /// The command it came from.
        id: CommandId,
    },
}

/// A history that is being written; every clone writes to the same file.
#[derive(Debug, Clone)]
pub struct History(Arc<Mutex<File>>);

impl History {
    /// Begins a new file.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn create(path: &Path) -> Self {
        Self(Arc::new(Mutex::new(File::create(path).expect("the history file can be written"))))
    }

    /// Writes one line, at once.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn note(&self, line: &Line) {
        let text = serde_json::to_string(line).expect("a line that can be written") + "\n";
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(text.as_bytes()).expect("the history file can be written");
    }
}

/// Reads a history file.
///
/// # Panics
/// When it cannot be read.
pub fn read(path: &Path) -> Vec<Line> {
    let text = std::fs::read_to_string(path).expect("the history file can be read");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of a history")).collect()
}

/// Whether messages that nobody acked may be missing from the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// In the middle of it: some are on their way.
    Underway,
    /// Every outbox is empty: all that was sent is there.
    Quiet,
}

/// What the reader found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Messages that were acked.
    pub acked: usize,
    /// Events that were seen, however often.
    pub seen: usize,
    /// What is wrong, a sentence each.
    pub faults: Vec<String>,
}

/// Holds a room's whole log against the history of its clients.
pub fn audit(history: &[Line], log: &[Event], moment: Moment) -> Findings {
    let mut findings = Findings::default();
    let mut at: BTreeMap<(&MemberId, &CommandId), Vec<&Event>> = BTreeMap::new();
    for (event, expected) in log.iter().zip(1..) {
        if event.seq.value() != expected {
            findings.faults.push(format!("at place {expected} of the log stands seq {}", event.seq));
        }
        if let Some(id) = &event.id {
            at.entry((&event.by.id, id)).or_default().push(event);
        }
    }
    let mut newest: BTreeMap<&MemberId, (Seq, &CommandId)> = BTreeMap::new();
    for line in history {
        match line {
            Line::Sent { member, id, text } => {
                let found = at.get(&(member, id)).map_or(&[][..], Vec::as_slice);
                findings.faults.extend(sent_fault(found, id, text, moment));
                if let [event] = found {
                    findings.faults.extend(order_fault(
                        newest.insert(member, (event.seq, id)),
                        event.seq,
                        id,
                    ));
                }
            }
            Line::Acked { member, id, seq } => {
                findings.acked += 1;
                findings.faults.extend(place_fault(at.get(&(member, id)), id, *seq, "acked"));
            }
            Line::Seen { seq, by, id } => {
                findings.seen += 1;
                findings.faults.extend(place_fault(at.get(&(by, id)), id, *seq, "seen"));
            }
        }
    }
    findings
}

fn sent_fault(found: &[&Event], id: &CommandId, text: &str, moment: Moment) -> Option<String> {
    match found {
        [] if moment == Moment::Quiet => Some(format!("{id} was sent and is not there")),
        [] => None,
        [event] => match &event.kind {
            EventKind::Message { text: Some(there), .. } if there == text => None,
            other => Some(format!("{id} was sent as {text:?} and is there as {other:?}")),
        },
        _ => Some(format!("{id} is there {} times", found.len())),
    }
}

fn order_fault(before: Option<(Seq, &CommandId)>, seq: Seq, id: &CommandId) -> Option<String> {
    let (earlier, first) = before?;
    (earlier >= seq).then(|| format!("{id} was sent after {first} and stands before it: {seq}, {earlier}"))
}

fn place_fault(found: Option<&Vec<&Event>>, id: &CommandId, seq: Seq, told: &str) -> Option<String> {
    match found.map(Vec::as_slice) {
        Some([event]) if event.seq == seq => None,
        Some([event]) => Some(format!("{id} was {told} at {seq} and stands at {}", event.seq)),
        // Doubled; the line of its sending says so.
        Some([_, ..]) => None,
        Some([]) | None => Some(format!("{id} was {told} at {seq} and is not there")),
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Member, Millis};

    use super::*;

    fn id(text: &str) -> CommandId {
        CommandId::parse(text).expect("a good id")
    }

    fn ada() -> MemberId {
        MemberId::parse("ada").expect("a good id")
    }

    fn seq(seq: u64) -> Seq {
        Seq::try_new(seq).expect("a good seq")
    }

    fn event(at: u64, command: &str) -> Event {
        let text = Some(format!("text of {command}"));
        let kind = EventKind::Message {
            text,
            reply_to: None,
            mentions: Vec::new(),
            attachments: Vec::new(),
            redacted: false,
        };
        let by = Member { id: ada(), name: "Ada".to_owned() };
        Event { seq: seq(at), at: Millis(at), by, id: Some(id(command)), kind }
    }

    fn sent(command: &str) -> Line {
        Line::Sent { member: ada(), id: id(command), text: format!("text of {command}") }
    }

    fn acked(command: &str, at: u64) -> Line {
        Line::Acked { member: ada(), id: id(command), seq: seq(at) }
    }

    fn seen(command: &str, at: u64) -> Line {
        Line::Seen { by: ada(), id: id(command), seq: seq(at) }
    }

    fn faults(history: &[Line], log: &[Event], moment: Moment) -> usize {
        audit(history, log, moment).faults.len()
    }

    #[test]
    fn a_log_that_keeps_every_promise_has_no_faults() {
        let history = [sent("a"), sent("b"), acked("a", 1), seen("a", 1), acked("b", 2), sent("c")];
        let findings = audit(&history, &[event(1, "a"), event(2, "b")], Moment::Underway);
        assert_eq!(findings, Findings { acked: 2, seen: 1, faults: Vec::new() });
    }

    #[test]
    fn an_acked_or_seen_message_that_is_lost_is_a_fault() {
        assert_eq!(faults(&[sent("a"), acked("a", 1)], &[], Moment::Underway), 1);
        assert_eq!(faults(&[sent("a"), seen("a", 1)], &[], Moment::Underway), 1);
    }

    #[test]
    fn a_message_that_is_there_twice_is_a_fault() {
        assert_eq!(faults(&[sent("a")], &[event(1, "a"), event(2, "a")], Moment::Underway), 1);
    }

    #[test]
    fn a_message_at_another_place_than_was_acked_is_a_fault() {
        assert_eq!(faults(&[sent("a"), acked("a", 1)], &[event(1, "b"), event(2, "a")], Moment::Underway), 1);
    }

    #[test]
    fn messages_of_one_member_out_of_order_are_a_fault() {
        assert_eq!(faults(&[sent("a"), sent("b")], &[event(1, "b"), event(2, "a")], Moment::Underway), 1);
    }

    #[test]
    fn a_hole_in_the_log_is_a_fault() {
        assert_eq!(faults(&[], &[event(1, "a"), event(3, "b")], Moment::Underway), 1);
    }

    #[test]
    fn a_message_with_another_text_is_a_fault() {
        let mut other = event(1, "a");
        other.kind = EventKind::Message {
            text: None,
            reply_to: None,
            mentions: Vec::new(),
            attachments: Vec::new(),
            redacted: true,
        };
        assert_eq!(faults(&[sent("a")], &[other], Moment::Underway), 1);
    }

    #[test]
    fn when_all_is_quiet_nothing_that_was_sent_may_be_missing() {
        assert_eq!(faults(&[sent("a")], &[], Moment::Underway), 0);
        assert_eq!(faults(&[sent("a")], &[], Moment::Quiet), 1);
    }
}
