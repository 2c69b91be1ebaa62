//! The description as JSON: paths, what they take and give, and the shapes of everything that goes over the wire, frames too.

use std::collections::BTreeMap;

use protocol::{ClientFrame, Event, RejectCode, ServerFrame, Slug, http};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{
    Endpoint,
    endpoint::{Answer, Body, Session},
    queries::Field,
};
use crate::problem::title;

/// The whole document.
pub fn of(endpoints: &[Endpoint]) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut shapes = settings.into_generator();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for endpoint in endpoints {
        let operations = paths.entry(endpoint.path()).or_default();
        operations.insert(endpoint.method().to_lowercase(), operation(endpoint, &mut shapes));
    }
    shapes_of_sockets(&mut shapes);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Edgewise",
            "version": "1",
            "summary": "Real-time chat at the edge",
            "description": "Made from the server's table of routes. What the words mean and what is promised stands in docs/protocol.md.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": beside_references(Value::Object(shapes.take_definitions(true))),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "The session token that POST /api/session gave" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": crate::cookie::SESSION, "description": "The same, as browsers bear it; what changes anything must then come from a page of this site" },
            },
        },
    })
}

/// The same schemas, with nothing beside a `$ref` but words: many tools overlook what stands there.
fn beside_references(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let mut fields: Map<String, Value> =
                fields.into_iter().map(|(name, value)| (name, beside_references(value))).collect();
            let alone = fields.keys().all(|name| ["$ref", "description"].contains(&name.as_str()));
            match fields.remove("$ref") {
                Some(reference) if alone => fields.insert("$ref".to_owned(), reference),
                Some(reference) => return json!({ "allOf": [{ "$ref": reference }, fields] }),
                None => None,
            };
            Value::Object(fields)
        }
        Value::Array(items) => items.into_iter().map(beside_references).collect(),
        plain => plain,
    }
}

/// What goes over sockets, and whatever of it stands in no answer.
fn shapes_of_sockets(shapes: &mut SchemaGenerator) {
    shapes.subschema_for::<ClientFrame>();
    shapes.subschema_for::<ServerFrame>();
    shapes.subschema_for::<Event>();
    shapes.subschema_for::<RejectCode>();
    shapes.subschema_for::<Slug>();
}

fn operation(endpoint: &Endpoint, shapes: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": endpoint.name(),
        "summary": endpoint.summary,
        "responses": responses(endpoint, shapes),
    });
    let parameters: Vec<Value> = endpoint.parts().map(part).chain(endpoint.query.iter().map(field)).collect();
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
    if let Some(body) = endpoint.body {
        operation["requestBody"] = json!({ "required": true, "content": content(body, shapes) });
    }
    operation["security"] = match endpoint.session() {
        Session::Needed => json!([{ "bearer": [] }, { "cookie": [] }]),
        Session::Free => json!([]),
    };
    operation
}

fn part(name: &str) -> Value {
    let schema = match name {
        "room" => json!({ "$ref": "#/components/schemas/Slug" }),
        _ => json!({ "type": "string", "minLength": 1 }),
    };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

fn field(Field { name, summary, schema }: &Field) -> Value {
    json!({ "name": name, "in": "query", "description": summary, "schema": schema })
}

fn responses(endpoint: &Endpoint, shapes: &mut SchemaGenerator) -> BTreeMap<u16, Value> {
    let good = endpoint.answers.iter().map(|answer| (answer.status, good(*answer, shapes)));
    let mut responses: BTreeMap<u16, Value> = good.collect();
    let mut codes: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for problem in endpoint.refusals() {
        let of_status = codes.entry(problem.status()).or_default();
        if !of_status.contains(&problem.code()) {
            of_status.push(problem.code());
        }
    }
    for (status, mut codes) in codes {
        codes.sort_unstable();
        responses.insert(status, refusal(status, &codes, shapes));
    }
    responses
}

fn good(Answer { status, body }: Answer, shapes: &mut SchemaGenerator) -> Value {
    let mut response = json!({ "description": done(status) });
    if let Some(body) = body {
        response["content"] = content(body, shapes);
    }
    response
}

/// A good status in words.
fn done(status: u16) -> &'static str {
    match status {
        101 => "The socket is open",
        200 => "Here it is",
        201 => "It was made",
        202 => "It was taken",
        204 => "It was done",
        206 => "A part of it",
        303 => "The browser goes on there",
        304 => "The caller has it already",
        other => panic!("{other} is no status that is described yet: add its words here"),
    }
}

/// A problem with one of these codes.
fn refusal(status: u16, codes: &[&str], shapes: &mut SchemaGenerator) -> Value {
    let problem = shapes.subschema_for::<http::Problem>();
    let schema = json!({
        "allOf": [problem, { "properties": { "status": { "const": status }, "code": { "enum": codes } } }],
    });
    json!({
        "description": title(status),
        "content": { "application/problem+json": { "schema": schema } },
    })
}

fn content(body: Body, shapes: &mut SchemaGenerator) -> Value {
    match body {
        Body::Json(shape) => json!({ "application/json": { "schema": shape(shapes) } }),
        Body::Bytes(kind) => json!({ kind: {} }),
    }
}
