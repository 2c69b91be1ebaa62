//! `GET /api/rooms/{room}/events`: the log itself, oldest first.

use worker::{Env, Response};

use super::room;
use crate::{call::Call, problem::Problem, query::EventsQuery, room_ask::What};

/// A page of the log.
pub async fn page(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let page = EventsQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    room::asked(call, env, slug, What::Events(page)).await
}
