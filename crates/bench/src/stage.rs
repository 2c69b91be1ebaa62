//! What is measured: a server, a room in it, and sockets into that room.

use e2e::{
    Guest, Server,
    server::{Build, Limits, root},
};
use protocol::Slug;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{client::IntoClientRequest, http::HeaderValue},
};

use crate::args::Args;

/// Members that write and read. More sockets than these share them.
const MEMBERS: usize = 200;

/// A server and a room in it.
pub struct Stage {
    /// What it is called in the table.
    pub name: &'static str,
    server: Server,
    room: String,
    tokens: Vec<String>,
}

/// An open socket.
pub type Stream = WebSocketStream<TcpStream>;

impl Stage {
    /// Edgewise, with a new room and its members.
    pub async fn edgewise(args: &Args) -> Self {
        let server = match &args.url {
            Some(url) => Server::elsewhere(url),
            None => Server::start(Limits::Off, Build::Shipped),
        };
        let mut tokens = Vec::new();
        let founder = Guest::sign_in(&server, "Founder").await;
        let room: Slug = founder.new_room().await;
        for number in 0..MEMBERS {
            tokens.push(Guest::sign_in(&server, &format!("Member {number}")).await.token);
        }
        Self { name: "edgewise", room: room.to_string(), tokens, server }
    }

    /// The peer: plain JavaScript without durability, in the same runtime.
    pub fn peer() -> Self {
        let server = Server::start_script(&root().join("crates/bench/peer/serve.mjs"), &[]);
        Self { name: "peer", server, room: "room".to_owned(), tokens: Vec::new() }
    }

    /// The process whose CPU is what serving costs.
    pub fn workerd(&self) -> Option<u32> {
        self.server.workerd()
    }

    /// Opens the `number`th socket.
    ///
    /// # Panics
    /// When the server does not let it in: then there is nothing to measure.
    pub async fn open(&self, number: usize) -> Stream {
        let address = format!("ws://{}/api/rooms/{}/socket", self.server.authority(), self.room);
        let mut request = address.into_client_request().expect("a good address");
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", HeaderValue::from_static("edgewise.v1"));
        if !self.tokens.is_empty() {
            let bearer = format!("Bearer {}", self.tokens[number % self.tokens.len()]);
            headers.insert("authorization", HeaderValue::from_str(&bearer).expect("a good header"));
        }
        let stream = TcpStream::connect(self.server.authority()).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket takes options");
        let (stream, _) =
            tokio_tungstenite::client_async(request, stream).await.expect("the upgrade goes through");
        stream
    }
}
