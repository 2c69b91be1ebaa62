//! A room with a disk, sockets, a clock, a timer and an alarm: what a shell gives it, and nothing more.

use std::{cell::Cell, collections::BTreeMap, mem, rc::Rc};

use archive::{Archive, Change, Founding, Row, Sql, SqlError, Value};
use protocol::{
    Epoch, MemberId, Millis, Name, RoomInfo, SessionId, Slug,
    room::{Posting, RoomKind, Visibility},
};
use room::{
    Asker, Attached, Effect, Effects, Input, Likeness, Limits, Nudges, Room, Settings, Shelf, Tally,
    rights::{Deed, Right},
};

#[cfg(not(target_family = "wasm"))]
type Driver = archive::native::Native;
#[cfg(target_family = "wasm")]
type Driver = archive::node::Node;

/// A SQLite that can be told to fail.
#[derive(Debug, Clone)]
pub struct Disk {
    sqlite: Rc<Driver>,
    fails: Rc<Cell<Fails>>,
}

/// What the disk fails at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fails {
    Never,
    /// So many commits from now on.
    Commits(u32),
    /// The next read.
    Read,
}

/// When the object leaves memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hibernation {
    /// When the script says so.
    Told,
    /// After every turn that leaves no timer running.
    Always,
}

pub struct World {
    pub now: Millis,
    pub fails: Rc<Cell<Fails>>,
    pub archive: Archive<Disk>,
    /// The sockets' attachments.
    pub sockets: BTreeMap<SessionId, String>,
    /// When the runtime last answered a socket's ping.
    pub pongs: BTreeMap<SessionId, Millis>,
    pub settings: Settings,
    /// What the last steps did, for whoever looks.
    pub happened: Vec<Happening>,
    hibernation: Hibernation,
    room: Option<Room>,
    timer: Option<Millis>,
    alarm: Option<Millis>,
    restores: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    Effect(Effect),
    TimerRang,
    AlarmRang,
    CommitFailed,
    ReadFailed,
}

pub const START: Millis = Millis(1_700_000_000_000);

impl Sql for Disk {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        if self.fails.get() == Fails::Read {
            self.fails.set(Fails::Never);
            return Err(SqlError("told to fail".to_owned()));
        }
        self.sqlite.query(sql, params)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        if let Fails::Commits(left) = self.fails.get() {
            self.fails.set(if left > 1 { Fails::Commits(left - 1) } else { Fails::Never });
            return Err(SqlError("told to fail".to_owned()));
        }
        self.sqlite.transaction(body)
    }
}

impl World {
    pub fn new(hibernation: Hibernation, limits: Limits) -> Self {
        Self::founded(&founding(Visibility::Public), hibernation, limits)
    }

    /// In a room that was founded so.
    pub fn founded(founding: &Founding, hibernation: Hibernation, limits: Limits) -> Self {
        let fails = Rc::new(Cell::new(Fails::Never));
        let sqlite = Rc::new(Driver::in_memory().expect("a SQLite"));
        let archive = Archive::open(Disk { sqlite, fails: Rc::clone(&fails) }).expect("an archive");
        archive.found(founding).expect("a room");
        Self {
            now: START,
            fails,
            archive,
            sockets: BTreeMap::new(),
            pongs: BTreeMap::new(),
            settings: Settings { limits, shelf: Shelf::Bucket, nudges: Nudges::Off },
            happened: Vec::new(),
            hibernation,
            room: None,
            timer: None,
            alarm: None,
            restores: 0,
        }
    }

    /// One turn, and a second one if it could not be stored.
    pub fn apply(&mut self, input: Input) {
        let failed = match self.turn(input.clone()) {
            Ok(effects) => self.perform(effects),
            Err(_) => {
                self.happened.push(Happening::ReadFailed);
                Err(())
            }
        };
        if failed.is_err() {
            self.room = None;
            let effects = self.turn(Input::StorageFailed { of: Box::new(input) }).expect("it reads nothing");
            assert!(!effects.iter().any(|effect| matches!(effect, Effect::Store(_))), "it must not write");
            self.perform(effects).expect("nothing to write");
        }
        if self.hibernation == Hibernation::Always && self.timer.is_none() {
            self.hibernate();
        }
    }

    /// What the room has counted since it was asked last.
    pub fn take_tally(&mut self) -> Tally {
        self.room.as_mut().map(Room::take_tally).unwrap_or_default()
    }

    /// The whole log.
    pub fn events(&self) -> Vec<protocol::Event> {
        let all = archive::Bounds { count: usize::MAX, bytes: usize::MAX };
        self.archive.events_after(protocol::Seq::ZERO, all).expect("it can be read")
    }

    /// What comes of a deed that is no command.
    pub fn may(&mut self, deed: Deed, asker: &Asker) -> Right {
        self.wake().expect("it can be read");
        let room = self.room.as_ref().expect("it was founded");
        room.may(deed, asker, self.now)
    }

