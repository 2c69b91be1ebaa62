//! An endpoint as the description has it: what it takes, what it gives, and every way in which it refuses.
//!
//! Not here: the JSON of it. What follows from the method, the path and who may ask is added by itself: an endpoint names only the
//! refusals of its own.

use protocol::RejectCode;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::queries::{Field, Queried};
use crate::{problem::Problem, routes::Who};

/// Makes the schema of one shape.
pub type Shape = fn(&mut SchemaGenerator) -> Schema;

/// Why a `send` by HTTP may be refused, beyond what every room refuses.
pub const COMMAND: [RejectCode; 12] = [
    RejectCode::BadFrame,
    RejectCode::Empty,
    RejectCode::TooLong,
    RejectCode::BadId,
    RejectCode::TooMany,
    RejectCode::IdReused,
    RejectCode::NotFound,
    RejectCode::NotYours,
    RejectCode::Muted,
    RejectCode::SlowMode,
    RejectCode::RateLimited,
    RejectCode::Busy,
];

/// One method of one resource.
#[derive(Debug)]
pub struct Endpoint {
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What may stand behind the question mark.
    pub query: Vec<Field>,
    /// What the body is.
    pub body: Option<Body>,
    /// What comes back when all is well.
    pub answers: Vec<Answer>,
    refusals: Vec<Problem>,
    session: Session,
    method: &'static str,
    path: &'static str,
    route: &'static str,
}

/// Whether a session token must come with the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// It must.
    Needed,
    /// It need not.
    Free,
}

/// A body.
#[derive(Debug, Clone, Copy)]
pub enum Body {
    /// JSON of this shape.
    Json(Shape),
    /// Bytes of this kind.
    Bytes(&'static str),
}

/// A good answer.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// What is in it; nothing where absent.
    pub body: Option<Body>,
}

/// Begins an endpoint's description.
pub fn says(summary: &'static str) -> Endpoint {
    Endpoint {
        summary,
        query: Vec::new(),
        body: None,
        answers: Vec::new(),
        refusals: Vec::new(),
        session: Session::Needed,
        method: "",
        path: "",
        route: "",
    }
}

impl Endpoint {
    /// Without a session, too.
    pub fn for_anybody(self) -> Self {
        Self { session: Session::Free, ..self }
    }

    /// These fields may stand behind the question mark.
    pub fn asks<Q: Queried>(self) -> Self {
        Self { query: Q::fields(), ..self }
    }

    /// The body is JSON of this shape.
    pub fn takes<T: JsonSchema>(self) -> Self {
        Self { body: Some(Body::Json(shape::<T>)), ..self }
    }

    /// The body is bytes of this kind.
    pub fn takes_bytes(self, kind: &'static str) -> Self {
        Self { body: Some(Body::Bytes(kind)), ..self }
    }

    /// It answers so with JSON of this shape.
    pub fn gives<T: JsonSchema>(self, status: u16) -> Self {
        self.answer(status, Some(Body::Json(shape::<T>)))
    }

    /// It answers so without a body.
    pub fn gives_nothing(self, status: u16) -> Self {
        self.answer(status, None)
    }

    /// It answers so with bytes of this kind.
    pub fn gives_bytes(self, status: u16, kind: &'static str) -> Self {
        self.answer(status, Some(Body::Bytes(kind)))
    }

    /// It may be refused so.
    pub fn refuses(mut self, problems: impl IntoIterator<Item = Problem>) -> Self {
        self.refusals.extend(problems);
        self
    }

    /// A room may refuse it so.
    pub fn rejects(self, codes: impl IntoIterator<Item = RejectCode>) -> Self {
        self.refuses(codes.into_iter().map(|code| Problem::rejected(code, None)))
    }

    /// Where it is, as the table says.
    pub fn at(self, method: &'static str, path: &'static str, route: &'static str, who: Who) -> Self {
        let members = who == Who::Members;
        assert!(!members || self.session == Session::Needed, "{method} {path} is for members alone");
        Self { method, path, route, ..self }
    }

    /// Its method.
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// Its path, with its parts in braces.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Its resource's name in logs and metrics.
    pub const fn route(&self) -> &'static str {
        self.route
    }

    /// Whether a session is needed.
    pub const fn session(&self) -> Session {
        self.session
    }

    /// Its own name.
    pub fn name(&self) -> String {
        format!("{}_{}", self.route, self.method.to_lowercase())
    }

    /// The parts of its path that are not fixed.
    pub fn parts(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Whether it may change anything.
    pub fn changes(&self) -> bool {
        !matches!(self.method, "GET" | "HEAD")
    }

    /// Every way in which it may be refused.
    pub fn refusals(&self) -> Vec<Problem> {
        let mut all = self.refusals.clone();
        all.extend([Problem::internal(), Problem::busy()]);
        if self.session == Session::Needed {
            all.extend([Problem::no_session(), Problem::not_configured()]);
        }
        if self.changes() {
            all.push(Problem::bad_origin());
        }
        if !self.query.is_empty() || self.body.is_some() {
            all.push(Problem::bad_request(""));
        }
        if self.body.is_some() {
            all.push(Problem::rejected(RejectCode::TooLarge, None));
        }
        if self.parts().any(|part| part == "room") {
            all.push(Problem::room_not_found());
            let codes = [RejectCode::Forbidden, RejectCode::StorageFailed];
            let of_changes = self.changes().then_some(RejectCode::ReadOnly);
            all.extend(codes.into_iter().chain(of_changes).map(|code| Problem::rejected(code, None)));
        }
        all
    }

    fn answer(mut self, status: u16, body: Option<Body>) -> Self {
        self.answers.push(Answer { status, body });
        self
    }
}

fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}
