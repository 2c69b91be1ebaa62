//! Reads what is counted out of a frame without decoding it: which sort it is, each event's seq and text, and the mark.
//!
//! Sound only for frames of a server that writes compact JSON with `seq` first in an event, as both servers here do, and for
//! texts of digits, as this load has them.

use memchr::memmem::Finder;

/// What a frame is to the load generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The first frame.
    Welcome,
    /// One or more events.
    Events,
    /// A message of ours is in the room.
    Ack,
    /// One is not: the load was too much.
    Reject,
    /// Presence, rosters and the like.
    Other,
}

/// The sort of a frame, by its first bytes.
pub fn sort(frame: &str) -> Sort {
    let kind = frame.strip_prefix("{\"type\":\"").unwrap_or_default();
    match kind.split('"').next() {
        Some("welcome") => Sort::Welcome,
        Some("events") => Sort::Events,
        Some("ack") => Sort::Ack,
        Some("reject") => Sort::Reject,
        _ => Sort::Other,
    }
}

/// Finds events in a frame.
#[derive(Debug)]
pub struct Events {
    seq: Finder<'static>,
    text: Finder<'static>,
}

impl Events {
    /// Prepared once, for all frames.
    pub fn new() -> Self {
        Self { seq: Finder::new("{\"seq\":"), text: Finder::new("\"text\":\"") }
    }

    /// Calls `each` with the seq and the number in the text of every message in the frame.
    pub fn each(&self, frame: &str, mut each: impl FnMut(u64, u64)) {
        let mut rest = frame.as_bytes();
        while let Some(at) = self.seq.find(rest) {
            let (seq, behind) = digits(&rest[at + self.seq.needle().len()..]);
            let Some(at) = self.text.find(behind) else { return };
            let (number, behind) = digits(&behind[at + self.text.needle().len()..]);
            each(seq, number);
            rest = behind;
        }
    }
}

/// The mark at the end of a frame, where both the room and its goldens have it.
pub fn mark(frame: &str) -> Option<&str> {
    let (before, mark) = frame.strip_suffix("\"}")?.rsplit_once('"')?;
    before.ends_with(",\"mark\":").then_some(mark)
}

fn digits(bytes: &[u8]) -> (u64, &[u8]) {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(end);
    (
        digits
            .iter()
            .fold(0, |number: u64, digit| number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'))),
        rest,
    )
}

#[cfg(test)]
mod tests {
    use protocol::{
        CommandId, Event, EventKind, Member, MemberId, Millis, Seq, ServerFrame, encode, with_mark,
    };

    use super::*;

    fn event(seq: u64, text: &str) -> Event {
        let kind = EventKind::Message {
            text: Some(text.to_owned()),
            reply_to: None,
            mentions: Vec::new(),
            attachments: Vec::new(),
            redacted: false,
        };
        let by = Member { id: MemberId::parse("m1").expect("an id"), name: "Writer 1".to_owned() };
        Event {
            seq: Seq::try_new(seq).expect("a seq"),
            at: Millis(7),
            by,
            id: CommandId::parse("c-9").ok(),
            kind,
        }
    }

    #[test]
    fn every_event_of_a_real_frame_is_found_with_its_seq_and_number() {
        let frame = encode(&ServerFrame::Events { events: vec![event(41, "12"), event(42, "34567")] });
        let mut found = Vec::new();
        Events::new().each(&with_mark(&frame, "k1"), |seq, number| found.push((seq, number)));
        assert_eq!((sort(&frame), found), (Sort::Events, vec![(41, 12), (42, 34_567)]));
    }

    #[test]
    fn a_mark_is_found_at_the_end_of_a_real_frame_and_nowhere_else() {
        let frame = encode(&ServerFrame::Events { events: vec![event(1, "1")] });
        assert_eq!(mark(&with_mark(&frame, "k1")), Some("k1"));
        assert_eq!(mark(&frame), None);
    }

    #[test]
    fn the_sort_of_a_frame_is_its_type() {
        let ack = ServerFrame::Ack {
            id: CommandId::parse("c").expect("an id"),
            seq: None,
            at: Millis(1),
            duplicate: false,
        };
        assert_eq!(sort(&encode(&ack)), Sort::Ack);
        assert_eq!(sort("{\"type\":\"roster\"}"), Sort::Other);
        assert_eq!(sort("pong"), Sort::Other);
    }
}
