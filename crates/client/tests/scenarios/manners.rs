//! What a client never does, whatever it hears: a server that is wrong, a network that breaks, a clock that steps and a
//! person who does everything at once.

use std::collections::{BTreeMap, BTreeSet};

use client::{Client, Input, Output, Saved, SavedCommand, Settings};
use proptest::prelude::*;
use protocol::{ClientFrame, CommandId, Draft, Millis, RejectCode, Seq, ServerFrame, decode_client, encode};

use crate::stage::{NOON, command_id, log::Log, member_id, welcome};

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    Give(u8),
    Retry(u8),
    Discard(u8),
    Do(usize),
    Hear(Heard),
    /// Real time passes, and the timer fires.
    Wait(u64),
    /// The wall clock steps.
    Clock(i64),
    Change(usize),
}

#[derive(Debug, Clone)]
enum Heard {
    Welcome { after: Option<u64>, to: u64 },
    Events { from: u64, to: u64 },
    Ack { id: u8, seq: Option<u64> },
    Reject { id: u8, code: RejectCode, wait_ms: Option<u64> },
    Head(u64),
    Other(usize),
}

const DOINGS: [Input; 9] = [
    Input::Start,
    Input::Opened,
    Input::Closed { code: 1006 },
    Input::Closed { code: 4201 },
    Input::Closed { code: 4009 },
    Input::Online,
    Input::Offline,
    Input::TryNow,
    Input::Typing,
];
const OTHERS: [&str; 5] =
    ["pong", "{}", "nonsense", r#"{"type":"notice","code":"restart","spread_ms":0}"#, r#"{"type":"later"}"#];
const CHANGES: [&str; 4] = ["bob: hi", "bob: hi ^1", "ada #c1: mine", "ada #c2: mine"];

fn heard() -> impl Strategy<Value = Heard> {
    let code =
        prop_oneof![Just(RejectCode::RateLimited), Just(RejectCode::Forbidden), Just(RejectCode::Unknown)];
    prop_oneof![
        4 => (prop::option::of(0..9_u64), 0..9_u64).prop_map(|(after, to)| Heard::Welcome { after, to }),
        2 => (1..9_u64, 1..9_u64).prop_map(|(from, to)| Heard::Events { from, to }),
        3 => (0..6_u8, prop::option::of(0..9_u64)).prop_map(|(id, seq)| Heard::Ack { id, seq }),
        2 => (0..6_u8, code, prop::option::of(0..3_000_u64))
            .prop_map(|(id, code, wait_ms)| Heard::Reject { id, code, wait_ms }),
        1 => (0..9_u64).prop_map(Heard::Head),
        1 => (0..OTHERS.len()).prop_map(Heard::Other),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8).prop_map(Step::Give),
        1 => (0..6_u8).prop_map(Step::Retry),
        1 => (0..6_u8).prop_map(Step::Discard),
        6 => (0..DOINGS.len()).prop_map(Step::Do),
        10 => heard().prop_map(Step::Hear),
        4 => (0..40_000_u64).prop_map(Step::Wait),
        1 => (-5_000_000..5_000_000_i64).prop_map(Step::Clock),
        4 => (0..CHANGES.len()).prop_map(Step::Change),
    ]
}

/// What a shell knows of its client.
struct Watch {
    client: Client,
    log: Log,
    wall: Millis,
    /// What is on disk.
    disk: BTreeMap<CommandId, SavedCommand>,
    /// Commands that an ack has placed above the cursor: in the room, still shown as echoes.
    acked: BTreeSet<CommandId>,
    has_socket: bool,
    /// Asked over this socket and not answered.
    resumes: usize,
    /// Real time until the timer fires.
    timer: Option<u64>,
}

