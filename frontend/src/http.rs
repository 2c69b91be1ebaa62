//! The app's requests. An error is a sentence for the one who waits.
//!
//! Not here: what becomes of an answer. A request and its answer are texts to all but the last step, so that each kind of answer
//! costs no more than its reader.

mod care;

pub use care::{
    Wanted, change, commands, delete_room, hush, make_token, members, message, moderation, push_state,
    reactions, revoke_token, search, sign_out, subscribe, take_back, tokens, unhush, unsubscribe,
};

use client::output::PageRequest;
use gloo::net::http::{Method, Request, RequestBuilder};
use protocol::{
    Legacy, MemberId, Name, Slug,
    http::{
        BreadcrumbCategory, Invite, MessagesPage, MyRooms, NewDirect, NewInvite, NewRoom, Problem, Rename,
        RoomNamed, RoomPage, SignIn, SignInWays, SignedIn,
    },
    limits::PAGE_MESSAGES_DEFAULT,
    room::RoomInfo,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{ahead, faults, words};

/// Why a request brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No answer: no network, or no server.
    Unreachable,
    /// The server refused, with its own sentence.
    Refused {
        /// The HTTP status.
        status: u16,
        /// What happened and what to do.
        detail: String,
    },
    /// An answer that this version cannot read.
    Unreadable,
}

impl Failure {
    /// What happened and what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreachable => words::cannot_be_reached().to_owned(),
            Self::Refused { detail, .. } => detail.clone(),
            Self::Unreadable => words::answer_unknown().to_owned(),
        }
    }
}

/// `POST /api/session`.
///
/// # Errors
/// Why there is no sign-in.
pub async fn sign_in(name: String) -> Result<SignedIn, Failure> {
    let body = written(&SignIn { name, admin_token: None })?;
    read(ask("sign-in", Method::POST, "/api/session", Some(body)).await)
}

/// `POST /api/session` under a name that a guest is given.
///
/// # Errors
/// Why there is no sign-in.
pub async fn sign_in_as_guest() -> Result<SignedIn, Failure> {
    let answer = ahead::guest().await;
    read(judged("sign-in as guest", answer))
}

/// `GET /api/session`.
///
/// # Errors
/// Why nobody is signed in.
pub async fn session() -> Result<SignedIn, Failure> {
    read(ask("who am I", Method::GET, "/api/session", None).await)
}

/// `GET /api/sign-in`: how people may come in.
///
/// # Errors
/// Why that is not known.
pub async fn ways() -> Result<SignInWays, Failure> {
    read(ask("ways in", Method::GET, "/api/sign-in", None).await)
}

/// `PATCH /api/session`.
///
/// # Errors
/// Why the name is the old one.
pub async fn rename(name: &Name) -> Result<SignedIn, Failure> {
    let body = written(&Rename { name: name.as_str().to_owned() })?;
    read(ask("rename", Method::PATCH, "/api/session", Some(body)).await)
}

/// `DELETE /api/me`: the account ends.
///
/// # Errors
/// Why it is still there.
pub async fn depart(legacy: Legacy) -> Result<(), Failure> {
    let address = format!("/api/me?messages={}", legacy.as_str());
    ask("delete my account", Method::DELETE, &address, None).await.map(drop)
}

/// `GET /api/rooms/{room}/messages`.
///
/// # Errors
/// Why there is no page.
pub async fn messages(room: &Slug, request: PageRequest) -> Result<MessagesPage, Failure> {
    page(room, request, PAGE_MESSAGES_DEFAULT).await
}

async fn page(room: &Slug, request: PageRequest, limit: usize) -> Result<MessagesPage, Failure> {
    let (anchor, at) = match request {
        PageRequest::Before(seq) => ("before", seq.value()),
        PageRequest::After(seq) => ("after", seq.value()),
        PageRequest::Around(seq) => ("around", seq.value()),
        PageRequest::AroundAt(at) => ("around_at", at.0),
    };
    let address = format!("/api/rooms/{room}/messages?{anchor}={at}&limit={limit}");
    read(ask("history", Method::GET, &address, None).await)
}

/// `GET /api/me/rooms`.
///
/// # Errors
/// Why there is no list.
pub async fn my_rooms() -> Result<MyRooms, Failure> {
    read(ask("my rooms", Method::GET, "/api/me/rooms", None).await)
}

