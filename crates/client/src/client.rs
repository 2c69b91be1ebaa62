//! The client: one machine out of its parts, and what of it a view reads.
//!
//! Not here: what goes in (inputs.rs), what comes over the socket (hearing.rs), what is done because its time has come
//! (doing.rs), and how each part decides. Invariant: a client changes only through [`Client::apply`], and never waits.

use protocol::{
    Availability, ClientFrame, CommandId, Cursor, MemberId, Millis, RoomInfo, Seq, encode, frame::Me,
    limits::FILE_BYTES,
};

use crate::{
    backoff::Jitter,
    goal::Sought,
    input::Input,
    link::Link,
    measuring::{Measurements, Measuring},
    other_tabs::OtherTabs,
    outbox::Outbox,
    output::{Output, PageRequest},
    pages::Pages,
    pane::Jump,
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
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whose client this is. Another member is another client, with another outbox.
    pub me: MemberId,
    /// Spreads the waits; any number that other clients do not have.
    pub seed: u64,
    /// Minutes that the reader's clocks are ahead of UTC, for day dividers.
    pub zone_minutes: i32,
    /// Reads what of a text may call somebody: [`crate::words_in`], or what stands for it where the parser is not at hand.
    pub words: fn(&str) -> Vec<String>,
}

/// The client of one member in one room.
#[derive(Debug)]
pub struct Client {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) jitter: Jitter,
    pub(crate) link: Link,
    pub(crate) measuring: Measuring,
    pub(crate) place: Place,
    pub(crate) outbox: Outbox,
    pub(crate) other_tabs: OtherTabs,
    pub(crate) timeline: Timeline,
    pub(crate) pages: Pages,
    pub(crate) roll: Roll,
    pub(crate) reading: Reading,
    pub(crate) room: Option<RoomInfo>,
    pub(crate) me: Option<Me>,
    pub(crate) pins: Vec<Seq>,
    /// What a file may have here, once a `welcome` has said it.
    pub(crate) file_bytes: u64,
    /// How often the room itself has changed since this client began: settings, members, pins.
    pub(crate) turned: u64,
    pub(crate) availability: Availability,
    /// What the person wants to see, until it is here.
    pub(crate) sought: Option<Sought>,
    /// Where the view is to go, or went last.
    pub(crate) jump: Option<Jump>,
    /// The message that the person's place hung on when the shell last told.
    pub(crate) in_view: Seq,
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
            measuring: Measuring::new(settings.seed),
            place: Place::default(),
            outbox: Outbox::restore(saved.outbox),
            other_tabs: OtherTabs::default(),
            timeline: Timeline::new(settings.me.clone()),
            pages: Pages::new(settings.me.clone()),
            roll: Roll::default(),
            reading: Reading::default(),
            room: None,
            me: None,
            pins: Vec::new(),
            file_bytes: FILE_BYTES,
            turned: 0,
            availability: Availability::Active,
            sought: None,
            jump: None,
            in_view: Seq::ZERO,
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
            other_tabs: &self.other_tabs,
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

    /// Whose client this is.
    #[must_use]
    pub const fn member(&self) -> &MemberId {
        &self.settings.me
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

    /// How many bytes a file may have here; 0 where messages take none.
    #[must_use]
    pub const fn file_bytes(&self) -> u64 {
        self.file_bytes
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

    /// How it fared since this was last asked. Asking changes nothing that it does.
    pub fn take_measurements(&mut self) -> Measurements {
        self.measuring.take()
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
        self.timeline.replace(stretch, Seq::ZERO);
        self.place = Place::at(Some(cursor));
        self.reading = Reading::restore(place.read);
        for seq in seqs {
            self.want_excerpt(seq);
        }
        self.changed = false;
    }
}
