//! What the screens beside the timeline ask for. Few people open them, and each asks when it is opened.

use client::output::PageRequest;
use gloo::net::http::Method;
use protocol::{
    MemberId, MemberLine, Message, Millis, RoomChange, RoomInfo, Seq, Slug,
    http::{
        ApiToken, ApiTokens, CommandLines, MembersPage, MessageReactions, MessagesPage, ModerationPage,
        NewApiToken, PushState, SearchPage,
    },
};

use super::{Failure, ask, read, written};

/// What is looked for in a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words, as they were typed.
    pub words: String,
    /// By this member.
    pub author: Option<MemberId>,
    /// Written at or after this instant.
    pub from: Option<Millis>,
    /// Written before this instant.
    pub until: Option<Millis>,
}

impl Wanted {
    /// Whether there is anything to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.author.is_none()
    }
}

/// `GET /api/rooms/{room}/search`: what was found below `before`.
///
/// # Errors
/// Why nothing was looked for.
pub async fn search(room: &Slug, wanted: &Wanted, before: Option<Seq>) -> Result<SearchPage, Failure> {
    let words = String::from(js_sys::encode_uri_component(&wanted.words));
    let mut address = format!("/api/rooms/{room}/search?q={words}");
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            address.push('&');
            address.push_str(name);
            address.push('=');
            address.push_str(&value);
        }
    };
    add("author", wanted.author.as_ref().map(ToString::to_string));
    // The room excludes the instant itself.
    add("after_at", wanted.from.map(|at| at.0.saturating_sub(1).to_string()));
    add("before_at", wanted.until.map(|at| at.0.to_string()));
    add("before", before.map(|seq| seq.to_string()));
    read(ask("search", Method::GET, &address, None).await)
}

/// One message, if it is still there.
///
/// # Errors
/// Why that is not known.
pub async fn message(room: &Slug, seq: Seq) -> Result<Option<Message>, Failure> {
    let page: MessagesPage = super::page(room, PageRequest::Around(seq), 1).await?;
    Ok(page.messages.into_iter().find(|message| message.seq == seq && !message.deleted))
}

/// `GET /api/rooms/{room}/members`: all of them, page by page.
///
/// # Errors
/// Why there is no list.
pub async fn members(room: &Slug) -> Result<Vec<MemberLine>, Failure> {
    let mut members = Vec::new();
    let mut after = String::new();
    loop {
        let address = format!("/api/rooms/{room}/members?{after}");
        let page: MembersPage = read(ask("members", Method::GET, &address, None).await)?;
        members.extend(page.members);
        match page.next {
            Some(next) => after = format!("after={next}"),
            None => return Ok(members),
        }
    }
}

/// `GET /api/rooms/{room}/moderation`: the page below `before`.
///
/// # Errors
/// Why there is no log.
pub async fn moderation(room: &Slug, before: Option<Seq>) -> Result<ModerationPage, Failure> {
    let before = before.map(|seq| format!("?before={seq}")).unwrap_or_default();
    read(ask("moderation", Method::GET, &format!("/api/rooms/{room}/moderation{before}"), None).await)
}

/// `GET /api/rooms/{room}/commands`: a line for each, its command in front.
///
/// # Errors
/// Why there are none.
pub async fn commands(room: &Slug) -> Result<String, Failure> {
    let address = format!("/api/rooms/{room}/commands");
    let told: CommandLines = read(ask("commands", Method::GET, &address, None).await)?;
    let lines = told.commands.iter().map(|line| format!("{} {}\n", line.command.as_str(), line.name));
    Ok(lines.collect())
}

/// `GET /api/rooms/{room}/messages/{seq}/reactions`.
///
/// # Errors
/// Why it is not known who is behind them.
pub async fn reactions(room: &Slug, seq: Seq) -> Result<MessageReactions, Failure> {
    let address = format!("/api/rooms/{room}/messages/{seq}/reactions");
    read(ask("reactions", Method::GET, &address, None).await)
}

/// `PATCH /api/rooms/{room}`.
///
/// # Errors
/// Why the settings are the old ones.
pub async fn change(room: &Slug, change: &RoomChange) -> Result<RoomInfo, Failure> {
    read(ask("settings", Method::PATCH, &format!("/api/rooms/{room}"), Some(written(change)?)).await)
}

/// `DELETE /api/rooms/{room}`.
///
/// # Errors
/// Why it is still there.
pub async fn delete_room(room: &Slug) -> Result<(), Failure> {
    ask("end the room", Method::DELETE, &format!("/api/rooms/{room}"), None).await.map(drop)
}

/// `DELETE /api/rooms/{room}/invites/{code}`.
///
/// # Errors
/// Why it is still good.
pub async fn take_back(room: &Slug, code: &str) -> Result<(), Failure> {
    let code = String::from(js_sys::encode_uri_component(code));
    let address = format!("/api/rooms/{room}/invites/{code}");
    ask("take back", Method::DELETE, &address, None).await.map(drop)
}

/// `GET /api/me/tokens`.
///
/// # Errors
/// Why there is no list.
pub async fn tokens() -> Result<ApiTokens, Failure> {
    read(ask("tokens", Method::GET, "/api/me/tokens", None).await)
}

/// `POST /api/me/tokens`.
///
/// # Errors
/// Why there is no token.
pub async fn make_token(token: &NewApiToken) -> Result<ApiToken, Failure> {
    read(ask("make a token", Method::POST, "/api/me/tokens", Some(written(token)?)).await)
}

/// `DELETE /api/me/tokens/{id}`.
///
/// # Errors
/// Why it is still good.
pub async fn revoke_token(id: &str) -> Result<(), Failure> {
    ask("end a token", Method::DELETE, &format!("/api/me/tokens/{id}"), None).await.map(drop)
}

/// `DELETE /api/session`.
///
/// # Errors
/// Why one is still signed in.
pub async fn sign_out() -> Result<(), Failure> {
    ask("sign out", Method::DELETE, "/api/session", None).await.map(drop)
}

/// `GET /api/me/push`.
///
/// # Errors
/// Why it is not known how notifications stand.
pub async fn push_state() -> Result<PushState, Failure> {
    read(ask("notifications", Method::GET, "/api/me/push", None).await)
}

/// `POST /api/me/push`, with a subscription as the browser writes it.
///
/// # Errors
/// Why the server has none.
pub async fn subscribe(subscription: String) -> Result<(), Failure> {
    ask("subscribe", Method::POST, "/api/me/push", Some(subscription)).await.map(drop)
}

/// `DELETE /api/me/push`.
///
/// # Errors
/// Why the server still has one.
pub async fn unsubscribe() -> Result<(), Failure> {
    ask("unsubscribe", Method::DELETE, "/api/me/push", None).await.map(drop)
}

/// `PUT /api/me/rooms/{room}/quiet`.
///
/// # Errors
/// Why it still notifies.
pub async fn hush(room: &Slug) -> Result<(), Failure> {
    ask("hush", Method::PUT, &format!("/api/me/rooms/{room}/quiet"), None).await.map(drop)
}

/// `DELETE /api/me/rooms/{room}/quiet`.
///
/// # Errors
/// Why it is still quiet.
pub async fn unhush(room: &Slug) -> Result<(), Failure> {
    ask("unhush", Method::DELETE, &format!("/api/me/rooms/{room}/quiet"), None).await.map(drop)
}
