//! The events that wait for the next round of fan-out, and how long they wait.
//!
//! A quiet room sends at once. A busy one collects for a window that grows with what a round costs, and sends one frame
//! with many events: each event is encoded once, each frame once, whoever gets it.
//! The window is memory alone. A socket's object is not hibernated while its timer runs, and not within 50 ms.

use protocol::{Event, Millis, Seq, encode, limits::SERVER_FRAME_BYTES};

/// A round costs about 20 µs a socket; a sixth of the time is enough for rounds. So the window is five times their cost:
/// 20 ms with 200 sockets, 50 ms from 500 on.
const WINDOW_US_PER_SOCKET: u64 = 20 * 5;
const WINDOW_LONGEST_MS: u64 = 50;
/// What a mark adds to a frame: `,"mark":"…"` around 16 characters, with room to spare.
const MARK_ROOM: usize = 64;

/// How long a room with so many sockets collects.
pub(crate) fn window_ms(sockets: usize) -> u64 {
    let sockets = u64::try_from(sockets).unwrap_or(u64::MAX);
    (sockets.saturating_mul(WINDOW_US_PER_SOCKET) / 1_000).min(WINDOW_LONGEST_MS)
}

/// What waits.
#[derive(Debug)]
pub(crate) struct Batch {
    events: Vec<Waiting>,
    last_round: Millis,
    round_at: Option<Millis>,
}

/// An event in its final form.
#[derive(Debug)]
pub(crate) struct Waiting {
    /// Its seq.
    pub(crate) seq: Seq,
    json: String,
}

impl Batch {
    /// Nothing waits; the last round was `last_round`, or a little later.
    pub(crate) fn new(last_round: Millis) -> Self {
        Self { events: Vec::new(), last_round, round_at: None }
    }

    pub(crate) fn push(&mut self, event: &Event) {
        self.events.push(Waiting { seq: event.seq, json: encode(event) });
    }

    pub(crate) fn waits(&self) -> bool {
        !self.events.is_empty()
    }

    /// When the next round is, now that there is something to send in it. It does not move once it is fixed, and is
    /// never farther off than the window, whatever the clock did.
    pub(crate) fn schedule(&mut self, now: Millis, window_ms: u64) -> Millis {
        // A round that lies ahead was before the clock was put back: long ago.
        let next = if self.last_round > now { now } else { self.last_round.plus(window_ms).max(now) };
        *self.round_at.get_or_insert(next)
    }

    /// When the next round is, if anything waits for it.
    pub(crate) fn round_at(&self) -> Option<Millis> {
        self.round_at
    }

    /// Begins a round: what waited is the caller's now.
    pub(crate) fn begin_round(&mut self, now: Millis) -> Vec<Waiting> {
        self.last_round = now;
        self.round_at = None;
        std::mem::take(&mut self.events)
    }
}

/// `events` frames of at most 512 KiB, a mark included. Byte for byte what encoding the frame whole would give.
pub(crate) fn frames<'a>(events: impl Iterator<Item = &'a Waiting>) -> Vec<String> {
    let mut frames: Vec<String> = Vec::new();
    for Waiting { json, .. } in events {
        match frames.last_mut() {
            Some(frame) if frame.len().saturating_add(json.len()) < SERVER_FRAME_BYTES - MARK_ROOM => {
                frame.push(',');
                frame.push_str(json);
            }
            _ => frames.push(format!("{{\"type\":\"events\",\"events\":[{json}")),
        }
    }
    for frame in &mut frames {
        frame.push_str("]}");
    }
    frames
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use protocol::{EventKind, Member, MemberId, ServerFrame, decode_server};

    use super::*;

    fn event(seq: u64, text: &str) -> Event {
        let kind = EventKind::Message {
            text: Some(text.to_owned()),
            reply_to: None,
            mentions: Vec::new(),
            attachments: Vec::new(),
            redacted: false,
        };
        let by = Member { id: MemberId::parse("ada").expect("an id"), name: "Ada".to_owned() };
        Event { seq: Seq::try_new(seq).expect("a seq"), at: Millis(1), by, id: None, kind }
    }

    #[test]
    fn a_batch_is_what_encoding_its_frame_would_give() {
        let events = vec![event(1, "one"), event(2, "two \"quoted\"")];
        let mut batch = Batch::new(Millis(0));
        events.iter().for_each(|event| batch.push(event));
        let frames = frames(batch.begin_round(Millis(0)).iter());
        assert_eq!(frames, vec![encode(&ServerFrame::Events { events })]);
    }

    #[test]
    fn a_large_batch_is_split_below_512_kib_and_loses_nothing() {
        let text = "x".repeat(4_000);
        let mut batch = Batch::new(Millis(0));
        (1..=300).for_each(|seq| batch.push(&event(seq, &text)));
        let frames = frames(batch.begin_round(Millis(0)).iter());
        assert_eq!(frames.len(), 3);
        let mut seqs = Vec::new();
        for frame in &frames {
            assert!(frame.len() + MARK_ROOM <= SERVER_FRAME_BYTES);
            let Some(received) = decode_server(frame) else { panic!("a frame") };
            let ServerFrame::Events { events } = received.frame else { panic!("events") };
            seqs.extend(events.iter().map(|event| event.seq.value()));
        }
        assert_eq!(seqs, (1..=300).collect::<Vec<_>>());
    }

    #[test]
    fn the_window_grows_with_the_sockets_and_ends_at_50_ms() {
        let windows = [0, 9, 10, 200, 500, 501, 32_768].map(window_ms);
        assert_eq!(windows, [0, 0, 1, 20, 50, 50, 50]);
    }

    #[test]
    fn a_quiet_room_sends_at_once_and_a_busy_one_at_the_end_of_its_window() {
        let mut batch = Batch::new(Millis(1_000));
        assert_eq!(batch.schedule(Millis(1_020), 20), Millis(1_020));
        batch.begin_round(Millis(1_020));
        assert_eq!(batch.schedule(Millis(1_025), 20), Millis(1_040));
        assert_eq!(batch.schedule(Millis(1_039), 20), Millis(1_040));
    }

    #[test]
    fn a_clock_that_is_put_back_holds_no_round_up() {
        let mut batch = Batch::new(Millis(9_000_000));
        assert_eq!(batch.schedule(Millis(1_000), 20), Millis(1_000));
    }
}
