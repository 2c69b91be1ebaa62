//! `/api/me/push` and `/api/me/rooms/{room}/quiet`: where a member takes notifications, and of which rooms they want none.
//!
//! Not here: who is notified of what, and how. A program can neither subscribe nor hush a room: whoever got hold of a token must not
//! have messages sent elsewhere, nor keep somebody from hearing of them.

use protocol::{
    Slug,
    http::{PushState, PushSubscription},
};
use worker::{Env, Request, Response, ResponseBuilder};

use super::{body, json};
use crate::{
    auth::{self, Caller},
    call::Call,
    hook_url::{BadHookUrl, HookUrl},
    inbox_ask::{InboxAnswer, InboxAsk},
    inbox_push::{NewSubscription, PushAnswer, PushAsk},
    problem::Problem,
    push_message::Receiver,
    token::Bearer,
    vapid::Vapid,
};

/// The key to subscribe with, and how things stand.
pub async fn state(call: &Call, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller_now(call, env).await?;
    let ask = PushAsk::State(caller.claims.sign_in.clone());
    let PushAnswer::State { subscribed, quiet } = of_inbox(call, env, &caller, ask).await? else {
        return Err(Problem::internal());
    };
    Ok(json(200, &PushState { key: Vapid::of(env).map(|vapid| vapid.public()), subscribed, quiet })?)
}

/// This sign-in takes notifications there.
pub async fn subscribe(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    let caller = person(call, env).await?;
    if Vapid::of(env).is_none() {
        return Err(Problem::not_found());
    }
    let subscription: PushSubscription = body(request).await?;
    HookUrl::parse(&subscription.endpoint)
        .map_err(|BadHookUrl(why)| Problem::bad_request(format!("The endpoint cannot be used: its {why}")))?;
    if Receiver::parse(&subscription.keys).is_none() {
        return Err(Problem::bad_request(
            "The keys cannot be used: p256dh is a point of P-256 in 65 bytes, auth are 16, both in base64url.",
        ));
    }
    let new = NewSubscription { sign_in: caller.claims.sign_in.clone(), subscription };
    done(call, env, &caller, PushAsk::Subscribe(new)).await
}

/// It takes them no longer.
pub async fn unsubscribe(call: &Call, env: &Env) -> Result<Response, Problem> {
    let caller = person(call, env).await?;
    let ask = PushAsk::Unsubscribe(caller.claims.sign_in.clone());
    done(call, env, &caller, ask).await
}

/// The caller wants no notifications of a room.
pub async fn hush(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = person(call, env).await?;
    done(call, env, &caller, PushAsk::Hush(room(slug)?)).await
}

/// They want them again.
pub async fn unhush(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = person(call, env).await?;
    done(call, env, &caller, PushAsk::Unhush(room(slug)?)).await
}

fn room(slug: &str) -> Result<Slug, Problem> {
    Slug::parse(slug).map_err(|_| Problem::room_not_found())
}

async fn person(call: &Call, env: &Env) -> Result<Caller, Problem> {
    let caller = auth::caller_now(call, env).await?;
    match caller.claims.bearer {
        Bearer::Person => Ok(caller),
        Bearer::Program => Err(Problem::not_by_program()),
    }
}

async fn done(call: &Call, env: &Env, caller: &Caller, ask: PushAsk) -> Result<Response, Problem> {
    match of_inbox(call, env, caller, ask).await? {
        PushAnswer::Done => Ok(ResponseBuilder::new().with_status(204).empty()),
        PushAnswer::Unknown => Err(Problem::room_not_found()),
        PushAnswer::State { .. } => Err(Problem::internal()),
    }
}

async fn of_inbox(call: &Call, env: &Env, caller: &Caller, ask: PushAsk) -> Result<PushAnswer, Problem> {
    match auth::of_inbox(call, env, &caller.claims, &InboxAsk::Push(ask)).await? {
        InboxAnswer::Push(answer) => Ok(answer),
        _ => Err(Problem::internal()),
    }
}
