//! The law of events: whatever order pages and events come in, and however often the socket is lost, the timeline is
//! what a fresh client would be given.

use std::collections::VecDeque;

use client::{
    Client, Input, Output, PageRequest, Saved, Settings,
    view::{Above, Connection, GapEdge, Row},
};
use proptest::prelude::*;
use protocol::{
    ClientFrame, Event, EventKind, Member, MemberId, Message, Millis, Seq, ServerFrame, decode_client, encode,
};

use crate::stage::{NOON, log::Log, member, member_id, seq, welcome};

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody changes the room.
    Change {
        who: usize,
        what: usize,
        which: usize,
    },
    /// The next events reach the client, with some it has seen before them.
    Deliver {
        count: u64,
        again: u64,
    },
    /// Events are lost, later ones arrive.
    Lose {
        count: u64,
    },
    /// The socket breaks; the client is back at once.
    Break,
    /// The page is loaded anew.
    Reload,
    Older,
    Visit {
        which: usize,
    },
    Fill {
        which: usize,
    },
    /// A page is made as of now, and stays on its way.
    Serve {
        which: usize,
    },
    /// A page that was made comes in, or none does.
    Answer {
        which: usize,
        fails: bool,
    },
    Wait {
        ms: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let index = 0..8_usize;
    prop_oneof![
        8 => (0..3_usize, 0..9_usize, 0..10_usize).prop_map(|(who, what, which)| Step::Change { who, what, which }),
        6 => (1..4_u64, 0..3_u64).prop_map(|(count, again)| Step::Deliver { count, again }),
        1 => (1..3_u64).prop_map(|count| Step::Lose { count }),
        1 => Just(Step::Break),
        1 => Just(Step::Reload),
        2 => Just(Step::Older),
        2 => (0..30_usize).prop_map(|which| Step::Visit { which }),
        2 => index.clone().prop_map(|which| Step::Fill { which }),
        4 => index.clone().prop_map(|which| Step::Serve { which }),
        4 => (index, any::<bool>()).prop_map(|(which, fails)| Step::Answer { which, fails }),
        2 => (1..8_000_u64).prop_map(|ms| Step::Wait { ms }),
    ]
}

/// A question for a page, and the answer once it was made.
struct Question {
    request: PageRequest,
    page: Option<Box<protocol::http::MessagesPage>>,
}

/// A client and an honest room, with everything between them out of step.
struct World {
    client: Client,
    log: Log,
    saved: Saved,
    now: Millis,
    timer: Option<Millis>,
    /// The room has sent everything up to here over this socket.
    sent: Seq,
    frames: VecDeque<String>,
    questions: Vec<Question>,
}

const NAMES: [&str; 3] = ["ada", "bob", "cem"];
/// Few messages a page, so that there are gaps.
const PAGE: usize = 2;

