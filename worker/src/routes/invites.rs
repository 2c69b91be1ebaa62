//! Invitations: `/api/rooms/{room}/invites`, and `/api/invites/{code}` for whoever holds one.
//!
//! A code is the room's slug, a dot, and a secret of 128 random bits; the room keeps a digest of the secret alone.

use protocol::{
    Slug,
    http::{Invite, NewInvite, RoomNamed},
    limits::{INVITE_DEFAULT_MS, INVITE_LONGEST_MS, INVITE_USES},
};
use sha2::{Digest, Sha256};
use worker::{Env, Request, Response};

use super::{body, json, my_rooms, room, rooms, rooms::Place};
use crate::{
    auth,
    call::Call,
    clock,
    problem::Problem,
    random,
    room_ask::{Invitation, What},
};

/// Makes an invitation.
pub async fn make(call: &Call, request: Request, env: &Env, slug: &str) -> Result<Response, Problem> {
    let NewInvite { uses, expires_in_ms } = body(request).await?;
    let uses = uses.unwrap_or(1);
    if !(1..=INVITE_USES).contains(&uses) {
        return Err(Problem::bad_request(format!("uses is 1 to {INVITE_USES}.")));
    }
    let lasts_ms = expires_in_ms.unwrap_or(INVITE_DEFAULT_MS);
    if !(1..=INVITE_LONGEST_MS).contains(&lasts_ms) {
        return Err(Problem::bad_request(format!("expires_in_ms is 1 to {INVITE_LONGEST_MS}, thirty days.")));
    }
    let (secret, expires_at) = (random::id(), clock::now().plus(lasts_ms));
    let code = format!("{slug}.{secret}");
    let what = What::Invite(Invitation { digest: digest(&secret), uses, expires_at });
    let answer = room::asked(call, env, slug, what).await?;
    if answer.status_code() != 204 {
        return Ok(answer);
    }
    let url = format!("{}/invite/{code}", call.site.url());
    Ok(json(201, &Invite { code, url, expires_at, uses })?)
}

/// Takes one back.
pub async fn revoke(call: &Call, env: &Env, slug: &str, code: &str) -> Result<Response, Problem> {
    match code.split_once('.') {
        Some((room, secret)) if room == slug => {
            room::asked(call, env, slug, What::Revoke(digest(secret))).await
        }
        Some(_) | None => Err(Problem::not_found()),
    }
}

/// Uses one. A code whose slug was never given reaches no room.
pub async fn redeem(call: &Call, env: &Env, code: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let (slug, secret) = code.split_once('.').ok_or_else(Problem::not_found)?;
    let room = Slug::parse(slug).map_err(|_| Problem::not_found())?;
    let place = if auth::mint(env)?.made(&room) {
        Place::Private(room.clone())
    } else {
        rooms::find(call, env, &caller.claims, slug).await.map_err(never_was)?
    };
    my_rooms::expect_space(call, env, &room).await?;
    let answer = room::ask(call, env, caller, place, What::Redeem(digest(secret))).await?;
    match answer.status_code() {
        204 => Ok(json(200, &RoomNamed { room })?),
        // Whether the room or the invitation is missing, nobody is told.
        404 => Err(Problem::not_found()),
        _ => Ok(answer),
    }
}

fn never_was(problem: Problem) -> Problem {
    if problem.code() == "room_not_found" { Problem::not_found() } else { problem }
}

/// What a room keeps of a secret.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
