//! `GET /api/rooms/{room}/events`: the log itself, oldest first.

use worker::{Env, Response};

use super::{room, rooms};
use crate::{auth, call::Call, problem::Problem, query::EventsQuery, room_ask::What};

/// A page of the log.
pub async fn page(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let page = EventsQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let listing = rooms::find(call, env, slug).await?;
    room::ask(call, env, caller, listing, What::Events { page }).await
}
