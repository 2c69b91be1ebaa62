//! How often a room is drawn anew while much is said in it.
//!
//! Not here: drawing, and timers. A token bucket, kept as the instant at which it is full again (the generic cell rate algorithm):
//! what happens now and then is drawn at once, and a room in which more is said than anybody reads is drawn so many times a second and
//! no more, so that what the reader types never stands in a queue behind it.

use protocol::Millis;

/// Draws that may follow upon each other: a message of one's own is one or two, a room that opens some more.
const BURST: u64 = 6;
/// From then on one is due so often.
const EVERY_MS: u64 = 100;

/// Whether the reader could see a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// The page is in view.
    Shown,
    /// It is not: then only its title, its icon and notifications count, and its browser holds timers back.
    Hidden,
}

/// When a change is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// At once.
    Now,
    /// In so many milliseconds, with all that has changed by then.
    In(u32),
    /// With the draw that is due already.
    Then,
}

/// When a room was drawn, as far as that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    full_at: Millis,
    is_due: bool,
}

impl Pace {
    /// Something has changed. `now` is the shell's wall clock, which may step.
    pub fn changed(&mut self, now: Millis, sight: Sight) -> Draw {
        let wait_ms = self.fill_ms(now).saturating_sub((BURST - 1) * EVERY_MS);
        if wait_ms == 0 || sight == Sight::Hidden {
            return Draw::Now;
        }
        if std::mem::replace(&mut self.is_due, true) {
            return Draw::Then;
        }
        Draw::In(u32::try_from(wait_ms).unwrap_or(u32::MAX))
    }

    /// It is drawn now; nothing is due any more.
    pub fn drawn(&mut self, now: Millis) {
        let fill_ms = self.fill_ms(now).saturating_add(EVERY_MS).min(BURST * EVERY_MS);
        (self.full_at, self.is_due) = (now.plus(fill_ms), false);
    }

    /// How long the bucket takes to fill. A clock that was set back makes nobody wait for it to come round again.
    fn fill_ms(&self, now: Millis) -> u64 {
        self.full_at.since(now).min(BURST * EVERY_MS)
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// How often a room is drawn in which something happens at each of these instants.
    fn draws(changes: impl Iterator<Item = u64>, sight: Sight) -> usize {
        let (mut pace, mut due, mut draws) = (Pace::default(), None, 0);
        for at in changes.map(Millis) {
            if let Some(then) = due.take_if(|then| *then <= at) {
                pace.drawn(then);
                draws += 1;
            }
            match pace.changed(at, sight) {
                Draw::Now => {
                    pace.drawn(at);
                    draws += 1;
                }
                Draw::In(ms) => due = Some(at.plus(u64::from(ms))),
                Draw::Then => assert!(due.is_some()),
            }
        }
        draws
    }

    #[test]
    fn what_happens_now_and_then_is_drawn_at_once() {
        let now_and_then = (0..100).map(|turn| 1_000 + turn * 150);
        assert_eq!(draws(now_and_then, Sight::Shown), 100);
    }

    #[test]
    fn a_busy_room_is_drawn_ten_times_a_second() {
        let ten_seconds = (0..1_000).map(|turn| 1_000 + turn * 10);
        assert!((100..110).contains(&draws(ten_seconds, Sight::Shown)));
    }

    #[test]
    fn a_page_that_nobody_sees_waits_for_no_timer() {
        let ten_seconds = (0..1_000).map(|turn| 1_000 + turn * 10);
        assert_eq!(draws(ten_seconds, Sight::Hidden), 1_000);
    }

    #[test]
    fn a_clock_that_is_set_back_holds_no_draw_back() {
        let mut pace = Pace::default();
        for _ in 0..BURST {
            pace.drawn(Millis(1_000_000));
        }
        assert_eq!(pace.changed(Millis(5), Sight::Shown), Draw::In(100));
        assert_eq!(pace.changed(Millis(6), Sight::Shown), Draw::Then);
        pace.drawn(Millis(105));
        assert_eq!(pace.changed(Millis(306), Sight::Shown), Draw::Now);
    }
}
