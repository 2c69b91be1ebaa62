//! `GET /api/rooms/{room}/export`: the log as lines of JSON, for moderators.

use worker::{Env, Response};

use super::{room, rooms};
use crate::{auth, call::Call, problem::Problem, room_ask::What};

/// All of it, streamed.
pub async fn stream(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let listing = rooms::find(call, env, slug).await?;
    room::ask(call, env, caller, listing, What::Export).await
}
