//! A room as a Durable Object: hands what happens to it to [`RoomShell`], one input a turn.

use std::{
    cell::RefCell,
    panic::AssertUnwindSafe,
    rc::{Rc, Weak},
};

use archive::{Archive, Hook, Invite, Outward, SqlError, Way};
use futures_util::stream;
use metrics::Family;
use protocol::{FileId, SessionId};
use room::{Answer, Asker, HookInput, Input, Opening, Origin, Payload, rights::Deed};
use worker::{
    DurableObject, Env, Request, Response, ResponseBuilder, Result, State, WebSocket,
    WebSocketIncomingMessage, durable_object, wasm_bindgen_futures::spawn_local,
};

use crate::{
    clock, object, objects, observe, pages,
    problem::Problem,
    query::SearchQuery,
    random,
    room_ask::{About, AboutPrivate, Door, Invitation, NewWay, NewWebhook, RoomAsk, What},
    room_calls,
    room_errands::{self, Errands},
    room_files::{self, Giving},
    room_shell::{RoomShell, Timers, Turned},
    routes::{json, messages, socket::SUBPROTOCOL},
    sockets,
    sql::StorageSql,
    timer::Timer,
};

/// One room.
#[durable_object]
pub struct RoomObject {
    /// Unwind-safe since a turn that panics throws its room away.
    shell: AssertUnwindSafe<Rc<RefCell<RoomShell>>>,
    env: Env,
}

impl DurableObject for RoomObject {
    fn new(state: State, env: Env) -> Self {
        observe::start(&env);
        observe::count(Family::Wakeups, &["room"], 1);
        let shell = Rc::new_cyclic(|shell| {
            let timers = Timers {
                timer: ring(shell, RoomShell::timer_rang),
                gather_timer: ring(shell, RoomShell::gather_timer_rang),
            };
            RefCell::new(RoomShell::new(state, &env, timers))
        });
        Self { shell: AssertUnwindSafe(shell), env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let scope = self.shell.borrow().scope(object::scope(&request, "room"));
        let answer = object::answer(scope, async {
            let header = request.headers().get(objects::ASK_HEADER)?;
            let ask = match header {
                Some(header) => objects::asked_by_header(&header).ok_or_else(Problem::internal)?,
                None => object::asked(&mut request).await?,
            };
            let answer = match ask {
                RoomAsk::TakeBytes(file) => self.take_bytes(&file, &request).await,
                ask => self.answer(ask),
            };
            // Whoever asked may look at once where others were told of it.
            if self.shell.borrow_mut().take_errands() == Errands::Waiting {
                run_errands(&self.shell, &self.env).await?;
            }
            answer
        })
        .await;
        self.shell.borrow_mut().let_out();
        answer
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        let payload = match message {
            WebSocketIncomingMessage::String(text) => Payload::Text(text),
            WebSocketIncomingMessage::Binary(_) => Payload::Binary,
        };
        self.shell.borrow_mut().socket_said(&socket, payload);
        self.send_errands();
        Ok(())
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        code: usize,
        _reason: String,
        _clean: bool,
    ) -> Result<()> {
        self.shell.borrow_mut().socket_closed(&socket);
        sockets::close_back(&socket, code);
        self.send_errands();
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _error: worker::Error) -> Result<()> {
        self.shell.borrow_mut().socket_closed(&socket);
        Ok(())
    }

    async fn alarm(&self) -> Result<Response> {
        self.shell.borrow_mut().alarm_rang();
        room_calls::begin(&self.shell, &self.env);
        let scope = self.shell.borrow().scope(observe::current());
        let answer = object::answer(scope, async {
            run_errands(&self.shell, &self.env).await?;
            self.shell.borrow_mut().clear().map_err(|error| object::storage_failed(&error))?;
            Ok(Response::empty()?)
        })
        .await;
        self.shell.borrow_mut().let_out();
        answer
    }
}

/// A timer that rings a room for as long as it is there.
fn ring(shell: &Weak<RefCell<RoomShell>>, rang: fn(&mut RoomShell)) -> Timer {
    let shell = Weak::clone(shell);
    Timer::new(move || {
        if let Some(shell) = shell.upgrade() {
            rang(&mut shell.borrow_mut());
        }
    })
}

/// Tells others what they must hear, until nothing is due. What is not heard, the alarm tells again.
async fn run_errands(shell: &RefCell<RoomShell>, env: &Env) -> Result<(), Problem> {
    let request_id = observe::current().request_id.map_or_else(random::id, |id| id.to_string());
    loop {
        let (room, due) = shell.borrow().owed()?;
        if due.is_empty() {
            return Ok(());
        }
        let told = room_errands::tell(env, &room, &due, clock::now(), &request_id).await;
        shell.borrow_mut().settle(&told).map_err(|error| object::storage_failed(&error))?;
    }
}

impl RoomObject {
    /// Sends off what a socket's turn left to be told. Nobody waits for it.
    fn send_errands(&self) {
        if self.shell.borrow_mut().take_errands() == Errands::None {
            return;
        }
        let (shell, env) = (Rc::clone(&self.shell), self.env.clone());
        spawn_local(async move {
            if let Err(problem) = run_errands(&shell, &env).await {
                tracing::warn!(reason = problem.code(), "what a room has to tell waits for its alarm");
            }
        });
    }

