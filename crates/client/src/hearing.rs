//! What comes over the socket: the one match over what the server says.
//!
//! Invariant: a frame is worked in whole or not at all, and one that makes no sense costs the socket, never the client.

use protocol::{
    Availability, ClientFrame, CloseCode, CommandId, Event, EventKind, Message, RejectCode, Seq, ServerFrame,
    Welcome, codec::Received, decode_server,
};

use crate::{
    client::Client,
    goal::Sought,
    output::Output,
    place::{Arrival, Fit},
    timeline::Stretch,
};

/// What `reject` says of one command.
struct Refusal {
    code: RejectCode,
    message: String,
    retryable: bool,
    retry_after_ms: Option<u64>,
}

impl Client {
    pub(crate) fn on_payload(&mut self, payload: &str) {
        if !self.link.has_socket() {
            return;
        }
        self.link.heard(self.clock.now());
        if payload == "pong" {
            return;
        }
        match decode_server(payload) {
            Some(Received { frame, mark })
                if self.link.is_greeted()
                    || matches!(frame, ServerFrame::Welcome(_) | ServerFrame::Unknown) =>
            {
                self.on_frame(frame);
                self.answer(mark);
            }
            // The server speaks first, and it says welcome.
            Some(_) | None => self.reconnect(),
        }
    }

    fn on_frame(&mut self, frame: ServerFrame) {
        let now = self.clock.now();
        match frame {
            ServerFrame::Welcome(welcome) => self.on_welcome(*welcome),
            ServerFrame::Events { events } => self.on_events(&events),
            ServerFrame::Ack { id, seq, .. } => self.on_ack(id, seq),
            ServerFrame::Reject { id: Some(id), code, message, retryable, retry_after_ms } => {
                self.on_refusal(&id, Refusal { code, message, retryable, retry_after_ms });
            }
            // It means no command: nothing waits for it.
            ServerFrame::Reject { id: None, .. } => {}
            ServerFrame::Presence { count, joined, left } => {
                self.roll.change(count, joined, &left);
                self.changed = true;
            }
            ServerFrame::Roster { count, members } => {
                self.roll.replace(protocol::frame::Roster { count, members });
                self.changed = true;
            }
            ServerFrame::Typing { members } => {
                self.roll.write(members, &self.settings.me, now);
                self.changed = true;
            }
            ServerFrame::Head { head, .. } if head > self.place.seq() => self.resume(),
            ServerFrame::Head { .. } | ServerFrame::Unknown => {}
            ServerFrame::Read { seq } => {
                self.reading.heard(seq);
                self.changed = true;
                self.keep_place_soon();
            }
            ServerFrame::Notice { spread_ms, .. } => self.link.announce(spread_ms),
        }
    }

    fn on_welcome(&mut self, mut welcome: Welcome) {
        if welcome.me.id != self.settings.me {
            return self.end();
        }
        let Ok(arrival) = self.place.arrive(&mut welcome) else {
            self.place.forget();
            return self.reconnect();
        };
        let is_first = !self.link.is_greeted();
        self.link.greeted(welcome.heartbeat_ms, welcome.spread_ms);
        if is_first {
            self.measuring.greeted();
        }
        self.measuring.clock(welcome.now, self.clock.now());
        match arrival {
            Arrival::Recovered(events) => self.fold_all(&events),
            Arrival::Snapshot(messages) => self.start_over(&welcome, messages),
        }
        self.reading.known(welcome.read);
        self.roll.replace(welcome.roster);
        self.room = Some(welcome.room);
        self.me = Some(welcome.me);
        self.pins = welcome.pins;
        self.file_bytes = welcome.limits.file_bytes.into();
        // What happened meanwhile may not have come as events.
        self.turned = self.turned.saturating_add(1);
        self.changed = true;
        self.place.answered(welcome.more);
        if welcome.more {
            self.resume();
        }
        if self.place.is_caught_up() {
            let unread = self.reading.open(&self.timeline, &self.settings.me);
            // Whoever asked for a message before goes there.
            if let Some(after) = unread.filter(|_| self.sought.is_none() && self.jump.is_none()) {
                self.seek(Sought::Unread { after });
            }
        }
        // A new session counts as active until it says otherwise.
        if is_first && self.availability == Availability::Away {
            self.transmit(&ClientFrame::Presence { state: Availability::Away });
        }
    }

