//! Behind Cloudflare Access: its word lets people in, and nothing else does.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use e2e::{
    Server,
    http::{Answer, Ask},
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{Millis, http::SignedIn};
use serde_json::{Value, json};

use crate::issuer::{Issuer, forged};

const AUDIENCE: &str = "4714c1358e65fe4b408ad6d432a5f878";

async fn behind(issuer: &Issuer) -> Server {
    let variables =
        vec![("ACCESS_ISSUER", format!("{}/", issuer.url)), ("ACCESS_AUDIENCE", AUDIENCE.to_owned())];
    Server::start_with(Limits::Off, Build::Shipped, variables)
}

/// Seconds since 1970, an hour from now.
fn in_an_hour() -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "an assertion ends at an instant that the server compares with its clock"
    )]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    (now + Duration::from_secs(3_600)).as_secs()
}

fn claims(issuer: &Issuer, subject: &str) -> Value {
    json!({"iss": issuer.url, "aud": [AUDIENCE], "sub": subject, "exp": in_an_hour(), "type": "app"})
}

async fn sign_in(server: &Server, assertion: Option<String>) -> Answer {
    let ask = Ask::new(server, Method::POST, "/api/session").text(r#"{"name":"Ada"}"#);
    match assertion {
        Some(assertion) => ask.header("cf-access-jwt-assertion", assertion).answer().await,
        None => ask.answer().await,
    }
}

#[tokio::test]
async fn whom_access_speaks_for_is_the_same_member_each_time_and_no_longer_than_it_says() {
    let issuer = Issuer::start().await;
    let server = behind(&issuer).await;
    let claims = claims(&issuer, "ada");
    let first: SignedIn = sign_in(&server, Some(issuer.sign(&claims))).await.json(201);
    let second: SignedIn = sign_in(&server, Some(issuer.sign(&claims))).await.json(201);
    assert_eq!(first.member, second.member);
    assert_eq!(first.expires_at, Millis(claims["exp"].as_u64().expect("seconds") * 1_000));
    let other = self::claims(&issuer, "bob");
    let other: SignedIn = sign_in(&server, Some(issuer.sign(&other))).await.json(201);
    assert_ne!(other.member.id, first.member.id);
}

#[tokio::test]
async fn without_a_good_word_of_access_nobody_comes_in() {
    let issuer = Issuer::start().await;
    let server = behind(&issuer).await;
    let changed = |name: &str, value: Value| {
        let mut claims = claims(&issuer, "ada");
        claims[name] = value;
        Some(issuer.sign(&claims))
    };
    let bad = [
        None,
        Some("no.token".to_owned()),
        Some(forged(&claims(&issuer, "ada"))),
        changed("aud", json!(["another application"])),
        changed("iss", json!("https://another.example")),
        changed("exp", json!(in_an_hour() - 7_200)),
    ];
    for assertion in bad {
        sign_in(&server, assertion).await.refused(403, "access_required");
    }
}
