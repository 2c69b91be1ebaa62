//! The Cloudflare Worker: the shell around the room. It holds no decisions about what is said in a room.
//!
//! A request comes in here, a route answers it, and it goes out with its id, the security headers and a line in the log.

mod alarm;
mod auth;
mod call;
mod clock;
mod columns;
mod cookie;
mod directory;
mod directory_object;
#[cfg(feature = "faults")]
mod faults;
mod gather;
mod guard;
mod inbox;
mod inbox_object;
mod limits;
mod memory;
mod naming;
mod object;
mod objects;
mod observe;
mod origin;
mod outgoing;
mod pages;
mod perform;
mod problem;
mod query;
mod random;
mod room_ask;
mod room_object;
mod room_shell;
mod routes;
mod security;
mod sockets;
mod sql;
mod timer;
mod token;
mod turnstile;

use worker::{Context, Env, Request, Response, Result, event};

use crate::{call::Call, guard::Panicked, problem::Problem, routes::Route};

/// Answers one request at the edge.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    observe::start(&env);
    let begun_at = clock::now();
    let call = Call::read(&request)?;
    let route = Route::of(&call.path);
    let name = route.name();
    let answered = guard::catch_async(routes::answer(route, &call, request, &env)).await;
    let answer = dress(&call, answered.unwrap_or_else(|Panicked| Err(Problem::internal())))?;
    tracing::info!(
        request_id = call.id,
        method = call.method.as_ref(),
        route = name,
        status = answer.status_code(),
        ms = clock::now().since(begun_at),
        "answered"
    );
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
