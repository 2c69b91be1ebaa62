//! Anything that members can send, into a room with a real SQLite: it never panics, never fails to read what it wrote, every effect stands
//! in its order, and every frame that goes out is one that a client can read.
//!
//! The input is lines: `>2` opens a socket for the second member, who speaks from then on; `<` closes that socket; `~500` lets so many
//! milliseconds pass; `!` hibernates; anything else is what the speaker's socket brings.
#![no_main]

use std::collections::BTreeMap;

use archive::{Archive, Change, Founding, native::Native};
use libfuzzer_sys::fuzz_target;
use protocol::{
    Epoch, Member, MemberId, Millis, Role, RoomInfo, ServerFrame, SessionId, Slug, decode_server,
    room::{Posting, RoomKind, Visibility},
};
use room::{Attached, Effect, Input, Limits, Mode, Nudges, Opening, Payload, Room, Settings, Shelf};

/// The newest message that the golden frames speak of.
const MESSAGES: u64 = 7;
const START: Millis = Millis(1_795_000_000_000);

fuzz_target!(|script: &str| {
    let mut world = World::new();
    script.lines().for_each(|line| world.step(line));
});

struct World {
    archive: Archive<Native>,
    room: Option<Room>,
    sockets: BTreeMap<SessionId, String>,
    speaker: Option<SessionId>,
    opened: u64,
    now: Millis,
    timer: Option<Millis>,
    alarm: Option<Millis>,
}

impl World {
    fn new() -> Self {
        let archive = Archive::open(Native::in_memory().expect("a SQLite")).expect("an archive");
        archive.found(&founding()).expect("a room");
        let mut world = Self {
            archive,
            room: None,
            sockets: BTreeMap::new(),
            speaker: None,
            opened: 0,
            now: START,
            timer: None,
            alarm: None,
        };
        world.open("1");
        for number in 1..=MESSAGES {
            world.say(&format!(r#"{{"type":"send","id":"first-{number}","text":"number {number}"}}"#));
        }
        world
    }

    fn step(&mut self, line: &str) {
        match line.split_at_checked(1) {
            Some((">", who)) => self.open(who),
            Some(("<", _)) => self.close(),
            Some(("~", ms)) => self.wait(ms.parse().unwrap_or(1_000)),
            Some(("!", _)) => (self.room, self.timer) = (None, None),
            _ => self.say(line),
        }
    }

    /// `2` or `2 e1.7`: who, and the cursor they come with.
    fn open(&mut self, who: &str) {
        let (who, cursor) = who.split_once(' ').map_or((who, None), |(who, cursor)| (who, Some(cursor)));
        self.opened += 1;
        let session = SessionId::parse(&format!("s{}", self.opened)).expect("a good id");
        let number = who.parse::<u8>().unwrap_or(1) % 8;
        let member = Member {
            id: MemberId::parse(&format!("m{number}")).expect("a good id"),
            name: format!("Member {number}"),
        };
        let role = if number == 1 { Role::Owner } else { Role::Member };
        let mode = if number == 7 { Mode::Notify } else { Mode::Full };
        let sign_in = format!("sign-in-{number}");
        let cursor = cursor.map(str::to_owned);
        self.sockets.insert(session.clone(), String::new());
        self.speaker = Some(session.clone());
        self.apply(Input::Open(Opening { session, member, role, sign_in, mode, cursor, origin: None }));
    }

    fn close(&mut self) {
        if let Some(session) = self.speaker.take() {
            self.sockets.remove(&session);
            self.apply(Input::Closed { session });
            self.speaker = self.sockets.keys().next().cloned();
        }
    }

    fn say(&mut self, text: &str) {
        let open = self.speaker.clone().filter(|session| self.sockets.contains_key(session));
        if let Some(session) = open {
            self.apply(Input::Frame { session, payload: Payload::Text(text.to_owned()) });
        }
    }

    fn wait(&mut self, ms: u64) {
        self.now = self.now.plus(ms.min(100_000_000));
        if self.timer.is_some_and(|at| at <= self.now) {
            self.timer = None;
            self.apply(Input::Timer);
        }
        if self.alarm.is_some_and(|at| at <= self.now) {
            self.alarm = None;
            self.apply(Input::Alarm { pongs: Vec::new() });
        }
    }

    fn apply(&mut self, input: Input) {
        let room = match &mut self.room {
            Some(room) => room,
            none => {
                let attached: Vec<_> = self.sockets.iter().map(attached).collect();
                let settings = Settings { limits: Limits::Off, shelf: Shelf::Room, nudges: Nudges::On };
                let restored = Room::restore(&self.archive, &attached, self.opened, settings);
                none.insert(restored.expect("what was written can be read").expect("it was founded"))
            }
        };
        let effects = room.apply(input, self.now, &self.archive).expect("what was written can be read");
        self.perform(&effects);
    }

    fn perform(&mut self, effects: &[Effect]) {
        assert!(effects.is_sorted_by_key(|effect| !matches!(effect, Effect::Store(_))), "{effects:?}");
        let mut stores: Vec<Change> = Vec::new();
        for effect in effects {
            match effect {
                Effect::Store(change) => stores.push(change.clone()),
                Effect::Attach { session, attachment } => {
                    assert!(attachment.len() <= 16 * 1024, "an attachment of {} bytes", attachment.len());
                    let socket = self.sockets.get_mut(session).expect("an open socket");
                    attachment.clone_into(socket);
                }
                Effect::Send { frame, .. } => {
                    let received = decode_server(frame).expect("a frame");
                    assert_ne!(received.frame, ServerFrame::Unknown, "{frame}");
                }
                Effect::Close { session, .. } => drop(self.sockets.remove(session)),
                Effect::Timer(at) => self.timer = Some(*at),
                Effect::Alarm(at) => self.alarm = Some(*at),
                Effect::Answer { .. } => {}
            }
        }
        if !stores.is_empty() {
            self.archive.commit(&stores).expect("what a room wants stored can be stored");
        }
    }
}

fn attached((session, attachment): (&SessionId, &String)) -> Attached {
    Attached { session: session.clone(), attachment: attachment.clone() }
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
        created_at: START,
    };
    Founding { info, epoch: Epoch::parse("e1").expect("an epoch"), owner: None }
}
