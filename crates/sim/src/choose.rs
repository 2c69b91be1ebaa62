//! Which steps a seed makes. Each run has its own temper: some faults are left out of it, so that others get room.

use crate::{
    action::{Action, Deed, Mishap, PlainDeed, Side, Step, Wording},
    chance::{Chance, mix_of},
    device::DEVICES,
    script::Script,
};

/// The script of a seed.
#[must_use]
pub fn script(seed: u64, steps: usize) -> Script {
    let mut chance = Chance::new(mix_of(seed, 0));
    let temper = Temper::of(&mut chance);
    let log = chance.pick(&[(12, 0), (3, 70), (1, 130)]);
    let crowd = chance.pick(&[(15, 0), (1, 24)]);
    let keeps = chance.pick(&[(4, 0), (1, 1)]);
    let temper = Temper { keeps, ..temper };
    let steps = (0..steps).map(|_| temper.step(&mut chance)).collect();
    Script { seed, log, crowd, keeps, steps }
}

/// What a run is like: how fast, how much is said, and how often what happens.
struct Temper {
    /// How often a message is as long as it may be, in a hundred.
    long: u64,
    /// How many days the room keeps what is written; 0 for ever.
    keeps: u32,
    waits: [(u64, (u64, u64)); 4],
    kinds: Vec<(u64, Kind)>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Write,
    Change,
    Look,
    Leave,
    Socket,
    Link,
    Odd,
    Moderate,
    Disk,
    Reads,
    Crash,
    Clock,
    Page,
    SignIn,
}

impl Temper {
    fn of(chance: &mut Chance) -> Self {
        let waits = match chance.below(4) {
            0 => [(60, (0, 10)), (30, (10, 200)), (9, (200, 3_000)), (1, (3_000, 20_000))],
            1 => [(10, (0, 20)), (40, (20, 500)), (45, (500, 8_000)), (5, (8_000, 100_000))],
            _ => [(30, (0, 20)), (40, (20, 800)), (27, (800, 8_000)), (3, (8_000, 60_000))],
        };
        let mut kinds = vec![(30, Kind::Write), (20, Kind::Change), (10, Kind::Look)];
        let faults = [
            (5, Kind::Leave),
            (12, Kind::Socket),
            (8, Kind::Link),
            (7, Kind::Odd),
            (5, Kind::Moderate),
            (10, Kind::Disk),
            (3, Kind::Reads),
            (4, Kind::Crash),
            (4, Kind::Clock),
            (8, Kind::Page),
            (3, Kind::SignIn),
        ];
        // Reading fails in a third of the runs alone: such runs cannot show that hibernation is invisible.
        kinds.extend(faults.into_iter().filter(|(_, kind)| match kind {
            Kind::Reads => chance.below(3) == 0,
            _ => chance.below(3) > 0,
        }));
        let long = chance.pick(&[(15, 1), (1, 40)]);
        Self { long, keeps: 0, waits, kinds }
    }

    fn step(&self, chance: &mut Chance) -> Step {
        let (first, last) = chance.pick(&self.waits);
        Step { after_ms: chance.between(first, last), action: self.action(chance) }
    }

    fn action(&self, chance: &mut Chance) -> Action {
        let deed = match chance.pick(&self.kinds) {
            Kind::Write => write(chance, self.long),
            Kind::Change => change(chance),
            Kind::Look => look(chance),
            Kind::Leave => plain(chance, &[(1, PlainDeed::GoOffline), (2, PlainDeed::GoOnline)]),
            Kind::Socket => socket(chance),
            Kind::Link => link(chance),
            Kind::Odd => odd(chance),
            Kind::Moderate => moderate(chance),
            Kind::Page => page(chance),
            Kind::SignIn => sign_in(chance),
            Kind::Disk => return Action::Room(disk(chance)),
            Kind::Reads => return Action::Room(Mishap::FailReads(chance.pick(&[(6, 1), (2, 2), (1, 12)]))),
            Kind::Crash => return Action::Room(chance.pick(&[(1, Mishap::Crash), (1, Mishap::Evict)])),
            Kind::Clock if self.keeps > 0 && chance.below(2) == 0 => {
                return Action::Room(Mishap::StepClock(days(chance)));
            }
            Kind::Clock if chance.below(3) == 0 => return Action::Room(Mishap::StepClock(clock(chance))),
            Kind::Clock => Deed::StepClock(clock(chance)),
        };
        Action::Device(who(chance), deed)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "there are four devices")]
fn who(chance: &mut Chance) -> usize {
    chance.below(DEVICES.len() as u64) as usize
}

