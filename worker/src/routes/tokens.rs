//! `/api/me/tokens`: the API tokens by which a member's programs sign in. Only somebody at a device makes or takes back one: a token
//! that leaked must not make others.

use protocol::{
    http::{ApiToken, ApiTokens, NewApiToken},
    limits::API_TOKEN_MS,
};
use worker::{Env, Request, Response, ResponseBuilder};

use super::{body, json};
use crate::{
    auth::{self, Caller},
    call::Call,
    called, clock,
    inbox_ask::{InboxAnswer, InboxAsk},
    inbox_tokens::{NewSignIn, TokensAnswer, TokensAsk},
    problem::Problem,
    random,
    token::{self, Bearer},
};

/// Makes one, and shows it this once.
pub async fn make(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    let caller = person(call, env).await?;
    let wanted: NewApiToken = body(request).await?;
    let name = called::read(&wanted.name)?;
    let lasts_ms = wanted.expires_in_ms.unwrap_or(API_TOKEN_MS);
    if !(1..=API_TOKEN_MS).contains(&lasts_ms) {
        return Err(Problem::bad_request(format!("expires_in_ms is 1 to {API_TOKEN_MS}, a year.")));
    }
    let (secret, now) = (random::id(), clock::now());
    let (id, expires_at) = (token::sign_in_of(&secret), now.plus(lasts_ms));
    let new = NewSignIn { sign_in: id.clone(), name: name.clone(), expires_at };
    match of_inbox(call, env, &caller, TokensAsk::Make(new)).await? {
        TokensAnswer::Made => {}
        TokensAnswer::Full => return Err(Problem::rejected(protocol::RejectCode::TooMany, None)),
        _ => return Err(Problem::internal()),
    }
    let token = auth::key(env)?.sign_program(&caller.member.id, &secret, expires_at);
    let made = ApiToken { id, name: name.into(), created_at: now, expires_at, token: Some(token) };
    Ok(json(201, &made)?)
}

/// Those that stand.
pub async fn list(call: &Call, env: &Env) -> Result<Response, Problem> {
    let caller = person(call, env).await?;
    match of_inbox(call, env, &caller, TokensAsk::List).await? {
        TokensAnswer::Listed(tokens) => Ok(json(200, &ApiTokens { tokens })?),
        _ => Err(Problem::internal()),
    }
}

/// Takes one back: its sockets close.
pub async fn revoke(call: &Call, env: &Env, id: &str) -> Result<Response, Problem> {
    let caller = person(call, env).await?;
    match of_inbox(call, env, &caller, TokensAsk::Revoke(id.to_owned())).await? {
        TokensAnswer::Revoked => {
            auth::forget(id);
            Ok(ResponseBuilder::new().with_status(204).empty())
        }
        TokensAnswer::Unknown => Err(Problem::not_found()),
        _ => Err(Problem::internal()),
    }
}

/// Whoever asks, at a device; their Inbox is asked now.
async fn person(call: &Call, env: &Env) -> Result<Caller, Problem> {
    let caller = auth::caller_now(call, env).await?;
    match caller.claims.bearer {
        Bearer::Person => Ok(caller),
        Bearer::Program => Err(Problem::not_by_program()),
    }
}

async fn of_inbox(call: &Call, env: &Env, caller: &Caller, ask: TokensAsk) -> Result<TokensAnswer, Problem> {
    match auth::of_inbox(call, env, &caller.claims, &InboxAsk::Tokens(ask)).await? {
        InboxAnswer::Tokens(answer) => Ok(answer),
        _ => Err(Problem::internal()),
    }
}
