//! Errors by HTTP: `application/problem+json`, a stable code for programs and a sentence for people.
//!
//! Invariant: nothing internal stands in one. What went wrong inside goes to the log, under the same request id.

use protocol::{Name, RejectCode, http};
use room::Unfit;
use worker::{Response, ResponseBuilder, Result};

/// Why a request was refused.
///
/// Boxed: it is handed on in hundreds of places, and each of them moves a pointer and not eleven words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(Box<Refusal>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    status: u16,
    code: &'static str,
    detail: String,
    extra: Option<(&'static str, String)>,
    suggestion: Option<String>,
}

impl Problem {
    /// 400: the query or the body cannot be read.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(400, "bad_request", detail)
    }

    /// 401: nobody is signed in, or no longer.
    pub fn no_session() -> Self {
        Self::new(401, "no_session", "You are not signed in. Make a session with POST /api/session.")
    }

    /// 403: a page of another site asked.
    pub fn bad_origin() -> Self {
        Self::new(403, "bad_origin", "A page of another site may not do that here. Open this site itself.")
    }

    /// 403: the admin token is not the secret.
    pub fn bad_admin_token() -> Self {
        Self::new(403, "forbidden", "That admin token is not this server's. Check it, or leave it out.")
    }

    /// 403: a program asked for what only somebody at a device may do.
    pub fn not_by_program() -> Self {
        let detail = "An API token cannot make, list or take back others, nor delete the account. Sign in by name and do it there.";
        Self::new(403, "forbidden", detail)
    }

    /// 403: only those sign in whom a provider knows.
    pub fn guests_off() -> Self {
        Self::new(403, "guests_off", "Guests do not come in here. Sign in at /api/sign-in/begin.")
    }

    /// 403: Cloudflare Access, which stands in front of this server, does not speak for whoever asks.
    pub fn access_required() -> Self {
        let detail =
            "This server is behind Cloudflare Access, and you did not come by it. Open its own address.";
        Self::new(403, "access_required", detail)
    }

    /// 400: what came back from the provider belongs to no attempt of this browser.
    pub fn bad_sign_in() -> Self {
        let detail = "This sign-in was not begun in this browser, or it took too long. Begin it again.";
        Self::new(400, "bad_sign_in", detail)
    }

    /// 502: whoever says who people are does not answer as it must.
    pub fn issuer_failed() -> Self {
        let detail = "The sign-in service does not answer as it should. Try again in a moment.";
        Self::new(502, "issuer_failed", detail)
    }

    /// 404: there is nothing at this path.
    pub fn not_found() -> Self {
        Self::new(404, "not_found", "There is nothing at this address.")
    }

    /// 404: there is no such room, or none for whoever asks.
    pub fn room_not_found() -> Self {
        Self::new(404, "room_not_found", "There is no such room. Check its address.")
    }

    /// 405: not with this method.
    pub fn method_not_allowed(allowed: &[&str]) -> Self {
        let allowed = allowed.join(", ");
        let detail = format!("This address takes {allowed}.");
        Self::new(405, "method_not_allowed", detail).with(("allow", allowed))
    }

    /// 409: the slug is taken.
    pub fn room_exists() -> Self {
        Self::new(409, "room_exists", "A room with this address is there already. Take another, or none.")
    }

    /// 410: an invitation that lets nobody in any more.
    pub fn invite_spent() -> Self {
        Self::new(410, "invite_spent", "This invitation is used up, or its time is over. Ask for another.")
    }

    /// 409: events that were written elsewhere do not fit behind those that are there.
    pub fn unfit(unfit: Unfit) -> Self {
        let detail = match unfit {
            Unfit::Follows(head) => {
                format!(
                    "The room's newest event is {head}: number the events from the next one on, without a hole."
                )
            }
            Unfit::Date(seq) => format!(
                "Event {seq} is dated before the one in front of it, or later than now: bring it into a new room."
            ),
            Unfit::Reactions(seq) => {
                format!("With event {seq} its message has too many kinds of reactions: leave it out.")
            }
            Unfit::Pins(seq) => format!("With event {seq} the room has too many pins: leave it out."),
        };
        Self::new(409, "unfit", detail)
    }

    /// 409: the name is kept, or somebody who is there is called so; `free` is one that nobody has.
    pub fn name_taken(free: Option<&Name>) -> Self {
        let instead = free.map_or_else(|| "another name".to_owned(), |free| format!("“{free}”"));
        let detail = format!("That name is taken, or looks like one that is. Take {instead} instead.");
        let mut problem = Self::new(409, "name_taken", detail);
        problem.0.suggestion = free.map(Name::to_string);
        problem
    }

    /// 411: a file does not say how long it is.
    pub fn length_required() -> Self {
        let detail = "Say how long the file is: send it with Content-Length, and not in chunks.";
        Self::new(411, "length_required", detail)
    }

    /// 416: a part of a file that lies behind its end.
    pub fn beyond(size: u64) -> Self {
        let detail = format!("The file has {size} bytes, and what is asked for lies behind them.");
        Self::new(416, "beyond", detail).with(("content-range", format!("bytes */{size}")))
    }

    /// 426: a socket was asked for without the upgrade that makes one.
    pub fn upgrade_required() -> Self {
        let detail = "This address is a socket: ask for a WebSocket.";
        Self::new(426, "upgrade_required", detail).with(("upgrade", "websocket".to_owned()))
    }

    /// 429: this address signs in too often.
    pub fn too_many_sign_ins(wait_ms: u64) -> Self {
        let detail = "Too many sign-ins from your address. Wait a moment, then try again.";
        Self::new(429, "rate_limited", detail).retry_after(wait_ms)
    }

    /// 401: the token that reads metrics is another.
    pub fn bad_metrics_token() -> Self {
        Self::new(401, "bad_token", "Ask with the server's METRICS_TOKEN as a bearer token.")
    }

    /// 429: this address reports too many errors.
    pub fn too_many_reports(wait_ms: u64) -> Self {
        let detail = "Too many error reports from your address. Later ones will be taken again.";
        Self::new(429, "rate_limited", detail).retry_after(wait_ms)
    }

    /// 500: the server's own fault.
    pub fn internal() -> Self {
        Self::new(
            500,
            "internal",
            "Something went wrong here. Try again; if it stays, report the request_id.",
        )
    }

    /// 503: an object did not answer.
    pub fn busy() -> Self {
        Self::new(503, "busy", "The server has too much to do. Try again in a moment.").retry_after(1_000)
    }

    /// 503: a secret is missing, so that nobody can sign in.
    pub fn not_configured() -> Self {
        let detail = "The server lacks its SESSION_KEY. Whoever runs it must set it: 64 hex digits.";
        Self::new(503, "not_configured", detail)
    }

    /// A command that the room refused.
    pub fn rejected(code: RejectCode, retry_after_ms: Option<u64>) -> Self {
        let problem = Self::new(code.http_status(), code.as_str(), code.sentence());
        match retry_after_ms {
            _ if !code.retryable() => problem,
            Some(wait_ms) => problem.retry_after(wait_ms),
            None => problem.retry_after(1_000),
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The HTTP status.
    #[cfg(all(test, not(target_family = "wasm")))]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The answer that bears it.
    pub fn answer(&self, request_id: &str) -> Result<Response> {
        let problem = http::Problem {
            kind: "about:blank".to_owned(),
            title: title(self.0.status).to_owned(),
            status: self.0.status,
            code: self.0.code.to_owned(),
            detail: self.0.detail.clone(),
            request_id: request_id.to_owned(),
            suggestion: self.0.suggestion.clone(),
        };
        let mut answer = ResponseBuilder::new()
            .with_status(self.0.status)
            .with_header("content-type", "application/problem+json")?
            .with_header("cache-control", "no-store")?;
        if let Some((name, value)) = &self.0.extra {
            answer = answer.with_header(name, value)?;
        }
        Ok(answer.fixed(serde_json::to_vec(&problem)?))
    }

    fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self(Box::new(Refusal { status, code, detail: detail.into(), extra: None, suggestion: None }))
    }

    /// In whole seconds, rounded up: whoever waits so long has waited long enough.
    fn retry_after(self, wait_ms: u64) -> Self {
        let seconds = wait_ms.div_ceil(1_000).max(1);
        self.with(("retry-after", seconds.to_string()))
    }

    /// With this header.
    fn with(mut self, header: (&'static str, String)) -> Self {
        self.0.extra = Some(header);
        self
    }
}

impl From<worker::Error> for Problem {
    fn from(error: worker::Error) -> Self {
        tracing::error!(%error, "the runtime failed");
        Self::internal()
    }
}

/// A status in words.
pub const fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        413 => "Content Too Large",
        416 => "Range Not Satisfiable",
        426 => "Upgrade Required",
        429 => "Too Many Requests",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retryable_refusal_says_when_to_come_back_in_whole_seconds() {
        let after = |code, ms| Problem::rejected(code, ms).0.extra.map(|(_, value)| value);
        assert_eq!(after(RejectCode::RateLimited, Some(1)), Some("1".to_owned()));
        assert_eq!(after(RejectCode::RateLimited, Some(1_001)), Some("2".to_owned()));
        assert_eq!(after(RejectCode::Busy, None), Some("1".to_owned()));
        assert_eq!(after(RejectCode::NotFound, Some(1)), None);
    }

    #[test]
    fn every_refusal_of_a_command_has_the_status_that_the_protocol_names() {
        let status = |code| Problem::rejected(code, None).0.status;
        assert_eq!(status(RejectCode::BadFrame), 400);
        assert_eq!(status(RejectCode::TooLarge), 413);
        assert_eq!(status(RejectCode::NotYours), 403);
        assert_eq!(status(RejectCode::NotFound), 404);
        assert_eq!(status(RejectCode::RateLimited), 429);
        assert_eq!(status(RejectCode::StorageFailed), 503);
    }
}