fn plain(chance: &mut Chance, deeds: &[(u64, PlainDeed)]) -> Deed {
    Deed::Plain(chance.pick(deeds))
}

fn write(chance: &mut Chance, long: u64) -> Deed {
    let text = if chance.below(100) < long { Wording::Longest } else { wording(chance) };
    match chance.below(10) {
        0..=5 => Deed::Send(text),
        6 | 7 => Deed::Reply(chance.below(8), text),
        8 => Deed::Post(text),
        _ => plain(chance, &[(1, PlainDeed::Repost)]),
    }
}

fn wording(chance: &mut Chance) -> Wording {
    chance.pick(&[
        (80, Wording::Plain),
        (4, Wording::Same),
        (5, Wording::Odd),
        (5, Wording::Mention),
        (1, Wording::TooLong),
        (1, Wording::Blank),
    ])
}

fn change(chance: &mut Chance) -> Deed {
    match chance.below(10) {
        0..=2 => Deed::Edit(
            chance.below(6),
            chance.pick(&[(4, Wording::Plain), (2, Wording::Same), (1, Wording::Odd)]),
        ),
        3 | 4 => Deed::Delete(chance.below(6)),
        _ => {
            let side = chance.pick(&[(2, Side::On), (1, Side::Off)]);
            Deed::React(chance.below(6), chance.pick(&[(9, 0), (3, 1), (1, 2)]), side)
        }
    }
}

fn look(chance: &mut Chance) -> Deed {
    plain(
        chance,
        &[
            (4, PlainDeed::Read),
            (4, PlainDeed::Type),
            (2, PlainDeed::Leave),
            (2, PlainDeed::Return),
            (3, PlainDeed::ScrollUp),
            (2, PlainDeed::FillGap),
            (2, PlainDeed::Retry),
            (1, PlainDeed::Discard),
            (2, PlainDeed::Hurry),
        ],
    )
}

fn moderate(chance: &mut Chance) -> Deed {
    plain(
        chance,
        &[
            (4, PlainDeed::Pin),
            (2, PlainDeed::Unpin),
            (1, PlainDeed::Kick),
            (2, PlainDeed::Mute),
            (2, PlainDeed::Unmute),
        ],
    )
}

fn socket(chance: &mut Chance) -> Deed {
    plain(
        chance,
        &[
            (4, PlainDeed::Drop),
            (2, PlainDeed::Silence),
            (2, PlainDeed::HalfClose),
            (2, PlainDeed::Abandon),
            (2, PlainDeed::Hurry),
        ],
    )
}

fn link(chance: &mut Chance) -> Deed {
    match chance.below(8) {
        0 => Deed::Plain(PlainDeed::LinkDown),
        1 | 2 => Deed::Plain(PlainDeed::LinkUp),
        _ => {
            let range = chance.pick(&[(3, (0, 10)), (4, (10, 300)), (1, (300, 6_000))]);
            Deed::Delay(chance.between(range.0, range.1), chance.between(range.0, range.1))
        }
    }
}

fn odd(chance: &mut Chance) -> Deed {
    plain(
        chance,
        &[
            (3, PlainDeed::Repeat),
            (2, PlainDeed::Forge),
            (1, PlainDeed::BabbleText),
            (1, PlainDeed::BabbleType),
            (1, PlainDeed::BabbleFields),
            (1, PlainDeed::BabbleBinary),
            (2, PlainDeed::BabbleCursor),
        ],
    )
}

fn page(chance: &mut Chance) -> Deed {
    plain(chance, &[(2, PlainDeed::Reload), (2, PlainDeed::Freeze), (4, PlainDeed::Thaw)])
}

fn sign_in(chance: &mut Chance) -> Deed {
    plain(chance, &[(2, PlainDeed::Rename), (1, PlainDeed::SignOut), (2, PlainDeed::SignIn)])
}

fn disk(chance: &mut Chance) -> Mishap {
    match chance.below(8) {
        0 | 1 => Mishap::FailWrites(chance.pick(&[(4, 1), (2, 2), (1, 3), (1, 6)])),
        _ => Mishap::SlowDisk(chance.pick(&[(4, 0), (4, 5), (2, 80), (1, 1_500)])),
    }
}

fn clock(chance: &mut Chance) -> i64 {
    chance.pick(&[(2, 40), (2, -40), (2, 7_000), (2, -7_000), (1, 3_600_000), (1, -3_600_000)])
}

/// Time enough for a room that keeps a day to lose all that it had, or nearly.
fn days(chance: &mut Chance) -> i64 {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    chance.pick(&[(3, DAY_MS), (2, DAY_MS - 60_000), (1, 3_700_000), (1, -DAY_MS)])
}
