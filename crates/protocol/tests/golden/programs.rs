//! Bodies of requests and answers about programs: API tokens and webhooks.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    MemberId, SlashCommand, Slug,
    http::{
        ApiToken, ApiTokens, HookAnswer, HookCall, HookLine, HookLines, HookPost, MadeHook, NewApiToken,
        NewHook,
    },
};

use crate::{
    Golden,
    events::{event, written},
    given::{AT, command},
};

fn hook() -> MemberId {
    MemberId::of_a_hook("0123456789abcdefABCDEF").expect("an id")
}

fn weather() -> SlashCommand {
    SlashCommand::parse("weather").expect("a command")
}

#[test]
fn every_body_about_programs_has_these_bytes() {
    let mut golden = Golden::default();
    let new = NewApiToken { name: "Builds".to_owned(), expires_in_ms: None };
    golden.pin("POST /api/me/tokens, the least", &new);
    golden.pin("POST /api/me/tokens, everything in it", &NewApiToken { expires_in_ms: Some(60_000), ..new });
    let token = ApiToken {
        id: "t1".to_owned(),
        name: "Builds".to_owned(),
        created_at: AT,
        expires_at: AT.plus(60_000),
        token: None,
    };
    golden.pin(
        "an API token that was just made",
        &ApiToken { token: Some("2.a.b.c".to_owned()), ..token.clone() },
    );
    golden.pin("API tokens", &ApiTokens { tokens: vec![token] });
    pin_webhooks(&mut golden);
    golden.check("programs.txt", include_str!("programs.txt"));
}

fn pin_webhooks(golden: &mut Golden) {
    let new = NewHook { name: "Builds".to_owned(), url: None, command: None };
    golden.pin("POST /api/rooms/{room}/hooks, one that writes", &new);
    let url = Some("https://hooks.example/1".to_owned());
    let full = NewHook { url: url.clone(), command: Some("weather".to_owned()), ..new };
    golden.pin("POST /api/rooms/{room}/hooks, one that is called for a command", &full);
    let made = MadeHook { hook: hook(), url: url.clone(), secret: None };
    golden.pin("a webhook that writes was made", &made);
    let secret = Some("whsec_c2VjcmV0".to_owned());
    golden.pin("a webhook that is called was made", &MadeHook { url: None, secret, ..made });
    let least = HookLine { hook: hook(), name: "Builds".to_owned(), url: None, command: None, failed: 0 };
    let full = HookLine { url, command: Some(weather()), failed: 3, ..least.clone() };
    golden.pin("GET /api/rooms/{room}/hooks", &HookLines { hooks: vec![least, full] });
    let post = HookPost { text: "built".to_owned(), name: None, id: None };
    golden.pin("POST /api/hooks/{code}, the least", &post);
    let full = HookPost { name: Some("CI".to_owned()), id: Some(command("b7")), ..post };
    golden.pin("POST /api/hooks/{code}, everything in it", &full);
    let room = Slug::parse("lobby").expect("a slug");
    let events = vec![event(7, written("/weather Berlin"))];
    let call = HookCall { room, hook: hook(), events, command: None, arguments: None };
    golden.pin("what a webhook is told", &call);
    let arguments = Some("Berlin".to_owned());
    golden.pin("what a command's webhook is told", &HookCall { command: Some(weather()), arguments, ..call });
    golden.pin("what it answers", &HookAnswer { text: Some("sunny".to_owned()) });
    golden.pin("what it answers to say nothing", &HookAnswer { text: None });
}
