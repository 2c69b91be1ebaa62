//! `/api/rooms`: looking for public rooms, and making one. The Directory gives the slug; the room itself is founded when it is first asked.

use std::cell::RefCell;

use futures_util::future::try_join_all;
use protocol::{Slug, http::NewRoom};
use worker::{Env, Request, Response};

use super::{body, json};
use crate::{
    auth,
    call::Call,
    clock,
    directory::{self, DirectoryAnswer, DirectoryAsk, Listing},
    directory_page::Looking,
    limits::{DIRECTORY_SHARDS, LISTING_MS, REMEMBERED},
    memory::Memory,
    naming::{self, Naming, Wanted},
    objects::{self, Callee, Kind},
    problem::Problem,
    query::RoomsQuery,
    random,
};

thread_local! {
    static LISTINGS: RefCell<Memory<Listing>> = const { RefCell::new(Memory::new(LISTING_MS, REMEMBERED)) };
}

/// The public rooms that bear the words of a query.
pub async fn list(call: &Call, env: &Env) -> Result<Response, Problem> {
    auth::caller(call, env).await?;
    let RoomsQuery { looked_for, after, limit } =
        RoomsQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let looking = Looking::new(&looked_for, after, limit);
    let ask = DirectoryAsk::List(looking.clone());
    let parts = (0..DIRECTORY_SHARDS).map(|shard| of_shard(call, env, shard, &ask));
    let mut found = Vec::new();
    for part in try_join_all(parts).await? {
        match part {
            DirectoryAnswer::Listed(rooms) => found.extend(rooms),
            _ => return Err(Problem::internal()),
        }
    }
    Ok(json(200, &looking.page(found))?)
}

/// Makes a room; the caller is its owner.
pub async fn create(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let new: NewRoom = body(request).await?;
    let naming = Naming::parse(&new).map_err(|bad| Problem::bad_request(bad.0))?;
    let (first, second) = match &naming.slug {
        Wanted::Exactly(slug) => (slug.clone(), None),
        Wanted::Like(slug) => (slug.clone(), naming::suffixed(slug, &random::id())),
    };
    for slug in std::iter::once(first).chain(second) {
        let info = directory::founded(slug, naming.title.clone(), naming.topic.clone(), clock::now());
        let listing = Listing { info, owner: Some(caller.member.id.clone()) };
        let ask = DirectoryAsk::Create(listing.clone());
        match of_directory(call, env, &listing.info.room, &ask).await? {
            DirectoryAnswer::Created => return Ok(json(201, &listing.info)?),
            DirectoryAnswer::Taken => {}
            _ => return Err(Problem::internal()),
        }
    }
    Err(Problem::room_exists())
}

/// The public room at `slug`. This isolate may remember for a minute that it is there, never that it is not.
pub async fn find(call: &Call, env: &Env, slug: &str) -> Result<Listing, Problem> {
    let room = Slug::parse(slug).map_err(|_| Problem::room_not_found())?;
    if let Some(listing) = LISTINGS.with_borrow(|listings| listings.recall(slug, clock::now())) {
        return Ok(listing);
    }
    match of_directory(call, env, &room, &DirectoryAsk::Find { room: room.clone() }).await? {
        DirectoryAnswer::Found(listing) => {
            let now = clock::now();
            LISTINGS.with_borrow_mut(|listings| listings.put(slug.to_owned(), listing.clone(), now));
            Ok(listing)
        }
        _ => Err(Problem::room_not_found()),
    }
}

async fn of_directory(
    call: &Call,
    env: &Env,
    room: &Slug,
    ask: &DirectoryAsk,
) -> Result<DirectoryAnswer, Problem> {
    of_shard(call, env, directory::shard(room), ask).await
}

async fn of_shard(
    call: &Call,
    env: &Env,
    shard: u32,
    ask: &DirectoryAsk,
) -> Result<DirectoryAnswer, Problem> {
    let shard = shard.to_string();
    objects::ask(env, Callee { kind: Kind::Directory, name: &shard, request_id: &call.id }, ask).await
}
