//! What goes in: the one match over [`Input`], and what each costs the parts.
//!
//! Not here: what a frame says (hearing.rs). Invariant: a command is kept on disk in the turn in which it was given.

use protocol::{
    Availability, ClientFrame, Command, CommandId, Draft, File, Seq, http::MessagesPage,
    limits::TYPING_EVERY_MS,
};

use crate::{
    client::Client,
    goal::Sought,
    input::Input,
    output::{Output, PageRequest},
    pages::{Purpose, Retry, Ripe},
    saved::SavedCommand,
    view::GapEdge,
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
            Input::Send { id, draft } => self.on_send(id, draft, Vec::new()),
            Input::SendFiles { id, mut draft, files } => {
                draft.attachments = files.iter().map(|file| file.file.clone()).collect();
                self.on_send(id, draft, files);
            }
            Input::Edit { id, seq, text } => self.give(id, Command::Edit { seq, text }),
            Input::Delete { id, seq } => self.give(id, Command::Delete { seq }),
            Input::React { id, seq, emoji, on } => {
                self.give(id, Command::React { seq, emoji, on });
            }
            Input::Pin { id, seq, on } => self.give(id, Command::Pin { seq, on }),
            Input::Moderate { id, moderation } => self.give(id, Command::Moderate(moderation)),
            Input::Role { id, member, role } => self.give(id, Command::Role { member, role }),
            Input::Retry(id) => self.on_retry(&id),
            Input::Discard(id) => self.on_discard(id),
            Input::Tabs { left, sending } => self.on_tabs(left, sending),
            Input::Typing => self.on_typing(),
            Input::Presence(availability) => self.on_presence(availability),
            Input::Seen(seq) => self.on_seen(seq),
            Input::Older => {
                let oldest = self.timeline.beginning();
                self.want(oldest.map(PageRequest::Before), Purpose::View);
            }
            Input::FillGap(GapEdge::After(seq)) => self.want(Some(PageRequest::After(seq)), Purpose::View),
            Input::FillGap(GapEdge::Before(seq)) => self.want(Some(PageRequest::Before(seq)), Purpose::View),
            Input::InView(seq) => self.in_view = seq,
            Input::Visit(seq) => self.seek(Sought::Message(seq)),
            Input::VisitDate(at) => self.seek(Sought::Date(at)),
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

    fn on_send(&mut self, id: CommandId, mut draft: Draft, files: Vec<File>) {
        self.reading.clear();
        self.call(&mut draft);
        self.take(id, Command::Send(draft), files);
    }

    /// Takes a command into the outbox: on disk first, on its way as soon as may be.
    fn give(&mut self, id: CommandId, command: Command) {
        self.take(id, command, Vec::new());
    }

    /// The same, with the files that its echo shows.
    fn take(&mut self, id: CommandId, command: Command, files: Vec<File>) {
        if let Some(saved) = self.outbox.add(id, command, files, self.clock.wall()) {
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

    fn on_tabs(&mut self, mut left: Vec<SavedCommand>, mut sending: Vec<SavedCommand>) {
        let settled = left.extract_if(.., |saved| self.other_tabs.has_seen(&saved.id));
        for saved in settled {
            self.outputs.push(Output::Forget(saved.id));
        }
        self.outbox.inherit(left);
        sending.retain(|saved| !self.outbox.has(&saved.id));
        self.other_tabs.replace(sending);
        self.changed = true;
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
        self.in_view = seq;
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
        if purpose == Purpose::View {
            let found = self.find(request, &stretch);
            self.timeline.merge(stretch);
            self.arrive(found);
            self.timeline.shed(self.in_view);
        }
        self.changed = true;
        self.keep_place_soon();
    }

    pub(crate) fn want(&mut self, request: Option<PageRequest>, purpose: Purpose) {
        if let Some(request) = request {
            self.changed |= self.pages.want(request, purpose, self.place.seq());
        }
    }

    /// Asks for what the message at `seq` answers, if that is not known.
    pub(crate) fn want_excerpt(&mut self, seq: Seq) {
        let target = self.timeline.unexplained(seq);
        self.want(target.map(PageRequest::Around), Purpose::Excerpt);
    }
}
