//! Anything that a server can send, into a client: it never panics, its rows can always be drawn, and what it sends is a frame.
//!
//! The input is lines: `+` a socket opens; `-4000` it closes with that code; `~500` lets so many milliseconds pass; `=text` the person
//! sends a message; anything else comes over the socket.
#![no_main]

use client::{Client, Input, Output, Saved, Settings};
use libfuzzer_sys::fuzz_target;
use protocol::{CommandId, Draft, MemberId, Millis, decode_client};

const START: Millis = Millis(1_795_000_000_000);

fuzz_target!(|script: &str| {
    let me = MemberId::parse("m-ada").expect("a good id");
    let mut desk = Desk {
        client: Client::new(Settings { me, seed: 7, zone_minutes: 60 }, Saved::default()),
        now: START,
        timer: None,
        given: 0,
    };
    desk.apply(Input::Start);
    desk.apply(Input::Opened);
    script.lines().for_each(|line| desk.step(line));
    // A view reads all of it after every change; at the end is enough to see that it can.
    drop((desk.client.rows(), desk.client.people(), desk.client.unread(), desk.client.above()));
});

struct Desk {
    client: Client,
    now: Millis,
    timer: Option<Millis>,
    given: u32,
}

impl Desk {
    fn step(&mut self, line: &str) {
        match line.split_at_checked(1) {
            Some(("+", _)) => self.apply(Input::Opened),
            Some(("-", code)) => self.apply(Input::Closed { code: code.parse().unwrap_or(1006) }),
            Some(("~", ms)) => self.wait(ms.parse().unwrap_or(1_000)),
            Some(("=", text)) => self.send(text),
            _ => self.apply(Input::Frame(line.to_owned())),
        }
    }

    fn wait(&mut self, ms: u64) {
        self.now = self.now.plus(ms.min(100_000_000));
        if self.timer.is_some_and(|at| at <= self.now) {
            self.timer = None;
            self.apply(Input::Timer);
        }
    }

    fn send(&mut self, text: &str) {
        self.given += 1;
        let id = CommandId::parse(&format!("c{}", self.given)).expect("a good id");
        self.apply(Input::Send { id, draft: Draft { text: text.to_owned(), ..Draft::default() } });
    }

    fn apply(&mut self, input: Input) {
        for output in self.client.apply(input, self.now) {
            match output {
                Output::Transmit(text) => {
                    assert!(text == "ping" || decode_client(&text).is_ok(), "no frame: {text}");
                }
                Output::Timer(at) => self.timer = at,
                Output::Connect { .. }
                | Output::Disconnect
                | Output::Fetch(_)
                | Output::Keep(_)
                | Output::Forget(_)
                | Output::KeepPlace(_)
                | Output::Changed => {}
            }
        }
    }
}
