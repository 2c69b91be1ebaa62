//! `/api/rooms/{room}/members` and `/api/rooms/{room}/moderation`: who has a role, a mute or a ban, and what moderators did.

use worker::{Env, Response};

use super::{room, rooms};
use crate::{
    auth,
    call::Call,
    problem::Problem,
    query::{MembersQuery, ModerationQuery},
    room_ask::What,
};

/// A page of the members.
pub async fn page(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let page = MembersQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let listing = rooms::find(call, env, slug).await?;
    room::ask(call, env, caller, listing, What::Members { page }).await
}

/// A page of the moderation log.
pub async fn moderation(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let page = ModerationQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let listing = rooms::find(call, env, slug).await?;
    room::ask(call, env, caller, listing, What::Moderation { page }).await
}
