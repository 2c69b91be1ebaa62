//! The shell around a room: it carries out effects on the simulated disk and sockets, and holds what goes out until the
//! disk is flushed, as the runtime's output gate does.
//!
//! Not here: decisions. The invariant: what leaves after a write in the same turn leaves only once that write is flushed.

use std::collections::{BTreeMap, BTreeSet};

use archive::{Anchor, Archive, Bounds, Change, SqlError};
use client::output::PageRequest;
use protocol::{
    CloseCode, MemberId, Millis, SessionId,
    http::MessagesPage,
    limits::{PAGE_BYTES, PAGE_MESSAGES_DEFAULT},
};
use room::{Answer, Attached, Effect, Effects, Input, Room, Settings};

use crate::{chance::mix_of, disk::Disk, script::Script};

/// A room collects events from ten sockets on, for so long at most. Some may come while it does.
const FEW_SOCKETS: usize = 5;
const WINDOW_LONGEST_MS: u64 = 50;

/// When the object leaves memory with its sockets open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hibernation {
    /// Never.
    Never,
    /// After every turn, if it may.
    EveryTurn,
}

/// What comes out of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// A frame for these sessions.
    Frame(Vec<SessionId>, String),
    /// The session's socket is closed from this side.
    Close(SessionId, u16),
    /// The answer to a request.
    Answer(u64, Answer),
    /// A page for a request; `None` when it could not be read.
    Page(u64, Option<Box<MessagesPage>>),
}

/// A server process with one object in it.
pub struct Server {
    seed: u64,
    hibernation: Hibernation,
    /// How many sockets of a crowd there will be.
    expected: usize,
    settings: Settings,
    disk: Disk,
    archive: Archive<Disk>,
    room: Option<Room>,
    wakes: u64,
    last_turn: Millis,
    sockets: BTreeMap<SessionId, Socket>,
    /// Sockets of which the runtime still speaks: those closed from this side too, until the other side has answered.
    accepted: BTreeSet<SessionId>,
    timer: Option<Millis>,
    alarm: Option<Millis>,
    alarm_flushed: Option<Millis>,
    held: Vec<Out>,
    /// What may leave now.
    pub out: Vec<Out>,
    /// What was written since the last flush, for the ledger.
    pub written: Vec<Change>,
    /// What happened, for the tally.
    pub happened: Vec<&'static str>,
}

#[derive(Debug, Clone)]
struct Socket {
    /// None until the room has attached something: then the socket is a session.
    attachment: Option<String>,
    pong: Option<Millis>,
}

impl Server {
    /// A server over an archive in which the room was founded.
    #[must_use]
    pub fn new(
        script: &Script,
        hibernation: Hibernation,
        settings: Settings,
        disk: Disk,
        archive: Archive<Disk>,
    ) -> Self {
        Self {
            seed: script.seed,
            hibernation,
            expected: usize::try_from(script.crowd).unwrap_or(usize::MAX),
            settings,
            disk,
            archive,
            room: None,
            wakes: 0,
            last_turn: Millis::default(),
            sockets: BTreeMap::new(),
            accepted: BTreeSet::new(),
            timer: None,
            alarm: None,
            alarm_flushed: None,
            held: Vec::new(),
            out: Vec::new(),
            written: Vec::new(),
            happened: Vec::new(),
        }
    }

    /// One input is wholly applied and its effects are carried out. `now` is what the server's clock shows, `at` is the
    /// world's time.
    pub fn turn(&mut self, input: Input, now: Millis, at: Millis) {
        self.hibernate(at);
        match &input {
            Input::Open(opening) => {
                let socket = Socket { attachment: None, pong: None };
                self.sockets.insert(opening.session.clone(), socket);
                self.accepted.insert(opening.session.clone());
            }
            Input::Closed { session } if !self.accepted.remove(session) => return,
            Input::Timer => self.timer = None,
            Input::Alarm { .. } => self.alarm = None,
            _ => {}
        }
        let closed = match &input {
            Input::Closed { session } => Some(session.clone()),
            _ => None,
        };
        if self.try_turn(input.clone(), now).is_err() {
            self.happened.push("turn undone");
            self.forget_room();
            if self.try_turn(Input::StorageFailed { of: Box::new(input) }, now).is_err() {
                self.give_up();
            }
        }
        // A room that wakes for this must still find the socket: what it remembers says who has gone.
        if let Some(session) = closed {
            self.sockets.remove(&session);
        }
        self.last_turn = at;
    }

