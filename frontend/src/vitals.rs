//! What is told of how the page fares, decided: which figures, when, and from which of the browser's entries.
//!
//! Not here: the browser; `observer` feeds this and `beacon` sends what comes out. Invariant: it tells once a minute at most, nothing
//! twice, and nothing at all when nothing was measured.

use std::fmt::{self, Display, Write as _};

use client::Measurements;
use protocol::{
    Millis,
    http::{ClientMetrics, Measured, Shift},
};

/// The shortest time between two beacons: the server takes no more.
const EVERY_MS: u64 = 60_000;
/// Shifts that come closer than this belong together.
const SHIFTS_APART_MS: f64 = 1_000.0;
/// The longest that shifts can belong together.
const SHIFTS_TOGETHER_MS: f64 = 5_000.0;
/// One slow interaction of so many is let pass: everybody has one.
const FORGIVEN_OF: usize = 50;
/// The slowest interactions that are kept: enough for 500 of them.
const SLOWEST: usize = 10;

/// When a page may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Time has passed.
    Passing,
    /// The person turns away, perhaps for good: what is measured until then is complete.
    Leaving,
}

/// How a page fares.
#[derive(Debug, Default)]
pub struct Vitals {
    page_load_ms: Option<f64>,
    first_message: FirstMessage,
    lcp_ms: Option<f64>,
    interactions: Interactions,
    shifts: Shifts,
    /// When it was first asked.
    began_at: Option<Millis>,
    told_at: Option<Millis>,
}

/// The first message on the screen counts once.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum FirstMessage {
    #[default]
    Awaited,
    Seen(f64),
    Told,
}

/// The slowest interactions, the slowest first, each by the number that the browser gave it.
#[derive(Debug, Default)]
struct Interactions {
    slowest: Vec<(f64, f64)>,
    latest: f64,
    count: usize,
}

/// Shifts of the layout: the sum of those that belong together, and the largest such sum.
#[derive(Debug, Default)]
struct Shifts {
    largest: Option<f64>,
    together: f64,
    began_at: f64,
    last_at: f64,
}

impl Vitals {
    /// The page is loaded, so long after the navigation began.
    pub const fn loaded(&mut self, after_ms: f64) {
        self.page_load_ms = Some(after_ms);
    }

    /// A message is on the screen.
    pub fn message_shown(&mut self, after_ms: f64) {
        if self.first_message == FirstMessage::Awaited {
            self.first_message = FirstMessage::Seen(after_ms);
        }
    }

    /// The largest thing so far was painted.
    pub const fn painted(&mut self, after_ms: f64) {
        self.lcp_ms = Some(after_ms);
    }

    /// An event of the interaction `number` took so long until the next paint. Numbers grow; 0 is none.
    pub fn interacted(&mut self, number: f64, took_ms: f64) {
        if number > self.interactions.latest {
            self.interactions.latest = number;
            self.interactions.count += 1;
        }
        self.interactions.keep(number, took_ms);
    }

    /// The layout shifted by itself.
    pub fn shifted(&mut self, at_ms: f64, by: f64) {
        self.shifts.add(at_ms, by);
    }

    /// What to tell now, if it is time and there is something. `client` is asked only then.
    pub fn tell(
        &mut self,
        moment: Moment,
        now: Millis,
        client: impl FnOnce() -> Measurements,
    ) -> Option<ClientMetrics> {
        let began_at = *self.began_at.get_or_insert(now);
        let waits_since = match moment {
            Moment::Passing => self.told_at.or(Some(began_at)),
            Moment::Leaving => self.told_at,
        };
        if waits_since.is_some_and(|at| now.since(at) < EVERY_MS) {
            return None;
        }
        let told = self.take(moment, client());
        let anything = told != ClientMetrics::default();
        anything.then(|| {
            self.told_at = Some(now);
            told
        })
    }

