//! A stage for one client: a script of what happens to it against a transcript of what it does.
//!
//! A line of a script is one input, or `rows`, `people`, `status`, `fared`, which print what a view would show or a shell would tell. Time passes with
//! `wait 500`, and the timer fires as a shell would fire it. Members are ada (whose client it is), bob and cem.

mod frames;
pub mod log;
mod print;

use std::fmt::Write as _;

use client::{Client, Input, Measurements, Output, PageRequest, Saved, Settings, pane::Goal, view::GapEdge};
use expect_test::Expect;
use protocol::{
    Availability, CommandId, Draft, Epoch, Member, MemberId, Millis, Moderation, Role, Sanction, Seq,
    ServerFrame, encode, with_mark,
};

pub use self::frames::welcome;
use self::{
    frames::{present, reject},
    log::Log,
    print::shown,
};

/// 12:00 UTC on some day: scripts begin here.
pub const NOON: u64 = 20_000 * 86_400_000 + 12 * 3_600_000;

/// Plays a script and compares what the client did.
pub fn check(script: &str, expect: Expect) {
    let mut stage = Stage::new(Saved::default());
    stage.play(script);
    expect.assert_eq(&stage.transcript);
}

/// A client, its clock and timer, and what it did.
pub struct Stage {
    pub client: Client,
    pub log: Log,
    pub saved: Saved,
    pub transcript: String,
    /// Real time; what the client is told is `wall`.
    now: Millis,
    /// How far somebody has set the wall clock off.
    off_by: i64,
    timer: Option<Millis>,
}

impl Stage {
    pub fn new(saved: Saved) -> Self {
        let settings = Settings { me: member_id("ada"), seed: 1, zone_minutes: 60, words: client::words_in };
        Self {
            client: Client::new(settings, saved.clone()),
            log: Log::default(),
            saved,
            transcript: String::new(),
            now: Millis(NOON),
            off_by: 0,
            timer: None,
        }
    }

    /// The page is loaded anew, with what was kept.
    pub fn reload(&mut self) {
        let mut next = Self::new(self.saved.clone());
        next.now = self.now;
        next.log = std::mem::take(&mut self.log);
        next.transcript = std::mem::take(&mut self.transcript);
        *self = next;
    }

