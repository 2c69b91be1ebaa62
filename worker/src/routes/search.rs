//! `GET /api/rooms/{room}/search`: the messages that have certain words, newest first.

use worker::{Env, Response};

use super::room;
use crate::{call::Call, problem::Problem, query::SearchQuery, room_ask::What};

/// What was found. A query that cannot be read wakes no room; one that can goes to the room as it stands.
pub async fn page(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    SearchQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    room::asked(call, env, slug, What::Search(call.query.clone())).await
}
