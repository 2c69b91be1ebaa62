//! A room as a Durable Object: hands what happens to it to [`RoomShell`], one input a turn.

use std::{
    cell::RefCell,
    panic::AssertUnwindSafe,
    rc::{Rc, Weak},
};

use archive::{Archive, SqlError};
use metrics::Family;
use protocol::SessionId;
use room::{Answer, Input, Opening, Payload};
use worker::{
    DurableObject, Env, Request, Response, ResponseBuilder, Result, State, WebSocket,
    WebSocketIncomingMessage, durable_object,
};

use crate::{
    object, objects, observe, pages,
    problem::Problem,
    random,
    room_ask::{RoomAsk, What},
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
        Self { shell: AssertUnwindSafe(shell) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let scope = self.shell.borrow().scope(object::scope(&request, "room"));
        let answer = object::answer(scope, async {
            let header = request.headers().get(objects::ASK_HEADER)?;
            let ask = match header {
                Some(header) => objects::asked_by_header(&header).ok_or_else(Problem::internal)?,
                None => object::asked(&mut request).await?,
            };
            self.answer(ask)
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
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _error: worker::Error) -> Result<()> {
        self.shell.borrow_mut().socket_closed(&socket);
        Ok(())
    }

    async fn alarm(&self) -> Result<Response> {
        self.shell.borrow_mut().alarm_rang();
        Response::empty()
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

impl RoomObject {
    fn answer(&self, ask: RoomAsk) -> Result<Response, Problem> {
        match ask {
            RoomAsk::News(news) => {
                self.shell.borrow_mut().hear(news);
                Ok(Response::empty()?)
            }
            RoomAsk::Public { info, what } => {
                let found = self.shell.borrow_mut().found(info);
                found.map_err(|error| object::storage_failed(&error))?;
                self.answer_about(what)
            }
        }
    }

    fn answer_about(&self, what: What) -> Result<Response, Problem> {
        match what {
            What::Info => self.read(|archive| Ok(archive.log()?.map(|log| log.info))),
            What::Messages { page, reader } => self.read(|archive| pages::messages(archive, page, &reader)),
            What::Events { page } => self.read(|archive| pages::events(archive, page)),
            What::Send { member, role, frame } => {
                let body = messages::read(&frame)?;
                let turned = self.shell.borrow_mut().turn(Input::Command { request: 0, member, role, body });
                sent(turned)
            }
            What::Open { member, role, sign_in, mode, cursor } => {
                let session = SessionId::parse(&random::id()).map_err(|_| Problem::internal())?;
                self.open(Opening { session, member, role, sign_in, mode, cursor })
            }
        }
    }

    fn open(&self, opening: Opening) -> Result<Response, Problem> {
        let client = self.shell.borrow_mut().open(opening)?;
        let answer = ResponseBuilder::new().with_status(101);
        Ok(answer.with_header("sec-websocket-protocol", SUBPROTOCOL)?.with_websocket(client).empty())
    }

    fn read<A: serde::Serialize>(
        &self,
        reading: impl FnOnce(&Archive<StorageSql>) -> Result<Option<A>, SqlError>,
    ) -> Result<Response, Problem> {
        let mut shell = self.shell.borrow_mut();
        let archive = shell.archive().map_err(|error| object::storage_failed(&error))?;
        let page = archive.map_or(Ok(None), reading).map_err(|error| object::storage_failed(&error))?;
        Ok(json(200, &page.ok_or_else(Problem::room_not_found)?)?)
    }
}

fn sent(turned: Turned) -> Result<Response, Problem> {
    match turned {
        Turned::Done(Some(Answer::Sent(sent))) => Ok(json(if sent.duplicate { 200 } else { 201 }, &sent)?),
        Turned::Done(Some(Answer::Rejected { code, retry_after_ms })) => {
            Err(Problem::rejected(code, retry_after_ms))
        }
        Turned::Done(None) => Err(Problem::internal()),
        Turned::NoRoom => Err(Problem::room_not_found()),
    }
}