    pub fn play(&mut self, script: &str) {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            writeln!(self.transcript, "{line}").unwrap();
            let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
            self.line(verb, rest.trim());
        }
    }

    fn line(&mut self, verb: &str, rest: &str) {
        match verb {
            "wait" => self.wait(rest.parse().unwrap()),
            "clock" => self.off_by += rest.parse::<i64>().unwrap(),
            "rows" => self.print_rows(),
            "people" => self.print_people(),
            "status" => self.print_status(),
            "deeds" => self.print_deeds(),
            "fared" => self.print_measurements(),
            "goal" => self.print_goal(),
            "reload" => self.reload(),
            "room" => self.log.add(rest),
            "epoch" => self.log.restart(rest),
            _ => {
                let input = self.input(verb, rest);
                self.apply(input);
            }
        }
    }

    /// The room takes what is in the log for what it is; frames are made from it.
    fn input(&self, verb: &str, rest: &str) -> Input {
        let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
        match verb {
            "start" => Input::Start,
            "online" => Input::Online,
            "offline" => Input::Offline,
            "try" => Input::TryNow,
            "opened" => Input::Opened,
            "closed" => Input::Closed { code: rest.parse().unwrap() },
            "send" => Input::Send { id: command_id(first), draft: draft(more) },
            "edit" => {
                let (target, text) = more.split_once(' ').unwrap();
                Input::Edit { id: command_id(first), seq: seq(target), text: text.to_owned() }
            }
            "delete" => Input::Delete { id: command_id(first), seq: seq(more) },
            "react" => {
                let (target, emoji) = more.split_once(' ').unwrap();
                Input::React { id: command_id(first), seq: seq(target), emoji: emoji.to_owned(), on: true }
            }
            "pin" => Input::Pin { id: command_id(first), seq: seq(more), on: true },
            "mute" | "ban" => {
                let (member, reason) = more.split_once(' ').unwrap();
                let action = if verb == "mute" { Sanction::Mute } else { Sanction::Ban };
                let (for_ms, reason) = (Some(60_000), Some(reason.to_owned()));
                let moderation = Moderation { member: member_id(member), action, for_ms, reason };
                Input::Moderate { id: command_id(first), moderation }
            }
            "promote" => {
                Input::Role { id: command_id(first), member: member_id(more), role: Role::Moderator }
            }
            "retry" => Input::Retry(command_id(rest)),
            "discard" => Input::Discard(command_id(rest)),
            "type" => Input::Typing,
            "away" => Input::Presence(Availability::Away),
            "active" => Input::Presence(Availability::Active),
            "seen" => Input::Seen(seq(rest)),
            "older" => Input::Older,
            "fill" => Input::FillGap(GapEdge::After(seq(rest))),
            "fill-up" => Input::FillGap(GapEdge::Before(seq(rest))),
            "visit" => Input::Visit(seq(rest)),
            "visit-at" => Input::VisitDate(minutes(rest)),
            "in-view" => Input::InView(seq(rest)),
            "page" => self.page(rest),
            _ => Input::Frame(self.frame(verb, rest)),
        }
    }

    fn frame(&self, verb: &str, rest: &str) -> String {
        let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
        match verb {
            "pong" => verb.to_owned(),
            "a" => r#"{"type":"firework","colours":3}"#.to_owned(),
            "half" => r#"{"type":"events","events":[{"seq":1}]}"#.to_owned(),
            "welcome" => welcome(&self.log, self.now, rest),
            "events" => {
                let (from, to) = first.split_once("..").unwrap();
                let frame = ServerFrame::Events { events: self.log.events(seq(from).before(), seq(to)) };
                let text = encode(&frame);
                if more.is_empty() { text } else { with_mark(&text, more.strip_prefix("mark=").unwrap()) }
            }
            "ack" => {
                let (at, duplicate) = (self.now, more.contains("duplicate"));
                let place = more.split(' ').next().filter(|text| *text != "none").map(seq);
                encode(&ServerFrame::Ack { id: command_id(first), seq: place, at, duplicate })
            }
            "reject" => encode(&reject(first, more)),
            "head" => encode(&ServerFrame::Head { head: seq(rest), mentions: None }),
            "read" => encode(&ServerFrame::Read { seq: seq(rest) }),
            "notice" => {
                encode(&ServerFrame::Notice { code: "restart".to_owned(), spread_ms: rest.parse().unwrap() })
            }
            "typing" => encode(&ServerFrame::Typing { members: rest.split(' ').map(member).collect() }),
            "joined" => encode(&ServerFrame::Presence {
                count: 2,
                joined: rest.split(' ').map(present).collect(),
                left: vec![],
            }),
            "left" => {
                let left = rest.split(' ').map(member_id).collect();
                encode(&ServerFrame::Presence { count: 1, joined: vec![], left })
            }
            _ => panic!("the script has a verb that is none: {verb}"),
        }
    }

    /// `page before 5 limit=2 head=7`, or `page before 5 failed`.
    fn page(&self, rest: &str) -> Input {
        let words: Vec<&str> = rest.split(' ').collect();
        let request = match words[0] {
            "before" => PageRequest::Before(seq(words[1])),
            "after" => PageRequest::After(seq(words[1])),
            "around" => PageRequest::Around(seq(words[1])),
            "around-at" => PageRequest::AroundAt(minutes(words[1])),
            other => panic!("no such page: {other}"),
        };
        let option = |name: &str| {
            words.iter().find_map(|word| word.strip_prefix(name).and_then(|word| word.strip_prefix('=')))
        };
        let limit = option("limit").map_or(50, |limit| limit.parse().unwrap());
        let head = option("head").map_or(self.log.head(), seq);
        let mut page = self.log.page(request, limit, head);
        if let Some(epoch) = option("epoch") {
            page.epoch = Epoch::parse(epoch).unwrap();
        }
        Input::Page { request, page: (!words.contains(&"failed")).then(|| Box::new(page)) }
    }

    fn wall(&self) -> Millis {
        Millis(self.now.0.checked_add_signed(self.off_by).unwrap())
    }

    pub fn apply(&mut self, input: Input) {
        for output in self.client.apply(input, self.wall()) {
            self.obey(output);
        }
    }

    /// Time passes; the timer fires when it is due, each time in its own turn.
    fn wait(&mut self, ms: u64) {
        let until = self.now.plus(ms);
        let mut turns = 0;
        while let Some(at) = self.timer.filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.timer = None;
            writeln!(self.transcript, "  (+{} ms)", ms - until.since(self.now)).unwrap();
            self.apply(Input::Timer);
            turns += 1;
            assert!(turns < 1_000, "the timer fires in a loop:\n{}", self.transcript);
        }
        self.now = until;
    }

    /// What a shell does; and a line for the transcript. Timers are shown by when they fire, in `wait`.
    fn obey(&mut self, output: Output) {
        let line = match output {
            Output::Timer(at) => {
                // As a browser's timers do, it counts real time from now.
                self.timer = at.map(|at| self.now.plus(at.since(self.wall())));
                return;
            }
            Output::Changed => return,
            Output::Connect { cursor: Some(cursor) } => format!("connect {cursor}"),
            Output::Connect { cursor: None } => "connect".to_owned(),
            Output::Disconnect => "disconnect".to_owned(),
            Output::Transmit(text) => format!("transmit {text}"),
            Output::Fetch(PageRequest::Before(seq)) => format!("fetch before {seq}"),
            Output::Fetch(PageRequest::After(seq)) => format!("fetch after {seq}"),
            Output::Fetch(PageRequest::Around(seq)) => format!("fetch around {seq}"),
            Output::Fetch(PageRequest::AroundAt(at)) => format!("fetch around-at {}", (at.0 - NOON) / 60_000),
            Output::Keep(saved) => {
                let line = match &saved.failed {
                    Some(reason) => format!("keep {} failed: {reason}", saved.id),
                    None => format!("keep {}", saved.id),
                };
                self.saved.outbox.retain(|other| other.id != saved.id);
                self.saved.outbox.push(saved);
                line
            }
            Output::Forget(id) => {
                self.saved.outbox.retain(|saved| saved.id != id);
                format!("forget {id}")
            }
            Output::KeepPlace(place) => {
                let line = format!(
                    "keep place {} read {}, {} messages",
                    place.cursor,
                    place.read,
                    place.messages.len()
                );
                self.saved.place = Some(place);
                line
            }
        };
        writeln!(self.transcript, "  {line}").unwrap();
    }

    fn print_rows(&mut self) {
        for row in self.client.rows() {
            writeln!(self.transcript, "  | {}", shown(&row)).unwrap();
        }
    }

    fn print_people(&mut self) {
        let people = self.client.people();
        let members: Vec<String> =
            people.members.iter().map(|member| format!("{} {:?}", member.name, member.state)).collect();
        let typing: Vec<&str> = people.typing.iter().map(|member| member.name.as_str()).collect();
        writeln!(
            self.transcript,
            "  | {}: {}; typing: {}",
            people.count,
            members.join(", "),
            typing.join(", ")
        )
        .unwrap();
    }

    fn print_measurements(&mut self) {
        let Measurements { acks_ms, deliveries_ms, reconnects } = self.client.take_measurements();
        writeln!(
            self.transcript,
            "  | acks {acks_ms:?} ms; deliveries {deliveries_ms:?} ms; {reconnects} reconnects"
        )
        .unwrap();
    }

    fn print_deeds(&mut self) {
        for deed in self.client.pending_deeds() {
            writeln!(self.transcript, "  | {} about {}: {:?}", deed.id, deed.member, deed.state).unwrap();
        }
    }

    fn print_goal(&mut self) {
        let goal = self.client.jump().map(|jump| match jump.goal {
            Goal::Message(seq) => format!("{}: to {seq}", jump.number),
            Goal::Unread => format!("{}: to the unread", jump.number),
            Goal::End => format!("{}: to the end", jump.number),
        });
        writeln!(self.transcript, "  | {}", goal.as_deref().unwrap_or("nowhere")).unwrap();
    }

    fn print_status(&mut self) {
        let (connection, unread) = (self.client.connection(), self.client.unread());
        let at_least = if unread.all_held { "" } else { " or more" };
        let waiting = self.client.outbox().count();
        let above = self.client.above();
        let status = match connection {
            client::view::Connection::Waiting { until } => format!("Waiting {} ms", until.since(self.wall())),
            other => format!("{other:?}"),
        };
        writeln!(
            self.transcript,
            "  | {status}; {} unread{at_least}; {waiting} in the outbox; above: {above:?}",
            unread.count
        )
        .unwrap();
    }
}

/// `hello ^3` answers 3.
fn draft(text: &str) -> Draft {
    let (text, reply_to) =
        text.split_once(" ^").map_or((text, None), |(text, target)| (text, Some(seq(target))));
    Draft { text: text.to_owned(), reply_to, ..Draft::default() }
}

/// So many minutes after noon.
fn minutes(text: &str) -> Millis {
    Millis(NOON + text.parse::<u64>().unwrap() * 60_000)
}

pub fn seq(text: &str) -> Seq {
    Seq::try_new(text.parse().unwrap()).unwrap()
}

pub fn member_id(name: &str) -> MemberId {
    MemberId::parse(name).unwrap()
}

pub fn member(name: &str) -> Member {
    Member { id: member_id(name), name: name.to_owned() }
}

pub fn command_id(id: &str) -> CommandId {
    CommandId::parse(id).unwrap()
}
