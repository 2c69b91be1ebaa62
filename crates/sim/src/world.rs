//! The world: one room, its devices, the network between them and one clock, run from a queue.
//!
//! Not here: what a step does (deeds.rs, mishaps.rs), how outputs and effects travel (carry.rs), how a run ends (quiet.rs).
//! The invariant: everything happens in the order of (time, number); the same script gives the same trace, byte for byte.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use archive::{Archive, SqlError};
use client::output::PageRequest;
use protocol::{
    CommandId, Member, MemberId, Millis, Role, Seq, SessionId,
    http::{MessagesPage, SendBody},
};
use room::{Answer, Input, Opening, Payload};

use crate::{
    action::{Action, Step},
    crowd,
    device::{DEVICES, Device},
    disk::Disk,
    founding::{self, LIMITS_ON},
    invariants::{self, Broken, Verdict},
    ledger::Ledger,
    network::{Network, SocketNumber, Who},
    queue::{BEGINNING, Queue},
    script::Script,
    server::{Hibernation, Server},
    tally::Tally,
    trace::{Recording, Trace},
};

/// After so many steps the screens are looked at. What is wrong on one stays wrong for longer than that.
const LOOK_EVERY: usize = 4;

/// How a run is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Whether the room hibernates.
    pub hibernation: Hibernation,
    /// Whether the trace can be read.
    pub recording: Recording,
}

/// Something that is going to happen.
#[derive(Debug)]
pub enum Happening {
    /// Something reaches the server over a socket.
    ToServer(SocketNumber, Upward),
    /// Something reaches a device over a socket.
    ToDevice(SocketNumber, Downward),
    /// The server is told that a socket is gone.
    ServerNotices(SocketNumber),
    /// A device is told that its socket is gone, or never was.
    DeviceNotices(SocketNumber, u16),
    /// A request reaches the server.
    Request(u64),
    /// Its answer reaches the device.
    Response(u64),
    /// Something reaches the room from within the house: a sign-in ended, a member has another name.
    FromInside(Input),
    /// A device's timer rings, if it is still the last one asked for.
    DeviceTimer(Who, u64),
    /// The room's timer rings, if it is still due.
    RoomTimer,
    /// The object's alarm rings, if it is still due.
    RoomAlarm,
    /// The disk has flushed.
    Flush,
    /// Those of the crowd who have no socket come in.
    Crowd,
}

/// What a device sends over a socket.
#[derive(Debug)]
pub enum Upward {
    /// It wants in.
    Open(Box<Opening>),
    /// A payload.
    Payload(Payload),
    /// It closed the socket.
    Closed,
}

/// What the server sends over a socket.
#[derive(Debug)]
pub enum Downward {
    /// The socket is open.
    Opened,
    /// A frame.
    Frame(String),
    /// It closed the socket.
    Closed(u16),
}

/// A request by HTTP, and what came of it.
#[derive(Debug)]
pub struct Request {
    /// Whose.
    pub who: Who,
    /// Which page load of the device asked: a later one does not hear the answer.
    pub load: u64,
    /// What.
    pub ask: Ask,
}

/// What is asked by HTTP.
#[derive(Debug)]
pub enum Ask {
    /// A page of history.
    Page(PageRequest, Option<Box<MessagesPage>>),
    /// To send a message; the command as the once-only rule knows it.
    Post(SendBody, Member, Role, Option<Answer>),
}

/// What a session was given so far.
#[derive(Debug)]
pub struct Hearing {
    /// Whose session.
    pub member: MemberId,
    /// Where it asked to be continued.
    pub asked: BTreeSet<Seq>,
    /// How far it was given the log.
    pub heard: Option<Seq>,
}

