//! `GET /api/rooms/{room}/socket`: who may open one, and the hand-over to the room.
//!
//! Only a page of another site is refused by HTTP. Everything else is accepted and then closed with a code, since a browser
//! cannot read the status of a refused upgrade.

use protocol::CloseCode;
use worker::{Env, Headers, Response, ResponseBuilder, WebSocketPair};

use super::{room, rooms};
use crate::{
    auth,
    call::{Call, Upgrade},
    objects::{self, Callee, Kind},
    problem::Problem,
    query::SocketQuery,
    room_ask::{Door, What},
    token::Claims,
    watch,
};

/// The version that this server speaks.
pub const SUBPROTOCOL: &str = "edgewise.v1";
const BEARER: &str = "bearer.";

/// Opens a socket, or closes the one it accepted.
pub async fn open(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    if call.upgrade == Upgrade::None {
        return Err(Problem::upgrade_required());
    }
    let allowed = env.var("ALLOWED_ORIGINS").map(|allowed| allowed.to_string()).unwrap_or_default();
    if !call.site.may_open_socket(&call.page, &allowed) {
        return Err(Problem::bad_origin());
    }
    match hand_over(call, env, slug).await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let code = close_code(&problem, &call.offers);
            tracing::debug!(code = code.code(), reason = problem.code(), "a socket was refused");
            watch::closed(code);
            refuse(code, echo(&call.offers))
        }
    }
}

async fn hand_over(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    if !call.offers.iter().any(|offer| offer == SUBPROTOCOL) {
        return Err(version_not_spoken());
    }
    let claims = claims(call, env)?;
    let query = SocketQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    let place = rooms::find(call, env, &claims, slug).await?;
    let caller = auth::joiner(call, env, claims, place.slug()).await?;
    let slug = place.slug().to_string();
    let sign_in = caller.claims.sign_in.clone();
    let what = What::Open(Door { sign_in, mode: query.mode, cursor: query.cursor });
    let callee = Callee { kind: Kind::Room, name: &slug, request_id: &call.id };
    objects::upgrade(env, callee, SUBPROTOCOL, &room::about(call, caller, place, what)).await
}

/// A token stands in a header, in the cookie, or as a second subprotocol; never in the address.
fn claims(call: &Call, env: &Env) -> Result<Claims, Problem> {
    match call.offers.iter().find_map(|offer| offer.strip_prefix(BEARER)) {
        Some(token) => auth::verified(token, env),
        None => auth::claims(call, env),
    }
}

fn version_not_spoken() -> Problem {
    Problem::bad_request("Offer the subprotocol edgewise.v1.")
}

/// The subprotocol that goes back: ours if it was offered, else whichever version was. A token never does.
fn echo(offers: &[String]) -> Option<&str> {
    let ours = offers.iter().find(|offer| *offer == SUBPROTOCOL);
    ours.or_else(|| offers.iter().find(|offer| offer.starts_with("edgewise."))).map(String::as_str)
}

fn close_code(problem: &Problem, offers: &[String]) -> CloseCode {
    match problem.code() {
        _ if !offers.iter().any(|offer| offer == SUBPROTOCOL) => CloseCode::VersionNotSpoken,
        "no_session" => CloseCode::NoSession,
        "room_not_found" => CloseCode::NoSuchRoom,
        "bad_request" => CloseCode::BrokenClient,
        _ => CloseCode::Overloaded,
    }
}

fn refuse(code: CloseCode, subprotocol: Option<&str>) -> Result<Response, Problem> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    server.accept()?;
    server.close(Some(code.code()), Some(""))?;
    let headers = Headers::new();
    if let Some(subprotocol) = subprotocol {
        headers.set("sec-websocket-protocol", subprotocol)?;
    }
    Ok(ResponseBuilder::new().with_status(101).with_headers(headers).with_websocket(client).empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(offers: &[&str]) -> Vec<String> {
        offers.iter().map(|&offer| offer.to_owned()).collect()
    }

    #[test]
    fn the_offered_version_is_echoed_and_a_token_never_is() {
        assert_eq!(echo(&offers(&["bearer.a.b", "edgewise.v1"])), Some("edgewise.v1"));
        assert_eq!(echo(&offers(&["edgewise.v2", "edgewise.v1"])), Some("edgewise.v1"));
        assert_eq!(echo(&offers(&["edgewise.v9"])), Some("edgewise.v9"));
        assert_eq!(echo(&offers(&["bearer.a.b"])), None);
        assert_eq!(echo(&[]), None);
    }

    #[test]
    fn a_refusal_closes_with_the_code_that_the_protocol_names() {
        let v1 = offers(&["edgewise.v1"]);
        assert_eq!(close_code(&Problem::no_session(), &v1), CloseCode::NoSession);
        assert_eq!(close_code(&Problem::room_not_found(), &v1), CloseCode::NoSuchRoom);
        assert_eq!(close_code(&Problem::busy(), &v1), CloseCode::Overloaded);
        assert_eq!(close_code(&version_not_spoken(), &offers(&["edgewise.v9"])), CloseCode::VersionNotSpoken);
        assert_eq!(close_code(&version_not_spoken(), &[]), CloseCode::VersionNotSpoken);
    }
}
