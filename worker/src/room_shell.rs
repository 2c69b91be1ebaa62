//! One turn of a room: restore it if it is not in memory, apply the input, carry out the effects, and mend what went wrong.
//!
//! Invariant: a turn runs to its end with no await in it. One that fails, be it by an `Err` or by a panic, sends nothing, throws
//! the room away and restores it in place: sockets stay, the command is refused, and everybody hears where the log ends.

use archive::{Archive, Founding, Outgoing, Rows, SqlError};
use protocol::{
    CloseCode, Epoch, File, FileId, Member, MemberId, Millis, Name, RejectCode, RoomInfo, Slug, http::MyRoom,
};
use room::{
    Admission, Answer, Asker, Input, Likeness, Limits, Opening, Payload, Room, Settings,
    places::Counts,
    rights::{Deed, Right},
};
use worker::{Env, State, WebSocket};

use crate::{
    alarm, clock,
    export::Export,
    gather::{Gather, Waiting, When},
    guard,
    inbox::News,
    limits::{CLEARED_AT_ONCE, ENDED_MS, REMEMBERED, TOLD_AT_ONCE},
    memory::Memory,
    object,
    observe::{self, Outlet, Scope},
    perform::{Stage, perform},
    problem::Problem,
    random,
    room_ask::Beginning,
    room_calls::Calling,
    room_errands::{Errands, Reported, Told},
    shelf,
    sockets::{self, Owner, Sockets},
    sql::StorageSql,
    timer::Timer,
    watch::{self, Cause, Watch},
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
            settings: Settings { limits, shelf: shelf::kind(env) },
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

    /// How a name would stand here, were `member` called so.
    pub fn likeness(&mut self, name: &Name, member: &MemberId) -> Result<Likeness, SqlError> {
        self.work_off();
        Ok(self.restored()?.map_or(Likeness::Free, |restored| restored.room.likeness(name, member)))
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

    /// How the room stands to a member's list.
    pub fn counts(&mut self, asker: &Asker) -> Result<MyRoom, Problem> {
        self.expect_admitted(asker)?;
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { room, archive } = restored.ok_or_else(Problem::room_not_found)?;
        let counted = room.counts(&asker.member.id, archive);
        let Counts { title, kind, head, read, unread, mentions } =
            counted.map_err(|fatal| object::storage_failed(&fatal.0))?;
        let slug = self.slug()?;
        let (head, read) = (Some(head), Some(read));
        Ok(MyRoom { room: slug, title, kind, head, read, unread: Some(unread), mentions: Some(mentions) })
    }

    /// The room's address: the object is named after it.
    pub fn slug(&self) -> Result<Slug, Problem> {
        let name = self.state.id().name();
        name.and_then(|name| Slug::parse(&name).ok()).ok_or_else(Problem::internal)
    }

    /// Stores how a public room is, for the Directory, where that is due.
    fn report(&mut self) -> Result<(), SqlError> {
        let Some(Restored { room, archive }) = &self.restored else { return Ok(()) };
        let Some(is) = room.report() else { return Ok(()) };
        if self.reported.is_none() {
            self.reported = Some(Reported::restore(archive.reported_at()?));
        }
        let tell = self.reported.as_mut().and_then(|reported| reported.due(is, clock::now()));
        if let Some(tell) = tell {
            archive.report(&tell)?;
            self.errands = Errands::Waiting;
        }
        Ok(())
    }

    /// The webhooks that are being called.
    pub fn calling(&mut self) -> &mut Calling {
        &mut self.calling
    }

    /// Whether there is something new to tell; asked once.
    pub fn take_errands(&mut self) -> Errands {
        std::mem::take(&mut self.errands)
    }

    /// What others have to hear now, and who says it.
    pub fn owed(&self) -> Result<(Slug, Vec<Outgoing>), Problem> {
        let archive =
            Archive::open(StorageSql::of(&self.state)).map_err(|error| object::storage_failed(&error))?;
        let owed = archive.outgoing(clock::now(), TOLD_AT_ONCE);
        Ok((self.slug()?, owed.map_err(|error| object::storage_failed(&error))?))
    }

    /// After telling: what was heard goes, and the alarm sees to the rest.
    pub fn settle(&mut self, told: &Told) -> Result<(), SqlError> {
        let archive = Archive::open(StorageSql::of(&self.state))?;
        told.heard.iter().try_for_each(|number| archive.heard(*number))?;
        told.again.iter().try_for_each(|(number, at)| archive.not_heard(*number, *at))?;
        let Some(at) = archive.outgoing_due_at()? else { return Ok(()) };
        if self.restored()?.is_some() {
            self.turn(Input::Owing { at });
            return Ok(());
        }
        self.ring(at)
    }

    fn ring(&self, at: Millis) -> Result<(), SqlError> {
        alarm::set(&self.state, at.max(clock::now())).map_err(|error| SqlError(error.to_string()))
    }

    /// A room that is gone loses some of its rows; the alarm sees to the rest.
    pub fn clear(&mut self) -> Result<(), SqlError> {
        if self.restored()?.is_some() {
            return Ok(());
        }
        match Archive::open(StorageSql::of(&self.state))?.clear(CLEARED_AT_ONCE)? {
            // Files that left with the rows must still be removed where they are.
            Rows::Cleared => self.another_archive()?.outgoing_due_at()?.map_or(Ok(()), |at| self.ring(at)),
            Rows::Left => self.ring(clock::now()),
        }
    }

    /// Refuses whoever may neither come in nor read.
    pub fn expect_admitted(&mut self, asker: &Asker) -> Result<(), Problem> {
        let now = clock::now();
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { room, archive } = restored.ok_or_else(Problem::room_not_found)?;
        match room.admission(&asker.member.id, asker.role, now, archive) {
            Ok(Admission::Admitted) => Ok(()),
            Ok(Admission::Banned) => Err(Problem::rejected(RejectCode::Forbidden, None)),
            Ok(Admission::Hidden) => Err(Problem::room_not_found()),
            Err(fatal) => Err(object::storage_failed(&fatal.0)),
        }
    }

    /// Refuses whoever may not do that here.
    pub fn expect_right(&mut self, deed: Deed, asker: &Asker) -> Result<(), Problem> {
        self.expect_admitted(asker)?;
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { room, .. } = restored.ok_or_else(Problem::room_not_found)?;
        match room.may(deed, asker, clock::now()) {
            Right::Yes | Right::Already => Ok(()),
            Right::No(code) => Err(Problem::rejected(code, None)),
        }
    }

    /// The room's archive; `None` if it was never founded.
    pub fn archive(&mut self) -> Result<Option<&Archive<StorageSql>>, SqlError> {
        Ok(self.restored()?.map(|restored| &restored.archive))
    }

    /// What a file is that somebody wants to see.
    pub fn file(&mut self, asker: &Asker, file: &FileId) -> Result<File, Problem> {
        self.expect_admitted(asker)?;
        let restored = self.restored().map_err(|error| object::storage_failed(&error))?;
        let Restored { archive, .. } = restored.ok_or_else(Problem::room_not_found)?;
        let found = Room::file(asker, file, archive).map_err(|fatal| object::storage_failed(&fatal.0))?;
        found.ok_or_else(Problem::not_found)
    }

    /// An archive over the same storage.
    pub fn another_archive(&self) -> Result<Archive<StorageSql>, SqlError> {
        Archive::open(StorageSql::of(&self.state))
    }

    /// All of the log, to be read while the room goes on; `None` if it was never founded.
    pub fn export(&self) -> Result<Option<Export<StorageSql>>, SqlError> {
        Export::begin(Archive::open(StorageSql::of(&self.state))?)
    }

    /// Takes a turn, behind the frames that came before.
    pub fn turn(&mut self, input: Input) -> Turned {
        self.work_off();
        self.take_turn(input)
    }

    fn take_turn(&mut self, input: Input) -> Turned {
        let session = input.session().map(|session| session.as_str().into());
        let _entered = observe::enter(Scope { session, ..self.scope(observe::current()) });
        tracing::debug!("a turn");
        let turned = self.turn_or_mend(input);
        self.watch.see(&self.sockets, &self.state);
        if let Err(error) = self.report() {
            // The next turn reports; nothing but the Directory's figures waits for it.
            tracing::warn!(%error, "the Directory could not be told");
        }
        self.outlet.see_to_it();
        turned
    }

    fn turn_or_mend(&mut self, input: Input) -> Turned {
        let failed = match guard::catch(|| self.try_turn(input.clone())) {
            Ok(Ok(turned)) => return turned,
            Ok(Err(error)) => {
                tracing::error!(%error, "a turn failed");
                watch::turn_failed(Cause::Storage(&error));
                input
            }
            Err(guard::Panicked) => self.expel(input),
        };
        self.throw_away();
        let refusing = Input::StorageFailed { of: Box::new(failed.clone()) };
        match guard::catch(|| self.try_turn(refusing)) {
            Ok(Ok(turned)) => turned,
            Ok(Err(_)) | Err(guard::Panicked) => {
                tracing::error!("a room could not be restored");
                self.throw_away();
                self.refuse(&failed)
            }
        }
    }

    fn try_turn(&mut self, input: Input) -> Result<Turned, SqlError> {
        #[cfg(feature = "faults")]
        if let Some(fault) = crate::faults::asked(&input) {
            self.fault = Some(fault);
            return Ok(Turned::Done(None));
        }
        #[cfg(feature = "faults")]
        self.arm(&input)?;
        let Some(mut restored) = self.take_restored()? else { return Ok(Turned::NoRoom) };
        let effects = restored.room.apply(input, clock::now(), &restored.archive).map_err(|fatal| fatal.0)?;
        let Restored { mut room, archive } = restored;
        let mut stage = Stage {
            state: &self.state,
            archive: &archive,
            sockets: &mut self.sockets,
            timer: &mut self.timer,
            errands: &mut self.errands,
        };
        let answer = perform(effects, &mut stage)?;
        watch::turn_done(&room.take_tally());
        if room.is_gone() {
            self.timer.clear();
            return Ok(Turned::Done(answer));
        }
        // Only a turn that came to its end keeps its room.
        self.restored = Some(Restored { room, archive });
        Ok(Turned::Done(answer))
    }

    #[cfg(feature = "faults")]
    fn arm(&mut self, input: &Input) -> Result<(), SqlError> {
        let asks = matches!(input, Input::Frame { .. } | Input::Command { .. });
        crate::faults::arm(if asks { self.fault.take() } else { None });
        crate::faults::at_begin()
    }

    fn take_restored(&mut self) -> Result<Option<Restored>, SqlError> {
        self.restored()?;
        Ok(self.restored.take())
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

    fn throw_away(&mut self) {
        self.restored = None;
        self.timer.clear();
    }

    /// Whoever's frame made the room panic goes, and comes back with growing waits: what they sent may do it again.
    fn expel(&mut self, input: Input) -> Input {
        tracing::error!("a turn panicked");
        watch::turn_failed(Cause::Panic);
        match input.session() {
            Some(session) => {
                self.sockets.close(session, CloseCode::Overloaded, "");
                watch::closed(CloseCode::Overloaded);
                Input::Closed { session: session.clone() }
            }
            None => input,
        }
    }

    /// The last resort: there is no room to say it.
    fn refuse(&mut self, input: &Input) -> Turned {
        if let Some(session) = input.session() {
            self.sockets.close(session, CloseCode::Overloaded, "");
            watch::closed(CloseCode::Overloaded);
        }
        let rejected = Answer::Rejected { code: RejectCode::StorageFailed, retry_after_ms: None };
        Turned::Done(input.request().map(|_| rejected))
    }
}
