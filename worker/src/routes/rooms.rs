//! `/api/rooms`: looking for public rooms, and making one. The Directory gives the slug; the room itself is founded when it is first asked.

use std::cell::RefCell;

use protocol::{
    Role, RoomInfo, Slug,
    http::NewRoom,
    room::{RoomKind, Visibility},
};
use worker::{Env, Request, Response};

use super::{body, json, my_rooms, room};
use crate::{
    auth::{self, Caller},
    call::Call,
    clock,
    directory::{self, DirectoryAnswer, DirectoryAsk, Listing},
    directory_page::Looking,
    inbox_rooms::RoomsAnswer,
    limits::{DIRECTORY_SHARDS, LISTING_MS, REMEMBERED},
    memory::Memory,
    naming::{self, Naming, Region, Wanted},
    objects::{self, Callee, Kind},
    problem::Problem,
    query::RoomsQuery,
    random,
    room_ask::{Beginning, RoomAsk, What},
    together::{Waiting, together},
    token::Claims,
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
    let parts = (0..DIRECTORY_SHARDS).map(|shard| -> Waiting<'_, Result<DirectoryAnswer, Problem>> {
        Box::pin(of_shard(call, env, shard, &ask))
    });
    let mut found = Vec::new();
    for part in together(parts.collect()).await {
        match part? {
            DirectoryAnswer::Listed(rooms) => found.extend(rooms),
            _ => return Err(Problem::internal()),
        }
    }
    Ok(json(200, &looking.page(found))?)
}

/// A room that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The Directory knows it.
    Public(Box<Listing>),
    /// Its slug is one of ours, and whoever asks is in it as far as their Inbox knows.
    Private(Slug),
}

impl Place {
    /// Its address.
    pub const fn slug(&self) -> &Slug {
        match self {
            Self::Public(listing) => &listing.info.room,
            Self::Private(slug) => slug,
        }
    }
}

/// Makes a room; the caller is its owner.
pub async fn create(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let new: NewRoom = body(request).await?;
    let naming = Naming::parse(&new).map_err(|bad| Problem::bad_request(bad.0))?;
    match &naming.slug {
        Wanted::Minted => create_private(call, env, caller, naming).await,
        Wanted::Exactly(slug) => create_public(call, env, &caller, &naming, [slug.clone()]).await,
        Wanted::Like(slug) => {
            let slugs = std::iter::once(slug.clone()).chain(naming::suffixed(slug, &random::id()));
            create_public(call, env, &caller, &naming, slugs).await
        }
    }
}

/// Takes the first of these slugs that is free.
async fn create_public(
    call: &Call,
    env: &Env,
    caller: &Caller,
    naming: &Naming,
    slugs: impl IntoIterator<Item = Slug>,
) -> Result<Response, Problem> {
    for slug in slugs {
        let info = directory::founded(slug, naming.title.clone(), naming.topic.clone(), clock::now());
        let listing = Listing { info, owner: Some(caller.member.id.clone()) };
        let ask = DirectoryAsk::Create(listing.clone());
        match of_directory(call, env, &listing.info.room, &ask).await? {
            DirectoryAnswer::Created => {
                let info = listing.info.clone();
                if let Some(region) = naming.region {
                    // The first to ask decides where the room lives. Should this fail, it lives where it is asked first.
                    let about =
                        room::about(call, caller.clone(), Place::Public(Box::new(listing)), What::Info);
                    let callee = Callee { kind: Kind::Room, name: info.room.as_str(), request_id: &call.id };
                    drop(objects::forward_to(env, callee, Some(region), &about).await);
                }
                return Ok(json(201, &info)?);
            }
            DirectoryAnswer::Taken => {}
            _ => return Err(Problem::internal()),
        }
    }
    Err(Problem::room_exists())
}

async fn create_private(call: &Call, env: &Env, caller: Caller, naming: Naming) -> Result<Response, Problem> {
    let slug = auth::mint(env)?.mint(random::bytes()).ok_or_else(Problem::internal)?;
    my_rooms::expect_space(call, env, &slug).await?;
    let info = directory::founded(slug, naming.title, naming.topic, clock::now());
    let info = RoomInfo { visibility: Visibility::Private, kind: RoomKind::Private, ..info };
    let owner = Some(caller.member.id.clone());
    begin(call, env, naming.region, Beginning { info, owner, members: vec![caller.member] }).await
}

/// Has a private room begin, unless it did before; answers with the room.
pub async fn begin(
    call: &Call,
    env: &Env,
    region: Option<Region>,
    beginning: Beginning,
) -> Result<Response, Problem> {
    let slug = beginning.info.room.to_string();
    let callee = Callee { kind: Kind::Room, name: &slug, request_id: &call.id };
    objects::forward_to(env, callee, region, &RoomAsk::Found(Box::new(beginning))).await
}

/// The room at `slug`, if whoever holds `claims` may know of it. A slug that is none of ours and unknown to the Directory, and one
/// of ours that the asker is not in, both cost one question to an object that is there anyhow, and touch no room.
pub fn find<'a>(
    call: &'a Call,
    env: &'a Env,
    claims: &'a Claims,
    slug: &'a str,
) -> Waiting<'a, Result<Place, Problem>> {
    Box::pin(async move {
        let room = Slug::parse(slug).map_err(|_| Problem::room_not_found())?;
        if auth::mint(env)?.made(&room) {
            return find_private(call, env, claims, room).await;
        }
        find_public(call, env, room).await
    })
}

/// The public room at `room`, if the Directory knows it.
pub fn find_public<'a>(call: &'a Call, env: &'a Env, room: Slug) -> Waiting<'a, Result<Place, Problem>> {
    Box::pin(async move {
        if let Some(listing) = LISTINGS.with_borrow(|listings| listings.recall(room.as_str(), clock::now())) {
            return Ok(Place::Public(Box::new(listing)));
        }
        match of_directory(call, env, &room, &DirectoryAsk::Find { room: room.clone() }).await? {
            DirectoryAnswer::Found(listing) => {
                let now = clock::now();
                LISTINGS.with_borrow_mut(|listings| listings.put(room.to_string(), listing.clone(), now));
                Ok(Place::Public(Box::new(listing)))
            }
            _ => Err(Problem::room_not_found()),
        }
    })
}

/// The Inbox says who is in a private room; the room itself has the last word.
async fn find_private(call: &Call, env: &Env, claims: &Claims, room: Slug) -> Result<Place, Problem> {
    if my_rooms::look(call, env, claims, &room).await? == RoomsAnswer::Keeps {
        return Ok(Place::Private(room));
    }
    match auth::caller_of(call, env, claims.clone()).await?.role {
        Role::Owner => Ok(Place::Private(room)),
        Role::Member | Role::Moderator => Err(Problem::room_not_found()),
    }
}

/// This isolate does not remember the room any more.
pub fn forget(room: &str) {
    LISTINGS.with_borrow_mut(|listings| listings.forget(room));
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
