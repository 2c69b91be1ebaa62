//! The shell around one client: carries out what it wants, and gives it what happens.
//!
//! Not here: any decision. Invariant: what goes out does so in the client's order, and no frame that follows a `Keep` leaves
//! before that command is on disk.

mod tabs;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::{Rc, Weak},
};

use client::{
    Client, Input, Measurements, Output, Settings,
    output::PageRequest,
    saved::{Saved, SavedCommand, SavedPlace},
    visits::{Visit, visit},
};
use futures::{StreamExt, channel::mpsc};
use gloo::timers::callback::Timeout;
use protocol::{CommandId, Draft, MemberId, Millis, Slug};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use self::tabs::Looking;
use crate::{
    channel::Channel,
    clock, faults, http,
    intent::Intent,
    random, reader,
    scene::{Disk, Scene},
    socket::Socket,
    store::{Owner, Store, StoreError},
    tab::Tab,
};

/// The name of the database.
pub(crate) const DATABASE: &str = "edgewise";
/// The longest a browser's timer can be set to; the client is asked again then.
const LONGEST_TIMER_MS: u64 = 0x7fff_ffff;

/// A client and the world around it.
pub struct Driver {
    me: Weak<Self>,
    room: Slug,
    owner: Owner,
    client: RefCell<Client>,
    /// None where the browser has no database for us: then nothing outlives the page.
    store: Option<Store>,
    socket: RefCell<Option<Socket>>,
    /// Counts the client's wishes for a socket. What an older one says is not heard, even while it waits for its end in the lane.
    wanted: Cell<u64>,
    timer: RefCell<Option<Timeout>>,
    lane: mpsc::UnboundedSender<(Rc<Self>, Ordered)>,
    disk: Cell<Disk>,
    on_change: Callback<()>,
    channel: Channel,
    looking: Cell<Looking>,
    /// The tabs whose end is heard of.
    awaited: RefCell<BTreeSet<String>>,
    _tab: Tab,
}

/// What must happen in the client's order, each after the one before is done.
enum Ordered {
    Keep(SavedCommand),
    Forget(CommandId),
    Connect { cursor: Option<String>, wanted: u64 },
    Disconnect,
    Transmit(String),
}

impl Driver {
    /// Reads what was kept and begins. `on_change` is told whenever what is shown may have changed.
    pub async fn open(member: MemberId, room: Slug, on_change: Callback<()>) -> Rc<Self> {
        let tab = Tab::open().await;
        let owner = Owner { member, room, tab: tab.name().to_owned() };
        let store = Store::open(DATABASE).await.map_err(|error| complain(&error)).ok();
        let saved = match &store {
            Some(store) => tabs::restore(store, &owner).await,
            None => Saved::default(),
        };
        let zone_minutes = i32::try_from(clock::zone_ms() / 60_000).unwrap_or_default();
        let settings =
            Settings { me: owner.member.clone(), seed: random::seed(), zone_minutes, words: reader::words };
        let (lane, steps) = mpsc::unbounded();
        let driver = Rc::new_cyclic(|me: &Weak<Self>| Self {
            me: me.clone(),
            room: owner.room.clone(),
            client: RefCell::new(Client::new(settings, saved)),
            disk: Cell::new(if store.is_some() { Disk::Keeping } else { Disk::Failing }),
            store,
            socket: RefCell::default(),
            wanted: Cell::default(),
            timer: RefCell::default(),
            lane,
            on_change,
            channel: Channel::open(&owner.room, on_told(me)),
            owner,
            looking: Cell::default(),
            awaited: RefCell::default(),
            _tab: tab,
        });
        spawn_local(carry_out(steps));
        driver.give(Input::Start);
        driver.look();
        driver
    }

    /// Gives the client something that happened.
    pub fn give(&self, input: Input) {
        faults::note_input(&input);
        let outputs = self.client.borrow_mut().apply(input, clock::now());
        for output in outputs {
            self.perform(output);
        }
    }

