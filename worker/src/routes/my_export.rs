//! `GET /api/me/export`: everything that the caller wrote, in every room they have been in, also in those they may not enter any more.

use std::cell::RefCell;

use protocol::{RejectCode, http::Exported};
use worker::{Env, Response, ResponseBuilder};

use super::session;
use crate::{
    auth,
    call::Call,
    clock,
    inbox_ask::{InboxAnswer, InboxAsk},
    limits::{EXPORT_EVERY_MS, EXPORTS_BURST},
    packing::Packing,
    problem::Problem,
    turnstile::{Pass, Rate, Turnstile},
};

const EXPORTS: Rate = Rate { burst: EXPORTS_BURST, every_ms: EXPORT_EVERY_MS };

thread_local! {
    static TURNSTILE: RefCell<Turnstile> = const { RefCell::new(Turnstile::new(EXPORTS)) };
}

/// Packs it while it is downloaded.
pub async fn pack(call: &Call, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller_now(call, env).await?;
    let (member, now) = (caller.member.clone(), clock::now());
    if session::limited(env)
        && let Pass::Wait(wait_ms) =
            TURNSTILE.with_borrow_mut(|turnstile| turnstile.pass(member.id.as_str(), now))
    {
        return Err(Problem::rejected(RejectCode::RateLimited, Some(wait_ms)));
    }
    let ask = InboxAsk::Visited { sign_in: caller.claims.sign_in.clone() };
    let InboxAnswer::Joined(rooms) = auth::of_inbox(call, env, &caller.claims, &ask).await? else {
        return Err(Problem::no_session());
    };
    let packing = Packing::new(env, &call.id, Exported { member, at: now }, rooms);
    let answer = ResponseBuilder::new()
        .with_header("content-type", "application/zip")?
        .with_header("content-disposition", "attachment; filename=\"edgewise.zip\"")?
        .with_header("cache-control", "no-store")?;
    Ok(answer.from_stream(packing.pieces())?)
}
