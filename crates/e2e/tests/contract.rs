//! What a server answers is in its own description, and a client whose types are made from it talks with the server.
//!
//! Not among the other tests: it needs Schemathesis, in the Python that the variable `EDGEWISE_PYTHON` names; `cargo xtask ci contract`
//! brings it. The server's limits of rate are off, since all questions come from one address.

use std::{
    env,
    path::PathBuf,
    process::{Command, Output},
};

use e2e::{
    Guest, Server,
    minted::{draft, fresh_id},
    server::{self, Limits},
};
use hyper::Method;
use protocol::{Slug, http::Invite};
use serde_json::json;

/// What an answer is judged by: no 5xx, and nothing that is not in the description.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,unsupported_method,allow_header_conformance";

/// Endpoints after which the rest could only be refused: they end the sign-in or the room that all questions share.
const ENDINGS: [&str; 3] = ["session_delete", "room_delete", "me_delete"];

/// Its body is lines of JSON, which Schemathesis cannot write; a stranger asks it without one.
const UNREADABLE: [&str; 2] = ["--exclude-operation-id", "import_post"];

/// Questions about each endpoint that are thought of freely, beside those that follow from its description.
const EXAMPLES: &str = "25";

fn server() -> &'static Server {
    server::shared(Limits::Off)
}

/// A room of the guest's own in which something has been said.
async fn furnished_room(guest: &Guest<'_>) -> Slug {
    let room = guest.new_room().await;
    for text in ["first words", "second words", "third words"] {
        assert_eq!(guest.post(&room, &fresh_id(), draft(text)).await.status, 201);
    }
    room
}

/// Runs Schemathesis with these arguments, as `token`'s sign-in where there is one; every `{room}` is `room`.
fn ask(token: Option<&str>, room: &Slug, code: &str, arguments: &[&str]) -> Output {
    let python = env::var_os("EDGEWISE_PYTHON")
        .expect("EDGEWISE_PYTHON names a Python that has Schemathesis: run `cargo xtask ci contract`");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("contract-{room}"));
    std::fs::create_dir_all(&folder).expect("a folder for its settings");
    let settings = folder.join("schemathesis.toml");
    let fixed = format!("[parameters]\n\"path.room\" = \"{room}\"\n\"path.code\" = \"{code}\"\n");
    std::fs::write(&settings, fixed).expect("its settings can be written");
    let mut command = Command::new(python);
    command.current_dir(&folder).args(["-m", "schemathesis.cli", "--config-file"]).arg(settings).arg("run");
    command.arg(format!("{}/api/openapi.json", server().url())).args(["--checks", CHECKS]);
    // A page of this site asks, so that a cookie which it tries is judged and not only the page.
    command.args(["--header", "Sec-Fetch-Site: same-origin", "--seed", "1", "--no-color"]);
    if let Some(token) = token {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    command.args(arguments).output().expect("Schemathesis runs")
}

fn expect_nothing_found(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let summary = said.lines().skip_while(|line| !line.contains("SUMMARY"));
    println!("{}", summary.collect::<Vec<_>>().join("\n"));
}

#[tokio::test]
async fn a_member_gets_no_answer_that_the_description_does_not_have() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = furnished_room(&ada).await;
    let path = format!("/api/rooms/{room}/invites");
    let invite: Invite = ada.ask(Method::POST, path).json(&json!({ "uses": 2 })).answer().await.json(201);
    let endings = ENDINGS.map(|ending| ["--exclude-operation-id", ending]);
    let arguments = [endings.as_flattened(), &UNREADABLE, &["--max-examples", EXAMPLES]].concat();
    expect_nothing_found(&ask(Some(&ada.token), &room, &invite.code, &arguments));
}

#[tokio::test]
async fn a_stranger_gets_no_answer_that_the_description_does_not_have() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = furnished_room(&ada).await;
    expect_nothing_found(&ask(None, &room, "none.such", &["--phases", "coverage"]));
}

#[tokio::test]
async fn what_ends_a_room_or_a_sign_in_gives_no_answer_that_the_description_does_not_have() {
    for ending in ENDINGS {
        let ada = Guest::sign_in(server(), "Ada").await;
        let room = furnished_room(&ada).await;
        let arguments = ["--include-operation-id", ending, "--phases", "fuzzing", "--max-examples", EXAMPLES];
        expect_nothing_found(&ask(Some(&ada.token), &room, "none.such", &arguments));
    }
}

#[tokio::test]
async fn the_small_client_in_typescript_says_something_that_is_then_there() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let root = server::root();
    let client = Command::new(root.join("node_modules/.bin/node"))
        .current_dir(&root)
        .args(["clients/typescript/say.ts", server().url(), room.as_str(), "from another language"])
        .output()
        .expect("node runs");
    assert!(client.status.success(), "{}", String::from_utf8_lossy(&client.stderr));
    let page = ada.messages(&room, "").await;
    let texts: Vec<&str> = page.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["from another language"]);
}