/// `PUT /api/me/rooms/{room}`: keeps the room.
///
/// # Errors
/// Why it is not kept.
pub async fn keep(room: &Slug) -> Result<(), Failure> {
    ask("keep", Method::PUT, &format!("/api/me/rooms/{room}"), None).await.map(drop)
}

/// `DELETE /api/me/rooms/{room}`: leaves it.
///
/// # Errors
/// Why it is still kept.
pub async fn leave(room: &Slug) -> Result<(), Failure> {
    ask("leave", Method::DELETE, &format!("/api/me/rooms/{room}"), None).await.map(drop)
}

/// `GET /api/rooms`: public rooms that have all words of `wanted`, behind `after`.
///
/// # Errors
/// Why there is no list.
pub async fn rooms(wanted: &str, after: Option<&Slug>) -> Result<RoomPage, Failure> {
    let wanted = String::from(js_sys::encode_uri_component(wanted));
    let after = after.map(|after| format!("&after={after}")).unwrap_or_default();
    read(ask("rooms", Method::GET, &format!("/api/rooms?q={wanted}{after}"), None).await)
}

/// `POST /api/rooms`.
///
/// # Errors
/// Why there is no such room.
pub async fn create(room: &NewRoom) -> Result<RoomInfo, Failure> {
    read(ask("create", Method::POST, "/api/rooms", Some(written(room)?)).await)
}

/// `POST /api/rooms/{room}/invites`.
///
/// # Errors
/// Why there is no invitation.
pub async fn invite(room: &Slug, invite: &NewInvite) -> Result<Invite, Failure> {
    read(ask("invite", Method::POST, &format!("/api/rooms/{room}/invites"), Some(written(invite)?)).await)
}

/// `POST /api/direct`.
///
/// # Errors
/// Why there is no room of the two.
pub async fn direct(member: MemberId) -> Result<RoomNamed, Failure> {
    read(ask("direct", Method::POST, "/api/direct", Some(written(&NewDirect { member })?)).await)
}

/// `POST /api/invites/{code}`: goes in.
///
/// # Errors
/// Why one stays outside.
pub async fn redeem(code: &str) -> Result<RoomNamed, Failure> {
    let code = String::from(js_sys::encode_uri_component(code));
    read(ask("redeem", Method::POST, &format!("/api/invites/{code}"), None).await)
}

/// `GET /emoji.txt`: emoji and their names.
///
/// # Errors
/// Why there are none.
pub async fn emoji_names() -> Result<String, Failure> {
    ask("emoji", Method::GET, "/emoji.txt", None).await
}

fn written<B: Serialize>(body: &B) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(|_| Failure::Unreadable)
}

fn read<T: DeserializeOwned>(answer: Result<String, Failure>) -> Result<T, Failure> {
    protocol::decode(&answer?).map_err(|_| Failure::Unreadable)
}

/// The text of an answer that is none of an error.
async fn ask(
    what: &'static str,
    method: Method,
    address: &str,
    body: Option<String>,
) -> Result<String, Failure> {
    let request = RequestBuilder::new(address).method(method);
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    judged(what, sent(request.map_err(|_| Failure::Unreadable)?).await)
}

/// Status and text of the answer, if one came whole.
async fn sent(request: Request) -> Option<(u16, String)> {
    let answer = request.send().await.ok()?;
    Some((answer.status(), answer.text().await.ok()?))
}

/// The text of an answer that is none of an error.
fn judged(what: &'static str, answer: Option<(u16, String)>) -> Result<String, Failure> {
    let status = answer.as_ref().map(|(status, _)| *status).unwrap_or_default();
    faults::note(BreadcrumbCategory::Http, &format!("{what}: {status}"));
    let (status, text) = answer.ok_or(Failure::Unreachable)?;
    if (200..300).contains(&status) {
        return Ok(text);
    }
    let problem: Result<Problem, _> = protocol::decode(&text);
    let plain = |_| words::answered_status(&status.to_string());
    Err(Failure::Refused {
        status,
        detail: problem.map(|problem| words::of_server(&problem.code, problem.detail)).unwrap_or_else(plain),
    })
}
