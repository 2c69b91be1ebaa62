//! `GET /api/rooms/{room}`, and how every route reaches a Room object.

use worker::{Env, Response};

use super::rooms;
use crate::{
    auth,
    call::Call,
    directory::Listing,
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::{RoomAsk, What},
};

/// The room.
pub async fn show(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    auth::caller(call, env).await?;
    let listing = rooms::find(call, env, slug).await?;
    ask(call, env, listing, What::Info).await
}

/// Asks a Room object; its answer goes to the client as it is.
pub async fn ask(call: &Call, env: &Env, listing: Listing, what: What) -> Result<Response, Problem> {
    let slug = listing.info.room.to_string();
    let callee = Callee { kind: Kind::Room, name: &slug, request_id: &call.id };
    objects::forward(env, callee, &RoomAsk::Public { info: listing.info, what }).await
}