    fn answer(&self, ask: RoomAsk) -> Result<Response, Problem> {
        match ask {
            RoomAsk::News(news) => {
                self.shell.borrow_mut().hear(news)?;
                Ok(Response::empty()?)
            }
            RoomAsk::GiveBytes(bytes) => {
                let pieces = Giving::new(self.archive()?, bytes).map(|piece| piece.map_err(|error| error.0));
                Ok(ResponseBuilder::new().from_stream(stream::iter(pieces))?)
            }
            // Taken where the request is at hand.
            RoomAsk::TakeBytes(_) => Err(Problem::internal()),
            RoomAsk::Private(about) => {
                let AboutPrivate { asker, origin, what } = *about;
                self.answer_about(what, asker, origin)
            }
            RoomAsk::Hooked(posted) => self.hook(HookInput::Post(*posted)),
            RoomAsk::Found(beginning) => {
                let mut shell = self.shell.borrow_mut();
                shell.begin(*beginning)?;
                let archive = shell.archive().map_err(|error| object::storage_failed(&error))?;
                let log =
                    archive.map_or(Ok(None), Archive::log).map_err(|error| object::storage_failed(&error))?;
                Ok(json(201, &log.ok_or_else(Problem::room_not_found)?.info)?)
            }
            RoomAsk::Written { author, after } => {
                let mut shell = self.shell.borrow_mut();
                let archive = shell.archive().map_err(|error| object::storage_failed(&error))?;
                let page =
                    archive.map_or(Ok(String::new()), |archive| pages::written(archive, &author, after));
                let page = page.map_err(|error| object::storage_failed(&error))?;
                Ok(ResponseBuilder::new().fixed(page.into_bytes()))
            }
            RoomAsk::Likeness { member, name } => {
                let likeness = self.shell.borrow_mut().likeness(&name, &member);
                Ok(json(200, &likeness.map_err(|error| object::storage_failed(&error))?)?)
            }
            RoomAsk::Public(about) => {
                let About { info, owner, asker, origin, what } = *about;
                let found = self.shell.borrow_mut().found(info, owner);
                found.map_err(|error| object::storage_failed(&error))?;
                self.answer_about(what, asker, origin)
            }
        }
    }

    fn answer_about(&self, what: What, asker: Asker, origin: Option<Origin>) -> Result<Response, Problem> {
        let Asker { member, role } = asker.clone();
        match what {
            What::Info => self.read(&asker, |archive| Ok(archive.log()?.map(|log| log.info))),
            What::Messages(page) => self.read(&asker, |archive| pages::messages(archive, page, &member.id)),
            What::Reactors(seq) => self.read(&asker, |archive| pages::reactors(archive, seq)),
            What::Events(page) => self.read(&asker, |archive| pages::events(archive, page)),
            What::Export => self.export(&asker),
            What::Search(query) => {
                let query = SearchQuery::parse(&query).map_err(|bad| Problem::bad_request(bad.0))?;
                self.read(&asker, |archive| pages::found(archive, &query, &member.id))
            }
            What::Members(page) => self.read(&asker, |archive| pages::members(archive, &page, clock::now())),
            What::Moderation(page) => {
                self.shell.borrow_mut().expect_right(Deed::ModerationLog, &asker)?;
                self.read(&asker, |archive| pages::moderation(archive, page))
            }
            What::Change(change) => self.turn(&asker, Input::Change { request: 0, member, role, change }),
            What::Join => self.shell.borrow_mut().turn(Input::Join { request: 0, member }).answer(),
            What::Counts => Ok(json(200, &self.shell.borrow_mut().counts(&asker)?)?),
            What::Keep => self.turn(&asker, Input::Keep { request: 0, member: member.id }),
            What::Invite(Invitation { digest, uses, expires_at }) => {
                let invite = Invite { digest, uses, expires_at };
                self.turn(&asker, Input::Invite { request: 0, member, role, invite })
            }
            What::Revoke(digest) => self.turn(&asker, Input::Revoke { request: 0, member, role, digest }),
            What::Commands => {
                self.shell.borrow_mut().expect_right(Deed::Send, &asker)?;
                self.read(&asker, pages::commands)
            }
            What::Hooks => {
                self.shell.borrow_mut().expect_right(Deed::Hooks, &asker)?;
                self.read(&asker, pages::hooks)
            }
            What::Hook(new) => {
                self.shell.borrow_mut().expect_admitted(&asker)?;
                self.hook(HookInput::Make { asker, hook: hook(*new) })
            }
            What::Unhook(hook) => {
                self.shell.borrow_mut().expect_admitted(&asker)?;
                self.hook(HookInput::Drop { asker, hook })
            }
            // Whoever is no member yet is let in by it.
            What::Redeem(digest) => {
                self.shell.borrow_mut().turn(Input::Redeem { request: 0, member, digest }).answer()
            }
            What::Import(lines) => {
                let events = room::imported(&lines).map_err(|bad| Problem::bad_request(bad.to_string()))?;
                self.turn(&asker, Input::Import { request: 0, member, role, events, origin })
            }
            What::Bring(file) => self.turn(&asker, Input::Bring { request: 0, member, role, file }),
            What::File(file) => Ok(json(200, &self.shell.borrow_mut().file(&asker, &file)?)?),
            What::Bury => self.turn(&asker, Input::Bury { request: 0, member, role }),
            What::Leave => self.turn(&asker, Input::Leave { request: 0, member }),
            What::Send(frame) => {
                let body = messages::read(&frame)?;
                self.turn(&asker, Input::Command { request: 0, member, role, body, origin })
            }
            What::Open(Door { sign_in, mode, cursor }) => {
                let session = SessionId::parse(&random::id()).map_err(|_| Problem::internal())?;
                self.open(Opening { session, member, role, sign_in, mode, cursor, origin })
            }
        }
    }

