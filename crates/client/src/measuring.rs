//! How a client fares: how long acks and deliveries take, and how often it had to come back.
//!
//! Not here: what becomes of it; a shell takes it when it wants to tell. Invariant: it holds a bounded, fair sample, however much
//! happens between two takes, and nothing that a client does depends on it.

use protocol::{CommandId, Event, Millis, limits::MEASURED_SAMPLES};

use crate::{backoff::Jitter, steady::Steady};

/// What was measured since it was last taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measurements {
    /// From a command's leaving to its ack over the same socket, in milliseconds: a sample, at most [`MEASURED_SAMPLES`].
    pub acks_ms: Vec<u64>,
    /// From an event's instant to its arrival, in milliseconds, by the server's clock: a sample, at most [`MEASURED_SAMPLES`].
    pub deliveries_ms: Vec<u64>,
    /// Times that a socket took the place of a lost one.
    pub reconnects: u32,
}

/// Keeps a few of many values, each with the same chance.
#[derive(Debug, Default)]
struct Sample {
    kept: Vec<u64>,
    seen: u64,
}

/// When the server's clock said what, by this client's own time.
#[derive(Debug, Clone, Copy)]
struct ServerClock {
    said: Millis,
    heard_at: Steady,
}

/// What a client measures.
#[derive(Debug)]
pub(crate) struct Measuring {
    jitter: Jitter,
    acks: Sample,
    deliveries: Sample,
    reconnects: u32,
    was_greeted: bool,
    /// The command that is on its way: there is never more than one.
    leaving: Option<(CommandId, Steady)>,
    quickest_ack_ms: Option<u64>,
    server: Option<ServerClock>,
}

impl Measuring {
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            // Waits have a draw of their own, so that measuring changes none of them.
            jitter: Jitter::new(!seed),
            acks: Sample::new(),
            deliveries: Sample::new(),
            reconnects: 0,
            was_greeted: false,
            leaving: None,
            quickest_ack_ms: None,
            server: None,
        }
    }

    /// A socket had its first `welcome`.
    pub(crate) const fn greeted(&mut self) {
        if self.was_greeted {
            self.reconnects = self.reconnects.saturating_add(1);
        }
        self.was_greeted = true;
    }

    /// A `welcome` said what time it is.
    pub(crate) const fn clock(&mut self, said: Millis, now: Steady) {
        self.server = Some(ServerClock { said, heard_at: now });
    }

    /// What the room's clock says now, as far as is known.
    pub(crate) fn server_now(&self, now: Steady) -> Option<Millis> {
        self.server.map(|server| server.said.plus(now.since(server.heard_at)))
    }

    /// A command goes out.
    pub(crate) fn sent(&mut self, id: CommandId, now: Steady) {
        self.leaving = Some((id, now));
    }

    /// No ack will come: the socket is gone, or the command was refused. What becomes of it later says nothing about a server's speed.
    pub(crate) fn given_up(&mut self) {
        self.leaving = None;
    }

    /// An ack came.
    pub(crate) fn acked(&mut self, id: &CommandId, now: Steady) {
        if let Some((_, left)) = self.leaving.take_if(|(leaving, _)| leaving == id) {
            let took_ms = now.since(left);
            self.acks.put(took_ms, &mut self.jitter);
            self.quickest_ack_ms =
                Some(self.quickest_ack_ms.map_or(took_ms, |quickest| quickest.min(took_ms)));
        }
    }

    /// An event arrived as it was fanned out. The `welcome` whose clock counts was on its way for a while itself: about half of the
    /// quickest ack. Before any ack that is not known, and the figure is that much too small.
    pub(crate) fn delivered(&mut self, event: &Event, now: Steady) {
        let Some(server) = self.server else { return };
        let on_its_way_ms = self.quickest_ack_ms.unwrap_or_default() / 2;
        let by_server = server.said.plus(now.since(server.heard_at)).plus(on_its_way_ms);
        self.deliveries.put(by_server.since(event.at), &mut self.jitter);
    }

    /// What was measured; from here on it begins anew.
    pub(crate) fn take(&mut self) -> Measurements {
        Measurements {
            acks_ms: std::mem::take(&mut self.acks).kept,
            deliveries_ms: std::mem::take(&mut self.deliveries).kept,
            reconnects: std::mem::take(&mut self.reconnects),
        }
    }
}

impl Sample {
    const fn new() -> Self {
        Self { kept: Vec::new(), seen: 0 }
    }

    fn put(&mut self, value: u64, jitter: &mut Jitter) {
        let place = usize::try_from(jitter.up_to(self.seen)).unwrap_or(usize::MAX);
        self.seen = self.seen.saturating_add(1);
        if self.kept.len() < MEASURED_SAMPLES {
            self.kept.push(value);
        } else if let Some(kept) = self.kept.get_mut(place) {
            *kept = value;
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_sample_is_bounded_and_takes_late_values_as_readily_as_early_ones() {
        let mut jitter = Jitter::new(3);
        let mut late = 0;
        for _ in 0..200 {
            let mut sample = Sample::new();
            (0..100).for_each(|value| sample.put(value, &mut jitter));
            assert_eq!(sample.kept.len(), MEASURED_SAMPLES);
            late += sample.kept.iter().filter(|value| **value >= 50).count();
        }
        // Half of 4,000, give or take six deviations of a fair draw.
        assert!((1_830..2_170).contains(&late), "{late} of 4,000 are late ones");
    }
}
