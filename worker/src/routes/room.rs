//! `/api/rooms/{room}`: the room, other settings, its end; and how every route reaches a Room object.

use protocol::{RejectCode, RoomChange, limits::IMPORT_BYTES};
use room::{Asker, Origin};
use worker::{Env, Request, Response};

use super::{
    body,
    rooms::{self, Place},
    text,
};
use crate::{
    auth::{self, Caller},
    call::Call,
    directory::LOBBY,
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::{About, AboutPrivate, RoomAsk, What},
    together::Waiting,
};

/// Other settings.
pub async fn change(call: &Call, request: Request, env: &Env, slug: &str) -> Result<Response, Problem> {
    let change: RoomChange = body(request).await?;
    let change = change.parse().map_err(|bad| Problem::bad_request(bad.to_string()))?;
    asked(call, env, slug, What::Change(change)).await
}

/// What was written elsewhere comes in.
pub async fn import(call: &Call, request: Request, env: &Env, slug: &str) -> Result<Response, Problem> {
    let lines = text(request, IMPORT_BYTES).await?;
    asked(call, env, slug, What::Import(lines)).await
}

/// Its end. The lobby has none: it is where everybody comes first.
pub async fn end(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    if slug == LOBBY {
        return Err(Problem::rejected(RejectCode::Forbidden, None));
    }
    let answer = asked(call, env, slug, What::Bury).await?;
    rooms::forget(slug);
    Ok(answer)
}

/// Asks the Room object at `slug` on behalf of whoever calls: nearly all that a route does. Boxed, so that each route holds a pointer
/// to it and not its own copy of the way.
pub fn asked<'a>(
    call: &'a Call,
    env: &'a Env,
    slug: &'a str,
    what: What,
) -> Waiting<'a, Result<Response, Problem>> {
    Box::pin(async move {
        let caller = auth::caller(call, env).await?;
        let place = rooms::find(call, env, &caller.claims, slug).await?;
        if matches!(what, What::Send(_)) {
            auth::note_visit(call, env, &caller.claims, place.slug()).await?;
        }
        ask(call, env, caller, place, what).await
    })
}

/// Asks a Room object; its answer goes to the client as it is.
pub async fn ask(
    call: &Call,
    env: &Env,
    caller: Caller,
    place: Place,
    what: What,
) -> Result<Response, Problem> {
    let slug = place.slug().to_string();
    let callee = Callee { kind: Kind::Room, name: &slug, request_id: &call.id };
    objects::forward(env, callee, &about(call, caller, place, what)).await
}

/// What `caller` asks of a room.
pub fn about(call: &Call, caller: Caller, place: Place, what: What) -> RoomAsk {
    let asker = Asker { member: caller.member, role: caller.role };
    let origin = call.address.as_deref().map(Origin::of);
    match place {
        Place::Public(listing) => {
            RoomAsk::Public(Box::new(About { info: listing.info, owner: listing.owner, asker, origin, what }))
        }
        Place::Private(_) => RoomAsk::Private(Box::new(AboutPrivate { asker, origin, what })),
    }
}