impl Watch {
    fn new() -> Self {
        Self {
            client: Client::new(
                Settings { me: member_id("ada"), seed: 1, zone_minutes: 0, words: client::words_in },
                Saved::default(),
            ),
            log: Log::default(),
            wall: Millis(NOON),
            disk: BTreeMap::new(),
            acked: BTreeSet::new(),
            has_socket: false,
            resumes: 0,
            timer: None,
        }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Give(id) => {
                let draft = Draft { text: "mine".to_owned(), ..Draft::default() };
                self.apply(Input::Send { id: named(*id), draft });
            }
            Step::Retry(id) => self.apply(Input::Retry(named(*id))),
            Step::Discard(id) => self.apply(Input::Discard(named(*id))),
            Step::Do(which) => self.apply(DOINGS[*which].clone()),
            Step::Hear(heard) => {
                if self.has_socket {
                    let frame = self.frame(heard);
                    self.apply(Input::Frame(frame));
                }
            }
            Step::Wait(ms) => self.wait(*ms),
            Step::Clock(by) => self.wall = Millis(self.wall.0.checked_add_signed(*by).unwrap()),
            Step::Change(which) => self.log.add(CHANGES[*which]),
        }
    }

    fn frame(&mut self, heard: &Heard) -> String {
        match heard {
            Heard::Welcome { after, to } => {
                self.resumes = 0;
                let to = (*to).min(self.log.head().value());
                let options = after.map_or(String::new(), |after| format!("after={after} to={to}"));
                welcome(&self.log, self.wall, &options)
            }
            Heard::Events { from, to } => {
                let events = self.log.events(place(*from).before(), place(*to));
                encode(&ServerFrame::Events { events })
            }
            Heard::Ack { id, seq } => {
                let seq = seq.map(place);
                self.acked.insert(named(*id));
                encode(&ServerFrame::Ack { id: named(*id), seq, at: self.wall, duplicate: false })
            }
            Heard::Reject { id, code, wait_ms } => encode(&ServerFrame::Reject {
                id: Some(named(*id)),
                code: *code,
                message: String::new(),
                retryable: code.retryable(),
                retry_after_ms: *wait_ms,
            }),
            Heard::Head(head) => encode(&ServerFrame::Head { head: place(*head), mentions: None }),
            Heard::Other(which) => OTHERS[*which].to_owned(),
        }
    }

    fn wait(&mut self, ms: u64) {
        let mut left = ms;
        let mut turns = 0;
        while let Some(after) = self.timer.filter(|after| *after <= left) {
            left -= after;
            self.wall = self.wall.plus(after);
            self.timer = None;
            self.apply(Input::Timer);
            turns += 1;
            assert!(turns < 400, "the timer fires in a loop: {:?}", self.client);
        }
        self.timer = self.timer.map(|after| after - left);
        self.wall = self.wall.plus(left);
    }

    fn apply(&mut self, input: Input) {
        if matches!(input, Input::Closed { .. }) {
            self.has_socket = false;
        }
        for output in self.client.apply(input, self.wall) {
            self.mind(output);
        }
        let held: Vec<&SavedCommand> = self.client.outbox().collect();
        let mut kept: Vec<&SavedCommand> = self.disk.values().collect();
        kept.sort_by_key(|saved| saved.order);
        assert_eq!(held, kept, "the disk has what the client has");
    }

    fn mind(&mut self, output: Output) {
        match output {
            Output::Connect { .. } => {
                assert!(!self.has_socket, "two sockets at once");
                self.has_socket = true;
                self.resumes = 0;
            }
            Output::Disconnect => {
                assert!(self.has_socket, "no socket to close");
                self.has_socket = false;
            }
            Output::Transmit(text) => {
                assert!(self.has_socket, "nothing to send {text} over");
                self.sent(&text);
            }
            Output::Timer(at) => {
                assert!(at.is_none_or(|at| at > self.wall), "a timer of the past");
                self.timer = at.map(|at| at.since(self.wall));
            }
            Output::Keep(saved) => {
                self.acked.remove(&saved.id);
                self.disk.insert(saved.id.clone(), saved);
            }
            Output::Forget(id) => {
                assert!(self.disk.remove(&id).is_some(), "{id} is forgotten twice, or was never kept");
            }
            Output::KeepPlace(_) | Output::Fetch(_) | Output::Changed => {}
        }
    }

    /// What goes out was kept before, and overtakes nothing.
    fn sent(&mut self, text: &str) {
        if text == "ping" {
            return;
        }
        let frame = decode_client(text).unwrap();
        if matches!(frame, ClientFrame::Resume { .. }) {
            self.resumes += 1;
            assert_eq!(self.resumes, 1, "one resume at a time");
        }
        let Some((id, command)) = frame.into_command() else { return };
        let kept = self.disk.get(&id).unwrap();
        assert_eq!((&kept.command, &kept.failed), (&command, &None), "what is sent is what was kept");
        let open = |saved: &&SavedCommand| saved.failed.is_none() && !self.acked.contains(&saved.id);
        let overtaken = self.disk.values().filter(open).any(|other| other.order < kept.order);
        assert!(!overtaken, "{id} overtakes an earlier command");
    }
}

fn named(id: u8) -> CommandId {
    command_id(&format!("c{id}"))
}

fn place(seq: u64) -> Seq {
    Seq::try_new(seq).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_it_hears_a_client_keeps_its_manners(steps in prop::collection::vec(step(), 0..120)) {
        let mut watch = Watch::new();
        watch.run(&Step::Do(0));
        for step in &steps {
            watch.run(step);
        }
        watch.wait(1_000_000);
    }
}
