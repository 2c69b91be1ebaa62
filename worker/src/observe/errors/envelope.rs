//! An error as an envelope: Sentry's protocol, which many error trackers take. Three lines: about the envelope, about the event, the event.
//!
//! sentry-types would write the same, but brings address parsing, time zones and random ids that weigh more than the whole Worker may
//! grow; the tests of a running server read what this writes with it.

use protocol::{
    Millis,
    http::{BreadcrumbCategory, ErrorKind, ErrorReport, PagePath},
};
use serde::Serialize;

use super::stack::{self, Frame};

/// What is told of an error. Nothing in it may hold a message's text, a token or the name of a room.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What kind of error.
    pub kind: String,
    /// Which one.
    pub value: String,
    /// Whether anybody caught it.
    pub handled: Handled,
    /// Where it came to be, the oldest call first.
    pub frames: Vec<Frame>,
    /// When.
    pub at: Millis,
    /// Where the code runs that it came out of.
    pub platform: &'static str,
    /// What runs there.
    pub release: String,
    /// The route, the object or the page.
    pub route: String,
    /// The request.
    pub request_id: Option<String>,
    /// What happened before.
    pub breadcrumbs: Vec<Breadcrumb>,
}

/// Something that happened before an error.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Breadcrumb {
    timestamp: f64,
    category: &'static str,
    message: String,
}

/// Whether anybody caught an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handled {
    /// Somebody did, and what was under way was refused.
    Yes,
    /// Nobody did.
    No,
}

/// Where all of it runs.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// As in `production`.
    pub environment: &'a str,
    /// Which home: the edge, Miniflare, plain workerd.
    pub home: &'a str,
}

impl Event {
    /// What a browser reported. `request_id` names the report itself where the error has no request of its own.
    pub fn of_browser(report: &ErrorReport, release: &str, request_id: &str) -> Self {
        let kind = match report.kind {
            ErrorKind::Panic => "panic",
            ErrorKind::Error => "error",
            ErrorKind::UnhandledRejection => "unhandledrejection",
        };
        let route = match report.path {
            PagePath::Start => "/",
            PagePath::Room => "/[room]",
        };
        let frames = report.stack.as_ref().map(|stack| stack::frames(stack.as_str()));
        let request_id = report.request_id.as_ref().map_or(request_id, |own| own.as_str());
        Self {
            kind: kind.to_owned(),
            value: report.message.as_str().to_owned(),
            handled: Handled::No,
            frames: frames.unwrap_or_default(),
            at: report.at,
            platform: "javascript",
            release: release.to_owned(),
            route: route.to_owned(),
            request_id: Some(request_id.to_owned()),
            breadcrumbs: breadcrumbs(report),
        }
    }

    /// Names the error, whenever and wherever it happens.
    pub fn what(&self) -> String {
        format!("{}|{}|{}", self.kind, self.value, self.route)
    }

    /// The envelope. `id` is 32 hex digits that no other event has.
    pub fn envelope(&self, id: &str, place: Place<'_>) -> String {
        let event = protocol::encode(&self.written(id, place));
        let length = event.len();
        format!(
            "{{\"event_id\":\"{id}\"}}\n{{\"type\":\"event\",\"content_type\":\"application/json\",\"length\":{length}}}\n{event}\n"
        )
    }

    fn written<'a>(&'a self, id: &'a str, place: Place<'a>) -> Written<'a> {
        let handled = self.handled == Handled::Yes;
        Written {
            event_id: id,
            timestamp: seconds(self.at),
            platform: self.platform,
            level: if handled { "error" } else { "fatal" },
            logger: "edgewise",
            release: &self.release,
            environment: place.environment,
            transaction: &self.route,
            tags: Tags { route: &self.route, home: place.home, request_id: self.request_id.as_deref() },
            exception: Values {
                values: [Exception {
                    kind: &self.kind,
                    value: &self.value,
                    mechanism: Mechanism { kind: &self.kind, handled },
                    stacktrace: (!self.frames.is_empty()).then_some(Stacktrace { frames: &self.frames }),
                }],
            },
            breadcrumbs: Values { values: &self.breadcrumbs },
        }
    }
}

/// The event's fields as they are written.
#[derive(Serialize)]
struct Written<'a> {
    event_id: &'a str,
    timestamp: f64,
    platform: &'static str,
    level: &'static str,
    logger: &'static str,
    release: &'a str,
    environment: &'a str,
    transaction: &'a str,
    tags: Tags<'a>,
    exception: Values<[Exception<'a>; 1]>,
    breadcrumbs: Values<&'a [Breadcrumb]>,
}

#[derive(Serialize)]
struct Tags<'a> {
    route: &'a str,
    home: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Values<T> {
    values: T,
}

