//! `POST /api/direct`: the one private room of two members.

use std::cell::RefCell;

use protocol::{
    Member, RoomInfo,
    http::{NewDirect, RoomNamed},
    room::{RoomKind, Visibility},
};
use worker::{Env, Request, Response};

use super::{body, json, my_rooms, rooms, session};
use crate::{
    auth,
    call::Call,
    clock, directory,
    inbox_ask::{InboxAnswer, InboxAsk},
    limits::{DIRECT_EVERY_MS, DIRECTS_BURST},
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::Beginning,
    turnstile::{Pass, Rate, Turnstile},
};

const DIRECTS: Rate = Rate { burst: DIRECTS_BURST, every_ms: DIRECT_EVERY_MS };

thread_local! {
    static TURNSTILE: RefCell<Turnstile> = const { RefCell::new(Turnstile::new(DIRECTS)) };
}

/// Opens it, whoever of the two asks, and however often.
pub async fn open(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let NewDirect { member } = body(request).await?;
    if member == caller.member.id {
        return Err(Problem::bad_request("member is somebody else than yourself."));
    }
    pass(&caller.member, env)?;
    let room = auth::mint(env)?.direct(&caller.member.id, &member).ok_or_else(Problem::internal)?;
    my_rooms::expect_space(call, env, &room).await?;
    let other = Member { name: name(call, env, member.as_str()).await?, id: member };
    let title = format!("{}, {}", caller.member.name, other.name);
    let info = RoomInfo {
        visibility: Visibility::Private,
        kind: RoomKind::Direct,
        ..directory::founded(room.clone(), title, String::new(), clock::now())
    };
    let beginning = Beginning { info, owner: None, members: vec![caller.member, other] };
    let answer = rooms::begin(call, env, None, beginning).await?;
    if answer.status_code() != 201 {
        return Ok(answer);
    }
    Ok(json(200, &RoomNamed { room })?)
}

/// What a member is called; 404 for one who never signed in.
async fn name(call: &Call, env: &Env, member: &str) -> Result<String, Problem> {
    let callee = Callee { kind: Kind::Inbox, name: member, request_id: &call.id };
    match objects::ask(env, callee, &InboxAsk::Name).await? {
        InboxAnswer::Named(name) => Ok(name),
        _ => Err(Problem::not_found()),
    }
}

fn pass(member: &Member, env: &Env) -> Result<(), Problem> {
    if !session::limited(env) {
        return Ok(());
    }
    match TURNSTILE.with_borrow_mut(|turnstile| turnstile.pass(member.id.as_str(), clock::now())) {
        Pass::Go => Ok(()),
        Pass::Wait(wait_ms) => Err(Problem::rejected(protocol::RejectCode::RateLimited, Some(wait_ms))),
    }
}