/// Everything.
pub struct World {
    pub(crate) queue: Queue<Happening>,
    pub(crate) network: Network,
    pub(crate) server: Server,
    pub(crate) devices: Vec<Device>,
    pub(crate) ledger: Ledger,
    pub(crate) requests: BTreeMap<u64, Request>,
    pub(crate) asked: u64,
    pub(crate) hearings: BTreeMap<SessionId, Hearing>,
    pub(crate) server_skew_ms: i64,
    pub(crate) flush_ms: u64,
    pub(crate) flushing: bool,
    /// The timer and the alarm for which a ring is in the queue.
    pub(crate) rings: (Option<Millis>, Option<Millis>),
    pub(crate) timer_rings: Millis,
    pub(crate) texts: u64,
    /// The sockets beside those of the devices, and how many of them there were.
    pub(crate) lurkers: Vec<SessionId>,
    pub(crate) lurkers_seen: u64,
    /// Sign-ins that are over.
    pub(crate) ended: BTreeSet<String>,
    /// What happened how often.
    pub tally: Tally,
    /// What went over the wire.
    pub trace: Trace,
}

/// A disk with an empty archive on it, to be used for one run after the other.
pub struct Ground {
    disk: Disk,
}

impl Ground {
    /// A ground over a SQLite that nobody else uses.
    ///
    /// # Errors
    /// When the archive cannot be opened.
    pub fn new(sql: impl archive::Sql + 'static) -> Result<Self, SqlError> {
        let disk = Disk::new(sql);
        Archive::open(disk.clone())?;
        disk.flush()?;
        Ok(Self { disk })
    }

    /// Runs a script on it to its end, and leaves it empty again.
    ///
    /// # Errors
    /// The first invariant that did not hold, and the world as it was then.
    pub fn run(&self, script: &Script, mode: Mode) -> Result<World, Box<(World, Broken)>> {
        self.disk.begin_run().unwrap_or_else(|error| panic!("the simulated disk does not begin: {error}"));
        let mut world = World::new(script, mode, &self.disk);
        let verdict = catch_unwind(AssertUnwindSafe(|| world.run(script)))
            .unwrap_or_else(|panic| invariants::nothing_panics(&words_of(panic.as_ref())));
        self.disk.end_run().unwrap_or_else(|error| panic!("the simulated disk does not end: {error}"));
        match verdict {
            Ok(()) => Ok(world),
            Err(broken) => Err(Box::new((world, broken))),
        }
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().cloned();
    words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned())).unwrap_or_default()
}

impl World {
    fn new(script: &Script, mode: Mode, disk: &Disk) -> Self {
        let archive = Archive::open(disk.clone()).unwrap_or_else(|error| panic!("no archive: {error}"));
        let mut ledger = Ledger::default();
        founding::found(&archive, &mut ledger, script);
        disk.flush().unwrap_or_else(|error| panic!("the simulated disk does not flush: {error}"));
        Self {
            queue: Queue::default(),
            network: Network::of(DEVICES.len()),
            server: Server::new(script, mode.hibernation, LIMITS_ON, disk.clone(), archive),
            devices: (0..DEVICES.len()).map(|who| Device::new(who, script.seed)).collect(),
            ledger,
            requests: BTreeMap::new(),
            asked: 0,
            hearings: BTreeMap::new(),
            server_skew_ms: 0,
            flush_ms: 0,
            flushing: false,
            rings: (None, None),
            timer_rings: BEGINNING,
            texts: 0,
            lurkers: crowd::of(script.crowd),
            lurkers_seen: 0,
            ended: BTreeSet::new(),
            tally: Tally::default(),
            trace: Trace::new(mode.recording),
        }
    }

    fn run(&mut self, script: &Script) -> Verdict {
        for who in 0..self.devices.len() {
            self.input(who, client::Input::Start);
        }
        self.lurkers_come_later();
        for (index, step) in script.steps.iter().enumerate() {
            self.step(*step)?;
            if index.is_multiple_of(LOOK_EVERY) {
                self.look()?;
            }
        }
        self.come_to_rest()
    }

    fn step(&mut self, step: Step) -> Verdict {
        self.run_until(self.queue.now().plus(step.after_ms))?;
        if self.trace.is_recording() {
            self.trace.note(self.queue.now(), format!("-- {step}"));
        }
        match step.action {
            Action::Device(who, deed) => self.deed(who, deed),
            Action::Room(mishap) => self.mishap(mishap),
        }
    }

