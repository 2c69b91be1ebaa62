//! Which resource a path names, what it takes, and who may ask. One file a resource.
//!
//! Without a session everything under `/api` answers 401, but for making one, error reports, and the socket, which is accepted and
//! then closed.

pub mod assets;
pub mod client_errors;
pub mod client_metrics;
pub mod direct;
pub mod events;
pub mod health;
pub mod invites;
pub mod members;
pub mod messages;
pub mod metrics;
pub mod my_rooms;
pub mod room;
pub mod rooms;
pub mod search;
pub mod session;
pub mod socket;

use protocol::RejectCode;
use serde::{Serialize, de::DeserializeOwned};
use worker::{Env, Method, Request, Response, ResponseBuilder};

use crate::{auth, call::Call, limits::BODY_BYTES, problem::Problem, room_ask::What};

/// A resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// `/api/session`
    Session,
    /// `/api/rooms`
    Rooms,
    /// `/api/rooms/{room}`
    Room(String),
    /// `/api/rooms/{room}/messages`
    Messages(String),
    /// `/api/rooms/{room}/events`
    Events(String),
    /// `/api/rooms/{room}/members`
    Members(String),
    /// `/api/rooms/{room}/moderation`
    Moderation(String),
    /// `/api/rooms/{room}/export`
    Export(String),
    /// `/api/rooms/{room}/search`
    Search(String),
    /// `/api/rooms/{room}/socket`
    Socket(String),
    /// `/api/rooms/{room}/invites`
    Invites(String),
    /// `/api/rooms/{room}/invites/{code}`
    InviteOf(String, String),
    /// `/api/invites/{code}`
    Invite(String),
    /// `/api/direct`
    Direct,
    /// `/api/me/rooms`
    MyRooms,
    /// `/api/me/rooms/{room}`
    MyRoom(String),
    /// `/api/client-errors`
    ClientErrors,
    /// `/api/client-metrics`
    ClientMetrics,
    /// `/metrics`
    Metrics,
    /// `/healthz`
    Health,
    /// `/readyz`
    Ready,
    /// Anything else under `/api`.
    Nothing,
    /// Everything else: the app's files.
    Asset,
}

impl Route {
    /// The resource at `path`. A room's slug is not read yet.
    pub fn of(path: &str) -> Self {
        let mut segments = path.split('/').skip(1);
        match segments.next() {
            Some("api") => Self::of_api(&segments.collect::<Vec<_>>()),
            Some("metrics") if segments.next().is_none() => Self::Metrics,
            Some("healthz") if segments.next().is_none() => Self::Health,
            Some("readyz") if segments.next().is_none() => Self::Ready,
            _ => Self::Asset,
        }
    }

    fn of_api(segments: &[&str]) -> Self {
        match *segments {
            ["session"] => Self::Session,
            ["client-errors"] => Self::ClientErrors,
            ["client-metrics"] => Self::ClientMetrics,
            ["rooms"] => Self::Rooms,
            ["rooms", room] => Self::Room(room.to_owned()),
            ["rooms", room, "messages"] => Self::Messages(room.to_owned()),
            ["rooms", room, "events"] => Self::Events(room.to_owned()),
            ["rooms", room, "members"] => Self::Members(room.to_owned()),
            ["rooms", room, "moderation"] => Self::Moderation(room.to_owned()),
            ["rooms", room, "export"] => Self::Export(room.to_owned()),
            ["rooms", room, "search"] => Self::Search(room.to_owned()),
            ["rooms", room, "socket"] => Self::Socket(room.to_owned()),
            ["rooms", room, "invites"] => Self::Invites(room.to_owned()),
            ["rooms", room, "invites", code] => Self::InviteOf(room.to_owned(), code.to_owned()),
            ["invites", code] => Self::Invite(code.to_owned()),
            ["direct"] => Self::Direct,
            ["me", "rooms"] => Self::MyRooms,
            ["me", "rooms", room] => Self::MyRoom(room.to_owned()),
            _ => Self::Nothing,
        }
    }

