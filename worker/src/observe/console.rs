//! A `tracing` subscriber that writes each event as one line of JSON.
//!
//! A string, not an object: plain workerd shows a logged object in the words of an inspector. Spans are not followed; what a line is
//! about, its scope says. Every line begins with the same fields, so that whoever collects them need not know what was logged.

use std::fmt::{self, Debug, Display, Formatter};

use serde::Serialize;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use super::scope::{self, Scope};
use crate::clock;

/// The subscriber.
pub struct Console {
    level: Level,
}

impl Console {
    /// One that writes what is at least as grave as `level`.
    pub const fn new(level: Level) -> Self {
        Self { level }
    }
}

impl Subscriber for Console {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn event(&self, event: &Event<'_>) {
        worker::console_log!("{}", line(event, clock::now().0, &scope::current()));
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// An event as a line.
fn line(event: &Event<'_>, ts: u64, scope: &Scope) -> String {
    let mut said = Said::default();
    event.record(&mut said);
    let mut line = Line::default();
    line.put("ts", &ts);
    line.put("level", &event.metadata().level().as_str().to_ascii_lowercase());
    line.put("target", event.metadata().target());
    line.put("message", said.message.as_str());
    let about = [
        ("request_id", &scope.request_id),
        ("room_hash", &scope.room_hash),
        ("session", &scope.session),
        ("colo", &scope.colo),
    ];
    for (name, value) in about {
        if let Some(value) = value {
            line.put(name, &**value);
        }
    }
    line.put("release", super::release().as_str());
    line.0.push_str(&said.fields.0);
    line.0.push('}');
    line.0
}

/// A JSON object that is being written.
#[derive(Default)]
struct Line(String);

impl Line {
    fn put<V: Serialize + ?Sized>(&mut self, name: &str, value: &V) {
        self.0.push_str(if self.0.is_empty() { "{\"" } else { ",\"" });
        self.0.push_str(name);
        self.0.push_str("\":");
        // Numbers and text can always be written.
        self.0.push_str(&serde_json::to_string(value).unwrap_or_default());
    }
}

/// What an event says: its message, and its own fields behind a comma each.
struct Said {
    message: String,
    fields: Line,
}

impl Default for Said {
    fn default() -> Self {
        Self { message: String::new(), fields: Line(String::new()) }
    }
}

impl Said {
    fn put<V: Serialize + ?Sized>(&mut self, field: &Field, value: &V) {
        self.fields.0.push_str(",\"");
        self.fields.0.push_str(field.name());
        self.fields.0.push_str("\":");
        self.fields.0.push_str(&serde_json::to_string(value).unwrap_or_default());
    }
}

impl Visit for Said {
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, &value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, &value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, &value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.message = InWords(value).to_string();
        } else {
            self.put(field, InWords(value).to_string().as_str());
        }
    }
}

/// What a value has to say for itself. Not by `{:?}`, which the shipped Worker is built without.
struct InWords<'a>(&'a dyn Debug);

impl Display for InWords<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use serde_json::{Value, json};

    use super::*;

    /// Keeps the lines that a console would write.
    struct Kept(Arc<Mutex<Vec<String>>>);

    impl Subscriber for Kept {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            Console::new(Level::INFO).enabled(metadata)
        }

        fn event(&self, event: &Event<'_>) {
            self.0.lock().unwrap().push(line(event, 5, &scope::current()));
        }

        fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
            span::Id::from_u64(1)
        }

        fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
        fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
        fn enter(&self, _: &span::Id) {}
        fn exit(&self, _: &span::Id) {}
    }

    fn lines(log: impl FnOnce()) -> Vec<Value> {
        let kept = Arc::new(Mutex::new(Vec::new()));
        tracing::subscriber::with_default(Kept(Arc::clone(&kept)), log);
        let lines = kept.lock().unwrap();
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_says_when_how_grave_where_what_about_what_and_its_own_fields() {
        let scope = Scope {
            request_id: Some("r1".into()),
            room_hash: Some("0123456789ab".into()),
            session: Some("s1".into()),
            colo: Some("FRA".into()),
            route: Some("messages"),
        };
        let _entered = scope::enter(scope);
        let lines =
            lines(|| tracing::info!(status = 200_u16, ok = true, why = "a \"quote\"", "answered {}", 1));
        let release = crate::observe::release();
        let expected = json!({
            "ts": 5, "level": "info", "target": "edgewise_worker::observe::console::tests", "message": "answered 1",
            "request_id": "r1", "room_hash": "0123456789ab", "session": "s1", "colo": "FRA", "release": release.as_str(),
            "status": 200, "ok": true, "why": "a \"quote\"",
        });
        assert_eq!(lines, [expected]);
    }

    #[test]
    fn a_line_about_nothing_in_particular_leaves_out_what_it_does_not_know() {
        let lines = lines(|| tracing::error!("alone"));
        let fields: Vec<_> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["level", "message", "release", "target", "ts"]);
    }

    #[test]
    fn what_is_less_grave_than_the_level_is_not_written() {
        assert!(lines(|| tracing::debug!("quiet")).is_empty());
    }
}
