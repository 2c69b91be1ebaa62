//! `/api/me/rooms`: the rooms that a member keeps, with what they have not read of each.
//!
//! The Inbox knows which; each room counts for itself, all at once, and one that takes too long shows no counts. Of a direct room the
//! other's Inbox is asked whether they are here: the room itself says to whom that may be told.

use std::{pin::pin, time::Duration};

use futures_util::future::{Either, select};
use protocol::{
    MemberId, RejectCode, Slug,
    http::{MyRoom, MyRooms},
    room::RoomKind,
};
use worker::{Delay, Env, Response};

use super::{json, room, rooms, rooms::Place};
use crate::{
    auth::{self, Caller},
    call::Call,
    inbox_ask::{InboxAnswer, InboxAsk},
    inbox_rooms::{KeptRoom, RoomsAnswer, RoomsAsk},
    limits::{ASKED_AFTER, COUNTS_MS, HERE_ANSWER_MS},
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::What,
    together::{Waiting, together},
    token::Claims,
};

/// All of them.
pub async fn list(call: &Call, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let RoomsAnswer::Kept(kept) = of_inbox(call, env, &caller.claims, RoomsAsk::List).await? else {
        return Err(Problem::internal());
    };
    // The others of the newest direct rooms are asked after, as many as may be.
    let mut passed_over = kept.iter().filter(|room| room.kind == RoomKind::Direct).skip(ASKED_AFTER).count();
    let caller = &caller;
    let counting = kept.into_iter().map(|room| -> Waiting<'_, Option<MyRoom>> {
        let passes = room.kind == RoomKind::Direct && passed_over > 0;
        passed_over -= usize::from(passes);
        Box::pin(async move {
            let mut counted = counts(call, env, caller, room).await?;
            if let Some(other) = counted.other.as_ref().filter(|_| !passes) {
                counted.here = is_here(call, env, other).await;
            }
            Some(counted)
        })
    });
    let counted = together(counting.collect()).await;
    Ok(json(200, &MyRooms { rooms: counted.into_iter().flatten().collect() })?)
}

/// The caller keeps a room.
pub async fn keep(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let room = Slug::parse(slug).map_err(|_| Problem::room_not_found())?;
    expect_space(call, env, &room).await?;
    room::asked(call, env, slug, What::Keep).await
}

/// How a room stands to the caller's Inbox.
pub async fn look(call: &Call, env: &Env, claims: &Claims, room: &Slug) -> Result<RoomsAnswer, Problem> {
    of_inbox(call, env, claims, RoomsAsk::Look(room.clone())).await
}

/// Refuses where the caller's list can take no more.
pub async fn expect_space(call: &Call, env: &Env, room: &Slug) -> Result<(), Problem> {
    match look(call, env, &auth::claims(call, env)?, room).await? {
        RoomsAnswer::Full => Err(Problem::rejected(RejectCode::TooMany, None)),
        _ => Ok(()),
    }
}

async fn of_inbox(call: &Call, env: &Env, claims: &Claims, ask: RoomsAsk) -> Result<RoomsAnswer, Problem> {
    match auth::of_inbox(call, env, claims, &InboxAsk::Rooms(ask)).await? {
        InboxAnswer::Rooms(answer) => Ok(answer),
        _ => Err(Problem::internal()),
    }
}

/// What the room says of itself, or what the Inbox knows of it. `None` once the room is not there for the caller any more: the Inbox
/// will hear so.
async fn counts(call: &Call, env: &Env, caller: &Caller, kept: KeptRoom) -> Option<MyRoom> {
    match within(COUNTS_MS, Box::pin(ask_counts(call, env, caller, &kept))).await {
        Ok(counted) => Some(counted),
        Err(problem) if problem.code() == "room_not_found" => None,
        Err(_) => {
            let KeptRoom { room, title, kind } = kept;
            let (head, read, unread, mentions) = (None, None, None, None);
            Some(MyRoom { room, title, kind, head, read, unread, mentions, other: None, here: false })
        }
    }
}

async fn ask_counts(call: &Call, env: &Env, caller: &Caller, kept: &KeptRoom) -> Result<MyRoom, Problem> {
    let room = &kept.room;
    let place = match kept.kind {
        RoomKind::Public => rooms::find(call, env, &caller.claims, room.as_str()).await?,
        RoomKind::Private | RoomKind::Direct => Place::Private(room.clone()),
    };
    let callee = Callee { kind: Kind::Room, name: room.as_str(), request_id: &call.id };
    let answer =
        objects::forward(env, callee, &room::about(call, caller.clone(), place, What::Counts)).await?;
    match answer.status_code() {
        200 => objects::read(answer).await,
        404 => Err(Problem::room_not_found()),
        _ => Err(Problem::busy()),
    }
}

/// Whether a member is here, if their Inbox says so in time.
async fn is_here(call: &Call, env: &Env, other: &MemberId) -> bool {
    let callee = Callee { kind: Kind::Inbox, name: other.as_str(), request_id: &call.id };
    let answer = within(HERE_ANSWER_MS, Box::pin(objects::ask(env, callee, &InboxAsk::IsHere))).await;
    matches!(answer, Ok(InboxAnswer::Here))
}

/// What comes in time.
async fn within<T>(ms: u64, asked: Waiting<'_, Result<T, Problem>>) -> Result<T, Problem> {
    match select(asked, pin!(Delay::from(Duration::from_millis(ms)))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Problem::busy()),
    }
}
