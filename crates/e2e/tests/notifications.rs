//! Notifications against a push service of our own on this machine, which only a test build may call: they are decrypted as a browser
//! does it, by another implementation than the Worker's, and the token that says who sends them is verified.

use std::sync::OnceLock;

use base64ct::{Base64UrlUnpadded, Encoding};
use e2e::{
    Guest, Server,
    http::{Answer, Ask},
    listener::{Heard, Listener, Reply},
    minted::{draft, fresh_id},
    patience::eventually,
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{
    Draft, MemberId, Slug,
    http::{ApiToken, Nudge, PushState, RoomNamed},
};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use web_push_native::{
    Auth, decrypt,
    p256::{SecretKey, elliptic_curve::sec1::ToEncodedPoint},
};

const CONTACT: &str = "mailto:ops@chat.example";
const METRICS_TOKEN: &str = "a-token-for-the-metrics-of-a-test";

/// A secret number of P-256; any will do.
fn secret(first: u8) -> SecretKey {
    let mut number = [7; 32];
    number[0] = first;
    SecretKey::from_slice(&number).expect("a number of the curve")
}

fn point(key: &SecretKey) -> Vec<u8> {
    key.public_key().to_encoded_point(false).as_bytes().to_vec()
}

/// The server's own key pair, as its operator makes one.
fn vapid() -> String {
    let point = point(&secret(1));
    let parts = [&point[1..33], &point[33..], &secret(1).to_bytes()];
    parts.map(Base64UrlUnpadded::encode_string).join(".")
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let variables = vec![
            ("VAPID_KEY", vapid()),
            ("VAPID_CONTACT", CONTACT.to_owned()),
            ("METRICS_TOKEN", METRICS_TOKEN.to_owned()),
        ];
        Server::start_with(Limits::Off, Build::WithFaults, variables)
    })
}

/// A browser that has subscribed: its keys, and its push service.
struct Browser {
    key: SecretKey,
    auth: Auth,
    service: Listener,
}

impl Browser {
    async fn start(answers: Vec<Reply>) -> Self {
        Self {
            key: secret(2),
            auth: Auth::clone_from_slice(&[9; 16]),
            service: Listener::start(answers).await,
        }
    }

    async fn subscribed_for(member: &Guest<'_>) -> Self {
        let browser = Self::start(vec![Reply::new(201, "")]).await;
        assert_eq!(browser.subscribe(member).await.status, 204);
        browser
    }

    fn subscription(&self) -> Value {
        let encoded = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        let keys = json!({"p256dh": encoded(&point(&self.key)), "auth": encoded(&self.auth)});
        json!({"endpoint": self.service.url(), "expirationTime": null, "keys": keys})
    }

    async fn subscribe(&self, member: &Guest<'_>) -> Answer {
        member.ask(Method::POST, "/api/me/push").json(&self.subscription()).answer().await
    }

    /// What a request says, once it is decrypted.
    fn read(&self, heard: &Heard) -> Nudge {
        let plain =
            decrypt(heard.bytes.to_vec(), &self.key, &self.auth).expect("it is encrypted to this browser");
        let end = plain.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        serde_json::from_slice(&plain[..end]).expect("a nudge")
    }

    async fn next(&mut self) -> Nudge {
        let heard = self.service.next().await;
        self.read(&heard)
    }
}

fn mentioning(text: &str, member: &MemberId) -> Draft {
    Draft { mentions: vec![member.clone()], ..draft(text) }
}

async fn write(author: &Guest<'_>, room: &Slug, draft: Draft) {
    assert_eq!(author.post(room, &fresh_id(), draft).await.status, 201);
}

async fn state(member: &Guest<'_>) -> PushState {
    member.get("/api/me/push").await.json(200)
}

async fn keep(member: &Guest<'_>, room: &Slug) {
    let kept = member.ask(Method::PUT, format!("/api/me/rooms/{room}")).answer().await;
    assert_eq!(kept.status, 204, "{}", kept.text());
}

