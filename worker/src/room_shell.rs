//! A room's object without its handlers: what comes in becomes turns of the room.
//!
//! Not here: a turn itself (`turning.rs`), what is asked without one (`standing.rs`), what the room owes others (`owing.rs`).
//! Invariant: frames that were gathered are worked off before anything else happens.

mod owing;
mod standing;
mod turning;

use archive::{Archive, Founding, SqlError};
use protocol::{Epoch, Member, MemberId, RoomInfo, Slug};
use room::{Answer, Input, Limits, Opening, Payload, Room, Settings};
use worker::{Env, State, WebSocket};

use crate::{
    clock,
    export::Export,
    gather::{Gather, Waiting, When},
    inbox_ask::News,
    limits::{ENDED_MS, REMEMBERED},
    memory::Memory,
    object,
    observe::{self, Outlet, Scope},
    problem::Problem,
    random,
    room_ask::Beginning,
    room_calls::Calling,
    room_errands::{Errands, Reported},
    shelf,
    sockets::{self, Owner, Sockets},
    sql::StorageSql,
    timer::Timer,
    vapid,
    watch::Watch,
};

/// A room's object without its handlers.
pub struct RoomShell {
    state: State,
    settings: Settings,
    timer: Timer,
    gather: Gather,
    gather_timer: Timer,
    sockets: Sockets,
    restored: Option<Restored>,
    /// Sign-ins that ended of late: an upgrade that was on its way meanwhile must not open a socket for one.
    ended: Memory<()>,
    outlet: Outlet,
    watch: Watch,
    errands: Errands,
    reported: Option<Reported>,
    calling: Calling,
    #[cfg(feature = "faults")]
    fault: Option<crate::faults::Fault>,
}

/// What rings a room.
pub struct Timers {
    /// For the room itself.
    pub timer: Timer,
    /// For the frames that wait together.
    pub gather_timer: Timer,
}

struct Restored {
    room: Room,
    archive: Archive<StorageSql>,
}

/// Whether there is a room to take the turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turned {
    /// There is, and it did. With the answer, if the input was a command by HTTP.
    Done(Option<Answer>),
    /// The room was never founded.
    NoRoom,
}

impl RoomShell {
    /// Around the object of `state`. The room is restored by its first turn.
    pub fn new(state: State, env: &Env, Timers { timer, gather_timer }: Timers) -> Self {
        let limits = match env.var("LIMITS") {
            Ok(limits) if limits.to_string() == "off" => Limits::Off,
            Ok(_) | Err(_) => Limits::On,
        };
        if let Err(error) = Sockets::answer_pings(&state) {
            tracing::error!(%error, "pings are not answered");
        }
        let watch = Watch::of(state.id().name().as_deref().unwrap_or_default());
        Self {
            state,
            settings: Settings { limits, shelf: shelf::kind(env), nudges: vapid::nudges(env) },
            timer,
            gather: Gather::default(),
            gather_timer,
            sockets: Sockets::default(),
            restored: None,
            ended: Memory::new(ENDED_MS, REMEMBERED),
            outlet: Outlet::new(env),
            watch,
            errands: Errands::None,
            reported: None,
            calling: Calling::default(),
            #[cfg(feature = "faults")]
            fault: None,
        }
    }

    /// What work in this room is about.
    pub fn scope(&self, scope: Scope) -> Scope {
        Scope { room_hash: Some(self.watch.room_hash()), route: Some("room"), ..scope }
    }

    /// Lets out what was noted without a turn.
    pub fn let_out(&mut self) {
        self.outlet.see_to_it();
    }

    /// Accepts a socket, and lets its session in; gives the client's end.
    pub fn open(&mut self, opening: Opening) -> Result<WebSocket, Problem> {
        if self.ended.recall(&opening.sign_in, clock::now()).is_some() {
            return Err(Problem::no_session());
        }
        let request_id = observe::current().request_id.unwrap_or_default();
        let accepted = self.sockets.accept(&self.state, &opening.session, &request_id);
        let client = accepted.map_err(|error| {
            tracing::error!(%error, "a socket could not be accepted");
            Problem::busy()
        })?;
        self.turn(Input::Open(opening));
        Ok(client)
    }

    /// An Inbox has news of a member. A room that cannot write now must hear it again.
    pub fn hear(&mut self, news: News) -> Result<(), Problem> {
        let input = match news {
            News::Renamed(member) => Input::Renamed(member),
            News::SignedOut { member, sign_in } => {
                self.ended.put(sign_in.clone(), (), clock::now());
                Input::SignedOut { member, sign_in }
            }
            News::Farewell { member, legacy } => {
                return match self.turn(Input::Farewell { request: 0, member, legacy }) {
                    Turned::NoRoom => Ok(()),
                    turned => turned.done(),
                };
            }
            News::HandedOver { from, to } => {
                return match self.turn(Input::HandOver { request: 0, from, to }) {
                    Turned::NoRoom => Ok(()),
                    turned => turned.done(),
                };
            }
        };
        self.turn(input);
        Ok(())
    }

