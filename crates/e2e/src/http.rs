//! HTTP, one connection a request: ask, and look at the whole answer.

use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request,
    body::Bytes,
    header::{CONTENT_TYPE, HOST, HeaderMap},
};
use hyper_util::rt::TokioIo;
use protocol::http::Problem;
use serde::{Serialize, de::DeserializeOwned};

use crate::{address::Address, patience::within, server::Server};

/// A request that is being put together.
#[derive(Debug)]
pub struct Ask {
    address: Address,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

/// The whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Ask {
    /// A request without a body. `path` begins with a slash and has the query in it.
    pub fn new(server: &Server, method: Method, path: impl Into<String>) -> Self {
        Self::at(server.address(), method, path)
    }

    /// The same, of whatever listens at this address.
    pub fn at(address: &Address, method: Method, path: impl Into<String>) -> Self {
        Self { address: address.clone(), method, path: path.into(), headers: Vec::new(), body: Bytes::new() }
    }

    /// `GET path`.
    pub fn get(server: &Server, path: impl Into<String>) -> Self {
        Self::new(server, Method::GET, path)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Asks as whoever holds this session token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &impl Serialize) -> Self {
        self.text(serde_json::to_string(body).expect("a body that can be written"))
    }

    /// With a body that says it is JSON, whatever it is.
    #[must_use]
    pub fn text(mut self, body: impl Into<String>) -> Self {
        self.body = Bytes::from(body.into());
        self.header(CONTENT_TYPE.as_str(), "application/json")
    }

    /// With a form, as a browser sends it.
    #[must_use]
    pub fn form(mut self, body: impl Into<String>) -> Self {
        self.body = Bytes::from(body.into());
        self.header(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")
    }

    /// With a file as the body.
    #[must_use]
    pub fn file(mut self, name: &str, content: &[u8]) -> Self {
        self.body = Bytes::copy_from_slice(content);
        self.header("x-file-name", name).header(CONTENT_TYPE.as_str(), "application/octet-stream")
    }

    /// Sends it and waits for the whole answer.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn answer(self) -> Answer {
        let what = format!("an answer to {} {}", self.method, self.path);
        within(&what, self.try_answer()).await.unwrap_or_else(|error| panic!("no answer: {what}: {error}"))
    }

    /// Sends it; an error where there is no server to answer.
    ///
    /// # Errors
    /// What the connection says.
    pub async fn try_answer(self) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let stream = self.address.connect().await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let mut request =
            Request::builder().method(self.method).uri(self.path).header(HOST, self.address.authority());
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let response = sender.send_request(request.body(Full::new(self.body))?).await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        connection.abort();
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }
}

impl Answer {
    /// A header, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as JSON of this shape, under this status.
    ///
    /// # Panics
    /// When it has another status or another shape.
    pub fn json<T: DeserializeOwned>(&self, status: u16) -> T {
        assert_eq!(self.status, status, "the answer is {}", self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The error that this answer must be, whole and in its place.
    ///
    /// # Panics
    /// When it is no problem, or another.
    pub fn refused(&self, status: u16, code: &str) -> Problem {
        assert_eq!(self.status, status, "the answer is {}", self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let problem: Problem = self.json(status);
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{problem:?}");
        assert_eq!(problem.kind, "about:blank");
        assert!(!problem.title.is_empty() && !problem.detail.is_empty(), "{problem:?}");
        assert_eq!(self.header("x-request-id"), Some(problem.request_id.as_str()));
        problem
    }

    /// Holds the answer to the security headers that every answer bears.
    ///
    /// # Panics
    /// When one is missing, or lets in more than the page needs.
    pub fn dressed(&self, path: &str) {
        let header =
            |name: &str| self.header(name).unwrap_or_else(|| panic!("{path} ({}) lacks {name}", self.status));
        let policy = header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        let sources = policy.split(';').flat_map(|directive| directive.split_whitespace().skip(1));
        for source in sources {
            assert!(["'self'", "'none'", "'wasm-unsafe-eval'"].contains(&source), "{path} allows {source}");
        }
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert!(
            ["no-referrer", "same-origin", "strict-origin"].contains(&header("referrer-policy")),
            "{path}"
        );
    }
}
