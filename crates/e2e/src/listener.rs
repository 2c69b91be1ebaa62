//! Whoever is called by a webhook or takes notifications: an HTTP server on this machine that keeps what it is told and answers as its test says.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    header::HeaderMap,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

use crate::patience::within;

/// One that listens for as long as its test runs.
#[derive(Debug)]
pub struct Listener {
    address: SocketAddr,
    heard: UnboundedReceiver<Heard>,
    answers: Arc<Mutex<Answers>>,
}

/// What it was told in one request.
#[derive(Debug, Clone)]
pub struct Heard {
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
    /// The same, as it came.
    pub bytes: Bytes,
}

/// What it answers.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// A header beside it, if one is needed.
    pub header: Option<(&'static str, String)>,
    /// The body.
    pub body: String,
}

#[derive(Debug)]
struct Answers {
    first: Vec<Reply>,
    then: Reply,
}

impl Reply {
    /// This body under this status.
    pub fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, header: None, body: body.into() }
    }
}

impl Listener {
    /// Begins to listen on a free port. It gives these answers, each once, and the last one ever after.
    ///
    /// # Panics
    /// When there is no free port, or no answer.
    pub async fn start(mut answers: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let then = answers.pop().expect("an answer");
        answers.reverse();
        let answers = Arc::new(Mutex::new(Answers { first: answers, then }));
        let (keeps, heard) = unbounded_channel();
        tokio::spawn(listen(listener, keeps, Arc::clone(&answers)));
        Self { address, heard, answers }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// The next request.
    ///
    /// # Panics
    /// When none comes in time.
    pub async fn next(&mut self) -> Heard {
        within("a call", self.heard.recv()).await.expect("it listens")
    }

    /// One that has come already.
    pub fn already(&mut self) -> Option<Heard> {
        self.heard.try_recv().ok()
    }

    /// From now on it answers so.
    pub fn answer(&self, reply: Reply) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers = Answers { first: Vec::new(), then: reply };
    }
}

async fn listen(listener: TcpListener, keeps: UnboundedSender<Heard>, answers: Arc<Mutex<Answers>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (keeps, answers) = (keeps.clone(), Arc::clone(&answers));
        let service = service_fn(move |request| keep(request, keeps.clone(), Arc::clone(&answers)));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn keep(
    request: Request<Incoming>,
    keeps: UnboundedSender<Heard>,
    answers: Arc<Mutex<Answers>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let reply = {
        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.first.pop().unwrap_or_else(|| answers.then.clone())
    };
    // A test that has ended needs nothing any more.
    let text = String::from_utf8_lossy(&body).into_owned();
    drop(keeps.send(Heard { headers: parts.headers, body: text, bytes: body }));
    let mut response = Response::builder().status(reply.status);
    if let Some((name, value)) = reply.header {
        response = response.header(name, value);
    }
    Ok(response.body(Full::new(Bytes::from(reply.body))).unwrap_or_default())
}
