//! `GET /api/rooms/{room}`, and how every route reaches a Room object.

use room::{Asker, Origin};
use worker::{Env, Response};

use super::rooms;
use crate::{
    auth::{self, Caller},
    call::Call,
    directory::Listing,
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::{About, RoomAsk, What},
};

/// The room.
pub async fn show(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let listing = rooms::find(call, env, slug).await?;
    ask(call, env, caller, listing, What::Info).await
}

/// Asks a Room object; its answer goes to the client as it is.
pub async fn ask(
    call: &Call,
    env: &Env,
    caller: Caller,
    listing: Listing,
    what: What,
) -> Result<Response, Problem> {
    let slug = listing.info.room.to_string();
    let callee = Callee { kind: Kind::Room, name: &slug, request_id: &call.id };
    objects::forward(env, callee, &about(call, caller, listing, what)).await
}

/// What `caller` asks of a public room.
pub fn about(call: &Call, caller: Caller, listing: Listing, what: What) -> RoomAsk {
    let asker = Asker { member: caller.member, role: caller.role };
    let origin = call.address.as_deref().map(Origin::of);
    RoomAsk::Public(Box::new(About { info: listing.info, owner: listing.owner, asker, origin, what }))
}