/// Ada, and Bob who keeps her room and takes notifications.
async fn two() -> (Guest<'static>, Guest<'static>, Slug, Browser) {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    keep(&bob, &room).await;
    let browser = Browser::subscribed_for(&bob).await;
    (ada, bob, room, browser)
}

#[tokio::test]
async fn a_mention_reaches_a_closed_browser_encrypted_to_it_alone_under_a_good_signature() {
    let (ada, bob, room, mut browser) = two().await;
    write(&ada, &room, draft("nobody is meant")).await;
    write(&ada, &room, mentioning("tea is ready", &bob.member.id)).await;

    let heard = browser.service.next().await;
    let nudge = browser.read(&heard);
    assert_eq!((&nudge.room, nudge.title.as_str(), nudge.seq.value()), (&room, "A test's own", 2));
    assert_eq!((nudge.by.as_str(), nudge.excerpt.as_str()), ("Ada", "tea is ready"));
    assert!(!heard.body.contains("tea"));

    let header =
        |name: &str| heard.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(
        (header("content-encoding"), header("ttl"), header("urgency")),
        ("aes128gcm", "86400", "high")
    );
    assert_eq!(header("topic").len(), 32);
    verify(header("authorization"), &browser.service.url());
}

/// RFC 8292: the token is signed by the key that browsers subscribe with, and is for this push service.
fn verify(authorization: &str, endpoint: &str) {
    let (token, key) =
        authorization.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("VAPID");
    let decoded = |part: &str| Base64UrlUnpadded::decode_vec(part).expect("base64url");
    assert_eq!(decoded(key), point(&secret(1)));
    let (said, signature) = token.rsplit_once('.').expect("a token");
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decoded(key));
    public.verify(said.as_bytes(), &decoded(signature)).expect("a good signature");
    let claims: Value =
        serde_json::from_slice(&decoded(said.split_once('.').expect("claims").1)).expect("claims");
    assert_eq!(
        (claims["aud"].as_str(), claims["sub"].as_str()),
        (endpoint.strip_suffix("/hook"), Some(CONTACT))
    );
}

#[tokio::test]
async fn every_message_of_a_direct_room_is_for_the_other_and_one_who_is_there_sees_it_anyhow() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let mut browser = Browser::subscribed_for(&bob).await;
    let body = json!({"member": bob.member.id});
    let room = ada.ask(Method::POST, "/api/direct").json(&body).answer().await.json::<RoomNamed>(200).room;

    write(&ada, &room, draft("one")).await;
    let nudge = browser.next().await;
    assert_eq!((nudge.title.as_str(), nudge.excerpt.as_str()), ("Ada", "one"));

    let socket = bob.enter(&room).await;
    write(&ada, &room, draft("two")).await;
    drop(socket);
    // His socket may take a moment to be gone; what is written before that he saw there.
    eventually("Bob is told again", async || {
        write(&ada, &room, draft("three")).await;
        let heard = browser.service.already();
        heard.inspect(|heard| assert_eq!(browser.read(heard).excerpt, "three")).is_some()
    })
    .await;
}

#[tokio::test]
async fn of_a_quiet_room_and_of_one_that_is_not_kept_nobody_is_told() {
    let (ada, bob, room, mut browser) = two().await;
    let other = ada.new_room().await;
    let quiet = format!("/api/me/rooms/{room}/quiet");
    assert_eq!(bob.ask(Method::PUT, &quiet).answer().await.status, 204);
    assert_eq!(state(&bob).await.quiet, std::slice::from_ref(&room));
    write(&ada, &other, mentioning("not kept", &bob.member.id)).await;
    write(&ada, &room, mentioning("quiet", &bob.member.id)).await;
    bob.ask(Method::PUT, format!("/api/me/rooms/{other}/quiet"))
        .answer()
        .await
        .refused(404, "room_not_found");

    assert_eq!(bob.ask(Method::DELETE, &quiet).answer().await.status, 204);
    write(&ada, &room, mentioning("aloud", &bob.member.id)).await;
    assert_eq!(browser.next().await.excerpt, "aloud");
}

