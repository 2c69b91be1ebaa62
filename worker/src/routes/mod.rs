//! What becomes of a call: who may ask, what answers it, and how bodies are read and written. One file a resource.
//!
//! Not here: which resources there are (`table.rs`). Without a session everything under `/api` answers 401, but for making one, by
//! whatever way, error reports, the API's description, and the socket, which is accepted and then closed.

pub mod account;
pub mod assets;
pub mod client_errors;
pub mod client_metrics;
pub mod direct;
pub mod events;
pub mod files;
pub mod health;
pub mod hooks;
pub mod invites;
pub mod members;
pub mod messages;
pub mod metrics;
pub mod my_export;
pub mod my_rooms;
pub mod push;
pub mod room;
pub mod rooms;
pub mod search;
pub mod session;
pub mod sign_in;
pub mod socket;
mod table;
pub mod tokens;

use protocol::RejectCode;
use serde::{Serialize, de::DeserializeOwned};
use worker::{Env, Request, Response, ResponseBuilder};

#[cfg(all(test, not(target_family = "wasm")))]
pub use table::endpoints;
pub use table::{Route, Who};

use self::table::handler;
use crate::{auth, call::Call, limits::BODY_BYTES, problem::Problem};

/// Answers a call.
pub async fn answer(route: &Route, call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    if *route == Route::Asset {
        return assets::serve(call, request, env).await;
    }
    auth::refuse_other_pages(call)?;
    if route.who() == Who::Members {
        auth::claims(call, env)?;
    }
    match handler(route, call, request, env) {
        Some(answering) => answering.await,
        None if *route == Route::Nothing => {
            auth::caller(call, env).await?;
            Err(Problem::not_found())
        }
        None => Err(Problem::method_not_allowed(route.takes())),
    }
}

/// An answer in JSON, which nobody may keep.
pub fn json(status: u16, body: &impl Serialize) -> worker::Result<Response> {
    in_json(status, serde_json::to_vec(body)?)
}

fn in_json(status: u16, body: Vec<u8>) -> worker::Result<Response> {
    let answer = ResponseBuilder::new()
        .with_status(status)
        .with_header("content-type", "application/json")?
        .with_header("cache-control", "no-store")?;
    Ok(answer.fixed(body))
}

/// Reads a JSON body of at most 16 KiB.
async fn body<B: DeserializeOwned>(request: Request) -> Result<B, Problem> {
    let text = text(request, BODY_BYTES).await?;
    protocol::decode_object(&text)
        .map_err(|error| Problem::bad_request(format!("The body cannot be read: {error}.")))
}

/// Reads a body of at most so many bytes. One that says it is longer is not read at all.
async fn text(mut request: Request, most: usize) -> Result<String, Problem> {
    let said = request.headers().get("content-length")?.and_then(|length| length.parse::<usize>().ok());
    if said.is_some_and(|length| length > most) {
        return Err(Problem::rejected(RejectCode::TooLarge, None));
    }
    let bytes =
        request.bytes().await.map_err(|_| Problem::bad_request("The body broke off. Send it again."))?;
    if bytes.len() > most {
        return Err(Problem::rejected(RejectCode::TooLarge, None));
    }
    String::from_utf8(bytes).map_err(|_| Problem::bad_request("The body is not UTF-8."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_one_resource() {
        let room = || "lobby".to_owned();
        let cases = [
            ("/api/session", Route::Session),
            ("/api/sign-in", Route::SignIn),
            ("/api/sign-in/begin", Route::SignInBegin),
            ("/api/sign-in/callback", Route::SignInCallback),
            ("/api/rooms", Route::Rooms),
            ("/api/rooms/lobby", Route::Room(room())),
            ("/api/rooms/lobby/messages", Route::Messages(room())),
            ("/api/rooms/lobby/events", Route::Events(room())),
            ("/api/rooms/lobby/members", Route::Members(room())),
            ("/api/rooms/lobby/moderation", Route::Moderation(room())),
            ("/api/rooms/lobby/export", Route::Export(room())),
            ("/api/rooms/lobby/search", Route::Search(room())),
            ("/api/rooms/lobby/socket", Route::Socket(room())),
            ("/api/rooms/lobby/files", Route::Files(room())),
            ("/api/rooms/lobby/files/f", Route::File(room(), "f".to_owned())),
            ("/api/rooms/lobby/invites", Route::Invites(room())),
            ("/api/rooms/lobby/invites/c", Route::InviteOf(room(), "c".to_owned())),
            ("/api/invites/lobby", Route::Invite(room())),
            ("/api/direct", Route::Direct),
            ("/api/me/push", Route::Push),
            ("/api/me/rooms/lobby/quiet", Route::Quiet(room())),
            ("/api/me/rooms", Route::MyRooms),
            ("/api/me/export", Route::MyExport),
            ("/api/me/rooms/lobby", Route::MyRoom(room())),
            ("/api/client-errors", Route::ClientErrors),
            ("/api/client-metrics", Route::ClientMetrics),
            ("/api/openapi.json", Route::Description),
            ("/metrics", Route::Metrics),
            ("/metrics/x", Route::Asset),
            ("/healthz", Route::Health),
            ("/readyz", Route::Ready),
            ("/", Route::Asset),
            ("/lobby", Route::Asset),
            ("/apiary", Route::Asset),
            ("/healthz/x", Route::Asset),
        ];
        for (path, expected) in cases {
            assert_eq!(Route::of(path), expected, "{path}");
        }
    }

    #[test]
    #[cfg(not(target_family = "wasm"))]
    fn every_route_has_a_value_of_its_own_in_the_metrics() {
        let described = endpoints();
        let names = described.iter().map(|endpoint| endpoint.route());
        for name in names.chain([Route::Nothing.name(), Route::Asset.name()]) {
            let series = ::metrics::Series::new(::metrics::Family::HttpRequests, &[name, "200", "EU"]);
            assert_eq!(series.labels().next(), Some(("route", name)));
        }
    }

    #[test]
    fn a_resource_says_which_methods_it_takes() {
        assert_eq!(Route::Session.takes(), ["GET", "POST", "PATCH", "DELETE"]);
        assert_eq!(Route::MyRoom(String::new()).takes(), ["PUT", "DELETE"]);
    }

    #[test]
    fn nothing_else_under_api_is_taken_for_the_app() {
        for path in [
            "/api/metrics",
            "/api",
            "/api/",
            "/api/session/",
            "/api/rooms/a/b",
            "/api/rooms/a/socket/x",
            "/api/x",
        ] {
            assert_eq!(Route::of(path), Route::Nothing, "{path}");
        }
    }
}
