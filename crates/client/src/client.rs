//! The client: one machine out of its parts, and the one match over what goes in.
//!
//! Not here: what comes over the socket (hearing.rs), what is done because its time has come (doing.rs), and how each
//! part decides. Invariant: a client changes only through [`Client::apply`], and never waits.

use protocol::{
    Availability, ClientFrame, Command, CommandId, Cursor, MemberId, Millis, RoomInfo, Seq, encode,
    frame::Me, http::MessagesPage, limits::TYPING_EVERY_MS,
};

use crate::{
    backoff::Jitter,
    input::Input,
    link::Link,
    outbox::Outbox,
    output::{Output, PageRequest},
    pages::{Pages, Purpose, Retry, Ripe},
    people::Roll,
    place::Place,
    reading::Reading,
    rows::{self, Sources},
    saved::{Saved, SavedCommand, SavedPlace},
    steady::{Clock, Steady},
    timeline::{Stretch, Timeline},
    view::{Above, Connection, People, Row, Unread},
};

/// What a client is told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whose client this is. Another member is another client, with another outbox.
    pub me: MemberId,
    /// Spreads the waits; any number that other clients do not have.
    pub seed: u64,
    /// Minutes that the reader's clocks are ahead of UTC, for day dividers.
    pub zone_minutes: i32,
}

/// The client of one member in one room.
#[derive(Debug)]
pub struct Client {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) jitter: Jitter,
    pub(crate) link: Link,
    pub(crate) place: Place,
    pub(crate) outbox: Outbox,
    pub(crate) timeline: Timeline,
    pub(crate) pages: Pages,
    pub(crate) roll: Roll,
    pub(crate) reading: Reading,
    pub(crate) room: Option<RoomInfo>,
    pub(crate) me: Option<Me>,
    pub(crate) availability: Availability,
    /// The newest message on the screen when the shell last told.
    pub(crate) on_screen: Seq,
    pub(crate) typed_at: Option<Steady>,
    /// When the place is to be kept on disk, if it has changed since.
    pub(crate) keep_at: Option<Steady>,
    /// The timer that the shell has.
    pub(crate) armed: Option<Millis>,
    pub(crate) shown: Connection,
    pub(crate) changed: bool,
    pub(crate) outputs: Vec<Output>,
}

impl Client {
    /// A client with what was kept, if anything was. It does nothing before [`Input::Start`].
    #[must_use]
    pub fn new(settings: Settings, saved: Saved) -> Self {
        let mut client = Self {
            clock: Clock::default(),
            jitter: Jitter::new(settings.seed),
            link: Link::new(),
            place: Place::default(),
            outbox: Outbox::restore(saved.outbox),
            timeline: Timeline::new(settings.me.clone()),
            pages: Pages::new(settings.me.clone()),
            roll: Roll::default(),
            reading: Reading::default(),
            room: None,
            me: None,
            availability: Availability::Active,
            on_screen: Seq::ZERO,
            typed_at: None,
            keep_at: None,
            armed: None,
            shown: Connection::Connecting,
            changed: false,
            outputs: Vec::new(),
            settings,
        };
        if let Some(place) = saved.place {
            client.restore(place);
        }
        client
    }

    /// Works one input in; what is to be done, in order. `now` is the shell's wall clock, which may step.
    pub fn apply(&mut self, input: Input, now: Millis) -> Vec<Output> {
        self.clock.advance(now);
        self.on_input(input);
        self.do_what_is_due();
        self.finish()
    }

    /// What the timeline shows, top to bottom. Made anew at each call, sharing the messages.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        rows::rows(&Sources {
            timeline: &self.timeline,
            outbox: &self.outbox,
            new_after: self.reading.new_after(),
            me: &self.settings.me,
            zone_minutes: self.settings.zone_minutes,
        })
    }

    /// How the connection stands.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.shown
    }

    /// Who is here and who writes.
    #[must_use]
    pub fn people(&self) -> People {
        self.roll.shown()
    }

    /// What the person has not read.
    #[must_use]
    pub fn unread(&self) -> Unread {
        self.reading.unread(&self.timeline, &self.settings.me)
    }

    /// What lies above the oldest row.
    #[must_use]
    pub fn above(&self) -> Above {
        match self.timeline.beginning() {
            None => Above::Beginning,
            Some(seq) if self.pages.is_wanted(PageRequest::Before(seq)) => Above::Loading,
            Some(_) => Above::Older,
        }
    }

    /// The member as the room knows them; `None` before the first `welcome`.
    #[must_use]
    pub const fn me(&self) -> Option<&Me> {
        self.me.as_ref()
    }

    /// The room; `None` before the first `welcome`.
    #[must_use]
    pub const fn room(&self) -> Option<&RoomInfo> {
        self.room.as_ref()
    }

    /// How far the log was followed; `None` before the first `welcome`.
    #[must_use]
    pub const fn cursor(&self) -> Option<&Cursor> {
        self.place.cursor()
    }

    /// The commands that are not settled, in the order in which they go out.
    pub fn outbox(&self) -> impl Iterator<Item = &SavedCommand> {
        self.outbox.entries().map(|entry| &entry.saved)
    }

    /// The one match over what goes in.
    fn on_input(&mut self, input: Input) {
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
            Input::Send { id, draft } => {
                self.reading.clear();
                self.give(id, Command::Send(draft));
            }
            Input::Edit { id, seq, text } => self.give(id, Command::Edit { seq, text }),
            Input::Delete { id, seq } => self.give(id, Command::Delete { seq }),
            Input::React { id, seq, emoji, on } => {
                self.give(id, Command::React { seq, emoji: emoji.into(), on });
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
                let absent = !self.timeline.holds(seq);
                self.want(absent.then_some(PageRequest::Around(seq)), Purpose::View);
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
        let is_early = self.typed_at.is_some_and(|at| now < at.plus(TYPING_EVERY_MS));
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
            Availability::Away => self.reading.leave(&self.timeline, &self.settings.me),
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

    pub(crate) fn transmit(&mut self, frame: &ClientFrame) {
        self.transmit_text(encode(frame));
    }

    pub(crate) fn transmit_text(&mut self, text: String) {
        self.link.sent(self.clock.now());
        self.outputs.push(Output::Transmit(text));
    }

    /// A command is settled, or given up.
    pub(crate) fn forget(&mut self, id: CommandId) {
        self.outputs.push(Output::Forget(id));
        self.changed = true;
    }

    fn restore(&mut self, place: SavedPlace) {
        let Some(cursor) = Cursor::parse(&place.cursor) else { return };
        let stretch = Stretch::newest(place.messages, place.more_before, cursor.seq);
        let seqs: Vec<Seq> = stretch.messages.iter().map(|message| message.seq).collect();
        self.timeline.replace(stretch);
        self.place = Place::at(Some(cursor));
        self.reading = Reading::restore(place.read);
        for seq in seqs {
            self.want_excerpt(seq);
        }
        self.changed = false;
    }
}
