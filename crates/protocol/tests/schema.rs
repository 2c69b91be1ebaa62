//! The JSON Schema at docs/protocol.schema.json, for those who write a client in another language: made from the types,
//! committed, and stale when this says so. It reads a file, so it runs natively only.
#![cfg(not(target_arch = "wasm32"))]

use protocol::{ClientFrame, Event, Message, RoomChange, ServerFrame, http};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol.schema.json");

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// All shapes of the wire as one document of definitions.
fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    add::<ClientFrame>(&mut generator);
    add::<ServerFrame>(&mut generator);
    add::<Event>(&mut generator);
    add::<Message>(&mut generator);
    add::<http::SignIn>(&mut generator);
    add::<http::Rename>(&mut generator);
    add::<http::Exported>(&mut generator);
    add::<http::Written>(&mut generator);
    add::<http::SignInWays>(&mut generator);
    add::<http::SignedIn>(&mut generator);
    add::<http::NewRoom>(&mut generator);
    add::<http::RoomPage>(&mut generator);
    add::<http::MyRooms>(&mut generator);
    add::<http::NewInvite>(&mut generator);
    add::<http::Invite>(&mut generator);
    add::<http::NewDirect>(&mut generator);
    add::<http::RoomNamed>(&mut generator);
    add::<http::NewApiToken>(&mut generator);
    add::<http::ApiTokens>(&mut generator);
    add::<http::NewHook>(&mut generator);
    add::<http::MadeHook>(&mut generator);
    add::<http::HookLines>(&mut generator);
    add::<http::HookPost>(&mut generator);
    add::<http::HookCall>(&mut generator);
    add::<http::HookAnswer>(&mut generator);
    add::<http::PushState>(&mut generator);
    add::<http::PushSubscription>(&mut generator);
    add::<http::Nudge>(&mut generator);
    add::<http::SendBody>(&mut generator);
    add::<http::Sent>(&mut generator);
    add::<http::MessagesPage>(&mut generator);
    add::<http::EventsPage>(&mut generator);
    add::<http::MembersPage>(&mut generator);
    add::<http::ModerationPage>(&mut generator);
    add::<RoomChange>(&mut generator);
    add::<http::SearchPage>(&mut generator);
    add::<http::Problem>(&mut generator);
    add::<http::Health>(&mut generator);
    add::<http::ErrorReports>(&mut generator);
    add::<http::ClientMetrics>(&mut generator);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Edgewise protocol, version 1",
        "description": "Frames of the socket and bodies of HTTP. Made from crates/protocol; docs/protocol.md says what they mean.",
        "$defs": generator.take_definitions(true),
    })
}

#[test]
fn the_committed_schema_is_the_one_the_types_make() {
    let made = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(PATH, made).expect("the schema can be written");
        return;
    }
    let committed = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        made == committed,
        "docs/protocol.schema.json is stale: run `UPDATE_GOLDEN=1 cargo test -p protocol --test schema` and commit it"
    );
}
