//! `DELETE /api/me`: the caller's account ends.
//!
//! What is answered is that it will be: the Inbox has forgotten them by then and tells every room, over any restart. Not here: what
//! rooms do about it.

use metrics::Family;
use worker::{Env, Response, ResponseBuilder};

use crate::{
    auth,
    call::Call,
    cookie,
    inbox_ask::{InboxAnswer, InboxAsk},
    observe,
    problem::Problem,
    query::FarewellQuery,
    token::Bearer,
};

/// Ends it, whoever else is signed in to it.
pub async fn end(call: &Call, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller_now(call, env).await?;
    if caller.claims.bearer == Bearer::Program {
        return Err(Problem::not_by_program());
    }
    let query = FarewellQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let sign_in = caller.claims.sign_in.clone();
    let ask = InboxAsk::Depart { sign_in: sign_in.clone(), legacy: query.messages };
    auth::forget(&sign_in);
    let InboxAnswer::SignedOut = auth::of_inbox(call, env, &caller.claims, &ask).await? else {
        return Err(Problem::no_session());
    };
    // A request that asked the Inbox before this one may have been answered since.
    auth::forget(&sign_in);
    observe::count(Family::AccountsDeleted, &[query.messages.as_str()], 1);
    let cookie = cookie::take_back(cookie::SESSION, call.site.transport);
    Ok(ResponseBuilder::new().with_status(204).with_header("set-cookie", &cookie)?.empty())
}
