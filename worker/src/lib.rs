//! The Cloudflare Worker: the shell around the room. It holds no decisions about what is said in a room.
//!
//! A request comes in here, a route answers it, and it goes out with its id, the security headers and a line in the log.

mod alarm;
mod auth;
mod call;
mod called;
mod clock;
mod columns;
#[cfg(all(test, not(target_family = "wasm")))]
mod contract;
mod cookie;
mod directory;
mod directory_object;
mod directory_page;
mod export;
#[cfg(feature = "faults")]
mod faults;
mod gather;
mod guard;
mod hook_call;
mod hook_url;
mod identity;
mod inbox;
mod inbox_ask;
mod inbox_farewell;
mod inbox_here;
mod inbox_object;
mod inbox_person;
mod inbox_push;
mod inbox_rooms;
mod inbox_tokens;
mod limits;
mod memory;
mod metrics_ask;
mod metrics_object;
mod metrics_store;
mod minted;
mod naming;
mod nudge_call;
mod object;
mod objects;
mod observe;
mod origin;
mod outgoing;
mod outward;
mod packing;
mod pages;
mod perform;
mod problem;
mod push_message;
mod query;
mod random;
mod room_ask;
mod room_calls;
mod room_errands;
mod room_files;
mod room_object;
mod room_shell;
mod routes;
mod secret;
mod security;
mod shelf;
mod shelf_bucket;
mod shelf_room;
mod sockets;
mod sql;
mod streams;
mod subtle;
mod timer;
mod together;
mod token;
mod turnstile;
mod vapid;
mod watch;
mod zip;

use ::metrics::{Family, Micros};
use worker::{Context, Env, Request, Response, Result, event};

use crate::{call::Call, guard::Panicked, observe::Scope, problem::Problem, routes::Route};

/// Answers one request at the edge. What was counted and what went wrong is told after the answer.
#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    observe::start(&env);
    let call = Call::read(&request)?;
    let route = Route::of(&call.path);
    let scope = Scope {
        request_id: Some(call.id.as_str().into()),
        colo: call.colo.as_deref().map(Into::into),
        route: Some(route.name()),
        ..Scope::nothing()
    };
    let answer = observe::within(scope.clone(), answer(route, &call, request, &env)).await;
    context.wait_until(observe::within(scope, async move { observe::tell(&env).await }));
    answer
}

/// The answer, whatever happens on the way to it; counted and logged.
async fn answer(route: Route, call: &Call, request: Request, env: &Env) -> Result<Response> {
    let (begun_at, name) = (clock::now(), route.name());
    let answered = guard::catch_async(routes::answer(&route, call, request, env)).await;
    let cause = match &answered {
        Ok(Ok(_)) => "an object's answer",
        Ok(Err(problem)) => problem.code(),
        // Its own report is on its way.
        Err(Panicked) => "",
    };
    let answer = dress(call, answered.unwrap_or_else(|Panicked| Err(Problem::internal())))?;
    let (status, ms) = (answer.status_code(), clock::now().since(begun_at));
    if status >= 500 && !cause.is_empty() {
        observe::errors::failed(&format!("HTTP {status}"), cause);
    }
    let continent = call.continent.as_deref().unwrap_or_default();
    observe::count(Family::HttpRequests, &[name, &status.to_string(), continent], 1);
    observe::observe(Family::HttpRequestSeconds, &[name, continent], Micros::of_millis(ms));
    tracing::info!(method = call.method, route = name, status, ms, "answered");
    Ok(answer)
}

/// Whatever was answered, it bears the request's id and the security headers.
fn dress(call: &Call, answered: std::result::Result<Response, Problem>) -> Result<Response> {
    let answer = answered.or_else(|problem| problem.answer(&call.id))?;
    // What an object or the CDN answered has headers that cannot be changed: a copy's can.
    let headers = answer.headers().clone();
    headers.set("x-request-id", &call.id)?;
    security::dress(&headers)?;
    Ok(answer.with_headers(headers))
}
