//! What the fan-out may cost, judged on one run of it with the peer beside it: counts that no noise can change, and the processor time of
//! the server against the peer's under the same load on the same machine. No wall-clock figure is judged: a busy machine breaks those.

use std::fmt;

/// What one stage did under the load, as far as a budget looks at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Messages that were sent.
    pub sent: u64,
    /// Messages that were acked.
    pub acked: u64,
    /// Messages that were refused.
    pub rejected: u64,
    /// Deliveries that had to come.
    pub expected: u64,
    /// Deliveries that came.
    pub delivered: u64,
    /// Deliveries that came out of order, twice, or behind a hole.
    pub out_of_order: u64,
    /// Sockets that ended before the load did.
    pub lost: u64,
    /// Processor time of the server for a delivery, in microseconds, where the system tells.
    pub cpu_us: Option<f64>,
}

/// The most that a delivery may cost, as a multiple of what it costs the peer, which stores nothing and sends every message by itself.
/// Ours stores and checks, and must earn that by its batches: it was found at 0.55 with 100 sockets and 200 messages a second, 0.83 at an
/// eighth of that load. A fan-out that has lost its batches is over 1.
const CPU_RATIO: f64 = 1.0;

/// A figure that is over its budget.
#[derive(Debug, Clone, PartialEq)]
pub enum Breach {
    /// Something that must be a count is another.
    Count {
        /// What was counted.
        what: &'static str,
        /// How many there were.
        found: u64,
        /// How many there must be.
        wanted: u64,
    },
    /// A delivery costs too much.
    Cpu {
        /// Times what it costs the peer.
        ratio: f64,
    },
}

/// Every breach of the budget; none if all is well. Where the system does not tell processor times, only counts are judged.
pub fn judge(ours: &Figures, peer: &Figures) -> Vec<Breach> {
    let counts = [
        ("messages acked", ours.acked, ours.sent),
        ("messages refused", ours.rejected, 0),
        ("deliveries", ours.delivered, ours.expected),
        ("deliveries out of order", ours.out_of_order, 0),
        ("sockets lost", ours.lost, 0),
    ];
    let counts = counts.into_iter().filter(|(_, found, wanted)| found != wanted);
    let mut breaches: Vec<_> =
        counts.map(|(what, found, wanted)| Breach::Count { what, found, wanted }).collect();
    if let Some(ratio) = ratio(ours, peer).filter(|ratio| *ratio > CPU_RATIO) {
        breaches.push(Breach::Cpu { ratio });
    }
    breaches
}

/// What a delivery costs, times what it costs the peer.
pub fn ratio(ours: &Figures, peer: &Figures) -> Option<f64> {
    Some(ours.cpu_us? / peer.cpu_us.filter(|cpu| *cpu > 0.0)?)
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { what, found, wanted } => write!(f, "{what}: {found}, not {wanted}"),
            Self::Cpu { ratio } => {
                write!(f, "a delivery costs {ratio:.2} times the peer's processor time, over {CPU_RATIO}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELL: Figures = Figures {
        sent: 100,
        acked: 100,
        rejected: 0,
        expected: 20_000,
        delivered: 20_000,
        out_of_order: 0,
        lost: 0,
        cpu_us: Some(10.0),
    };

    #[test]
    fn a_run_that_keeps_every_promise_at_the_peers_price_is_within_budget() {
        assert_eq!(judge(&WELL, &WELL), []);
    }

    #[test]
    fn one_delivery_too_few_is_a_breach() {
        let short = Figures { delivered: 19_999, ..WELL };
        let breach = Breach::Count { what: "deliveries", found: 19_999, wanted: 20_000 };
        assert_eq!(judge(&short, &WELL), [breach]);
    }

    #[test]
    fn every_count_is_judged() {
        let bad = Figures { acked: 99, rejected: 1, out_of_order: 1, lost: 1, ..WELL };
        assert_eq!(judge(&bad, &WELL).len(), 4);
    }

    #[test]
    fn the_price_is_judged_at_its_bound_and_just_over_it() {
        let at = |cpu: f64| judge(&Figures { cpu_us: Some(cpu), ..WELL }, &WELL).len();
        assert_eq!((at(10.0), at(10.1)), (0, 1));
    }

    #[test]
    fn where_no_processor_time_is_told_only_counts_are_judged() {
        assert_eq!(judge(&WELL, &Figures { cpu_us: None, ..WELL }), []);
        assert_eq!(judge(&Figures { cpu_us: None, lost: 1, ..WELL }, &WELL).len(), 1);
    }
}