impl World {
    fn new() -> Self {
        let mut world = Self {
            client: client(Saved::default()),
            log: Log::default(),
            saved: Saved::default(),
            now: Millis(NOON),
            timer: None,
            sent: Seq::ZERO,
            frames: VecDeque::new(),
            questions: Vec::new(),
        };
        // Every other one answers one of the first, so that most pages quote.
        for number in 0..14 {
            world.change(number % 3, number % 2, number / 3);
        }
        world.apply(Input::Start);
        world
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Change { who, what, which } => self.change(*who, *what, *which),
            Step::Deliver { count, again } => self.deliver(*count, *again),
            Step::Lose { count } => self.sent = seq_at(self.sent.value() + count).min(self.log.head()),
            Step::Break => self.apply(Input::Closed { code: 1006 }),
            Step::Reload => self.reload(),
            Step::Older => self.apply(Input::Older),
            Step::Visit { which } => {
                let all = self.log.messages(self.log.head());
                self.apply(Input::Visit(all[which % all.len()].seq));
            }
            Step::Fill { which } => {
                let gaps = self.gaps();
                if !gaps.is_empty() {
                    self.apply(Input::FillGap(gaps[which % gaps.len()]));
                }
            }
            Step::Serve { which } => self.serve(*which),
            Step::Answer { which, fails } => self.answer(*which, *fails),
            Step::Wait { ms } => self.wait(*ms),
        }
        self.hear();
        self.holds();
    }

    fn change(&mut self, who: usize, what: usize, which: usize) {
        let messages = self.log.messages(self.log.head());
        let alive: Vec<&Message> = messages.iter().filter(|message| !message.deleted).collect();
        let target = alive.get(which % alive.len().max(1));
        let by = member(NAMES[who]);
        let text = format!("text {which}");
        let kind = match (what, target) {
            (1 | 2, Some(target)) => write(text, Some(target.seq)),
            (3, Some(target)) => EventKind::Edited { target: target.seq, text: Some(text), redacted: false },
            (4, Some(target)) if alive.len() > 2 => EventKind::Deleted { target: target.seq },
            (5 | 6, Some(target)) => {
                let has = self.likes(target.seq, NAMES[who]);
                EventKind::Reacted { target: target.seq, emoji: "👍".to_owned(), on: !has }
            }
            (8, _) => {
                let theirs = messages.iter().filter(|message| message.by.id == by.id);
                let (author, removed) =
                    (MemberId::of_departed(self.log.head().next()), which.is_multiple_of(2));
                EventKind::Anonymised {
                    targets: theirs.map(|message| message.seq).collect(),
                    author,
                    removed,
                }
            }
            (7, Some(target)) if alive.len() > 4 && which < 4 => {
                EventKind::Pruned { floor: target.seq.next() }
            }
            _ => write(text, None),
        };
        let place = self.log.head().next();
        self.log.push(Event { seq: place, at: Millis(NOON + place.value()), by, id: None, kind });
    }

    fn likes(&self, target: Seq, name: &str) -> bool {
        let events = self.log.events(Seq::ZERO, self.log.head());
        events.iter().rev().find_map(|event| match &event.kind {
            EventKind::Reacted { target: of, on, .. } if *of == target && event.by.id == member_id(name) => {
                Some(*on)
            }
            _ => None,
        }) == Some(true)
    }

    fn deliver(&mut self, count: u64, again: u64) {
        let last = seq_at(self.sent.value() + count).min(self.log.head());
        let after = seq_at(self.sent.value().saturating_sub(again));
        if last > self.sent && *self.client.connection() == Connection::Live {
            self.sent = last;
            let events = self.log.events(after, last);
            self.apply(Input::Frame(encode(&ServerFrame::Events { events })));
        }
    }

    fn reload(&mut self) {
        self.client = client(self.saved.clone());
        self.questions.clear();
        self.frames.clear();
        self.apply(Input::Start);
    }

    fn serve(&mut self, which: usize) {
        let mut waiting = self.questions.iter_mut().filter(|question| question.page.is_none());
        if let Some(question) = waiting.nth(which % 2) {
            let page = self.log.page(question.request, PAGE, self.log.head());
            question.page = Some(Box::new(page));
        }
    }

    fn answer(&mut self, which: usize, fails: bool) {
        if self.questions.is_empty() {
            return;
        }
        let question = self.questions.swap_remove(which % self.questions.len());
        let page = question.page.filter(|_| !fails);
        self.apply(Input::Page { request: question.request, page });
    }

    fn wait(&mut self, ms: u64) {
        let until = self.now.plus(ms);
        while let Some(at) = self.timer.filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.timer = None;
            self.apply(Input::Timer);
            self.hear();
        }
        self.now = until;
    }

    /// The room answers what was said to it.
    fn hear(&mut self) {
        while let Some(frame) = self.frames.pop_front() {
            self.apply(Input::Frame(frame));
        }
    }

    fn apply(&mut self, input: Input) {
        for output in self.client.apply(input, self.now) {
            match output {
                Output::Connect { cursor } => {
                    self.frames.clear();
                    let after = cursor.map(|cursor| seq(cursor.split_once('.').unwrap().1));
                    self.welcome(after);
                }
                Output::Transmit(text) => {
                    if let Ok(ClientFrame::Resume { cursor }) = decode_client(&text) {
                        self.welcome(Some(seq(cursor.split_once('.').unwrap().1)));
                    }
                }
                Output::Fetch(request) => self.questions.push(Question { request, page: None }),
                Output::Timer(at) => self.timer = at,
                Output::KeepPlace(place) => self.saved.place = Some(place),
                Output::Disconnect => self.frames.clear(),
                Output::Keep(_) | Output::Forget(_) | Output::Changed => {}
            }
        }
    }

    /// A resume comes in parts of two events.
    fn welcome(&mut self, after: Option<Seq>) {
        let last = after.map_or(self.log.head(), |after| seq_at(after.value() + 2).min(self.log.head()));
        self.sent = last;
        let options = after.map_or(format!("newest={PAGE}"), |after| format!("after={after} to={last}"));
        self.frames.push_back(welcome(&self.log, self.now, &options));
    }

    /// Both edges of each gap.
    fn gaps(&self) -> Vec<GapEdge> {
        let edges = |row: Row| match row {
            Row::Gap { above, below } => vec![GapEdge::After(above), GapEdge::Before(below)],
            _ => Vec::new(),
        };
        self.client.rows().into_iter().flat_map(edges).collect()
    }

    /// What is shown is the room at the cursor, with gaps exactly where messages are missing.
    fn holds(&self) {
        let Some(cursor) = self.client.cursor() else { return };
        let fresh = self.log.messages(cursor.seq);
        let mut next = match self.client.above() {
            Above::Beginning => Some(0),
            Above::Older | Above::Loading => None,
        };
        for row in self.client.rows() {
            match row {
                Row::Gap { .. } => next = None,
                Row::Message { message, .. } => {
                    let place = fresh.iter().position(|other| other.seq == message.seq).unwrap();
                    assert!(
                        next.is_none_or(|next| next == place),
                        "a message before {} is missing",
                        message.seq
                    );
                    self.assert_alike(&message, &fresh[place]);
                    next = Some(place + 1);
                }
                Row::Day { .. } | Row::New | Row::Echo { .. } => {}
            }
        }
        assert!(next.is_none_or(|next| next == fresh.len()), "the newest messages are missing");
    }

    /// Equal, but for an excerpt that is still being asked for, and for what the log lost by a deletion or a pruning that
    /// the client has not reached: events are given as they are now.
    fn assert_alike(&self, held: &Message, fresh: &Message) {
        if held.deleted != fresh.deleted || self.is_gone(held.seq) {
            assert!(self.is_gone(held.seq));
            return;
        }
        let mut fresh = fresh.clone();
        // Whoever deletes their account is nobody in what comes from the log from then on.
        let departed = |by: &Member| by.name.is_empty();
        if departed(&held.by) {
            fresh.by = held.by.clone();
        }
        if let (Some(held), Some(quoted)) = (&held.reply_to, &mut fresh.reply_to)
            && held.by.as_ref().is_some_and(departed)
        {
            quoted.by = held.by.clone();
        }
        if let (Some(held), Some(quoted)) = (&held.reply_to, &mut fresh.reply_to)
            && (held.excerpt.is_none() || self.is_gone(held.seq))
        {
            (quoted.by, quoted.excerpt) = (held.by.clone(), held.excerpt.clone());
        }
        assert_eq!(*held, fresh);
    }

    fn is_gone(&self, seq: Seq) -> bool {
        let events = self.log.events(Seq::ZERO, self.log.head());
        seq < self.log.floor(self.log.head())
            || events.iter().any(|event| match &event.kind {
                EventKind::Deleted { target } => *target == seq,
                EventKind::Anonymised { targets, removed, .. } => *removed && targets.contains(&seq),
                _ => false,
            })
    }

    /// Everything comes through, and the person scrolls everywhere.
    fn settle(&mut self) {
        for _ in 0..400 {
            self.deliver(50, 0);
            self.hear();
            self.apply(Input::Older);
            for edge in self.gaps() {
                self.apply(Input::FillGap(edge));
            }
            while !self.questions.is_empty() {
                self.serve(0);
                self.answer(0, false);
                self.hear();
            }
            self.wait(1_000);
            self.holds();
            let quiet = self.gaps().is_empty() && self.client.above() == Above::Beginning;
            if quiet && self.client.cursor().is_some_and(|cursor| cursor.seq == self.log.head()) {
                return;
            }
        }
        panic!("the client does not come to rest: {:?}", self.client);
    }
}

fn client(saved: Saved) -> Client {
    Client::new(Settings { me: member_id("ada"), seed: 1, zone_minutes: 0, words: client::words_in }, saved)
}

fn write(text: String, reply_to: Option<Seq>) -> EventKind {
    EventKind::Message {
        text: Some(text),
        reply_to,
        mentions: vec![],
        attachments: Vec::new(),
        redacted: false,
    }
}

fn seq_at(value: u64) -> Seq {
    Seq::try_new(value).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_pages_and_events_gives_what_a_fresh_client_is_given(steps in prop::collection::vec(step(), 0..60)) {
        let mut world = World::new();
        world.hear();
        for step in &steps {
            world.run(step);
        }
        world.settle();
        let shown: Vec<Message> = world.client.rows().into_iter().filter_map(|row| match row {
            Row::Message { message, .. } => Some(Message::clone(&message)),
            Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => None,
        }).collect();
        prop_assert_eq!(shown, world.log.messages(world.log.head()));
    }
}
