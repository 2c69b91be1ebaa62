//! How a socket is opened: where, as whom, in which version; and what comes of it.

use protocol::Slug;
use tokio_tungstenite::tungstenite::{self, client::IntoClientRequest, http::HeaderValue};

use crate::{patience::within, server::Server, socket::Socket};

/// How to open a socket.
#[derive(Debug, Clone)]
pub struct Entry {
    path: String,
    query: Vec<String>,
    protocols: Vec<String>,
    headers: Vec<(&'static str, String)>,
}

/// What came of it.
#[derive(Debug)]
pub enum Opened {
    /// It is open. No success yet: that is `welcome`.
    Open {
        /// It.
        socket: Box<Socket>,
        /// The subprotocol that the server took.
        protocol: Option<String>,
    },
    /// An HTTP answer instead of an upgrade.
    Refused {
        /// Its status.
        status: u16,
        /// Its body.
        body: String,
    },
}

impl Entry {
    /// Into a room, by bearer header.
    pub fn new(room: &Slug, token: &str) -> Self {
        Self::nobody(room.as_str()).header("authorization", format!("Bearer {token}"))
    }

    /// Into a room, without saying who.
    pub fn nobody(room: &str) -> Self {
        let protocols = vec!["edgewise.v1".to_owned()];
        Self { path: format!("/api/rooms/{room}/socket"), query: Vec::new(), protocols, headers: Vec::new() }
    }

    /// Comes back with a cursor.
    #[must_use]
    pub fn cursor(self, cursor: &str) -> Self {
        self.query(&format!("cursor={cursor}"))
    }

    /// Adds to the query.
    #[must_use]
    pub fn query(mut self, pair: &str) -> Self {
        self.query.push(pair.to_owned());
        self
    }

    /// Offers these subprotocols instead.
    #[must_use]
    pub fn protocols(mut self, protocols: &[&str]) -> Self {
        self.protocols = protocols.iter().map(|&protocol| protocol.to_owned()).collect();
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Opens it and waits for its welcome.
    pub async fn enter(&self, server: &Server) -> Socket {
        let mut socket = self.open(server).await.socket();
        let welcome = socket.next_welcome().await;
        socket.welcome = Some(welcome);
        socket
    }

    /// Opens it, and says what came of it.
    ///
    /// # Panics
    /// When there is no answer at all.
    pub async fn open(&self, server: &Server) -> Opened {
        within("the upgrade", self.upgrade(server)).await
    }

    async fn upgrade(&self, server: &Server) -> Opened {
        let to = server.address();
        let address =
            format!("{}://{}{}?{}", to.socket_scheme(), to.authority(), self.path, self.query.join("&"));
        let mut request = address.into_client_request().expect("a good address");
        let headers = request.headers_mut();
        let value = |text: &str| HeaderValue::from_str(text).expect("a good header");
        if !self.protocols.is_empty() {
            headers.insert("sec-websocket-protocol", value(&self.protocols.join(", ")));
        }
        for (name, text) in &self.headers {
            headers.insert(*name, value(text));
        }
        let stream = to.connect().await.expect("the server listens");
        match tokio_tungstenite::client_async(request, stream).await {
            Ok((stream, response)) => {
                let protocol = response.headers().get("sec-websocket-protocol");
                let protocol = protocol.and_then(|value| value.to_str().ok()).map(str::to_owned);
                Opened::Open { socket: Box::new(Socket::new(stream)), protocol }
            }
            Err(tungstenite::Error::Http(response)) => {
                let body = response.body().as_deref().unwrap_or_default();
                Opened::Refused {
                    status: response.status().as_u16(),
                    body: String::from_utf8_lossy(body).into_owned(),
                }
            }
            Err(error) => panic!("the upgrade failed: {error}"),
        }
    }
}

impl Opened {
    /// The open socket.
    ///
    /// # Panics
    /// When the upgrade was refused.
    pub fn socket(self) -> Socket {
        match self {
            Self::Open { socket, .. } => *socket,
            Self::Refused { status, body } => panic!("the upgrade got {status}: {body}"),
        }
    }
}