    /// How a name would stand here.
    pub fn likeness(&mut self, name: &Name, member: &MemberId) -> Likeness {
        self.wake().expect("it can be read");
        self.room.as_ref().expect("it was founded").likeness(name, member)
    }

    pub fn sockets_in_the_room(&self) -> usize {
        self.room.as_ref().map_or(0, Room::count_sockets)
    }

    /// The object leaves memory; its sockets, storage and alarm stay.
    pub fn hibernate(&mut self) {
        self.room = None;
        self.timer = None;
    }

    /// Lets time pass; what rings rings at its time.
    pub fn wait(&mut self, ms: u64) {
        let until = self.now.plus(ms);
        while let Some((at, rings)) = self.next_ring().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            match rings {
                Happening::TimerRang => self.ring_timer(),
                _ => self.ring_alarm(),
            }
        }
        self.now = until;
    }

    pub fn attached(&self) -> Vec<Attached> {
        let attached = |(session, attachment): (&SessionId, &String)| Attached {
            session: session.clone(),
            attachment: attachment.clone(),
        };
        self.sockets.iter().map(attached).collect()
    }

    pub fn take_happened(&mut self) -> Vec<Happening> {
        mem::take(&mut self.happened)
    }

    fn next_ring(&self) -> Option<(Millis, Happening)> {
        let timer = self.timer.map(|at| (at, Happening::TimerRang));
        let alarm = self.alarm.map(|at| (at, Happening::AlarmRang));
        match (timer, alarm) {
            (Some(timer), Some(alarm)) => Some(if timer.0 <= alarm.0 { timer } else { alarm }),
            (timer, alarm) => timer.or(alarm),
        }
    }

    fn ring_timer(&mut self) {
        self.timer = None;
        self.happened.push(Happening::TimerRang);
        self.apply(Input::Timer);
    }

    fn ring_alarm(&mut self) {
        self.alarm = None;
        self.happened.push(Happening::AlarmRang);
        let pongs = self.pongs.iter().map(|(session, at)| (session.clone(), *at)).collect();
        self.apply(Input::Alarm { pongs });
    }

    fn wake(&mut self) -> Result<(), room::Fatal> {
        if self.room.is_none() {
            self.restores += 1;
            let attached = self.attached();
            self.room = Room::restore(&self.archive, &attached, self.restores, self.settings)?;
        }
        Ok(())
    }

    fn turn(&mut self, input: Input) -> Result<Effects, room::Fatal> {
        self.wake()?;
        match &input {
            Input::Closed { session } => drop(self.sockets.remove(session)),
            Input::Open(opening) => drop(self.sockets.insert(opening.session.clone(), String::new())),
            _ => {}
        }
        self.room.as_mut().expect("it was founded").apply(input, self.now, &self.archive)
    }

    fn perform(&mut self, effects: Effects) -> Result<(), ()> {
        check_order(&effects);
        let stores = effects.iter().filter_map(|effect| match effect {
            Effect::Store(change) => Some(change.clone()),
            _ => None,
        });
        let stores: Vec<Change> = stores.collect();
        if !stores.is_empty() && self.archive.commit(&stores).is_err() {
            self.happened.push(Happening::CommitFailed);
            return Err(());
        }
        for effect in &effects {
            match effect {
                Effect::Attach { session, attachment } => {
                    assert!(attachment.len() <= 16 * 1024, "an attachment of {} bytes", attachment.len());
                    let socket = self.sockets.get_mut(session).expect("an open socket");
                    attachment.clone_into(socket);
                }
                Effect::Close { session, .. } => drop(self.sockets.remove(session)),
                Effect::Timer(at) => self.timer = Some(*at),
                Effect::Alarm(at) => self.alarm = Some(*at),
                Effect::Store(_) | Effect::Send { .. } | Effect::Answer { .. } => {}
            }
        }
        self.happened.extend(effects.into_iter().map(Happening::Effect));
        Ok(())
    }
}

/// The law of every turn: what is stored stands before everything else, the alarm of the commit right behind it.
fn check_order(effects: &Effects) {
    let rank = |effect: &Effect| match effect {
        Effect::Store(_) => 0,
        Effect::Alarm(_) => 1,
        Effect::Attach { .. } => 2,
        Effect::Send { .. } | Effect::Close { .. } | Effect::Answer { .. } => 3,
        Effect::Timer(_) => 4,
    };
    assert!(effects.is_sorted_by_key(rank), "out of order: {effects:?}");
}

/// A room that nobody owns.
pub fn founding(visibility: Visibility) -> Founding {
    let info = RoomInfo {
        room: Slug::parse("lobby").expect("a slug"),
        title: "Lobby".to_owned(),
        topic: String::new(),
        visibility,
        kind: match visibility {
            Visibility::Public => RoomKind::Public,
            Visibility::Private => RoomKind::Private,
        },
        slow_mode_ms: 0,
        retention_days: None,
        posting: Posting::Everyone,
        created_at: START,
    };
    Founding { info, epoch: Epoch::parse("e1").expect("an epoch"), owner: None }
}