#[derive(Serialize)]
struct Exception<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    value: &'a str,
    mechanism: Mechanism<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stacktrace: Option<Stacktrace<'a>>,
}

#[derive(Serialize)]
struct Mechanism<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    handled: bool,
}

#[derive(Serialize)]
struct Stacktrace<'a> {
    frames: &'a [Frame],
}

fn breadcrumbs(report: &ErrorReport) -> Vec<Breadcrumb> {
    let category = |category| match category {
        BreadcrumbCategory::Connection => "connection",
        BreadcrumbCategory::Command => "command",
        BreadcrumbCategory::Navigation => "navigation",
        BreadcrumbCategory::Http => "http",
    };
    let breadcrumbs = report.breadcrumbs.as_slice().iter();
    breadcrumbs
        .map(|crumb| Breadcrumb {
            timestamp: seconds(crumb.at),
            category: category(crumb.category),
            message: crumb.message.as_str().to_owned(),
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are below 2^53")]
fn seconds(at: Millis) -> f64 {
    at.0 as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use protocol::decode_object;
    use serde_json::{Value, json};

    use super::*;

    const PLACE: Place<'_> = Place { environment: "local", home: "miniflare" };
    const ID: &str = "0123456789abcdef0123456789abcdef";

    fn event() -> Event {
        Event {
            kind: "panic".to_owned(),
            value: "src/room.rs:1:2".to_owned(),
            handled: Handled::No,
            frames: stack::frames("at room::Room::apply (wasm://wasm/0:wasm-function[3]:0x1)"),
            at: Millis(1_795_000_000_250),
            platform: "other",
            release: "edgewise@0.1.0+0123abc".to_owned(),
            route: "room".to_owned(),
            request_id: Some("r1".to_owned()),
            breadcrumbs: Vec::new(),
        }
    }

    fn read(envelope: &str) -> (Value, Value, Value) {
        let mut lines = envelope.lines().map(|line| serde_json::from_str(line).unwrap());
        (lines.next().unwrap(), lines.next().unwrap(), lines.next().unwrap())
    }

    #[test]
    fn an_envelope_has_its_head_its_items_head_and_the_event() {
        let envelope = event().envelope(ID, PLACE);
        let (head, item, event) = read(&envelope);
        assert_eq!(head, json!({"event_id": ID}));
        assert_eq!(item["type"], "event");
        assert_eq!(item["length"], envelope.lines().last().unwrap().len());
        assert_eq!(
            (&event["release"], &event["environment"]),
            (&json!("edgewise@0.1.0+0123abc"), &json!("local"))
        );
        assert_eq!(event["tags"], json!({"route": "room", "home": "miniflare", "request_id": "r1"}));
        assert_eq!(event["timestamp"], json!(1_795_000_000.25));
        assert_eq!(event["level"], "fatal");
        let exception = &event["exception"]["values"][0];
        assert_eq!(
            (&exception["type"], &exception["mechanism"]["handled"]),
            (&json!("panic"), &json!(false))
        );
        assert_eq!(exception["stacktrace"]["frames"][0]["function"], "room::Room::apply");
        assert_eq!(exception["stacktrace"]["frames"][0]["in_app"], true);
    }

    #[test]
    fn what_a_browser_reports_keeps_its_release_its_breadcrumbs_and_its_own_request() {
        let report = r#"{"kind":"unhandledrejection","message":"no \"luck\"","stack":"f@https://h/assets/app.js:1:2","at":5,
            "path":"/[room]","request_id":"own","breadcrumbs":[{"at":1000,"category":"command","message":"send"}]}"#;
        let report: ErrorReport = decode_object(report).unwrap();
        let (_, _, event) = read(&Event::of_browser(&report, "edgewise@0.1.0+9", "r1").envelope(ID, PLACE));
        assert_eq!(
            (&event["platform"], &event["release"]),
            (&json!("javascript"), &json!("edgewise@0.1.0+9"))
        );
        assert_eq!(event["tags"]["request_id"], "own");
        assert_eq!(event["transaction"], "/[room]");
        let crumb = json!({"timestamp": 1.0, "category": "command", "message": "send"});
        assert_eq!(event["breadcrumbs"]["values"], json!([crumb]));
        assert_eq!(event["exception"]["values"][0]["value"], "no \"luck\"");
    }

    #[test]
    fn the_same_error_has_the_same_name_whenever_it_happens() {
        let later = Event { at: Millis(9), request_id: None, ..event() };
        assert_eq!(later.what(), event().what());
        assert_ne!(Event { value: "src/room.rs:3:4".to_owned(), ..event() }.what(), event().what());
    }
}
