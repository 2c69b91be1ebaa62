//! A room of many messages in a made-up language whose words are as unevenly frequent as a real one's, and what it costs.

use std::{process::ExitCode, time::Instant};

use archive::{Anchor, Archive, Bounds, Change, Founding, Once, Search, Sql, Value, Words, native::Native};
use protocol::{
    CommandId, Epoch, Event, EventKind, Member, MemberId, Millis, RoomInfo, Seq, Slug,
    room::{Posting, RoomKind, Visibility},
};

const SEARCHED: u64 = 100_000;
const PAGED: u64 = 1_000_000;
const TURN: u64 = 5_000;
const SEARCHES: u64 = 700;
const PAGES: u64 = 2_000;
const SINGLE: u64 = 1_000;
const PAGE: Bounds = Bounds { count: 50, bytes: 512 * 1024 };
const HITS: Bounds = Bounds { count: 20, bytes: 512 * 1024 };

/// Bounds that the project promises, in milliseconds.
const SEARCH_P50_MS: f64 = 20.0;
const PAGE_P99_MS: f64 = 10.0;

/// Numbers that look random and are the same in every run (Knuth's multiplier, the upper bits).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// The n-th most frequent word is about n times rarer than the first: a uniform number of a uniform power of two.
    fn word(&mut self) -> String {
        let bits = 1 + self.below(14);
        word(self.below(1 << bits))
    }

    fn text(&mut self) -> String {
        let words: Vec<String> = (0..5 + self.below(15)).map(|_| self.word()).collect();
        words.join(" ")
    }
}

/// A word for a number, of two letters a digit.
fn word(mut number: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "za"];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[(number % 16) as usize]);
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}

pub fn run() -> ExitCode {
    let file = std::env::temp_dir().join(format!("edgewise-figures-{}.sqlite", std::process::id()));
    let database = Native::in_file(&file).expect("a file for the figures");
    let archive = Archive::open(&database).expect("an archive");
    archive.found(&founding()).expect("a room");
    let mut chance = Chance(7);

    fill(&archive, &mut chance, 1, SEARCHED);
    let (search_p50, search_p99) =
        report(&format!("search among {SEARCHED}"), searches(&archive, &mut chance));
    fill(&archive, &mut chance, SEARCHED + 1, PAGED);
    let (_, page_p99) = report(&format!("page around a seq among {PAGED}"), pages(&archive, &mut chance));
    report(&format!("search among {PAGED}"), searches(&archive, &mut chance));
    rows(&database, &archive, &mut chance);
    drop(std::fs::remove_file(file));

    let holds = search_p50 <= SEARCH_P50_MS && page_p99 <= PAGE_P99_MS;
    println!(
        "search p99 {search_p99:.2} ms; bounds: search p50 {SEARCH_P50_MS} ms, page p99 {PAGE_P99_MS} ms"
    );
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn fill(archive: &Archive<&Native>, chance: &mut Chance, first: u64, last: u64) {
    for begin in (first..=last).step_by(TURN as usize) {
        let end = last.min(begin + TURN - 1);
        let turn: Vec<Change> = (begin..=end).map(|seq| Change::Append(message(seq, chance))).collect();
        archive.commit(&turn).expect("a turn");
    }
}

fn searches(archive: &Archive<&Native>, chance: &mut Chance) -> Vec<f64> {
    let reader = member(0).id;
    let timed = |search: &Search| took_ms(|| drop(archive.search(search, &reader, HITS).expect("a search")));
    (0..SEARCHES)
        .map(|number| {
            let (one, other) = (chance.word(), chance.word());
            let typed = match number % 7 {
                0 => one,
                1 => format!("{one} {other}"),
                2 => format!("\"{one} {other}\""),
                3 => format!("{}*", one.get(..2).unwrap_or("ba")),
                4 => format!("{one}* {other}"),
                _ => one,
            };
            let author = (number % 7 == 5).then(|| member(chance.below(50)).id);
            let before_at = (number % 7 == 6).then(|| Millis(1_000 * (1 + chance.below(SEARCHED))));
            timed(&Search { words: Words::parse(&typed).ok(), author, before_at, ..Search::default() })
        })
        .collect()
}

fn pages(archive: &Archive<&Native>, chance: &mut Chance) -> Vec<f64> {
    let reader = member(0).id;
    let page = |seq| took_ms(|| drop(archive.messages(Anchor::Around(seq), &reader, PAGE).expect("a page")));
    (0..PAGES).map(|_| page(seq(1 + chance.below(PAGED)))).collect()
}

/// Rows by SQLite's own count of changes, each message in a commit of its own.
fn rows(database: &Native, archive: &Archive<&Native>, chance: &mut Chance) {
    let changes = || match database.query("SELECT total_changes()", &[]).expect("a count")[0][0] {
        Value::Integer(changes) => changes,
        Value::Null | Value::Text(_) | Value::Bytes(_) => unreachable!("a count is an integer"),
    };
    let before = changes();
    let all_ms = took_ms(|| {
        for number in 1..=SINGLE {
            let event = message(PAGED + number, chance);
            let id = CommandId::parse(&format!("c{number}")).expect("an id");
            let once =
                Once { member: event.by.id.clone(), id, digest: number, seq: Some(event.seq), at: event.at };
            archive.commit(&[Change::Append(event), Change::Remember(once)]).expect("a message");
        }
    });
    let each_ms = all_ms / SINGLE as f64;
    let each = (changes() - before) as f64 / SINGLE as f64;
    println!(
        "a message in a commit of its own: {each_ms:.2} ms, {each:.2} rows, those inside of the index too"
    );
}

#[expect(clippy::disallowed_methods, reason = "how long something takes is what is asked here")]
fn took_ms(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1_000.0
}

fn report(what: &str, mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms", at(0.5), at(0.99), at(1.0));
    (at(0.5), at(0.99))
}

fn message(at: u64, chance: &mut Chance) -> Event {
    let kind = EventKind::Message {
        text: Some(chance.text()),
        reply_to: (chance.below(10) == 0 && at > 1).then(|| seq(at - 1)),
        mentions: Vec::new(),
        attachments: Vec::new(),
        redacted: false,
    };
    Event { seq: seq(at), at: Millis(1_000 * at), by: member(chance.below(50)), id: None, kind }
}

fn member(number: u64) -> Member {
    let id = MemberId::parse(&format!("member-{number}")).expect("a member");
    Member { id, name: format!("Member {number}") }
}

fn seq(seq: u64) -> Seq {
    Seq::try_new(seq).expect("a seq")
}

fn founding() -> Founding {
    let info = RoomInfo {
        room: Slug::parse("lobby").expect("a slug"),
        title: "Lobby".to_owned(),
        topic: String::new(),
        visibility: Visibility::Public,
        kind: RoomKind::Public,
        slow_mode_ms: 0,
        retention_days: None,
        posting: Posting::Everyone,
        created_at: Millis(1),
    };
    Founding { info, epoch: Epoch::parse("e1").expect("an epoch"), owner: None }
}
