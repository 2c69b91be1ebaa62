//! Bodies of requests and answers by HTTP.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    Draft,
    http::{EventsPage, Health, MessagesPage, NewRoom, Problem, Rename, SendBody, Sent, SignIn, SignedIn},
    room::Visibility,
};

use crate::{
    Golden,
    events::{event, message, written},
    frames::room_info,
    given::{AT, ada, command, epoch, seq},
};

#[test]
fn every_body_of_a_request_has_these_bytes() {
    let mut golden = Golden::default();
    golden.pin("POST /api/session", &SignIn { name: "Ada".to_owned(), admin_token: None });
    golden.pin(
        "POST /api/session, as owner everywhere",
        &SignIn { name: "Ada".to_owned(), admin_token: Some("secret".to_owned()) },
    );
    golden.pin("PATCH /api/session", &Rename { name: "Ada L.".to_owned() });
    let least =
        NewRoom { room: None, title: "Build".to_owned(), visibility: Visibility::Public, topic: None };
    golden.pin("POST /api/rooms, the least", &least);
    let full = NewRoom { room: Some("build".to_owned()), topic: Some("What is built".to_owned()), ..least };
    golden.pin("POST /api/rooms, everything in it", &full);
    let draft = Draft { text: "hello".to_owned(), reply_to: Some(seq(3)), ..Draft::default() };
    golden.pin("POST /api/rooms/{room}/messages", &SendBody { id: command("c1"), draft });
    golden.check("requests.txt", include_str!("requests.txt"));
}

#[test]
fn every_body_of_an_answer_has_these_bytes() {
    let mut golden = Golden::default();
    let signed_in = SignedIn { token: Some("t.o.k".to_owned()), member: ada(), expires_at: AT };
    golden.pin("a sign-in, with a new token", &signed_in);
    golden.pin("a sign-in", &SignedIn { token: None, ..signed_in });
    golden.pin("a room", &room_info());
    let sent = Sent { id: command("c1"), seq: Some(seq(7)), at: AT, duplicate: false };
    golden.pin("a message that was sent", &sent);
    golden.pin("the same again", &Sent { duplicate: true, ..sent });
    let messages = MessagesPage {
        messages: vec![message()],
        epoch: epoch(),
        head: seq(7),
        floor: seq(1),
        more_before: true,
        more_after: false,
    };
    golden.pin("a page of messages", &messages);
    let events = EventsPage {
        events: vec![event(7, written("hello"))],
        epoch: epoch(),
        head: seq(9),
        floor: seq(1),
        more_after: true,
    };
    golden.pin("a page of events", &events);
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: "Forbidden".to_owned(),
        status: 403,
        code: "forbidden".to_owned(),
        detail: "You may not do that in this room.".to_owned(),
        request_id: "r1".to_owned(),
    };
    golden.pin("an error", &problem);
    let (status, version, commit) = ("ok".to_owned(), "0.1.0".to_owned(), "325c3dc".to_owned());
    golden.pin("GET /healthz", &Health { status, version, commit });
    golden.check("answers.txt", include_str!("answers.txt"));
}