    /// A snapshot replaces all but what is not settled.
    fn start_over(&mut self, welcome: &Welcome, messages: Vec<Message>) {
        if self.place.epoch() != Some(&welcome.epoch) {
            self.reading.log_changed();
            self.outbox.log_changed();
            // In another log the same seq is another message.
            self.sought.take_if(|_| self.place.epoch().is_some());
        }
        self.pages.clear();
        let newest = Stretch::newest(messages, welcome.more_before, welcome.head);
        self.timeline.replace(newest, welcome.floor);
        self.place.set(welcome.epoch.clone(), welcome.head);
        self.seek_on();
        self.reached();
    }

    fn on_events(&mut self, events: &[Event]) {
        match self.place.fit(events) {
            Fit::Continues => {
                let (known, now) = (self.place.seq(), self.clock.now());
                for event in events.iter().filter(|event| event.seq > known) {
                    self.measuring.delivered(event, now);
                }
                self.fold_all(events);
            }
            Fit::Skips => self.resume(),
        }
    }

    fn fold_all(&mut self, events: &[Event]) {
        for event in events {
            if self.place.step(event) {
                self.fold(event);
            }
        }
        self.reached();
    }

    fn fold(&mut self, event: &Event) {
        self.pages.keep(event);
        self.timeline.fold(event);
        self.fold_room(event);
        self.changed = true;
        if let Some(id) = event.id.as_ref().filter(|_| event.by.id == self.settings.me) {
            self.other_tabs.see(id);
            if self.outbox.seen(id) {
                self.forget(id.clone());
            }
        }
        if matches!(event.kind, EventKind::Message { .. }) {
            self.roll.wrote(&event.by.id);
            self.want_excerpt(event.seq);
            self.timeline.shed(self.in_view);
        }
    }

    /// The cursor has moved: what waited for that goes on.
    fn reached(&mut self) {
        let cursor = self.place.seq();
        for id in self.outbox.reached(cursor) {
            self.forget(id);
        }
        while let Some(ripe) = self.pages.reached(cursor) {
            self.work_in(ripe);
        }
        self.keep_place_soon();
    }

    fn on_ack(&mut self, id: CommandId, seq: Option<Seq>) {
        self.measuring.acked(&id, self.clock.now());
        if self.outbox.ack(&id, seq, self.place.seq()) {
            self.forget(id);
        } else if let Some(seq) = seq {
            self.place.expect(seq, self.clock.now());
        }
    }

    fn on_refusal(&mut self, id: &CommandId, refusal: Refusal) {
        self.measuring.given_up();
        if refusal.retryable {
            return self.outbox.pause(id, refusal.retry_after_ms, self.clock.now());
        }
        let reason =
            if refusal.message.is_empty() { refusal.code.sentence().to_owned() } else { refusal.message };
        if let Some(saved) = self.outbox.fail(id, refusal.code, reason) {
            self.outputs.push(Output::Keep(saved));
            self.changed = true;
        }
    }

    /// Proves that this session reads. One that is being given up proves nothing.
    fn answer(&mut self, mark: Option<String>) {
        if let Some(mark) = mark.filter(|_| self.link.is_greeted()) {
            self.transmit(&ClientFrame::Received { mark });
        }
    }

    /// The socket belongs to another member: this one's sign-in is over. Their outbox must not go out as somebody else's.
    fn end(&mut self) {
        self.outputs.push(Output::Disconnect);
        self.link.end(CloseCode::NoSession);
        self.socket_gone();
    }
}
