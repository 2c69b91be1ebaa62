//! Whom a message calls, by its text.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::Stage;

/// Whom each of these texts calls, in a room with Bob, Cem and, of old, Dan; one line a text.
fn called(role: &str, texts: &[&str]) -> String {
    let mut stage = Stage::new(client::Saved::default());
    stage.play(&format!("start\nopened\nroom dan: of old\nwelcome with=ada,Bob,cem as={role}"));
    let mut lines = String::new();
    for (nth, text) in texts.iter().enumerate() {
        stage.play(&format!("send a{nth} {text}"));
        let saved = stage.client.outbox().find(|saved| saved.id.as_str() == format!("a{nth}")).unwrap();
        let protocol::Command::Send(draft) = &saved.command else { panic!("it is a message") };
        let mentions: Vec<&str> = draft.mentions.iter().map(protocol::MemberId::as_str).collect();
        lines += &format!("{text} -> {}\n", mentions.join(" "));
    }
    lines
}

#[test]
fn a_name_behind_an_at_sign_calls_its_member_once_in_whatever_case() {
    expect![[r#"
        @bob and @CEM -> Bob cem
        @Bob @bob (*@Bob*) -> Bob
        hello @dan, who is not here now -> dan
        @nobody -> 
    "#]]
    .assert_eq(&called(
        "member",
        &["@bob and @CEM", "@Bob @bob (*@Bob*)", "hello @dan, who is not here now", "@nobody"],
    ));
}

#[test]
fn code_links_addresses_and_longer_words_call_nobody() {
    expect![[r#"
        `@bob` and [@bob](https://example.org) -> 
        me@bob @bobby @ bob -> 
    "#]]
    .assert_eq(&called("member", &["`@bob` and [@bob](https://example.org)", "me@bob @bobby @ bob"]));
}

#[test]
fn the_room_is_called_by_moderators_and_is_a_word_to_everybody_else() {
    expect!["@room -> room\n"].assert_eq(&called("moderator", &["@room"]));
    expect!["@room -> \n"].assert_eq(&called("member", &["@room"]));
}

#[test]
fn no_more_are_called_than_a_message_may_call() {
    let mut stage = Stage::new(client::Saved::default());
    let names: Vec<String> = (0..30).map(|n| format!("m{n}x")).collect();
    stage.play(&format!("start\nopened\nwelcome with={}", names.join(",")));
    let text = names.iter().map(|name| format!("@{name}")).collect::<Vec<_>>().join(" ");
    stage.play(&format!("send a1 {text}"));
    let saved = stage.client.outbox().next().unwrap();
    let protocol::Command::Send(draft) = &saved.command else { panic!("it is a message") };
    assert_eq!(draft.mentions.len(), 20);
}
