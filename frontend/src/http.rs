//! The app's requests: sign-ins and pages of history. An error is a sentence for the one who waits.

use client::output::PageRequest;
use gloo::net::http::{Request, RequestBuilder, Response};
use protocol::{
    Name, Slug,
    http::{BreadcrumbCategory, MessagesPage, Problem, Rename, SignIn, SignedIn},
    limits::PAGE_MESSAGES_DEFAULT,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::faults;

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
            Self::Unreachable => "Edgewise cannot be reached. Check your network.".to_owned(),
            Self::Refused { detail, .. } => detail.clone(),
            Self::Unreadable => {
                "The server answered in a way this page does not know. Load the page again.".to_owned()
            }
        }
    }
}

/// `POST /api/session`.
///
/// # Errors
/// Why there is no sign-in.
pub async fn sign_in(name: String) -> Result<SignedIn, Failure> {
    send("sign-in", Request::post("/api/session"), &SignIn { name, admin_token: None }).await
}

/// `PATCH /api/session`.
///
/// # Errors
/// Why the name is the old one.
pub async fn rename(name: &Name) -> Result<SignedIn, Failure> {
    send("rename", Request::patch("/api/session"), &Rename { name: name.as_str().to_owned() }).await
}

/// `GET /api/rooms/{room}/messages`.
///
/// # Errors
/// Why there is no page.
pub async fn messages(room: &Slug, request: PageRequest) -> Result<MessagesPage, Failure> {
    let (anchor, seq) = match request {
        PageRequest::Before(seq) => ("before", seq),
        PageRequest::After(seq) => ("after", seq),
        PageRequest::Around(seq) => ("around", seq),
    };
    let address = format!("/api/rooms/{room}/messages?{anchor}={seq}&limit={PAGE_MESSAGES_DEFAULT}");
    read("history", Request::get(&address).send().await).await
}

async fn send<B: Serialize, T: DeserializeOwned>(
    what: &str,
    request: RequestBuilder,
    body: &B,
) -> Result<T, Failure> {
    let request = request.json(body).map_err(|_| Failure::Unreadable)?;
    read(what, request.send().await).await
}

async fn read<T: DeserializeOwned>(
    what: &str,
    answer: Result<Response, gloo::net::Error>,
) -> Result<T, Failure> {
    let status = answer.as_ref().map(Response::status).unwrap_or_default();
    faults::note(BreadcrumbCategory::Http, &format!("{what}: {status}"));
    let answer = answer.map_err(|_| Failure::Unreachable)?;
    let text = answer.text().await.map_err(|_| Failure::Unreachable)?;
    if answer.ok() {
        return protocol::decode(&text).map_err(|_| Failure::Unreadable);
    }
    let problem: Result<Problem, _> = protocol::decode(&text);
    let detail = problem.map(|problem| problem.detail);
    let plain = || format!("The server answered {}. Try again in a moment.", answer.status());
    Err(Failure::Refused { status: answer.status(), detail: detail.unwrap_or_else(|_| plain()) })
}
