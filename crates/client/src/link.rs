//! The link: whether there is a socket, whether it lives, and when to try for another.
//!
//! Not here: what is said over it. Invariant: waits start anew only at `welcome`, never when a socket opens.

use protocol::{
    CloseCode, Comeback,
    limits::{ANSWER_MS, HEARTBEAT_MS, SPREAD_MS},
};

use crate::{
    backoff::{Backoff, Jitter},
    steady::{Clock, Steady},
    view::Connection,
};

/// No server can make a client ping more often than this.
const SHORTEST_BEAT_MS: u64 = 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nobody said start.
    Idle,
    /// Asked for a socket; `welcome` must be here by then.
    Opening { by: Steady },
    /// Had its `welcome`.
    Greeted,
    /// No socket; the next try is then.
    Waiting { until: Steady },
    /// No socket, and no network to try with.
    Offline,
    /// Told not to come back.
    Ended { code: u16 },
}

/// What the link wants done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    Nothing,
    Connect,
    Ping,
    /// The socket is as good as gone: close it and come back.
    Reconnect,
}

/// The way to the room.
#[derive(Debug)]
pub(crate) struct Link {
    phase: Phase,
    backoff: Backoff,
    beat_ms: u64,
    spread_ms: u64,
    /// A close was announced: whatever its code, it is a planned one.
    announced: bool,
    sent_at: Steady,
    heard_at: Steady,
}

impl Link {
    pub(crate) fn new() -> Self {
        Self {
            phase: Phase::Idle,
            backoff: Backoff::default(),
            beat_ms: HEARTBEAT_MS,
            spread_ms: SPREAD_MS,
            announced: false,
            sent_at: Steady::default(),
            heard_at: Steady::default(),
        }
    }

    /// Whether frames may go out: there is a socket that had its `welcome`.
    pub(crate) fn is_greeted(&self) -> bool {
        self.phase == Phase::Greeted
    }

    /// Whether there is a socket, or one was asked for.
    pub(crate) const fn has_socket(&self) -> bool {
        matches!(self.phase, Phase::Opening { .. } | Phase::Greeted)
    }

    /// A person or the shell wants a try now; true if one begins.
    pub(crate) fn try_now(&mut self, now: Steady) -> bool {
        let tries = !self.has_socket();
        if tries {
            self.begin(now);
        }
        tries
    }

    /// The network is back; true if a try begins. What has ended does not begin again by this.
    pub(crate) fn online(&mut self, now: Steady) -> bool {
        matches!(self.phase, Phase::Waiting { .. } | Phase::Offline) && self.try_now(now)
    }

    /// The network is gone; true if there was a socket to close.
    pub(crate) fn offline(&mut self) -> bool {
        let had_socket = self.has_socket();
        if had_socket || matches!(self.phase, Phase::Waiting { .. }) {
            self.phase = Phase::Offline;
        }
        had_socket
    }

    /// The socket is open: the server has its time for `welcome` from here.
    pub(crate) fn opened(&mut self, now: Steady) {
        if let Phase::Opening { by } = &mut self.phase {
            *by = now.plus(ANSWER_MS);
        }
    }

    /// `welcome` is here and makes sense.
    pub(crate) fn greeted(&mut self, beat_ms: u64, spread_ms: u64) {
        self.phase = Phase::Greeted;
        self.backoff.reset();
        self.beat_ms = beat_ms.max(SHORTEST_BEAT_MS);
        self.spread_ms = spread_ms;
    }

    /// `notice`: a close is coming.
    pub(crate) const fn announce(&mut self, spread_ms: u64) {
        self.announced = true;
        self.spread_ms = spread_ms;
    }

    pub(crate) const fn sent(&mut self, now: Steady) {
        self.sent_at = now;
    }

    pub(crate) const fn heard(&mut self, now: Steady) {
        self.heard_at = now;
    }

    /// The socket is gone; its code says whether and how to come back.
    pub(crate) fn closed(&mut self, code: u16, now: Steady, jitter: &mut Jitter) {
        let wait_ms = match (Comeback::after(code), self.announced) {
            (Comeback::Never, _) => {
                self.phase = Phase::Ended { code };
                return;
            }
            (Comeback::Spread, _) | (Comeback::WithWaits, true) => jitter.up_to(self.spread_ms),
            (Comeback::WithWaits, false) => self.backoff.next_ms(jitter),
        };
        self.phase = Phase::Waiting { until: now.plus(wait_ms) };
    }

    /// The socket is given up from this side.
    pub(crate) fn given_up(&mut self, now: Steady, jitter: &mut Jitter) {
        self.closed(CloseCode::Overloaded.code(), now, jitter);
    }

    /// There is no coming back, as after a close with this code.
    pub(crate) const fn end(&mut self, code: CloseCode) {
        self.phase = Phase::Ended { code: code.code() };
    }

    /// The next moment at which [`Link::due`] has something.
    pub(crate) fn deadline(&self) -> Option<Steady> {
        match self.phase {
            Phase::Opening { by } => Some(by),
            Phase::Greeted => Some(self.ping_at().min(self.dead_at())),
            Phase::Waiting { until } => Some(until),
            Phase::Idle | Phase::Offline | Phase::Ended { .. } => None,
        }
    }

    /// What is to be done by now. `Ping` stands until [`Link::sent`], `Connect` begins a try.
    pub(crate) fn due(&mut self, now: Steady) -> Due {
        match self.phase {
            Phase::Opening { by } if now >= by => Due::Reconnect,
            Phase::Greeted if now >= self.dead_at() => Due::Reconnect,
            Phase::Greeted if now >= self.ping_at() => Due::Ping,
            Phase::Waiting { until } if now >= until => {
                self.begin(now);
                Due::Connect
            }
            Phase::Idle
            | Phase::Opening { .. }
            | Phase::Greeted
            | Phase::Waiting { .. }
            | Phase::Offline
            | Phase::Ended { .. } => Due::Nothing,
        }
    }

    /// How it looks to a person; a room that is still catching up is not live yet.
    pub(crate) fn shown(&self, clock: &Clock, caught_up: bool) -> Connection {
        match self.phase {
            Phase::Greeted if caught_up => Connection::Live,
            Phase::Idle | Phase::Opening { .. } | Phase::Greeted => Connection::Connecting,
            Phase::Waiting { until } => Connection::Waiting { until: clock.wall_at(until) },
            Phase::Offline => Connection::Offline,
            Phase::Ended { code } => Connection::Ended { code },
        }
    }

    fn begin(&mut self, now: Steady) {
        self.phase = Phase::Opening { by: now.plus(ANSWER_MS) };
        self.announced = false;
        self.sent_at = now;
        self.heard_at = now;
    }

    const fn ping_at(&self) -> Steady {
        self.sent_at.plus(self.beat_ms)
    }

    /// 2½ beats without a frame.
    const fn dead_at(&self) -> Steady {
        self.heard_at.plus(self.beat_ms.saturating_mul(5) / 2)
    }
}
