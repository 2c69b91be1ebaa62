//! The shell around one client: carries out what it wants, and gives it what happens.
//!
//! Not here: any decision. Invariant: what goes out does so in the client's order, and no frame that follows a `Keep` leaves
//! before that command is on disk.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use client::{
    Client, Input, Output, Settings,
    output::PageRequest,
    saved::{Saved, SavedCommand, SavedPlace},
};
use futures::{StreamExt, channel::mpsc};
use gloo::timers::callback::Timeout;
use protocol::{CommandId, Draft, MemberId, Millis, Slug};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::{
    clock, http,
    intent::Intent,
    random,
    scene::{Disk, Scene},
    socket::Socket,
    store::{Owner, Store, StoreError},
    tab::{self, Tab},
};

/// The name of the database.
const DATABASE: &str = "edgewise";
/// Only one tab at a time takes over what others left.
const ADOPTING: &str = "edgewise-adopting";
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
    timer: RefCell<Option<Timeout>>,
    lane: mpsc::UnboundedSender<Ordered>,
    disk: Cell<Disk>,
    on_change: Callback<()>,
    _tab: Tab,
}

/// What must happen in the client's order, each after the one before is done.
enum Ordered {
    Keep(SavedCommand),
    Connect(Option<String>),
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
            Some(store) => restore(store, &owner).await,
            None => Saved::default(),
        };
        let zone_minutes = i32::try_from(clock::zone_ms() / 60_000).unwrap_or_default();
        let settings = Settings { me: owner.member.clone(), seed: random::seed(), zone_minutes };
        let (lane, steps) = mpsc::unbounded();
        let driver = Rc::new_cyclic(|me: &Weak<Self>| Self {
            me: me.clone(),
            room: owner.room.clone(),
            client: RefCell::new(Client::new(settings, saved)),
            disk: Cell::new(if store.is_some() { Disk::Keeping } else { Disk::Failing }),
            store,
            owner,
            socket: RefCell::default(),
            timer: RefCell::default(),
            lane,
            on_change,
            _tab: tab,
        });
        spawn_local(carry_out(driver.me.clone(), steps));
        driver.give(Input::Start);
        driver
    }

    /// Gives the client something that happened.
    pub fn give(&self, input: Input) {
        let outputs = self.client.borrow_mut().apply(input, clock::now());
        for output in outputs {
            self.perform(output);
        }
    }

    /// Gives the client what the person wants.
    pub fn wish(&self, intent: Intent) {
        self.give(input(intent, random::command_id()));
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
            Output::Connect { cursor } => self.in_order(Ordered::Connect(cursor)),
            Output::Disconnect => self.in_order(Ordered::Disconnect),
            Output::Transmit(text) => self.in_order(Ordered::Transmit(text)),
            Output::Timer(at) => self.set_timer(at),
            Output::Fetch(request) => self.fetch(request),
            Output::Forget(id) => self.forget(id),
            Output::KeepPlace(place) => self.keep_place(place),
            Output::Changed => self.on_change.emit(()),
        }
    }

    fn in_order(&self, step: Ordered) {
        // The other end lives as long as this driver does.
        let _ = self.lane.unbounded_send(step);
    }

    async fn carry_out(&self, step: Ordered) {
        match step {
            Ordered::Keep(command) => {
                if let Some(store) = &self.store {
                    self.note(store.keep(&self.owner, command).await);
                }
            }
            Ordered::Connect(cursor) => self.connect(cursor.as_deref()),
            Ordered::Disconnect => drop(self.socket.take()),
            Ordered::Transmit(text) => {
                if let Some(socket) = &*self.socket.borrow() {
                    socket.send(&text);
                }
            }
        }
    }

    fn connect(&self, cursor: Option<&str>) {
        // The one before goes first: a browser counts both.
        drop(self.socket.take());
        let opened = Socket::open(&self.room, cursor, &self.on_input());
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
            let page = page.map_err(|failure| tracing::warn!(?failure, ?request, "no page of history")).ok();
            on_input.emit(Input::Page { request, page: page.map(Box::new) });
        });
    }

    fn forget(&self, id: CommandId) {
        self.on_disk(async move |store, _| store.forget(&id).await);
    }

    fn keep_place(&self, place: SavedPlace) {
        self.on_disk(async move |store, owner| store.keep_place(owner, &place).await);
    }

    /// What nobody waits for. The database carries out such writes in the order in which they began.
    fn on_disk(&self, write: impl AsyncFnOnce(&Store, &Owner) -> Result<(), StoreError> + 'static) {
        let Some(me) = self.me.upgrade() else { return };
        spawn_local(async move {
            if let Some(store) = &me.store {
                me.note(write(store, &me.owner).await);
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

async fn carry_out(driver: Weak<Driver>, mut steps: mpsc::UnboundedReceiver<Ordered>) {
    while let Some(step) = steps.next().await {
        let Some(driver) = driver.upgrade() else { return };
        driver.carry_out(step).await;
    }
}

/// What was kept, and what other tabs left behind.
async fn restore(store: &Store, owner: &Owner) -> Saved {
    let _one_at_a_time = tab::acquire(ADOPTING).await;
    let outbox = store.adopt(owner, &tab::living().await).await;
    let place = store.place(owner).await;
    Saved {
        outbox: outbox.map_err(|error| complain(&error)).unwrap_or_default(),
        place: place.map_err(|error| complain(&error)).unwrap_or_default(),
    }
}

fn complain(error: &StoreError) {
    tracing::warn!(%error, "what is not sent yet will not outlive the page");
}

fn input(intent: Intent, id: CommandId) -> Input {
    match intent {
        Intent::Send { text, reply_to } => {
            Input::Send { id, draft: Draft { text, reply_to, ..Draft::default() } }
        }
        Intent::Edit { seq, text } => Input::Edit { id, seq, text },
        Intent::Delete(seq) => Input::Delete { id, seq },
        Intent::React { seq, emoji } => Input::React { id, seq, emoji, on: true },
        Intent::Unreact { seq, emoji } => Input::React { id, seq, emoji, on: false },
        Intent::Retry(id) => Input::Retry(id),
        Intent::Discard(id) => Input::Discard(id),
        Intent::TryNow => Input::TryNow,
        Intent::Typing => Input::Typing,
        Intent::Seen(seq) => Input::Seen(seq),
        Intent::Older => Input::Older,
        Intent::FillGap { above } => Input::FillGap { above },
    }
}
