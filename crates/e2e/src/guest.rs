//! A person of a test: signed in under a name, with rooms of their own, by HTTP.

use std::time::Duration;

use hyper::Method;
use protocol::{
    CommandId, Draft, Member, RoomInfo, Slug,
    http::{EventsPage, MessagesPage, NewRoom, SendBody, SignIn, SignedIn},
    room::Visibility,
};
use tokio::time::sleep;

use crate::{
    entry::Entry,
    http::{Answer, Ask},
    minted::fresh,
    server::Server,
    socket::Socket,
};

/// A member on one device.
#[derive(Debug, Clone)]
pub struct Guest<'a> {
    /// Where they are signed in.
    pub server: &'a Server,
    /// Proves the sign-in.
    pub token: String,
    /// Who they are.
    pub member: Member,
}

impl<'a> Guest<'a> {
    /// Signs in under a name.
    pub async fn sign_in(server: &'a Server, name: &str) -> Self {
        let body = SignIn { name: name.to_owned(), admin_token: None };
        let answer = loop {
            let answer = Ask::new(server, Method::POST, "/api/session").json(&body).answer().await;
            // A server whose limits hold says when it will take the next sign-in of this address.
            let wait_s = answer.header("retry-after").and_then(|seconds| seconds.parse().ok());
            match wait_s {
                Some(wait_s) if answer.status == 429 => sleep(Duration::from_secs(wait_s)).await,
                _ => break answer,
            }
        };
        let signed_in: SignedIn = answer.json(201);
        let token = signed_in.token.expect("a new sign-in has a token");
        Self { server, token, member: signed_in.member }
    }

    /// A request in their name.
    pub fn ask(&self, method: Method, path: impl Into<String>) -> Ask {
        Ask::new(self.server, method, path).bearer(&self.token)
    }

    /// `GET path` in their name.
    pub async fn get(&self, path: impl Into<String>) -> Answer {
        self.ask(Method::GET, path).answer().await
    }

    /// Founds a room that no other test has.
    pub async fn new_room(&self) -> Slug {
        let slug = fresh("room");
        let body = NewRoom {
            room: Some(slug),
            title: "A test's own".to_owned(),
            visibility: Visibility::Public,
            topic: None,
            region: None,
        };
        let answer = self.ask(Method::POST, "/api/rooms").json(&body).answer().await;
        answer.json::<RoomInfo>(201).room
    }

    /// Opens a socket into a room and waits for its welcome.
    pub async fn enter(&self, room: &Slug) -> Socket {
        Entry::new(room, &self.token).enter(self.server).await
    }

    /// Comes back with a cursor.
    pub async fn come_back(&self, room: &Slug, cursor: &str) -> Socket {
        Entry::new(room, &self.token).cursor(cursor).enter(self.server).await
    }

    /// A page of history; `query` begins with a question mark or is empty.
    pub async fn messages(&self, room: &Slug, query: &str) -> MessagesPage {
        self.get(format!("/api/rooms/{room}/messages{query}")).await.json(200)
    }

    /// A page of the log; `query` begins with a question mark or is empty.
    pub async fn events(&self, room: &Slug, query: &str) -> EventsPage {
        self.get(format!("/api/rooms/{room}/events{query}")).await.json(200)
    }

    /// The whole log, page by page.
    pub async fn log(&self, room: &Slug) -> Vec<protocol::Event> {
        let mut events = Vec::new();
        loop {
            let after = events.last().map_or(0, |event: &protocol::Event| event.seq.value());
            let page = self.events(room, &format!("?after={after}&limit=1000")).await;
            events.extend(page.events);
            if !page.more_after {
                return events;
            }
        }
    }

    /// Brings a file; its name is percent-encoded.
    pub async fn bring(&self, room: &Slug, name: &str, content: &[u8]) -> Answer {
        self.ask(Method::POST, format!("/api/rooms/{room}/files")).file(name, content).answer().await
    }

    /// Sends a message by HTTP under this id.
    pub async fn post(&self, room: &Slug, id: &CommandId, draft: Draft) -> Answer {
        let body = SendBody { id: id.clone(), draft };
        self.ask(Method::POST, format!("/api/rooms/{room}/messages")).json(&body).answer().await
    }
}