#[tokio::test]
async fn a_subscription_that_the_push_service_does_not_know_any_more_ends() {
    let (ada, bob, room, browser) = two().await;
    browser.service.answer(Reply::new(410, ""));
    write(&ada, &room, mentioning("tea is ready", &bob.member.id)).await;
    eventually("it has ended", async || !state(&bob).await.subscribed).await;
    let scrape = Ask::get(server(), "/metrics").bearer(METRICS_TOKEN).answer().await.text();
    assert!(scrape.contains("edgewise_nudges_total{outcome=\"ended\"} 1\n"), "{scrape}");
}

#[tokio::test]
async fn whoever_signs_out_or_unsubscribes_is_told_no_more() {
    let (ada, bob, room, mut browser) = two().await;
    assert!(state(&bob).await.subscribed);
    assert_eq!(bob.ask(Method::DELETE, "/api/me/push").answer().await.status, 204);
    assert!(!state(&bob).await.subscribed);
    write(&ada, &room, mentioning("one", &bob.member.id)).await;
    browser.subscribe(&bob).await;
    write(&ada, &room, mentioning("two", &bob.member.id)).await;
    assert_eq!(browser.next().await.excerpt, "two");
    assert_eq!(bob.ask(Method::DELETE, "/api/session").answer().await.status, 204);
    bob.ask(Method::POST, "/api/me/push")
        .json(&browser.subscription())
        .answer()
        .await
        .refused(401, "no_session");
}

#[tokio::test]
async fn a_subscription_names_a_public_address_and_keys_that_are_some() {
    let bob = Guest::sign_in(server(), "Bob").await;
    let browser = Browser::start(vec![Reply::new(201, "")]).await;
    let with = |path: &str, value: Value| {
        let mut subscription = browser.subscription();
        *subscription.pointer_mut(path).expect("a field") = value;
        subscription
    };
    for bad in [
        with("/endpoint", json!("http://push.example.com/1")),
        with("/endpoint", json!("https://10.0.0.1/1")),
        with("/endpoint", json!("https://localhost/1")),
        with("/keys/auth", json!("AAAA")),
        with("/keys/p256dh", json!("AAAA")),
        with("/keys", json!(null)),
        json!({}),
    ] {
        bob.ask(Method::POST, "/api/me/push").json(&bad).answer().await.refused(400, "bad_request");
    }
    assert!(!state(&bob).await.subscribed);
}

#[tokio::test]
async fn a_program_neither_subscribes_nor_hushes() {
    let bob = Guest::sign_in(server(), "Bob").await;
    let browser = Browser::start(vec![Reply::new(201, "")]).await;
    let made: ApiToken =
        bob.ask(Method::POST, "/api/me/tokens").json(&json!({"name": "bot"})).answer().await.json(201);
    let program = Guest { token: made.token.expect("it was just made"), ..bob };
    browser.subscribe(&program).await.refused(403, "forbidden");
    program.ask(Method::DELETE, "/api/me/push").answer().await.refused(403, "forbidden");
    program.ask(Method::PUT, "/api/me/rooms/lobby/quiet").answer().await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_server_without_a_key_says_so_and_takes_no_subscription() {
    let plain = e2e::server::shared(Limits::Off);
    let bob = Guest::sign_in(plain, "Bob").await;
    assert_eq!(state(&bob).await.key, None);
    let browser = Browser::start(vec![Reply::new(201, "")]).await;
    browser.subscribe(&bob).await.refused(404, "not_found");
    assert_eq!(
        state(&Guest::sign_in(server(), "Bob").await).await.key,
        Some(Base64UrlUnpadded::encode_string(&point(&secret(1))))
    );
}
