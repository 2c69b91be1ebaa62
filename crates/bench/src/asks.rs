//! Requests by HTTP, one after the other: how long a search and a page take in a large room, and whether the time of a refusal tells
//! a room that one may not know from one that never was.
//!
//! Each kind is asked in turn with the others, so that what else the machine does falls on all of them alike.

use std::{fmt, time::Duration};

use e2e::{
    Guest, Server,
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{RoomInfo, Slug, http::NewRoom, limits::IMPORT_EVENTS, room::Visibility};
use tokio::time::Instant;

use crate::spread::Spread;

/// Words that messages are made of; each message has seven of them.
const WORDS: [&str; 24] = [
    "amber", "bridge", "candle", "dune", "ember", "forest", "garden", "harbour", "island", "jungle",
    "kettle", "lantern", "meadow", "needle", "orchard", "pebble", "quarry", "river", "saddle", "timber",
    "umbrella", "valley", "window", "yarrow",
];

/// What came of it.
pub struct Outcome {
    title: String,
    timed: Timed,
}

/// Fills a room by imports, then searches it and asks for pages around places in it.
pub async fn large_room(messages: u32, asks: u32) -> Outcome {
    let server = Server::start(Limits::Off, Build::Shipped);
    let reader = Guest::sign_in(&server, "Reader").await;
    let room = reader.new_room().await;
    fill(&reader, &room, messages).await;
    let mut timed = Timed::default();
    for number in 0..asks {
        timed.ask(&reader, 200, &in_a_large_room(&room, messages, number)).await;
    }
    Outcome { title: format!("a room of {messages} messages, {asks} requests of each kind"), timed }
}

fn in_a_large_room(room: &Slug, messages: u32, number: u32) -> [(&'static str, String); 4] {
    let word = |n: u32| WORDS[n as usize % WORDS.len()];
    let around = u64::from(number) * 7_919 % u64::from(messages) + 1;
    let of_room = |rest: String| format!("/api/rooms/{room}/{rest}");
    [
        ("/healthz", "/healthz".to_owned()),
        ("search, two words", of_room(format!("search?q={}%20{}", word(number), word(number * 7 + 3)))),
        ("search, a beginning", of_room(format!("search?q={}", &word(number)[..2]))),
        ("page around a seq", of_room(format!("messages?around={around}&limit=50"))),
    ]
}

/// Asks for a private room as a stranger, and for rooms that never were.
pub async fn hidden_room(asks: u32) -> Outcome {
    let server = Server::start(Limits::Off, Build::Shipped);
    let (owner, stranger) = (Guest::sign_in(&server, "Ada").await, Guest::sign_in(&server, "Bob").await);
    let private = NewRoom {
        room: None,
        title: "Behind a door".to_owned(),
        visibility: Visibility::Private,
        topic: None,
        region: None,
    };
    let made = owner.ask(Method::POST, "/api/rooms").json(&private).answer().await;
    let hidden = made.json::<RoomInfo>(201).room.to_string();
    // Of the same form as a private room's, but for its last letter.
    let forged = format!("{}{}", &hidden[..hidden.len() - 1], if hidden.ends_with('a') { 'b' } else { 'a' });
    let kinds = [
        ("hidden", hidden),
        ("never was, same form", forged),
        ("never was, a word", "nobody-made-it".to_owned()),
    ];
    let kinds = kinds.map(|(name, slug)| (name, format!("/api/rooms/{slug}")));
    let mut timed = Timed::default();
    for _ in 0..asks {
        timed.ask(&stranger, 404, &kinds).await;
    }
    Outcome { title: format!("a room that one may not know, {asks} requests of each kind"), timed }
}

/// How long each kind of request takes.
#[derive(Default)]
struct Timed(Vec<(&'static str, Spread)>);

impl Timed {
    /// One of each kind, in turn.
    async fn ask(&mut self, guest: &Guest<'_>, status: u16, kinds: &[(&'static str, String)]) {
        for (name, path) in kinds {
            let started = Instant::now();
            let answer = guest.get(path).await;
            let took = started.elapsed();
            assert_eq!(answer.status, status, "{}", answer.text());
            self.of(name).add(took);
        }
    }

    fn of(&mut self, name: &'static str) -> &mut Spread {
        let place = self.0.iter().position(|(known, _)| *known == name).unwrap_or(self.0.len());
        if place == self.0.len() {
            self.0.push((name, Spread::new()));
        }
        &mut self.0[place].1
    }
}

async fn fill(owner: &Guest<'_>, room: &Slug, messages: u32) {
    let line = |seq: u32| {
        let words: Vec<&str> =
            (0..7).map(|n| WORDS[(seq as usize * 31 + n * n * 17 + n) % WORDS.len()]).collect();
        format!(
            r#"{{"seq":{seq},"at":{},"by":{{"id":"w{}","name":"Writer"}},"kind":"message","text":"{} {seq}"}}"#,
            1_600_000_000_000_u64 + u64::from(seq),
            seq % 40,
            words.join(" ")
        )
    };
    let seqs: Vec<u32> = (1..=messages).collect();
    for piece in seqs.chunks(IMPORT_EVENTS) {
        let lines: Vec<String> = piece.iter().map(|seq| line(*seq)).collect();
        let path = format!("/api/rooms/{room}/import");
        let answer = owner.ask(Method::POST, path).text(lines.join("\n")).answer().await;
        assert_eq!(answer.status, 204, "{}", answer.text());
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        let ms = |duration: Duration| format!("{:.1} ms", duration.as_secs_f64() * 1_000.0);
        self.timed.0.iter().try_for_each(|(name, spread)| {
            let (p50, p99) = (spread.percentile(50), spread.percentile(99));
            write!(f, "\n  {name:<22} p50, p99  {}, {}", ms(p50), ms(p99))
        })
    }
}
