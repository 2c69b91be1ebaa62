//! An Inbox as a Durable Object: hands what it is asked to [`Inbox`], and by alarm tells rooms what they must hear.

use archive::SqlError;
use metrics::Family;
use protocol::MemberId;
use worker::{
    DurableObject, Env, Request, Response, Result, State, durable_object, wasm_bindgen_futures::spawn_local,
};

use crate::{
    alarm, clock,
    inbox::Inbox,
    inbox_ask::InboxAsk,
    limits::TOLD_AT_ONCE,
    nudge_call::{self, Due, Outcome},
    object,
    objects::{self, Callee, Kind},
    observe::{self, Scope},
    outgoing::{Outgoing, Receiver},
    problem::Problem,
    random,
    room_ask::RoomAsk,
    routes::json,
    sql::StorageSql,
    together::{Waiting, together},
    vapid::Vapid,
};

/// One member's Inbox.
#[durable_object(alarm)]
pub struct InboxObject {
    state: State,
    env: Env,
}

impl DurableObject for InboxObject {
    fn new(state: State, env: Env) -> Self {
        observe::start(&env);
        observe::count(Family::Wakeups, &["inbox"], 1);
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let scope = object::scope(&request, "inbox");
        let answer = object::answer(scope, async { self.answer(&object::asked(&mut request).await?) }).await;
        observe::let_out(&self.env);
        answer
    }

    async fn alarm(&self) -> Result<Response> {
        let request_id = random::id();
        let scope =
            Scope { request_id: Some(request_id.as_str().into()), route: Some("inbox"), ..Scope::nothing() };
        let answer = object::answer(scope, self.ring(&request_id)).await;
        observe::let_out(&self.env);
        answer
    }
}

impl InboxObject {
    fn answer(&self, ask: &InboxAsk) -> Result<Response, Problem> {
        let inbox = self.inbox()?;
        let answer = inbox.answer(ask, clock::now()).map_err(|error| object::storage_failed(&error))?;
        self.set_alarm(&inbox)?;
        Ok(json(200, &answer)?)
    }

    /// Tells rooms until there is nothing due. An `Err` rings the alarm again, by the runtime.
    async fn ring(&self, request_id: &str) -> Result<Response, Problem> {
        let inbox = self.inbox()?;
        loop {
            let due = inbox.ring(clock::now()).map_err(|error| object::storage_failed(&error))?;
            if due.is_empty() {
                break;
            }
            let telling =
                due.iter().map(|news| -> Waiting<'_, Heard> { Box::pin(self.tell(news, request_id)) });
            let told = together(telling.collect()).await;
            for (news, heard) in due.iter().zip(told) {
                settle(&inbox, news, heard).map_err(|error| object::storage_failed(&error))?;
            }
        }
        self.send_nudges(inbox.begin_nudges(clock::now()).map_err(|error| object::storage_failed(&error))?)?;
        self.set_alarm(&inbox)?;
        Ok(Response::empty()?)
    }

    /// Sends notifications off. Nobody waits for them, least of all a room that must hear of a sign-out.
    fn send_nudges(&self, due: Vec<Due>) -> Result<(), Problem> {
        let Some(vapid) = Vapid::of(&self.env).filter(|_| !due.is_empty()) else { return Ok(()) };
        let (env, inbox) = (self.env.clone(), self.inbox()?);
        spawn_local(observe::within(observe::current(), async move {
            for some in due.chunks(TOLD_AT_ONCE) {
                let sending = some.iter().map(|due| -> Waiting<'_, Outcome> {
                    Box::pin(nudge_call::send(&env, &vapid, due, clock::now()))
                });
                let outcomes = together(sending.collect()).await;
                let settled =
                    some.iter().zip(outcomes).map(|(due, outcome)| inbox.settle_nudge(due, outcome));
                if let Some(error) = settled.filter_map(Result::err).next() {
                    tracing::warn!(%error, "what came of a notification could not be written");
                }
            }
            observe::let_out(&env);
        }));
        Ok(())
    }

    async fn tell(&self, news: &Outgoing, request_id: &str) -> Heard {
        let answered = match (&news.receiver, &news.news) {
            (Receiver::Room(room), news) => {
                let callee = Callee { kind: Kind::Room, name: room.as_str(), request_id };
                objects::forward(&self.env, callee, &RoomAsk::News(news.clone())).await
            }
            (Receiver::Person(person), _) => {
                let callee = Callee { kind: Kind::Inbox, name: person.as_str(), request_id };
                let member = self.inbox().map(|inbox| inbox.member);
                match member {
                    Ok(member) => objects::forward(&self.env, callee, &InboxAsk::IsNot(member)).await,
                    Err(problem) => Err(problem),
                }
            }
        };
        match answered {
            Ok(answer) if answer.status_code() == 200 => Heard::Yes,
            Ok(_) | Err(_) => Heard::No,
        }
    }

    fn inbox(&self) -> Result<Inbox<StorageSql>, Problem> {
        // The object is named after its member.
        let member = self.state.id().name().and_then(|name| MemberId::parse(&name).ok());
        let member = member.ok_or_else(Problem::internal)?;
        Inbox::open(member, StorageSql::of(&self.state)).map_err(|error| object::storage_failed(&error))
    }

    fn set_alarm(&self, inbox: &Inbox<StorageSql>) -> Result<(), Problem> {
        let due_at = inbox.due_at().map_err(|error| object::storage_failed(&error))?;
        Ok(due_at.map_or(Ok(()), |at| alarm::set(&self.state, at))?)
    }
}

/// Whether a room has heard what it must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    Yes,
    No,
}

fn settle(inbox: &Inbox<StorageSql>, news: &Outgoing, heard: Heard) -> Result<(), SqlError> {
    match heard {
        Heard::Yes => inbox.heard(news.number),
        Heard::No => inbox.not_heard(news.number, clock::now()),
    }
}
