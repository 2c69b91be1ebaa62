//! What goes in: the one match over [`Input`], and what each costs the parts.
//!
//! Not here: what a frame says (hearing.rs). Invariant: a command is kept on disk in the turn in which it was given.

use protocol::{
    Availability, ClientFrame, Command, CommandId, Seq, http::MessagesPage, limits::TYPING_EVERY_MS,
};

use crate::{
    client::Client,
    input::Input,
    output::{Output, PageRequest},
    pages::{Purpose, Retry, Ripe},
};

/// Over the room's own 3 s, since a frame that takes less time on its way than the one before would not count; well
/// under the 5 s for which it is shown.
const TELL_TYPING_EVERY_MS: u64 = TYPING_EVERY_MS + 500;

impl Client {
    /// The one match over what goes in.
    pub(crate) fn on_input(&mut self, input: Input) {
        let now = self.clock.now();
        match input {
            Input::Start | Input::TryNow => {
                if self.link.try_now(now) {
                    self.connect();
                }
            }
            Input::Online => {
                if self.link.online(now) {
                    self.connect();
                }
            }
            Input::Offline => self.on_offline(),
            Input::Opened => self.link.opened(now),
            Input::Frame(payload) => self.on_payload(&payload),
            Input::Closed { code } => self.on_closed(code),
            Input::Timer => self.armed = None,
            Input::Send { id, mut draft } => {
                self.reading.clear();
                self.call(&mut draft);
                self.give(id, Command::Send(draft));
            }
            Input::Edit { id, seq, text } => self.give(id, Command::Edit { seq, text }),
            Input::Delete { id, seq } => self.give(id, Command::Delete { seq }),
            Input::React { id, seq, emoji, on } => {
                self.give(id, Command::React { seq, emoji, on });
            }
            Input::Retry(id) => self.on_retry(&id),
            Input::Discard(id) => self.on_discard(id),
            Input::Typing => self.on_typing(),
            Input::Presence(availability) => self.on_presence(availability),
            Input::Seen(seq) => self.on_seen(seq),
            Input::Older => {
                let oldest = self.timeline.beginning();
                self.want(oldest.map(PageRequest::Before), Purpose::View);
            }
            Input::FillGap { above } => self.want(Some(PageRequest::After(above)), Purpose::View),
            Input::Visit(seq) => {
                self.sought = Some(seq);
                self.seek();
            }
            Input::Page { request, page } => self.on_page(request, page),
        }
    }

    fn on_offline(&mut self) {
        if self.link.offline() {
            self.outputs.push(Output::Disconnect);
            self.socket_gone();
        }
    }

    fn on_closed(&mut self, code: u16) {
        if self.link.has_socket() {
            self.link.closed(code, self.clock.now(), &mut self.jitter);
            self.socket_gone();
        }
    }

    /// Takes a command into the outbox: on disk first, on its way as soon as may be.
    fn give(&mut self, id: CommandId, command: Command) {
        if let Some(saved) = self.outbox.add(id, command, self.clock.wall()) {
            self.outputs.push(Output::Keep(saved));
            self.changed = true;
        }
    }

    fn on_retry(&mut self, id: &CommandId) {
        if let Some(saved) = self.outbox.retry(id, self.clock.wall()) {
            self.outputs.push(Output::Keep(saved));
            self.changed = true;
        }
    }

    fn on_discard(&mut self, id: CommandId) {
        if self.outbox.discard(&id) {
            self.forget(id);
        }
    }

    fn on_typing(&mut self) {
        let now = self.clock.now();
        let is_early = self.typed_at.is_some_and(|at| now < at.plus(TELL_TYPING_EVERY_MS));
        if self.link.is_greeted() && !is_early {
            self.typed_at = Some(now);
            self.transmit(&ClientFrame::Typing);
        }
    }

    fn on_presence(&mut self, availability: Availability) {
        if self.availability == availability {
            return;
        }
        self.availability = availability;
        match availability {
            Availability::Away => {
                self.reading.leave(&self.timeline, &self.settings.me);
                self.keep_place_at_once();
            }
            Availability::Active => self.reading.come_back(&self.timeline, &self.settings.me),
        }
        self.changed = true;
        if self.link.is_greeted() {
            self.transmit(&ClientFrame::Presence { state: availability });
        }
    }

    fn on_seen(&mut self, seq: Seq) {
        self.on_screen = seq;
        if self.reading.see(seq, self.place.seq()) {
            self.changed = true;
            self.keep_place_soon();
        }
    }

    fn on_page(&mut self, request: PageRequest, page: Option<Box<MessagesPage>>) {
        let retry = Retry { now: self.clock.now(), jitter: &mut self.jitter };
        let head = page.as_ref().map(|page| page.head);
        let ripe = self.pages.take(request, page, self.place.cursor(), retry);
        match ripe {
            Some(ripe) => self.work_in(ripe),
            // Ahead of the cursor, it proves that events are on their way.
            None if self.pages.is_wanted(request) => {
                if let Some(head) = head {
                    self.place.expect(head, self.clock.now());
                }
            }
            None => {}
        }
    }

    /// Asks for what the person wants to see, if it is not held. A snapshot gives up every question, so it is asked again then.
    pub(crate) fn seek(&mut self) {
        let absent = self.sought.filter(|seq| !self.timeline.holds(*seq));
        self.want(absent.map(PageRequest::Around), Purpose::View);
    }

    /// Works a page in that is as it is at the cursor.
    pub(crate) fn work_in(&mut self, Ripe { request, purpose, stretch }: Ripe) {
        for message in &stretch.messages {
            self.timeline.explain(message.seq, Some(message.excerpt()));
        }
        if let PageRequest::Around(seq) = request
            && !stretch.messages.iter().any(|message| message.seq == seq)
        {
            self.timeline.explain(seq, None);
        }
        if let PageRequest::Around(seq) = request {
            self.sought.take_if(|sought| *sought == seq);
        }
        if purpose == Purpose::View {
            self.timeline.merge(stretch);
        }
        self.changed = true;
        self.keep_place_soon();
    }

    pub(crate) fn want(&mut self, request: Option<PageRequest>, purpose: Purpose) {
        if let Some(request) = request {
            self.pages.want(request, purpose, self.place.seq());
            self.changed = true;
        }
    }

    /// Asks for what the message at `seq` answers, if that is not known.
    pub(crate) fn want_excerpt(&mut self, seq: Seq) {
        let target = self.timeline.unexplained(seq);
        self.want(target.map(PageRequest::Around), Purpose::Excerpt);
    }
}