    /// A payload came over a socket.
    pub fn socket_said(&mut self, socket: &WebSocket, payload: Payload) {
        let Some(Owner { session, request_id }) = sockets::owner(&self.state, socket) else { return };
        match self.gather.push(Waiting { session, request_id, payload }, clock::now()) {
            When::Now => self.work_off(),
            When::At(at) => self.gather_timer.set(at),
        }
    }

    /// The time for which frames were gathered is over.
    pub fn gather_timer_rang(&mut self) {
        self.gather_timer.rang();
        self.work_off();
    }

    /// A turn for each frame that waits.
    fn work_off(&mut self) {
        for Waiting { session, request_id, payload } in self.gather.take(clock::now()) {
            let _entered = observe::enter(Scope { request_id, ..Scope::nothing() });
            self.take_turn(Input::Frame { session, payload });
        }
    }

    /// A socket is gone.
    pub fn socket_closed(&mut self, socket: &WebSocket) {
        if let Some(Owner { session, request_id }) = sockets::owner(&self.state, socket) {
            let _entered = observe::enter(Scope { request_id, ..Scope::nothing() });
            self.sockets.forget(&session);
            self.turn(Input::Closed { session });
        }
    }

    /// The in-memory timer rang.
    pub fn timer_rang(&mut self) {
        self.timer.rang();
        self.turn(Input::Timer);
    }

    /// The object's alarm rang.
    pub fn alarm_rang(&mut self) {
        let pongs = self.sockets.pongs(&self.state);
        self.turn(Input::Alarm { pongs });
    }

    /// Founds the room, unless it was founded before and has its owner.
    pub fn found(&mut self, info: RoomInfo, owner: Option<MemberId>) -> Result<(), SqlError> {
        if self.restored()?.is_some_and(|restored| owner.is_none() || restored.room.has_staff()) {
            return Ok(());
        }
        let epoch = Epoch::parse(&random::id()).map_err(|bad| SqlError(bad.to_string()))?;
        // The name comes with the owner's first socket.
        let owner = owner.map(|id| Member { name: id.to_string(), id });
        Archive::open(StorageSql::of(&self.state))?.found(&Founding { info, epoch, owner })?;
        self.restored = None;
        self.restored().map(drop)
    }

    /// A private room begins, and these are in it from the start.
    pub fn begin(&mut self, Beginning { info, owner, members }: Beginning) -> Result<(), Problem> {
        self.found(info, owner).map_err(|error| object::storage_failed(&error))?;
        for member in members.iter().cloned() {
            self.turn(Input::Join { request: 0, member }).done()?;
        }
        // Only now each of them has the room's name for them.
        for member in members {
            self.turn(Input::Keep { request: 0, member: member.id }).done()?;
        }
        Ok(())
    }

    /// The room's address: the object is named after it.
    pub fn slug(&self) -> Result<Slug, Problem> {
        let name = self.state.id().name();
        name.and_then(|name| Slug::parse(&name).ok()).ok_or_else(Problem::internal)
    }

    /// The webhooks that are being called.
    pub fn calling(&mut self) -> &mut Calling {
        &mut self.calling
    }

    /// The room's archive; `None` if it was never founded.
    pub fn archive(&mut self) -> Result<Option<&Archive<StorageSql>>, SqlError> {
        Ok(self.restored()?.map(|restored| &restored.archive))
    }

    /// An archive over the same storage.
    pub fn another_archive(&self) -> Result<Archive<StorageSql>, SqlError> {
        Archive::open(StorageSql::of(&self.state))
    }

    /// All of the log, to be read while the room goes on; `None` if it was never founded.
    pub fn export(&self) -> Result<Option<Export<StorageSql>>, SqlError> {
        Export::begin(Archive::open(StorageSql::of(&self.state))?)
    }

    fn restored(&mut self) -> Result<Option<&Restored>, SqlError> {
        if self.restored.is_none() {
            let archive = Archive::open(StorageSql::of(&self.state))?;
            let (sockets, attached) = Sockets::wake(&self.state);
            let room =
                Room::restore(&archive, &attached, random::seed(), self.settings).map_err(|fatal| fatal.0)?;
            self.sockets = sockets;
            self.restored = room.map(|room| Restored { room, archive });
        }
        Ok(self.restored.as_ref())
    }
}