    /// Lets the world run on to an instant.
    pub(crate) fn run_until(&mut self, until: Millis) -> Verdict {
        while let Some(happening) = self.queue.next(until) {
            self.happen(happening)?;
        }
        Ok(())
    }

    /// Whoever's screen changed is looked at.
    fn look(&mut self) -> Verdict {
        for device in self.devices.iter_mut().filter(|device| device.changed) {
            device.changed = false;
            invariants::timelines_contiguous_and_in_order(&self.ledger, &device.client.rows())?;
        }
        Ok(())
    }

    fn happen(&mut self, happening: Happening) -> Verdict {
        match happening {
            Happening::ToServer(socket, upward) if self.network.carries_up(socket) => {
                return self.reach_server(socket, upward);
            }
            Happening::ToDevice(socket, downward) if self.network.carries_down(socket) => {
                self.reach_device(socket, downward);
            }
            Happening::ToServer(..) | Happening::ToDevice(..) => self.tally.count("fault: frame lost"),
            Happening::ServerNotices(socket) => return self.reach_server(socket, Upward::Closed),
            Happening::DeviceNotices(socket, code) => self.reach_device(socket, Downward::Closed(code)),
            Happening::Request(number) => return self.request_arrives(number),
            Happening::Response(number) => return self.response_arrives(number),
            Happening::FromInside(input) => return self.turn(input),
            Happening::DeviceTimer(who, timer) if self.devices[who].timer == timer => {
                self.hear(who, None, client::Input::Timer);
            }
            Happening::DeviceTimer(..) => {}
            Happening::RoomTimer if self.timer_is_due() => return self.turn(Input::Timer),
            Happening::RoomAlarm if self.alarm_is_due() => {
                let pongs = self.pongs();
                return self.turn(Input::Alarm { pongs });
            }
            Happening::RoomTimer | Happening::RoomAlarm => {}
            Happening::Flush => return self.flush(),
            Happening::Crowd => return self.crowd_comes(),
        }
        Ok(())
    }

    /// A timer in memory runs for a time: setting the clock does not move it.
    fn timer_is_due(&self) -> bool {
        self.server.timer().is_some() && self.timer_rings <= self.queue.now()
    }

    /// An alarm is set to an instant on the server's clock.
    fn alarm_is_due(&self) -> bool {
        self.server.alarm().is_some_and(|at| at <= self.server_clock())
    }

    /// What the server's clock shows.
    pub(crate) fn server_clock(&self) -> Millis {
        Millis(self.queue.now().0.saturating_add_signed(self.server_skew_ms))
    }

    /// When it will be that time on the server's clock.
    pub(crate) const fn at_server_clock(&self, clock: Millis) -> Millis {
        Millis(clock.0.saturating_add_signed(-self.server_skew_ms))
    }

    fn request_arrives(&mut self, number: u64) -> Verdict {
        let Some(request) = self.requests.get(&number) else { return Ok(()) };
        match &request.ask {
            Ask::Page(page, _) => {
                let page = *page;
                let reader = self.devices[request.who].member.id.clone();
                self.tally.count("command: page of history");
                self.server.page(number, page, &reader);
                self.carry_out()
            }
            Ask::Post(body, member, role, _) => {
                let (member, role, body) = (member.clone(), *role, body.clone());
                self.tally.count("command: send by HTTP");
                self.turn(Input::Command { request: number, member, role, body, origin: None })
            }
        }
    }

    fn response_arrives(&mut self, number: u64) -> Verdict {
        let Some(request) = self.requests.remove(&number) else { return Ok(()) };
        match request.ask {
            Ask::Page(asked, page) => {
                if self.devices[request.who].loads == request.load {
                    self.hear(request.who, None, client::Input::Page { request: asked, page });
                }
                Ok(())
            }
            Ask::Post(body, member, _, answer) => {
                let Some(Answer::Sent(sent)) = answer else { return Ok(()) };
                let id: &CommandId = &body.id;
                invariants::nothing_acked_that_is_not_stored(&self.ledger, &member.id, id, sent.seq)
            }
        }
    }
}
