//! `/api/rooms/{room}/members` and `/api/rooms/{room}/moderation`: who has a role, a mute or a ban, and what moderators did.

use worker::{Env, Response};

use super::room;
use crate::{
    call::Call,
    problem::Problem,
    query::{MembersQuery, ModerationQuery},
    room_ask::What,
};

/// A page of the members.
pub async fn page(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let page = MembersQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    room::asked(call, env, slug, What::Members(page)).await
}

/// A page of the moderation log.
pub async fn moderation(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let page = ModerationQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    room::asked(call, env, slug, What::Moderation(page)).await
}
