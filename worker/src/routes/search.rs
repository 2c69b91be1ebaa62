//! `GET /api/rooms/{room}/search`: the messages that have certain words, newest first.

use worker::{Env, Response};

use super::{room, rooms};
use crate::{auth, call::Call, problem::Problem, query::SearchQuery, room_ask::What};

/// What was found. A query that cannot be read wakes no room; one that can goes to the room as it stands.
pub async fn page(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    SearchQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let listing = rooms::find(call, env, slug).await?;
    room::ask(call, env, caller, listing, What::Search { query: call.query.clone() }).await
}
