//! An error tracker in small: takes envelopes as Sentry's protocol describes them, and keeps them for a test to look at.
//!
//! It reads with Sentry's own types, so that what it takes a real one can take too.

use std::{convert::Infallible, net::SocketAddr};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use sentry_types::protocol::v7::{Envelope, EnvelopeItem, Event, Exception, Frame};
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

use crate::patience::within;

/// A tracker that listens on this machine for as long as its test runs.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    received: UnboundedReceiver<Received>,
}

/// What was received, in one request.
#[derive(Debug)]
pub struct Received {
    /// Where it was posted.
    pub path: String,
    /// Who says they report.
    pub auth: String,
    /// The bytes.
    pub body: String,
}

impl Receiver {
    /// Begins to listen on a free port.
    ///
    /// # Panics
    /// When there is none.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (keeps, received) = unbounded_channel();
        tokio::spawn(listen(listener, keeps));
        Self { address, received }
    }

    /// The DSN of its one project.
    pub fn dsn(&self) -> String {
        format!("http://publickey@{}/7", self.address)
    }

    /// The next that comes.
    ///
    /// # Panics
    /// When none comes in time.
    pub async fn next(&mut self) -> Received {
        within("an envelope", self.received.recv()).await.expect("the receiver listens")
    }

    /// The next whose exception has this type; others that come before it are passed over.
    ///
    /// # Panics
    /// When none comes in time.
    pub async fn next_of(&mut self, kind: &str) -> Received {
        loop {
            let received = self.next().await;
            if received.exception().ty == kind {
                return received;
            }
        }
    }

    /// One that has come already.
    pub fn already(&mut self) -> Option<Received> {
        self.received.try_recv().ok()
    }
}

impl Received {
    /// The one event in it.
    ///
    /// # Panics
    /// When it is no envelope, or has no event.
    pub fn event(&self) -> Event<'static> {
        let envelope = Envelope::from_slice(self.body.as_bytes());
        let envelope = envelope.unwrap_or_else(|error| panic!("no envelope ({error}): {}", self.body));
        let event = envelope.items().find_map(|item| match item {
            EnvelopeItem::Event(event) => Some(*event.clone()),
            _ => None,
        });
        event.unwrap_or_else(|| panic!("no event: {}", self.body))
    }

    /// The one exception of its event.
    ///
    /// # Panics
    /// When there is none.
    pub fn exception(&self) -> Exception {
        self.event()
            .exception
            .values
            .first()
            .cloned()
            .unwrap_or_else(|| panic!("no exception: {}", self.body))
    }

    /// The frames of its stack, the oldest first.
    pub fn frames(&self) -> Vec<Frame> {
        self.exception().stacktrace.map(|stack| stack.frames).unwrap_or_default()
    }

    /// A tag of its event.
    pub fn tag(&self, name: &str) -> Option<String> {
        self.event().tags.get(name).cloned()
    }
}

async fn listen(listener: TcpListener, keeps: UnboundedSender<Received>) {
    while let Ok((stream, _)) = listener.accept().await {
        let keeps = keeps.clone();
        let service = service_fn(move |request| keep(request, keeps.clone()));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn keep(
    request: Request<Incoming>,
    keeps: UnboundedSender<Received>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    let auth = request.headers().get("x-sentry-auth").and_then(|auth| auth.to_str().ok());
    let auth = auth.unwrap_or_default().to_owned();
    let body = request.into_body().collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    // A test that has ended needs nothing any more.
    drop(keeps.send(Received { path, auth, body: String::from_utf8_lossy(&body).into_owned() }));
    Ok(Response::new(Full::new(Bytes::from_static(b"{}"))))
}
