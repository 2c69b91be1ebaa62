//! Webhooks: `/api/rooms/{room}/hooks` for moderators, and `/api/hooks/{code}` for whoever knows one's secret.
//!
//! A code is the room's slug, a dot, and a secret of 128 random bits; the room keeps a digest of the secret alone. What an outgoing
//! one's calls are signed with is kept nowhere: it follows from the server's key.

use ::room::{Origin, Posted};
use protocol::{
    CommandId, MemberId, Name, SlashCommand, Slug, decode_object,
    http::{HookPost, MadeHook, NewHook},
    limits::CLIENT_FRAME_BYTES,
};
use worker::{Env, Request, Response};

use super::{body, invites::digest, json, room, rooms, text};
use crate::{
    auth,
    call::Call,
    called,
    hook_url::HookUrl,
    objects::{self, Callee, Kind},
    problem::Problem,
    random,
    room_ask::{NewWay, NewWebhook, RoomAsk, What},
};

/// Makes one, and shows its secret this once.
pub async fn make(call: &Call, request: Request, env: &Env, slug: &str) -> Result<Response, Problem> {
    let NewHook { name: wanted, url, command } = body(request).await?;
    let hook = MemberId::of_a_hook(&random::id()).map_err(|_| Problem::internal())?;
    let secret = random::id();
    let (way, made) = match url {
        Some(url) => {
            let url = HookUrl::parse(&url).map_err(|bad| Problem::bad_request(bad.0))?;
            let command = command.as_deref().map(SlashCommand::parse).transpose();
            let command = command.map_err(|bad| Problem::bad_request(format!("command: {bad}.")))?;
            let secret = Some(auth::mint(env)?.hook_secret(slug, &hook));
            let way = NewWay::Out { url: url.as_str().to_owned(), command };
            (way, MadeHook { hook: hook.clone(), url: None, secret })
        }
        None if command.is_some() => {
            return Err(Problem::bad_request("A webhook for a command needs the url where it is called."));
        }
        None => {
            let url = Some(format!("{}/api/hooks/{slug}.{secret}", call.site.url()));
            (NewWay::In { digest: digest(&secret) }, MadeHook { hook: hook.clone(), url, secret: None })
        }
    };
    let new = NewWebhook { hook, name: name(&wanted)?.into(), way };
    let answer = room::asked(call, env, slug, What::Hook(Box::new(new))).await?;
    if answer.status_code() == 204 { Ok(json(201, &made)?) } else { Ok(answer) }
}

/// Takes one away.
pub async fn unmake(call: &Call, env: &Env, slug: &str, hook: &str) -> Result<Response, Problem> {
    let hook = MemberId::parse(hook).map_err(|_| Problem::not_found())?;
    room::asked(call, env, slug, What::Unhook(hook)).await
}

/// Writes by one. No session is needed; a code whose slug was never given reaches no room.
pub async fn post(call: &Call, request: Request, env: &Env, code: &str) -> Result<Response, Problem> {
    let (slug, secret) = code.split_once('.').ok_or_else(Problem::not_found)?;
    let room = Slug::parse(slug).map_err(|_| Problem::not_found())?;
    let written = text(request, CLIENT_FRAME_BYTES).await?;
    let HookPost { text, name: under, id } = decode_object(&written)
        .map_err(|error| Problem::bad_request(format!("The body cannot be read: {error}.")))?;
    let under = under.as_deref().map(name).transpose()?;
    let id = id.map_or_else(|| CommandId::parse(&random::id()), Ok).map_err(|_| Problem::internal())?;
    if !auth::mint(env)?.made(&room) {
        rooms::find_public(call, env, room.clone()).await.map_err(never_was)?;
    }
    let origin = call.address.as_deref().map(Origin::of);
    let posted = Posted { digest: digest(secret), name: under.map(Into::into), id, text, origin };
    let callee = Callee { kind: Kind::Room, name: room.as_str(), request_id: &call.id };
    let answer = objects::forward(env, callee, &RoomAsk::Hooked(Box::new(posted))).await?;
    // Whether the room or the webhook is missing, nobody is told.
    if answer.status_code() == 404 { Err(Problem::not_found()) } else { Ok(answer) }
}

fn name(wanted: &str) -> Result<Name, Problem> {
    let name = called::read(wanted)?;
    called::refuse_kept(&name)?;
    Ok(name)
}

fn never_was(problem: Problem) -> Problem {
    if problem.code() == "room_not_found" { Problem::not_found() } else { problem }
}