    /// Hibernates if the time since the last turn was long enough for it, and no timer runs: one that runs keeps an object
    /// awake. A room with few sockets may hibernate at once. One with more collects events for up to 50 ms after a round, and
    /// counts on being awake that long: no runtime lets an object hibernate sooner.
    fn hibernate(&mut self, at: Millis) {
        let is_small = self.expected.saturating_add(self.sockets.len()) <= FEW_SOCKETS;
        let busy_ms = if is_small { 0 } else { WINDOW_LONGEST_MS };
        let is_idle = at.since(self.last_turn) >= busy_ms && self.timer.is_none();
        if self.hibernation == Hibernation::EveryTurn && is_idle && self.room.take().is_some() {
            self.happened.push("fault: room hibernates");
        }
    }

    /// The runtime answers a ping by itself; the room does not wake.
    pub fn ping(&mut self, session: &SessionId, now: Millis) {
        self.pinged(session, now);
        if self.sockets.contains_key(session) {
            self.out.push(Out::Frame(vec![session.clone()], "pong".to_owned()));
        }
    }

    /// A page of history by HTTP.
    pub fn page(&mut self, request: u64, asked: PageRequest, reader: &MemberId) {
        let page = self.read_page(asked, reader).ok().flatten().map(Box::new);
        self.send(Out::Page(request, page));
    }

    /// What was written is safe, and what waited for it leaves.
    ///
    /// # Errors
    /// When SQLite fails by itself.
    pub fn flush(&mut self) -> Result<(), SqlError> {
        self.disk.flush()?;
        self.alarm_flushed = self.alarm;
        self.out.append(&mut self.held);
        Ok(())
    }

    /// The process dies and starts again: memory, sockets and what was not flushed are gone.
    ///
    /// # Errors
    /// When SQLite fails by itself.
    pub fn crash(&mut self) -> Result<Vec<SessionId>, SqlError> {
        self.forget_room();
        self.held.clear();
        self.sockets.clear();
        self.alarm = self.alarm_flushed;
        self.disk.crash()?;
        Ok(std::mem::take(&mut self.accepted).into_iter().collect())
    }

    /// The object loses its memory; its sockets and what it wrote stay.
    pub fn evict(&mut self) {
        self.forget_room();
    }

    /// When the in-memory timer rings.
    #[must_use]
    pub const fn timer(&self) -> Option<Millis> {
        self.timer
    }

    /// When the alarm rings.
    #[must_use]
    pub const fn alarm(&self) -> Option<Millis> {
        self.alarm
    }

    /// For each open socket that was answered a ping, when that was.
    #[must_use]
    pub fn pongs(&self) -> Vec<(SessionId, Millis)> {
        self.sockets.iter().filter_map(|(session, socket)| Some((session.clone(), socket.pong?))).collect()
    }

    /// The sockets that are open and pinged a moment ago.
    pub fn pinged(&mut self, session: &SessionId, now: Millis) {
        if let Some(socket) = self.sockets.get_mut(session) {
            socket.pong = Some(now);
        }
    }

    /// Whether the runtime still speaks of a socket.
    #[must_use]
    pub fn has(&self, session: &SessionId) -> bool {
        self.accepted.contains(session)
    }

    /// Whether a socket is open.
    #[must_use]
    pub fn is_open(&self, session: &SessionId) -> bool {
        self.sockets.contains_key(session)
    }

    /// The open sockets.
    pub fn sessions(&self) -> impl Iterator<Item = &SessionId> {
        self.sockets.keys()
    }