    /// Its name in logs and metrics: no slug stands in it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Rooms => "rooms",
            Self::Room(_) => "room",
            Self::Messages(_) => "messages",
            Self::Events(_) => "events",
            Self::Members(_) => "members",
            Self::Moderation(_) => "moderation",
            Self::Export(_) => "export",
            Self::Search(_) => "search",
            Self::Socket(_) => "socket",
            Self::Invites(_) | Self::InviteOf(..) => "invites",
            Self::Invite(_) => "invite",
            Self::Direct => "direct",
            Self::MyRooms => "my_rooms",
            Self::MyRoom(_) => "my_room",
            Self::ClientErrors => "client_errors",
            Self::ClientMetrics => "client_metrics",
            Self::Metrics => "metrics",
            Self::Health => "healthz",
            Self::Ready => "readyz",
            Self::Nothing => "nothing",
            Self::Asset => "asset",
        }
    }
}

/// Answers a call.
pub async fn answer(route: Route, call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    match route {
        Route::Health => health::health(call),
        Route::Ready => health::ready(call, env).await,
        Route::Metrics => metrics::show(call, env).await,
        Route::ClientErrors => {
            auth::refuse_other_pages(call)?;
            client_errors::take(call, request, env).await
        }
        Route::Asset => assets::serve(call, request, env).await,
        Route::Socket(room) => socket::open(call, env, &room).await,
        Route::Session if call.method == Method::Post => {
            auth::refuse_other_pages(call)?;
            session::sign_in(call, request, env).await
        }
        Route::Session
        | Route::ClientMetrics
        | Route::Rooms
        | Route::Room(_)
        | Route::Messages(_)
        | Route::Events(_)
        | Route::Members(_)
        | Route::Moderation(_)
        | Route::Export(_)
        | Route::Search(_)
        | Route::Invites(_)
        | Route::InviteOf(..)
        | Route::Invite(_)
        | Route::Direct
        | Route::MyRooms
        | Route::MyRoom(_)
        | Route::Nothing => {
            auth::refuse_other_pages(call)?;
            auth::claims(call, env)?;
            answer_member(route, call, request, env).await
        }
    }
}

/// Answers a call that bears a token of ours. Whether its sign-in still stands, each route asks.
async fn answer_member(route: Route, call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    match (route, &call.method) {
        (Route::Session, Method::Get) => session::show(call, env).await,
        (Route::Session, Method::Patch) => session::rename(call, request, env).await,
        (Route::Session, Method::Delete) => session::sign_out(call, env).await,
        (Route::Session, _) => Err(Problem::method_not_allowed("DELETE, GET, PATCH, POST")),
        (Route::ClientMetrics, Method::Post) => client_metrics::take(call, request, env).await,
        (Route::ClientMetrics, _) => Err(Problem::method_not_allowed("POST")),
        (Route::Rooms, Method::Get) => rooms::list(call, env).await,
        (Route::Rooms, Method::Post) => rooms::create(call, request, env).await,
        (Route::Rooms, _) => Err(Problem::method_not_allowed("GET, POST")),
        (Route::Room(room), Method::Get) => room::asked(call, env, &room, What::Info).await,
        (Route::Room(room), Method::Patch) => room::change(call, request, env, &room).await,
        (Route::Room(room), Method::Delete) => room::end(call, env, &room).await,
        (Route::Room(_), _) => Err(Problem::method_not_allowed("DELETE, GET, PATCH")),
        (Route::Messages(room), Method::Get) => messages::page(call, env, &room).await,
        (Route::Messages(room), Method::Post) => messages::send(call, request, env, &room).await,
        (Route::Messages(_), _) => Err(Problem::method_not_allowed("GET, POST")),
        (Route::Events(room), Method::Get) => events::page(call, env, &room).await,
        (Route::Events(_), _) => Err(Problem::method_not_allowed("GET")),
        (Route::Members(room), Method::Get) => members::page(call, env, &room).await,
        (Route::Moderation(room), Method::Get) => members::moderation(call, env, &room).await,
        (Route::Members(_) | Route::Moderation(_), _) => Err(Problem::method_not_allowed("GET")),
        (Route::Search(room), Method::Get) => search::page(call, env, &room).await,
        (Route::Export(room), Method::Get) => room::asked(call, env, &room, What::Export).await,
        (Route::Export(_), _) => Err(Problem::method_not_allowed("GET")),
        (Route::Search(_), _) => Err(Problem::method_not_allowed("GET")),
        (route, _) => answer_about_places(route, call, request, env).await,
    }
}