    fn hook(&self, input: HookInput) -> Result<Response, Problem> {
        self.shell.borrow_mut().turn(Input::Hook { request: 0, input }).answer()
    }

    /// An archive over the same storage, for what goes on between turns.
    fn archive(&self) -> Result<Archive<StorageSql>, Problem> {
        self.shell.borrow().another_archive().map_err(|error| object::storage_failed(&error))
    }

    async fn take_bytes(&self, file: &FileId, request: &Request) -> Result<Response, Problem> {
        let archive = self.archive()?;
        room_files::take(&archive, file, request).await?;
        Ok(ResponseBuilder::new().with_status(204).empty())
    }

    fn export(&self, asker: &Asker) -> Result<Response, Problem> {
        let mut shell = self.shell.borrow_mut();
        shell.expect_right(Deed::Export, asker)?;
        let export = shell.export().map_err(|error| object::storage_failed(&error))?;
        let pieces = export.ok_or_else(Problem::room_not_found)?.map(|piece| piece.map_err(|error| error.0));
        let answer = ResponseBuilder::new()
            .with_header("content-type", "application/x-ndjson")?
            .with_header("content-disposition", "attachment; filename=\"room.ndjson\"")?
            .with_header("cache-control", "no-store")?;
        Ok(answer.from_stream(stream::iter(pieces))?)
    }

    /// A turn on behalf of somebody for whom the room is there.
    fn turn(&self, asker: &Asker, input: Input) -> Result<Response, Problem> {
        let mut shell = self.shell.borrow_mut();
        shell.expect_admitted(asker)?;
        shell.turn(input).answer()
    }

    fn open(&self, opening: Opening) -> Result<Response, Problem> {
        let client = self.shell.borrow_mut().open(opening)?;
        let answer = ResponseBuilder::new().with_status(101);
        Ok(answer.with_header("sec-websocket-protocol", SUBPROTOCOL)?.with_websocket(client).empty())
    }

    fn read<A: serde::Serialize>(
        &self,
        asker: &Asker,
        reading: impl FnOnce(&Archive<StorageSql>) -> Result<Option<A>, SqlError>,
    ) -> Result<Response, Problem> {
        let mut shell = self.shell.borrow_mut();
        shell.expect_admitted(asker)?;
        let archive = shell.archive().map_err(|error| object::storage_failed(&error))?;
        let page = archive.map_or(Ok(None), reading).map_err(|error| object::storage_failed(&error))?;
        Ok(json(200, &page.ok_or_else(Problem::room_not_found)?)?)
    }
}

/// A webhook that has nothing to hear yet.
fn hook(NewWebhook { hook, name, way }: NewWebhook) -> Hook {
    let way = match way {
        NewWay::In { digest } => Way::In { digest },
        NewWay::Out { url, command } => Way::Out(Outward { url, command, due: None, tries: 0 }),
    };
    Hook { id: hook, name, way }
}

impl Turned {
    /// That it was done, or why not.
    pub fn done(self) -> Result<(), Problem> {
        self.answer().map(drop)
    }

    /// The answer to the request that was this turn.
    fn answer(self) -> Result<Response, Problem> {
        match self {
            Self::Done(Some(Answer::Sent(sent))) => Ok(json(if sent.duplicate { 200 } else { 201 }, &sent)?),
            Self::Done(Some(Answer::Room(info))) => Ok(json(200, &info)?),
            Self::Done(Some(Answer::Done)) => Ok(ResponseBuilder::new().with_status(204).empty()),
            Self::Done(Some(Answer::Rejected { code, retry_after_ms })) => {
                Err(Problem::rejected(code, retry_after_ms))
            }
            Self::Done(Some(Answer::Unfit(unfit))) => Err(Problem::unfit(unfit)),
            Self::Done(Some(Answer::Spent)) => Err(Problem::invite_spent()),
            Self::Done(None) => Err(Problem::internal()),
            Self::NoRoom => Err(Problem::room_not_found()),
        }
    }
}
