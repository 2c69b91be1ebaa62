//! Bodies of requests and answers about notifications, and what one of them says.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    Slug,
    http::{Nudge, PushKeys, PushState, PushSubscription},
};

use crate::{
    Golden,
    given::{AT, seq},
};

#[test]
fn every_body_about_notifications_has_these_bytes() {
    let mut golden = Golden::default();
    let room = Slug::parse("lobby").expect("a slug");
    golden.pin(
        "GET /api/me/push, without a key",
        &PushState { key: None, subscribed: false, quiet: Vec::new() },
    );
    let full = PushState { key: Some("BIG".to_owned()), subscribed: true, quiet: vec![room.clone()] };
    golden.pin("GET /api/me/push, everything in it", &full);
    let keys = PushKeys { p256dh: "BIG".to_owned(), auth: "c2FsdA".to_owned() };
    let subscription = PushSubscription { endpoint: "https://push.example/1".to_owned(), keys };
    golden.pin("POST /api/me/push", &subscription);
    let (title, by, excerpt) = ("Lobby".to_owned(), "Ada".to_owned(), "tea is ready".to_owned());
    golden.pin("what a notification says", &Nudge { room, title, seq: seq(7), at: AT, by, excerpt });
    golden.check("notifications.txt", include_str!("notifications.txt"));
}
