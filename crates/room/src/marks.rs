//! Marks: how a room notices that a session does not read what it is sent.
//!
//! A frame that crosses 64 KiB since the last mark bears one; the session returns it once it has worked the frame in.
//! Not here: sending. None of this survives a restore, and it need not: the accounting starts anew, and marks from
//! before are not known any more, so their return changes nothing.

use std::collections::VecDeque;

use protocol::{
    Millis,
    limits::{MARK_BYTES, UNREAD_BYTES, UNREAD_MS},
};

/// Makes marks: SplitMix64 over a seed. They must differ and not be guessed by accident; no secret hangs on them.
#[derive(Debug)]
pub(crate) struct Marks(u64);

impl Marks {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn mint(&mut self) -> String {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        format!("{:016x}", mixed ^ (mixed >> 31))
    }
}

/// What one session was sent and is known to have read.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    /// Bytes since the beginning.
    sent: usize,
    /// `sent` at the last mark.
    marked: usize,
    /// `sent` at the last mark that came back.
    read: usize,
    /// Marks on their way, the oldest first.
    outstanding: VecDeque<Outstanding>,
}

#[derive(Debug)]
struct Outstanding {
    mark: String,
    /// `Wire::sent` with the frame that bore it.
    position: usize,
    sent_at: Millis,
}

/// How a frame goes to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passage {
    /// As it is.
    Plain,
    /// With a mark.
    Marked,
    /// Not at all: the session does not read.
    Slow,
}

impl Wire {
    /// How a frame of `bytes` would go out now.
    pub(crate) fn passage(&self, bytes: usize, now: Millis) -> Passage {
        let sent = self.sent.saturating_add(bytes);
        let oldest = self.outstanding.front().map_or(now, |oldest| oldest.sent_at);
        if sent.saturating_sub(self.read) > UNREAD_BYTES || now.since(oldest) > UNREAD_MS {
            Passage::Slow
        } else if sent.saturating_sub(self.marked) >= MARK_BYTES {
            Passage::Marked
        } else {
            Passage::Plain
        }
    }

    /// A frame without a mark goes out.
    pub(crate) fn send(&mut self, bytes: usize) {
        self.sent = self.sent.saturating_add(bytes);
    }

    /// A frame with a mark goes out.
    pub(crate) fn send_marked(&mut self, bytes: usize, mark: &str, now: Millis) {
        self.send(bytes);
        self.marked = self.sent;
        self.outstanding.push_back(Outstanding { mark: mark.to_owned(), position: self.sent, sent_at: now });
    }

    /// A mark came back, and with it all before it: frames arrive in order.
    pub(crate) fn returned(&mut self, mark: &str) {
        let Some(index) = self.outstanding.iter().position(|outstanding| outstanding.mark == mark) else {
            return;
        };
        if let Some(last) = self.outstanding.drain(..=index).next_back() {
            self.read = last.position;
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const NOW: Millis = Millis(1_000_000);

    #[test]
    fn the_frame_that_reaches_64_kib_bears_the_mark() {
        let mut wire = Wire::default();
        wire.send(MARK_BYTES - 100);
        assert_eq!(wire.passage(99, NOW), Passage::Plain);
        assert_eq!(wire.passage(100, NOW), Passage::Marked);
    }

    #[test]
    fn a_session_may_leave_1_mib_unread_and_not_a_byte_more() {
        let mut wire = Wire::default();
        wire.send_marked(MARK_BYTES, "first", NOW);
        wire.send_marked(UNREAD_BYTES - MARK_BYTES, "second", NOW);
        assert_eq!(wire.passage(1, NOW), Passage::Slow);
        wire.returned("first");
        assert_eq!(wire.passage(MARK_BYTES, NOW), Passage::Marked);
        assert_eq!(wire.passage(MARK_BYTES + 1, NOW), Passage::Slow);
    }

    #[test]
    fn a_mark_may_stay_out_for_30_s_while_there_is_more_to_send() {
        let mut wire = Wire::default();
        wire.send_marked(MARK_BYTES, "first", NOW);
        assert_eq!(wire.passage(1, NOW.plus(UNREAD_MS)), Passage::Plain);
        assert_eq!(wire.passage(1, NOW.plus(UNREAD_MS + 1)), Passage::Slow);
    }

    #[test]
    fn a_later_mark_returns_those_before_it_and_an_unknown_one_nothing() {
        let mut wire = Wire::default();
        wire.send_marked(MARK_BYTES, "first", NOW);
        wire.send_marked(MARK_BYTES, "second", NOW);
        wire.returned("of another life");
        assert_eq!(wire.read, 0);
        wire.returned("second");
        assert_eq!(wire.read, 2 * MARK_BYTES);
        wire.returned("first");
        assert_eq!(wire.read, 2 * MARK_BYTES);
    }

    #[test]
    fn marks_differ_and_follow_from_the_seed() {
        let (mut one, mut other) = (Marks::seeded(7), Marks::seeded(7));
        let first = one.mint();
        assert_eq!(first, other.mint());
        assert_ne!(first, one.mint());
    }
}