    fn take(&mut self, moment: Moment, client: Measurements) -> ClientMetrics {
        let samples = |all: Vec<u64>| all.into_iter().filter_map(|ms| Measured::new(ms as f64)).collect();
        let (inp, cls) = match moment {
            Moment::Passing => (None, None),
            Moment::Leaving => {
                (std::mem::take(&mut self.interactions).worst(), std::mem::take(&mut self.shifts).largest)
            }
        };
        ClientMetrics {
            page_load_ms: self.page_load_ms.take().and_then(Measured::new),
            first_message_ms: self.first_message.take().and_then(Measured::new),
            lcp_ms: self.lcp_ms.take().and_then(Measured::new),
            inp_ms: inp.and_then(Measured::new),
            cls: cls.and_then(Shift::new),
            reconnects: client.reconnects,
            acks_ms: samples(client.acks_ms),
            deliveries_ms: samples(client.deliveries_ms),
        }
    }
}

impl FirstMessage {
    fn take(&mut self) -> Option<f64> {
        let Self::Seen(after_ms) = *self else { return None };
        *self = Self::Told;
        Some(after_ms)
    }
}

impl Interactions {
    /// An interaction has several events: the longest is its own.
    fn keep(&mut self, number: f64, took_ms: f64) {
        let known = self.slowest.iter().position(|(other, _)| *other == number);
        let before_ms = known.map(|place| self.slowest.remove(place).1);
        let took_ms = before_ms.map_or(took_ms, |before_ms| before_ms.max(took_ms));
        let faster = self.slowest.iter().position(|(_, other_ms)| *other_ms < took_ms);
        self.slowest.insert(faster.unwrap_or(self.slowest.len()), (number, took_ms));
        self.slowest.truncate(SLOWEST);
    }

    fn worst(&self) -> Option<f64> {
        let forgiven = (self.count / FORGIVEN_OF).min(self.slowest.len().saturating_sub(1));
        self.slowest.get(forgiven).map(|(_, took_ms)| *took_ms)
    }
}

impl Shifts {
    fn add(&mut self, at_ms: f64, by: f64) {
        let belongs = self.largest.is_some()
            && at_ms - self.last_at < SHIFTS_APART_MS
            && at_ms - self.began_at < SHIFTS_TOGETHER_MS;
        if !belongs {
            self.together = 0.0;
            self.began_at = at_ms;
        }
        self.together += by;
        self.last_at = at_ms;
        self.largest = Some(self.largest.unwrap_or_default().max(self.together));
    }
}

/// The body of a beacon, as serde reads it: a test holds it to that. Written by hand, since derived code is much larger.
#[must_use]
pub fn body(told: &ClientMetrics) -> String {
    let mut body = format!("{{\"reconnects\":{}", told.reconnects);
    let mut add = |name: &str, value: &dyn Display| {
        // Writing to a String cannot fail.
        let _ = write!(body, ",\"{name}\":{value}");
    };
    let once = [
        ("page_load_ms", told.page_load_ms),
        ("first_message_ms", told.first_message_ms),
        ("lcp_ms", told.lcp_ms),
        ("inp_ms", told.inp_ms),
    ];
    for (name, ms) in once {
        if let Some(ms) = ms {
            add(name, &ms.ms());
        }
    }
    if let Some(shift) = told.cls.map(Shift::millionths) {
        add("cls", &format_args!("{}.{:06}", shift / 1_000_000, shift % 1_000_000));
    }
    add("acks_ms", &List(&told.acks_ms));
    add("deliveries_ms", &List(&told.deliveries_ms));
    body.push('}');
    body
}

