//! `/api/session`: signing in, asking who one is, another name, signing out. It never answers from memory.

use std::cell::RefCell;

use protocol::{
    Name, Role,
    http::{Rename, SignIn, SignedIn},
};
use worker::{Env, Request, Response, ResponseBuilder};

use super::{body, json};
use crate::{
    auth::{self, Caller},
    call::Call,
    called, clock, cookie,
    identity::{access::Access, accounts, setting},
    inbox_ask::{Begins, InboxAnswer, InboxAsk},
    limits::{SIGN_IN_EVERY_MS, SIGN_IN_MS, SIGN_INS_BURST},
    problem::Problem,
    random, secret,
    token::{Bearer, Claims},
    turnstile::{Pass, Rate, Turnstile},
};

const SIGN_INS: Rate = Rate { burst: SIGN_INS_BURST, every_ms: SIGN_IN_EVERY_MS };

thread_local! {
    static TURNSTILE: RefCell<Turnstile> = const { RefCell::new(Turnstile::new(SIGN_INS)) };
}

/// Makes a member and signs them in.
pub async fn sign_in(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    pass(call, env).await?;
    let wanted: SignIn = body(request).await?;
    let name = called::read(&wanted.name)?;
    let role = role(wanted.admin_token.as_deref(), env)?;
    if role != Role::Owner {
        called::refuse_kept(&name)?;
    }
    let caller = match Access::of(env) {
        _ if role == Role::Owner => guest(call, env, name, role).await?,
        Some(access) => accounts::sign_in(call, env, access.person(call).await?, name).await?,
        None if guests_may(env) => guest(call, env, name, role).await?,
        None => return Err(Problem::guests_off()),
    };
    let token = auth::key(env)?.sign(&caller.claims);
    let mut answer = json(201, &signed_in(&caller, Some(token.clone())))?;
    answer.headers_mut().set("set-cookie", &cookie_of(&caller, &token, call))?;
    Ok(answer)
}

/// Whether people may come in who only say what they are called.
pub fn guests_may(env: &Env) -> bool {
    setting(env, "GUESTS").is_none_or(|guests| guests != "off")
}

/// What a browser keeps of a sign-in, for as long as it lasts.
pub fn cookie_of(caller: &Caller, token: &str, call: &Call) -> String {
    let lasts_ms = caller.claims.expires_at.since(clock::now());
    cookie::give(cookie::SESSION, token, lasts_ms, call.site.transport)
}

async fn guest(call: &Call, env: &Env, name: Name, role: Role) -> Result<Caller, Problem> {
    let expires_at = clock::now().plus(SIGN_IN_MS);
    let claims =
        Claims { member: accounts::new_member()?, sign_in: random::id(), bearer: Bearer::Person, expires_at };
    let sign_in = claims.sign_in.clone();
    let ask = InboxAsk::SignIn { sign_in, name, role, expires_at, begins: Begins::Guest };
    auth::standing(call, env, claims, &ask).await
}

/// Who is signed in.
pub async fn show(call: &Call, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller_now(call, env).await?;
    Ok(json(200, &signed_in(&caller, None))?)
}

/// Another name, here and in every room the member is in.
pub async fn rename(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    let claims = auth::claims(call, env)?;
    let wanted: Rename = body(request).await?;
    let name = called::read(&wanted.name)?;
    called::refuse_kept(&name)?;
    called::refuse_taken(call, env, &claims, &name).await?;
    let ask = InboxAsk::Rename { sign_in: claims.sign_in.clone(), name };
    let caller = auth::standing(call, env, claims, &ask).await?;
    Ok(json(200, &signed_in(&caller, None))?)
}

/// Ends the sign-in, and with it all its sockets.
pub async fn sign_out(call: &Call, env: &Env) -> Result<Response, Problem> {
    let claims = auth::claims(call, env)?;
    auth::forget(&claims.sign_in);
    let ask = InboxAsk::SignOut { sign_in: claims.sign_in.clone() };
    match auth::of_inbox(call, env, &claims, &ask).await? {
        InboxAnswer::SignedOut => {
            // A request that asked the Inbox before this one may have been answered since.
            auth::forget(&claims.sign_in);
            let cookie = cookie::take_back(cookie::SESSION, call.site.transport);
            Ok(ResponseBuilder::new().with_status(204).with_header("set-cookie", &cookie)?.empty())
        }
        InboxAnswer::Stands(_)
        | InboxAnswer::Ended
        | InboxAnswer::Rooms(_)
        | InboxAnswer::Tokens(_)
        | InboxAnswer::Push(_)
        | InboxAnswer::Named(_)
        | InboxAnswer::Joined(_)
        | InboxAnswer::Is(_)
        | InboxAnswer::Here
        | InboxAnswer::Away => Err(Problem::no_session()),
    }
}

/// One address may not sign in without end. The platform's own limit stands in front where there is one.
pub async fn pass(call: &Call, env: &Env) -> Result<(), Problem> {
    let Some(address) = call.address.as_deref().filter(|_| limited(env)) else { return Ok(()) };
    // A limiter that fails lets through: the bucket below still counts.
    if let Ok(limiter) = env.rate_limiter("SIGN_INS")
        && limiter.limit(address.to_owned()).await.is_ok_and(|outcome| !outcome.success)
    {
        return Err(Problem::too_many_sign_ins(SIGN_IN_EVERY_MS));
    }
    match TURNSTILE.with_borrow_mut(|turnstile| turnstile.pass(address, clock::now())) {
        Pass::Go => Ok(()),
        Pass::Wait(wait_ms) => Err(Problem::too_many_sign_ins(wait_ms)),
    }
}

pub fn limited(env: &Env) -> bool {
    env.var("LIMITS").map_or(true, |limits| limits.to_string() != "off")
}

/// Owner everywhere, for whoever knows the secret; where there is none, nobody does.
fn role(admin_token: Option<&str>, env: &Env) -> Result<Role, Problem> {
    let Some(given) = admin_token else { return Ok(Role::Member) };
    let secret = env.secret("ADMIN_TOKEN").map(|secret| secret.to_string()).unwrap_or_default();
    if secret.is_empty() || !secret::same(given, &secret) {
        return Err(Problem::bad_admin_token());
    }
    Ok(Role::Owner)
}

fn signed_in(caller: &Caller, token: Option<String>) -> SignedIn {
    SignedIn { token, member: caller.member.clone(), expires_at: caller.claims.expires_at }
}