    /// Gives the client what the person wants.
    pub fn wish(&self, intent: Intent) {
        self.give(input(intent, random::command_id()));
    }

    /// How the client fared since this was last asked.
    #[must_use]
    pub fn take_measurements(&self) -> Measurements {
        self.client.borrow_mut().take_measurements()
    }

    /// What this tab has to send, in its order.
    #[must_use]
    pub fn unsettled(&self) -> Vec<SavedCommand> {
        self.client.borrow().outbox().cloned().collect()
    }

    /// How this stands as a visit of a room that nobody looks at.
    #[must_use]
    pub fn visit(&self) -> Visit {
        visit(&self.client.borrow())
    }

    /// What is to be shown now.
    #[must_use]
    pub fn scene(&self) -> Scene {
        Scene::of(&self.client.borrow(), self.disk.get())
    }

    /// The one match over what comes out.
    fn perform(&self, output: Output) {
        match output {
            Output::Keep(command) => self.in_order(Ordered::Keep(command)),
            Output::Connect { cursor } => {
                let wanted = self.want_another_socket();
                self.in_order(Ordered::Connect { cursor, wanted });
            }
            Output::Disconnect => {
                self.want_another_socket();
                self.in_order(Ordered::Disconnect);
            }
            Output::Transmit(text) => self.in_order(Ordered::Transmit(text)),
            Output::Timer(at) => self.set_timer(at),
            Output::Fetch(request) => self.fetch(request),
            Output::Forget(id) => self.in_order(Ordered::Forget(id)),
            Output::KeepPlace(place) => self.keep_place(place),
            Output::Changed => self.on_change.emit(()),
        }
    }

    /// The lane holds the driver until the step is done: one that is given up still keeps what it was given.
    fn in_order(&self, step: Ordered) {
        if let Some(me) = self.me.upgrade() {
            // The other end lives as long as this driver does.
            let _ = self.lane.unbounded_send((me, step));
        }
    }

    async fn carry_out(&self, step: Ordered) {
        match step {
            Ordered::Keep(command) => self.keep(command).await,
            Ordered::Forget(id) => {
                if let Some(store) = &self.store {
                    self.note(store.forget(&id).await);
                    self.channel.tell();
                }
            }
            Ordered::Connect { cursor, wanted } => self.connect(cursor.as_deref(), wanted),
            Ordered::Disconnect => drop(self.socket.take()),
            Ordered::Transmit(text) => {
                if let Some(socket) = &*self.socket.borrow() {
                    socket.send(&text);
                }
            }
        }
    }

    /// A disk that does again what it did not do for a while is given all that it missed.
    async fn keep(&self, command: SavedCommand) {
        let Some(store) = &self.store else { return };
        let failed_before = self.disk.get() == Disk::Failing;
        let mut written = store.keep(&self.owner, command).await;
        if failed_before && written.is_ok() {
            for missed in self.unsettled() {
                written = written.and(store.keep(&self.owner, missed).await);
            }
        }
        self.note(written);
        self.channel.tell();
    }

    /// From here on nothing is heard of the socket there is; the number of the next one.
    fn want_another_socket(&self) -> u64 {
        self.wanted.update(|wanted| wanted + 1);
        self.wanted.get()
    }

    fn connect(&self, cursor: Option<&str>, wanted: u64) {
        // The one before goes first: a browser counts both.
        drop(self.socket.take());
        if wanted != self.wanted.get() {
            // The client has changed its mind meanwhile; what it wants now stands behind this in the lane.
            return;
        }
        let opened = Socket::open(&self.room, cursor, &self.heard_of(wanted));
        match opened {
            Ok(socket) => drop(self.socket.replace(Some(socket))),
            Err(code) => self.give(Input::Closed { code }),
        }
    }