/// Samples as JSON.
struct List<'a>(&'a [Measured]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('[')?;
        for (place, sample) in self.0.iter().enumerate() {
            let between = if place == 0 { "" } else { "," };
            write!(f, "{between}{}", sample.ms())?;
        }
        f.write_char(']')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing() -> Measurements {
        Measurements::default()
    }

    fn ms(told: Option<Measured>) -> Option<u32> {
        told.map(Measured::ms)
    }

    fn left(vitals: &mut Vitals) -> ClientMetrics {
        vitals.tell(Moment::Leaving, Millis(0), nothing).expect("something to tell")
    }

    #[test]
    fn a_page_tells_once_a_minute_and_nothing_twice() {
        let mut vitals = Vitals::default();
        vitals.loaded(800.4);
        vitals.message_shown(900.0);
        assert_eq!(vitals.tell(Moment::Passing, Millis(1_000), nothing), None, "the first minute begins");
        assert_eq!(vitals.tell(Moment::Passing, Millis(60_999), nothing), None);

        let told = vitals.tell(Moment::Passing, Millis(61_000), nothing).unwrap();
        assert_eq!((ms(told.page_load_ms), ms(told.first_message_ms)), (Some(800), Some(900)));

        vitals.message_shown(70_000.0);
        assert_eq!(vitals.tell(Moment::Leaving, Millis(200_000), nothing), None, "nothing is new");
    }

    #[test]
    fn a_page_that_is_left_in_its_first_minute_tells_then() {
        let mut vitals = Vitals::default();
        assert_eq!(vitals.tell(Moment::Passing, Millis(0), nothing), None);
        vitals.painted(1_200.0);
        assert_eq!(ms(left(&mut vitals).lcp_ms), Some(1_200));
    }

    #[test]
    fn what_the_client_measured_goes_along_and_stays_with_it_until_then() {
        let mut vitals = Vitals::default();
        let measured = || Measurements { acks_ms: vec![12], deliveries_ms: vec![700_000, 5], reconnects: 2 };
        assert_eq!(vitals.tell(Moment::Passing, Millis(0), || unreachable!("it is not time")), None);
        let told = vitals.tell(Moment::Passing, Millis(60_000), measured).unwrap();
        assert_eq!((told.reconnects, told.acks_ms.len()), (2, 1));
        assert_eq!(told.deliveries_ms, [Measured::new(5.0).unwrap()], "eleven minutes are no delivery");
    }

    #[test]
    fn the_worst_interaction_is_told_and_one_in_fifty_is_forgiven() {
        let mut vitals = Vitals::default();
        vitals.interacted(7.0, 120.0);
        vitals.interacted(7.0, 300.0);
        vitals.interacted(14.0, 80.0);
        assert_eq!(ms(left(&mut vitals).inp_ms), Some(300), "the longest event of an interaction is its own");

        let mut vitals = Vitals::default();
        for number in 1..=50_u32 {
            vitals.interacted(f64::from(number), f64::from(number));
        }
        assert_eq!(ms(left(&mut vitals).inp_ms), Some(49));
    }

    #[test]
    fn shifts_that_come_close_together_are_summed() {
        let mut vitals = Vitals::default();
        for at in [0.0, 900.0, 1_800.0] {
            vitals.shifted(at, 0.01);
        }
        vitals.shifted(9_000.0, 0.02);
        let told = left(&mut vitals);
        assert_eq!(told.cls.map(Shift::millionths), Some(30_000));
    }

    #[test]
    fn shifts_belong_together_for_five_seconds_at_most() {
        let mut vitals = Vitals::default();
        for tenth in 0..100 {
            vitals.shifted(f64::from(tenth) * 100.0, 0.001);
        }
        assert_eq!(left(&mut vitals).cls.map(Shift::millionths), Some(50_000));
    }

    #[test]
    fn the_body_is_what_serde_reads() {
        let full = ClientMetrics {
            page_load_ms: Measured::new(1.0),
            first_message_ms: Measured::new(2.0),
            lcp_ms: Measured::new(3.0),
            inp_ms: Measured::new(4.0),
            cls: Shift::new(1.012_345),
            reconnects: 5,
            acks_ms: vec![Measured::new(6.0).unwrap(), Measured::new(7.0).unwrap()],
            deliveries_ms: vec![Measured::new(8.0).unwrap()],
        };
        for told in [full, ClientMetrics::default()] {
            assert_eq!(serde_json::from_str::<ClientMetrics>(&body(&told)).unwrap(), told);
        }
    }

    #[test]
    fn interactions_and_shifts_wait_until_the_page_is_left() {
        let mut vitals = Vitals::default();
        vitals.shifted(1.0, 0.1);
        vitals.interacted(1.0, 50.0);
        vitals.began_at = Some(Millis(0));
        assert_eq!(vitals.tell(Moment::Passing, Millis(60_000), nothing), None);
        assert!(vitals.tell(Moment::Leaving, Millis(60_000), nothing).is_some());
    }
}
