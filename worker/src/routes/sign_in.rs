//! `/api/sign-in`: how people may come in, and the way to the provider and back.
//!
//! The two steps are visited by a browser, not by a program: they answer by sending it on. Not here: who the person is (identity).

use names::{is_kept, suggest};
use protocol::{Name, http::SignInWays, limits::NAME_SCALARS};
use worker::{Env, Response, ResponseBuilder};

use super::{json, session};
use crate::{
    auth,
    call::Call,
    called, cookie,
    identity::{
        access::Access,
        accounts,
        attempt::Attempt,
        provider::{Arrival, Provider},
        query::{CallbackQuery, SignInQuery},
    },
    limits::ATTEMPT_MS,
    problem::Problem,
    random,
};

/// Where the provider sends people back to.
const BACK: &str = "/api/sign-in/callback";
/// Whoever their provider has no name for that may be used here.
const NAMELESS: &str = "Newcomer";

/// How people may come in.
pub async fn ways(env: &Env) -> Result<Response, Problem> {
    let provider = Provider::of(env).map(|provider| provider.host().to_owned());
    let guests = Access::of(env).is_some() || session::guests_may(env);
    Ok(json(200, &SignInWays { guests, provider })?)
}

/// On the way to the provider. What the browser keeps of it is good for ten minutes.
pub async fn begin(call: &Call, env: &Env) -> Result<Response, Problem> {
    session::pass(call, env).await?;
    let provider = Provider::of(env).ok_or_else(Problem::not_found)?;
    let query = SignInQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let attempt = Attempt::begin(random::id(), query.place.as_deref());
    let entrance = provider.entrance(&attempt, &back(call)).await?;
    let kept = cookie::give(cookie::ATTEMPT, &attempt.cookie(), ATTEMPT_MS, call.site.transport);
    sent_on(&entrance, &[kept])
}

/// Back from the provider: signed in, or, where the person would not, as they were before.
pub async fn finish(call: &Call, env: &Env) -> Result<Response, Problem> {
    session::pass(call, env).await?;
    let provider = Provider::of(env).ok_or_else(Problem::not_found)?;
    let query = CallbackQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let attempt = call.proof.attempt.as_deref().and_then(Attempt::read).ok_or_else(Problem::bad_sign_in)?;
    if query.state != Some(attempt.state()) {
        return Err(Problem::bad_sign_in());
    }
    let over = cookie::take_back(cookie::ATTEMPT, call.site.transport);
    let Some(code) = query.code else {
        tracing::info!(error = query.error.unwrap_or_default(), "a sign-in that the provider refused");
        return sent_on(&attempt.place, &[over]);
    };
    let Arrival { person, names } = provider.person(&attempt, &code, &back(call)).await?;
    let caller = accounts::sign_in(call, env, person, name(&names)?).await?;
    let token = auth::key(env)?.sign(&caller.claims);
    sent_on(&attempt.place, &[over, session::cookie_of(&caller, &token, call)])
}

fn back(call: &Call) -> String {
    format!("{}{BACK}", call.site.url())
}

/// The first name that may be used here, cut to what a name may hold; they can take another later.
fn name(names: &[String]) -> Result<Name, Problem> {
    let cut = |name: &String| name.trim().chars().take(NAME_SCALARS).collect::<String>();
    let may_be = names.iter().filter_map(|name| called::read(&cut(name)).ok());
    let mut free =
        may_be.filter_map(|name| if is_kept(name.as_str()) { suggest(&name, &[]) } else { Some(name) });
    free.next().map_or_else(|| called::read(NAMELESS), Ok)
}

/// The browser goes on with a `GET` there, and keeps these cookies.
fn sent_on(place: &str, cookies: &[String]) -> Result<Response, Problem> {
    let mut answer = ResponseBuilder::new()
        .with_status(303)
        .with_header("location", place)?
        .with_header("cache-control", "no-store")?
        .empty();
    for cookie in cookies {
        answer.headers_mut().append("set-cookie", cookie)?;
    }
    Ok(answer)
}