    fn set_timer(&self, at: Option<Millis>) {
        let timer = at.map(|at| {
            let wait = at.since(clock::now()).min(LONGEST_TIMER_MS);
            let on_input = self.on_input();
            Timeout::new(u32::try_from(wait).unwrap_or(u32::MAX), move || on_input.emit(Input::Timer))
        });
        drop(self.timer.replace(timer));
    }

    fn fetch(&self, request: PageRequest) {
        let (room, on_input) = (self.room.clone(), self.on_input());
        spawn_local(async move {
            let page = http::messages(&room, request).await;
            if let Err(failure) = &page {
                tracing::warn!(why = failure.sentence(), "no page of history");
            }
            let page = page.ok();
            on_input.emit(Input::Page { request, page: page.map(Box::new) });
        });
    }

    /// Nobody waits for a place, and each is newer than the one before: the database writes them in the order in which they came.
    fn keep_place(&self, place: SavedPlace) {
        let Some(me) = self.me.upgrade() else { return };
        spawn_local(async move {
            if let Some(store) = &me.store {
                me.note(store.keep_place(&me.owner, &place).await);
            }
        });
    }

    fn note(&self, written: Result<(), StoreError>) {
        let disk = match written {
            Ok(()) => Disk::Keeping,
            Err(error) => {
                complain(&error);
                Disk::Failing
            }
        };
        if self.disk.replace(disk) != disk {
            self.on_change.emit(());
        }
    }

    /// Inputs from one socket, for as long as it is the one that the client wants.
    fn heard_of(&self, socket: u64) -> Callback<Input> {
        let me = self.me.clone();
        Callback::from(move |input| {
            if let Some(me) = me.upgrade().filter(|me| me.wanted.get() == socket) {
                me.give(input);
            }
        })
    }

    /// Inputs for as long as this driver lives.
    fn on_input(&self) -> Callback<Input> {
        let me = self.me.clone();
        Callback::from(move |input| {
            if let Some(me) = me.upgrade() {
                me.give(input);
            }
        })
    }
}

fn on_told(driver: &Weak<Driver>) -> Callback<()> {
    let driver = driver.clone();
    Callback::from(move |()| {
        if let Some(driver) = driver.upgrade() {
            driver.look();
        }
    })
}

async fn carry_out(mut steps: mpsc::UnboundedReceiver<(Rc<Driver>, Ordered)>) {
    while let Some((driver, step)) = steps.next().await {
        driver.carry_out(step).await;
    }
}

fn complain(error: &StoreError) {
    tracing::warn!(%error, "what is not sent yet will not outlive the page");
}

fn input(intent: Intent, id: CommandId) -> Input {
    match intent {
        Intent::Send { text, reply_to, files } => {
            Input::SendFiles { id, draft: Draft { text, reply_to, ..Draft::default() }, files }
        }
        Intent::Edit { seq, text } => Input::Edit { id, seq, text },
        Intent::Delete(seq) => Input::Delete { id, seq },
        Intent::React { seq, emoji } => Input::React { id, seq, emoji, on: true },
        Intent::Unreact { seq, emoji } => Input::React { id, seq, emoji, on: false },
        Intent::Pin(seq) => Input::Pin { id, seq, on: true },
        Intent::Unpin(seq) => Input::Pin { id, seq, on: false },
        Intent::Moderate(moderation) => Input::Moderate { id, moderation },
        Intent::Role { member, role } => Input::Role { id, member, role },
        Intent::Retry(id) => Input::Retry(id),
        Intent::Discard(id) => Input::Discard(id),
        Intent::TryNow => Input::TryNow,
        Intent::Typing => Input::Typing,
        Intent::Seen(seq) => Input::Seen(seq),
        Intent::InView(seq) => Input::InView(seq),
        Intent::Visit(seq) => Input::Visit(seq),
        Intent::VisitDate(at) => Input::VisitDate(at),
        Intent::Older => Input::Older,
        Intent::FillGap(edge) => Input::FillGap(edge),
    }
}
