//! Frames that come close together are worked on together, each in a turn of its own: what they store is then one commit of the
//! object's, and one wait for the disk instead of one each.
//!
//! Not the room's batching, which is about what goes out. Invariant: frames leave in the order in which they came, and a quiet
//! room does not wait.

use std::rc::Rc;

use protocol::{Millis, SessionId};
use room::Payload;

use crate::limits::{GATHER_FRAMES, GATHER_MS};

/// A frame that waits for its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Whose.
    pub session: SessionId,
    /// The request that opened its socket.
    pub request_id: Option<Rc<str>>,
    /// What.
    pub payload: Payload,
}

/// When to work on what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Now.
    Now,
    /// Then.
    At(Millis),
}

/// The frames that wait.
#[derive(Debug, Default)]
pub struct Gather {
    waiting: Vec<Waiting>,
    taken_at: Millis,
}

impl Gather {
    /// A frame came.
    pub fn push(&mut self, frame: Waiting, now: Millis) -> When {
        self.waiting.push(frame);
        let at = self.taken_at.plus(GATHER_MS);
        // A clock that was put back must not make anybody wait longer.
        let soon = at > now && at <= now.plus(GATHER_MS);
        if soon && self.waiting.len() < GATHER_FRAMES { When::At(at) } else { When::Now }
    }

    /// All that wait, in order.
    pub fn take(&mut self, now: Millis) -> Vec<Waiting> {
        if !self.waiting.is_empty() {
            self.taken_at = now;
        }
        std::mem::take(&mut self.waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &str) -> Waiting {
        let session = SessionId::parse("a").unwrap();
        Waiting { session, request_id: None, payload: Payload::Text(text.to_owned()) }
    }

    #[test]
    fn a_frame_in_a_quiet_room_does_not_wait() {
        let mut gather = Gather::default();
        for now in [1_000, 1_000 + GATHER_MS, 5_000] {
            assert_eq!(gather.push(frame("hi"), Millis(now)), When::Now);
            assert_eq!(gather.take(Millis(now)), [frame("hi")]);
        }
    }

    #[test]
    fn frames_behind_another_wait_for_each_other_and_keep_their_order() {
        let mut gather = Gather::default();
        gather.push(frame("1"), Millis(1_000));
        gather.take(Millis(1_000));
        let at = When::At(Millis(1_000 + GATHER_MS));
        assert_eq!(gather.push(frame("2"), Millis(1_001)), at);
        assert_eq!(gather.push(frame("3"), Millis(1_000 + GATHER_MS - 1)), at);
        assert_eq!(gather.take(Millis(1_000 + GATHER_MS)), [frame("2"), frame("3")]);
    }

    #[test]
    fn no_more_than_its_limit_ever_wait() {
        let mut gather = Gather::default();
        gather.push(frame("first"), Millis(1_000));
        gather.take(Millis(1_000));
        let last = (0..GATHER_FRAMES).map(|_| gather.push(frame("x"), Millis(1_001))).last();
        assert_eq!(last, Some(When::Now));
    }

    #[test]
    fn a_clock_that_was_put_back_makes_nobody_wait() {
        let mut gather = Gather::default();
        gather.push(frame("x"), Millis(9_000));
        gather.take(Millis(9_000));
        assert_eq!(gather.push(frame("y"), Millis(1_000)), When::Now);
    }

    #[test]
    fn taking_nothing_does_not_make_the_next_frame_wait() {
        let mut gather = Gather::default();
        assert_eq!(gather.take(Millis(1_000)), []);
        assert_eq!(gather.push(frame("x"), Millis(1_001)), When::Now);
    }
}
