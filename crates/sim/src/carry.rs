//! How things travel: a client's outputs into the network, the server's effects out of it. What leaves the server is
//! checked here, where it leaves.

use std::collections::BTreeSet;

use archive::Change;
use client::Output;
use protocol::{CloseCode, Cursor, Event, EventKind, Millis, ServerFrame, SessionId};
use room::{Input, Opening, Payload};

use crate::{
    device::DEVICES,
    invariants::{self, Broken, Verdict},
    names::{close_named, command_named, frame_named},
    network::{LinkState, SocketNumber, Who},
    server::Out,
    tally::MARKED,
    world::{Ask, Downward, Happening, Hearing, Request, Upward, World},
};

/// The code that a browser gives for a socket that just went away.
pub const GONE: u16 = 1006;

impl World {
    /// A person or the browser does something to a client: at once, even if the page is frozen.
    pub(crate) fn input(&mut self, who: Who, input: client::Input) {
        let outputs = self.devices[who].apply(input, self.queue.now());
        self.perform(who, outputs);
    }

    /// Something comes in from outside: it waits while the page is frozen.
    pub(crate) fn hear(&mut self, who: Who, socket: Option<SocketNumber>, input: client::Input) {
        if let Some(backlog) = &mut self.devices[who].frozen {
            backlog.push_back((socket, input));
            return;
        }
        // Nothing of a socket that the client has given up comes in any more.
        if socket.is_some() && socket != self.devices[who].socket {
            return;
        }
        if matches!(input, client::Input::Closed { .. }) {
            self.devices[who].socket = None;
        }
        self.input(who, input);
    }

