//! What may stand behind the question mark of an endpoint, field by field.
//!
//! Each list stands beside no parser: what holds them together are the tests here, which ask each parser for the ends of every bound.

use protocol::limits::{
    EXACT_INTEGER, PAGE_EVENTS, PAGE_MEMBERS, PAGE_MESSAGES, PAGE_ROOMS, QUERY_SCALARS, SEARCH_MESSAGES,
    SEARCH_SCALARS,
};
use serde_json::{Value, json};

use crate::identity::query::{CallbackQuery, SignInQuery};
use crate::query::{
    EventsQuery, FarewellQuery, MembersQuery, MessagesQuery, ModerationQuery, RoomsQuery, SearchQuery,
    SocketQuery,
};

/// A field of a query; none must be there.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub summary: &'static str,
    /// Its JSON Schema.
    pub schema: Value,
}

/// A query that can be described.
pub trait Queried {
    /// Its fields.
    fn fields() -> Vec<Field>;
}

impl Queried for MessagesQuery {
    fn fields() -> Vec<Field> {
        vec![
            seq("before", "Below this seq"),
            seq("after", "Above this seq"),
            seq("around", "On both sides of this seq"),
            instant("around_at", "On both sides of this instant"),
            limit(PAGE_MESSAGES),
        ]
    }
}

impl Queried for EventsQuery {
    fn fields() -> Vec<Field> {
        vec![seq("after", "Above this seq"), limit(PAGE_EVENTS)]
    }
}

impl Queried for MembersQuery {
    fn fields() -> Vec<Field> {
        vec![member("after", "Behind this member"), limit(PAGE_MEMBERS)]
    }
}

impl Queried for ModerationQuery {
    fn fields() -> Vec<Field> {
        vec![seq("before", "Below this seq"), limit(PAGE_MESSAGES)]
    }
}

impl Queried for RoomsQuery {
    fn fields() -> Vec<Field> {
        vec![
            Field {
                name: "q",
                summary: "Words that slug, title and topic hold",
                schema: json!({ "type": "string", "maxLength": QUERY_SCALARS }),
            },
            Field {
                name: "after",
                summary: "Behind this slug",
                schema: json!({ "$ref": "#/components/schemas/Slug" }),
            },
            limit(PAGE_ROOMS),
        ]
    }
}

impl Queried for SearchQuery {
    fn fields() -> Vec<Field> {
        vec![
            Field {
                name: "q",
                summary: "At most ten words, all of which must be there; \"…\" is a phrase, * the rest of a word",
                schema: json!({ "type": "string", "maxLength": SEARCH_SCALARS }),
            },
            member("author", "Who wrote it"),
            seq("before", "Below this seq"),
            instant("after_at", "Later than this"),
            instant("before_at", "Earlier than this"),
            limit(SEARCH_MESSAGES),
        ]
    }
}

impl Queried for SignInQuery {
    fn fields() -> Vec<Field> {
        vec![text("return", "Where on this site the browser lands in the end; / where it is no path of it")]
    }
}

impl Queried for CallbackQuery {
    fn fields() -> Vec<Field> {
        vec![
            text("state", "Which attempt the provider answers"),
            text("code", "What is worth tokens, where the person signed in"),
            text("error", "Why they did not"),
        ]
    }
}

impl Queried for FarewellQuery {
    fn fields() -> Vec<Field> {
        vec![Field {
            name: "messages",
            summary: "What becomes of the caller's messages; one of the two must be said",
            schema: json!({ "type": "string", "enum": ["anonymised", "removed"] }),
        }]
    }
}

impl Queried for SocketQuery {
    fn fields() -> Vec<Field> {
        vec![
            Field {
                name: "cursor",
                summary: "How far the client has got: {epoch}.{seq}",
                schema: json!({ "type": "string" }),
            },
            Field {
                name: "mode",
                summary: "What it wants to hear",
                schema: json!({ "type": "string", "enum": ["full", "notify"], "default": "full" }),
            },
        ]
    }
}

fn text(name: &'static str, summary: &'static str) -> Field {
    Field { name, summary, schema: json!({ "type": "string" }) }
}

fn seq(name: &'static str, summary: &'static str) -> Field {
    Field { name, summary, schema: json!({ "type": "integer", "minimum": 0, "maximum": EXACT_INTEGER }) }
}

fn instant(name: &'static str, summary: &'static str) -> Field {
    Field { name, summary, schema: json!({ "$ref": "#/components/schemas/Millis" }) }
}

fn member(name: &'static str, summary: &'static str) -> Field {
    Field { name, summary, schema: json!({ "$ref": "#/components/schemas/MemberId" }) }
}

fn limit(most: usize) -> Field {
    let schema = json!({ "type": "integer", "minimum": 1, "maximum": most });
    Field { name: "limit", summary: "How many at most", schema }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries both ends of every number of `Q` beside `rest`, and one step beyond.
    fn keeps_its_bounds<Q: Queried>(rest: &str, parses: impl Fn(&str) -> bool) {
        for Field { name, schema, .. } in Q::fields() {
            let bound = |end: &str| schema.get(end).and_then(Value::as_u64);
            let reads = |value: u64| parses(&format!("{name}={value}{rest}"));
            if let (Some(least), Some(most)) = (bound("minimum"), bound("maximum")) {
                assert!(reads(least) && reads(most), "{name} takes {least} to {most}");
                assert!(!reads(most + 1), "{name} takes no more than {most}");
                assert!(least == 0 || !reads(least - 1), "{name} takes no less than {least}");
            }
            if let Some(longest) = bound("maxLength").and_then(|longest| usize::try_from(longest).ok()) {
                assert!(parses(&format!("{name}={}", "x".repeat(longest))));
                assert!(!parses(&format!("{name}={}", "x".repeat(longest + 1))));
            }
        }
    }

    #[test]
    fn every_bound_that_is_described_is_the_parsers() {
        keeps_its_bounds::<MessagesQuery>("", |query| MessagesQuery::parse(query).is_ok());
        keeps_its_bounds::<EventsQuery>("", |query| EventsQuery::parse(query).is_ok());
        keeps_its_bounds::<MembersQuery>("", |query| MembersQuery::parse(query).is_ok());
        keeps_its_bounds::<ModerationQuery>("", |query| ModerationQuery::parse(query).is_ok());
        keeps_its_bounds::<RoomsQuery>("", |query| RoomsQuery::parse(query).is_ok());
        keeps_its_bounds::<SearchQuery>("&author=ada", |query| SearchQuery::parse(query).is_ok());
    }

    #[test]
    fn every_mode_that_is_described_is_one() {
        let modes = SocketQuery::fields().into_iter().find(|field| field.name == "mode").expect("a mode");
        for mode in modes.schema["enum"].as_array().expect("a list") {
            let query = format!("mode={}", mode.as_str().expect("a word"));
            assert!(SocketQuery::parse(&query).is_ok(), "{query}");
        }
    }
}