/// Answers a call about invitations, direct rooms and one's own list.
async fn answer_about_places(
    route: Route,
    call: &Call,
    request: Request,
    env: &Env,
) -> Result<Response, Problem> {
    match (route, &call.method) {
        (Route::Invites(room), Method::Post) => invites::make(call, request, env, &room).await,
        (Route::InviteOf(room, code), Method::Delete) => invites::revoke(call, env, &room, &code).await,
        (Route::Invite(code), Method::Post) => invites::redeem(call, env, &code).await,
        (Route::Direct, Method::Post) => direct::open(call, request, env).await,
        (Route::Invites(_) | Route::Invite(_) | Route::Direct, _) => Err(Problem::method_not_allowed("POST")),
        (Route::InviteOf(..), _) => Err(Problem::method_not_allowed("DELETE")),
        (Route::MyRooms, Method::Get) => my_rooms::list(call, env).await,
        (Route::MyRooms, _) => Err(Problem::method_not_allowed("GET")),
        (Route::MyRoom(room), Method::Put) => my_rooms::keep(call, env, &room).await,
        (Route::MyRoom(room), Method::Delete) => room::asked(call, env, &room, What::Leave).await,
        (Route::MyRoom(_), _) => Err(Problem::method_not_allowed("DELETE, PUT")),
        (_, _) => {
            auth::caller(call, env).await?;
            Err(Problem::not_found())
        }
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
            ("/api/rooms", Route::Rooms),
            ("/api/rooms/lobby", Route::Room(room())),
            ("/api/rooms/lobby/messages", Route::Messages(room())),
            ("/api/rooms/lobby/events", Route::Events(room())),
            ("/api/rooms/lobby/members", Route::Members(room())),
            ("/api/rooms/lobby/moderation", Route::Moderation(room())),
            ("/api/rooms/lobby/export", Route::Export(room())),
            ("/api/rooms/lobby/search", Route::Search(room())),
            ("/api/rooms/lobby/socket", Route::Socket(room())),
            ("/api/rooms/lobby/invites", Route::Invites(room())),
            ("/api/rooms/lobby/invites/c", Route::InviteOf(room(), "c".to_owned())),
            ("/api/invites/lobby", Route::Invite(room())),
            ("/api/direct", Route::Direct),
            ("/api/me/rooms", Route::MyRooms),
            ("/api/me/rooms/lobby", Route::MyRoom(room())),
            ("/api/client-errors", Route::ClientErrors),
            ("/api/client-metrics", Route::ClientMetrics),
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
    fn every_route_has_a_value_of_its_own_in_the_metrics() {
        let room = String::new;
        let routes = [
            Route::Session,
            Route::Rooms,
            Route::Room(room()),
            Route::Messages(room()),
            Route::Events(room()),
            Route::Members(room()),
            Route::Moderation(room()),
            Route::Export(room()),
            Route::Search(room()),
            Route::Socket(room()),
            Route::Invites(room()),
            Route::InviteOf(room(), room()),
            Route::Invite(room()),
            Route::Direct,
            Route::MyRooms,
            Route::MyRoom(room()),
            Route::ClientErrors,
            Route::ClientMetrics,
            Route::Metrics,
            Route::Health,
            Route::Ready,
            Route::Nothing,
            Route::Asset,
        ];
        for route in routes {
            let series =
                ::metrics::Series::new(::metrics::Family::HttpRequests, &[route.name(), "200", "EU"]);
            assert_eq!(series.labels().next(), Some(("route", route.name())));
        }
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