    fn perform(&mut self, who: Who, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Connect { cursor } => self.connect(who, cursor),
                Output::Disconnect => self.disconnect(who),
                Output::Transmit(frame) => self.transmit(who, frame),
                Output::Timer(at) => self.set_device_timer(who, at),
                Output::Fetch(request) => {
                    self.ask(who, Ask::Page(request, None));
                }
                Output::Keep(command) => self.devices[who].keep(command),
                Output::Forget(id) => self.devices[who].forget(&id),
                Output::KeepPlace(place) => self.devices[who].keep_place(place),
                Output::Changed => self.devices[who].changed = true,
            }
        }
    }

    fn connect(&mut self, who: Who, cursor: Option<String>) {
        let now = self.queue.now();
        let socket = self.network.open(who, now);
        self.devices[who].socket = Some(socket);
        if self.network.link(who).state == LinkState::Down {
            self.network.kill_up(socket);
            self.network.kill_down(socket);
            return self.queue.put(now.plus(20), Happening::DeviceNotices(socket, GONE));
        }
        let session = self.network.socket(socket).map(|socket| socket.session.clone());
        let Some(session) = session else { return };
        let device = &self.devices[who];
        let opening = Opening {
            session,
            member: device.member.clone(),
            role: DEVICES[who].role,
            sign_in: device.sign_in(),
            mode: room::Mode::Full,
            cursor,
            origin: None,
        };
        self.send_up(socket, Upward::Open(Box::new(opening)));
    }

    pub(crate) fn disconnect(&mut self, who: Who) {
        if let Some(socket) = self.devices[who].socket.take() {
            self.send_up(socket, Upward::Closed);
        }
    }

    /// A device sends a frame over its socket, if it has one.
    pub(crate) fn transmit(&mut self, who: Who, frame: String) {
        let Some(socket) = self.devices[who].socket else { return };
        self.trace.frame(self.queue.now(), ">", DEVICES[who].name, &frame);
        if frame.contains("\"id\":") {
            self.devices[who].last_command = Some(frame.clone());
        }
        self.send_up(socket, Upward::Payload(Payload::Text(frame)));
    }

    pub(crate) fn send_up(&mut self, socket: SocketNumber, upward: Upward) {
        match self.network.up(socket, self.queue.now()) {
            Some(at) => self.queue.put(at, Happening::ToServer(socket, upward)),
            None => self.tally.count("fault: frame lost"),
        }
    }

    fn send_down(&mut self, socket: SocketNumber, downward: Downward) {
        match self.network.down(socket, self.queue.now()) {
            Some(at) => self.queue.put(at, Happening::ToDevice(socket, downward)),
            None => self.tally.count("fault: frame lost"),
        }
    }

    /// A device asks by HTTP. A request into a dead link is answered by silence, and then by the browser's time limit.
    pub(crate) fn ask(&mut self, who: Who, ask: Ask) {
        self.asked += 1;
        let link = self.network.link(who);
        let load = self.devices[who].loads;
        self.requests.insert(self.asked, Request { who, load, ask });
        match link.state {
            LinkState::Up => {
                self.queue.put(self.queue.now().plus(link.up_ms), Happening::Request(self.asked))
            }
            LinkState::Down => self.queue.put(self.queue.now().plus(8_000), Happening::Response(self.asked)),
        }
    }

    fn set_device_timer(&mut self, who: Who, at: Option<Millis>) {
        let now = self.queue.now();
        let device = &mut self.devices[who];
        device.timer += 1;
        if let Some(at) = at {
            // A browser's timer runs for a time, not to an instant: setting the clock does not move it.
            let rings = now.plus(at.since(device.clock(now)));
            self.queue.put(rings, Happening::DeviceTimer(who, device.timer));
        }
    }

    /// Something reaches the server over a socket.
    pub(crate) fn reach_server(&mut self, socket: SocketNumber, upward: Upward) -> Verdict {
        let Some(session) = self.network.socket(socket).map(|socket| socket.session.clone()) else {
            return Ok(());
        };
        match upward {
            Upward::Open(opening) if self.ended.contains(&opening.sign_in) => {
                // The Worker refuses it before any room is touched.
                self.send_down(socket, Downward::Opened);
                self.release_close(&session, CloseCode::NoSession.code());
                Ok(())
            }
            Upward::Open(opening) => {
                let asked: BTreeSet<_> = opening
                    .cursor
                    .as_deref()
                    .and_then(Cursor::parse)
                    .map(|cursor| cursor.seq)
                    .into_iter()
                    .collect();
                let hearing = Hearing { member: opening.member.id.clone(), asked, heard: None };
                self.hearings.insert(session, hearing);
                self.send_down(socket, Downward::Opened);
                self.tally.count("command: open");
                self.turn(Input::Open(*opening))
            }
            Upward::Payload(Payload::Text(text)) if text == "ping" => {
                self.tally.count("command: ping");
                let now = self.server_clock();
                self.server.ping(&session, now);
                self.carry_out()
            }
            Upward::Payload(payload) => {
                self.note_payload(&session, &payload);
                if self.server.has(&session) { self.turn(Input::Frame { session, payload }) } else { Ok(()) }
            }
            Upward::Closed => self.turn(Input::Closed { session }),
        }
    }

    fn note_payload(&mut self, session: &SessionId, payload: &Payload) {
        let Payload::Text(text) = payload else { return self.tally.count("command: binary") };
        self.tally.count(command_named(text));
        if let Ok(protocol::ClientFrame::Resume { cursor }) = protocol::decode_client(text)
            && let Some(cursor) = Cursor::parse(&cursor)
            && let Some(hearing) = self.hearings.get_mut(session)
        {
            hearing.asked.insert(cursor.seq);
        }
    }

    /// Something reaches a device over a socket.
    pub(crate) fn reach_device(&mut self, socket: SocketNumber, downward: Downward) {
        let Some(who) = self.network.socket(socket).map(|socket| socket.who) else { return };
        let input = match downward {
            Downward::Opened => client::Input::Opened,
            Downward::Frame(frame) => client::Input::Frame(frame),
            Downward::Closed(code) => {
                self.send_up(socket, Upward::Closed);
                client::Input::Closed { code }
            }
        };
        self.hear(who, Some(socket), input);
    }

    /// One turn of the room, and what comes of it.
    pub(crate) fn turn(&mut self, input: Input) -> Verdict {
        let now = self.server_clock();
        self.tally.count("turns");
        let noted = self.trace.is_recording().then(|| format!("{input:?}"));
        self.server.turn(input, now, self.queue.now());
        if let Some(input) = noted {
            let (timer, alarm) = (self.server.timer(), self.server.alarm());
            let input: String = input.chars().take(80).collect();
            self.trace
                .note(self.queue.now(), format!("   turn: {input} then timer {timer:?}, alarm {alarm:?}"));
        }
        self.carry_out()
    }

    /// What the server wrote goes to the ledger, what may leave it leaves, and its timers are set.
    pub(crate) fn carry_out(&mut self) -> Verdict {
        let written = std::mem::take(&mut self.server.written);
        self.ledger.write(&written);
        let prunes =
            |change: &&Change| matches!(change, Change::Append(Event { kind: EventKind::Pruned { .. }, .. }));
        self.tally.add("retention: log pruned", written.iter().filter(prunes).count() as u64);
        for what in std::mem::take(&mut self.server.happened) {
            self.tally.count(what);
        }
        let failures = self.server.disk().take_failures();
        self.tally.add("fault: write failed", failures.writes);
        self.tally.add("fault: read failed", failures.reads);
        self.release()?;
        self.set_rings();
        if self.server.disk().has_unflushed() && !self.flushing {
            if self.flush_ms == 0 {
                return self.flush();
            }
            self.flushing = true;
            self.queue.put(self.queue.now().plus(self.flush_ms), Happening::Flush);
        }
        Ok(())
    }

    /// The disk has flushed: what was written is true from now on, and what waited for it leaves.
    pub(crate) fn flush(&mut self) -> Verdict {
        self.flushing = false;
        self.server.flush().map_err(|error| disk_broke(&error))?;
        self.ledger.flush()?;
        self.release()
    }

    pub(crate) fn set_rings(&mut self) {
        let (timer, alarm) = (self.server.timer(), self.server.alarm());
        let before = std::mem::replace(&mut self.rings, (timer, alarm));
        if let Some(at) = timer.filter(|_| before.0 != timer) {
            self.timer_rings = self.at_server_clock(at);
            self.queue.put(self.timer_rings, Happening::RoomTimer);
        }
        if let Some(at) = alarm.filter(|_| before.1 != alarm) {
            self.queue.put(self.at_server_clock(at), Happening::RoomAlarm);
        }
    }

    fn release(&mut self) -> Verdict {
        for out in std::mem::take(&mut self.server.out) {
            match out {
                Out::Frame(to, frame) => self.release_frame(&to, &frame)?,
                Out::Close(session, code) => self.release_close(&session, code),
                Out::Answer(number, answer) => {
                    if let Some(Request { ask: Ask::Post(_, _, _, slot), .. }) =
                        self.requests.get_mut(&number)
                    {
                        *slot = Some(answer);
                    }
                    self.respond(number);
                }
                Out::Page(number, page) => {
                    if let Some(Request { ask: Ask::Page(_, slot), .. }) = self.requests.get_mut(&number) {
                        *slot = page;
                    }
                    self.respond(number);
                }
            }
        }
        Ok(())
    }

    fn respond(&mut self, number: u64) {
        if let Some(request) = self.requests.get(&number) {
            let down_ms = self.network.link(request.who).down_ms;
            self.queue.put(self.queue.now().plus(down_ms), Happening::Response(number));
        }
    }

    fn release_close(&mut self, session: &SessionId, code: u16) {
        self.tally.count(close_named(code));
        let Some((socket, of)) = self.network.of_session(session) else { return self.lurkers_come_later() };
        let name = DEVICES[of.who].name;
        self.trace.frame(self.queue.now(), "<", name, &format!("close {code}"));
        self.send_down(socket, Downward::Closed(code));
    }

    fn release_frame(&mut self, to: &[SessionId], frame: &str) -> Verdict {
        let decoded = protocol::decode_server(frame).map(|received| received.frame);
        if let Some(decoded) = &decoded {
            invariants::frames_within_their_limit(frame)?;
            invariants::nothing_shown_that_is_not_stored(&self.ledger, decoded)?;
            self.tally.count(frame_named(decoded));
            if frame.ends_with("\"}") && frame.contains("\"mark\":\"") {
                self.tally.count(MARKED);
            }
        }
        for session in to {
            let Some((socket, of)) = self.network.of_session(session) else {
                if let Some(decoded) = &decoded {
                    self.lurker_hears(session, decoded, frame)?;
                }
                continue;
            };
            let name = DEVICES[of.who].name;
            self.trace.frame(self.queue.now(), "<", name, frame);
            if let Some(decoded) = &decoded {
                self.check_hearing(session, decoded)?;
            }
            self.send_down(socket, Downward::Frame(frame.to_owned()));
        }
        Ok(())
    }

    pub(crate) fn check_hearing(&mut self, session: &SessionId, frame: &ServerFrame) -> Verdict {
        let Some(hearing) = self.hearings.get_mut(session) else { return Ok(()) };
        if let ServerFrame::Ack { id, seq, .. } = frame {
            invariants::nothing_acked_that_is_not_stored(&self.ledger, &hearing.member, id, *seq)?;
        }
        hearing.heard = invariants::no_silent_hole(hearing.heard, &hearing.asked, frame)?;
        Ok(())
    }
}

/// The simulated disk itself fails: no finding about the room.
pub fn disk_broke(error: &archive::SqlError) -> Broken {
    Broken { invariant: "the_simulated_disk_works", detail: error.to_string() }
}