    /// What is stored.
    #[must_use]
    pub const fn archive(&self) -> &Archive<Disk> {
        &self.archive
    }

    /// The disk under it.
    #[must_use]
    pub const fn disk(&self) -> &Disk {
        &self.disk
    }

    fn try_turn(&mut self, input: Input, now: Millis) -> Result<(), SqlError> {
        let mut room = match self.room.take() {
            Some(room) => room,
            None => self.restore()?,
        };
        let effects = room.apply(input, now, &self.archive).map_err(|fatal| fatal.0)?;
        self.perform(effects)?;
        if !self.disk.has_unflushed() {
            self.alarm_flushed = self.alarm;
        }
        self.room = Some(room);
        Ok(())
    }

    fn restore(&mut self) -> Result<Room, SqlError> {
        self.wakes += 1;
        let attached: Vec<Attached> = self.sockets.iter().filter_map(attached).collect();
        let seed = mix_of(self.seed, self.wakes);
        Room::restore(&self.archive, &attached, seed, self.settings)
            .map_err(|fatal| fatal.0)?
            .ok_or_else(|| SqlError("the room was never created".to_owned()))
    }

    /// In the order in which the room gave them; all stores are one transaction, made where the first one stands.
    fn perform(&mut self, effects: Effects) -> Result<(), SqlError> {
        let changes: Vec<Change> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Store(change) => Some(change.clone()),
                _ => None,
            })
            .collect();
        let mut stored = changes.is_empty();
        for effect in effects {
            match effect {
                Effect::Store(_) if stored => {}
                Effect::Store(_) => {
                    self.archive.commit(&changes)?;
                    self.written.extend_from_slice(&changes);
                    stored = true;
                }
                Effect::Attach { session, attachment } => {
                    if let Some(socket) = self.sockets.get_mut(&session) {
                        socket.attachment = Some(attachment);
                    }
                }
                Effect::Send { to, frame } => self.send(Out::Frame(to, frame)),
                Effect::Close { session, code, .. } => self.close(session, code),
                Effect::Answer { request, answer } => self.send(Out::Answer(request, answer)),
                Effect::Timer(at) => self.timer = Some(at),
                Effect::Alarm(at) => self.alarm = Some(at),
            }
        }
        Ok(())
    }

    fn send(&mut self, out: Out) {
        if self.disk.has_unflushed() { self.held.push(out) } else { self.out.push(out) }
    }

    fn close(&mut self, session: SessionId, code: CloseCode) {
        if self.sockets.remove(&session).is_some() {
            self.send(Out::Close(session, code.code()));
        }
    }

    /// The room can neither be used nor restored: everybody comes back later.
    fn give_up(&mut self) {
        self.forget_room();
        self.happened.push("room given up");
        for session in self.sockets.keys().cloned().collect::<Vec<_>>() {
            self.close(session, CloseCode::RoomRestarts);
        }
    }

    fn forget_room(&mut self) {
        self.room = None;
        self.timer = None;
    }

    fn read_page(&self, asked: PageRequest, reader: &MemberId) -> Result<Option<MessagesPage>, SqlError> {
        let Some(log) = self.archive.log()? else { return Ok(None) };
        let bounds = Bounds { count: PAGE_MESSAGES_DEFAULT, bytes: PAGE_BYTES };
        let anchor = match asked {
            PageRequest::Before(seq) => Anchor::Before(seq),
            PageRequest::After(seq) => Anchor::After(seq),
            PageRequest::Around(seq) => Anchor::Around(seq),
            PageRequest::AroundAt(at) => Anchor::Around(self.archive.seq_at(at)?),
        };
        let history = self.archive.messages(anchor, reader, bounds)?;
        Ok(Some(MessagesPage {
            messages: history.messages,
            epoch: log.epoch,
            head: log.head,
            floor: log.floor,
            more_before: history.more_before,
            more_after: history.more_after,
        }))
    }
}

fn attached((session, socket): (&SessionId, &Socket)) -> Option<Attached> {
    let attachment = socket.attachment.clone()?;
    Some(Attached { session: session.clone(), attachment })
}
