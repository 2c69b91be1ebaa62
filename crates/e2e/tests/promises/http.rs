//! What every answer by HTTP has, whoever gives it: Worker, room or asset.

use e2e::{Guest, http::Ask};
use hyper::Method;
use protocol::http::{Health, Problem};

use crate::server;

#[tokio::test]
async fn every_answer_bears_the_security_headers_assets_too() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let paths = [
        "/",
        "/some/page/of/the/app",
        "/favicon.ico",
        "/healthz",
        "/readyz",
        "/api/session",
        "/api/rooms/lobby",
        "/api/rooms/lobby/messages",
        "/api/rooms/no-such-room",
        "/api/rooms/lobby/messages?limit=0",
        "/api/nonsense",
        "/api/rooms/lobby/socket",
    ];
    for path in paths {
        ada.get(path).await.dressed(path);
        Ask::get(server(), path).answer().await.dressed(path);
    }
    let foreign = Ask::get(server(), "/api/rooms/lobby/socket").header("origin", "https://evil.example");
    foreign.answer().await.dressed("a refused upgrade");
}

#[tokio::test]
async fn every_answer_of_the_worker_has_a_request_id_and_keeps_the_callers() {
    let ada = Guest::sign_in(server(), "Ada").await;
    for path in ["/healthz", "/api/session", "/api/rooms/lobby", "/api/rooms/no-such-room", "/api/nonsense"] {
        let minted = ada.get(path).await;
        let id = minted.header("x-request-id").unwrap_or_default().to_owned();
        assert!(
            !id.is_empty() && Some(id.as_str()) != ada.get(path).await.header("x-request-id"),
            "{path}: {id}"
        );

        let longest = "Az09_-".repeat(11)[..64].to_owned();
        let kept = ada.ask(Method::GET, path).header("x-request-id", longest.clone()).answer().await;
        assert_eq!(kept.header("x-request-id"), Some(longest.as_str()), "{path}");

        for odd in [format!("{longest}x"), "a b".to_owned(), "<script>".to_owned()] {
            let other = ada.ask(Method::GET, path).header("x-request-id", odd.clone()).answer().await;
            let id = other.header("x-request-id").unwrap_or_default();
            assert!(!id.is_empty() && id != odd, "{path}: {odd} became {id}");
        }
    }
}

#[tokio::test]
async fn every_error_is_a_problem_with_a_stable_code_and_a_sentence() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let asks = [
        (Method::GET, "/api/nonsense", 404, "not_found"),
        (Method::GET, "/api/rooms/no-such-room", 404, "room_not_found"),
        (Method::PUT, "/api/session", 405, "method_not_allowed"),
        (Method::from_bytes(b"QUERY").expect("a method"), "/api/session", 405, "method_not_allowed"),
        (Method::GET, "/api/rooms/lobby/messages?limit=0", 400, "bad_request"),
    ];
    for (method, path, status, code) in asks {
        let problem: Problem = ada.ask(method, path).answer().await.refused(status, code);
        let said = problem.detail.to_lowercase();
        for inside in ["panick", "sql", "durable", "stack", "wasm", "worker::", ".rs"] {
            assert!(!said.contains(inside), "{path} tells of its insides: {said}");
        }
    }
}

#[tokio::test]
async fn health_and_readiness_are_told_to_anybody() {
    let answer = Ask::get(server(), "/healthz").answer().await;
    let health: Health = answer.json(200);
    assert_eq!(health.status, "ok");
    assert!(!health.version.is_empty() && !health.commit.is_empty(), "{health:?}");
    assert_eq!(Ask::get(server(), "/readyz").answer().await.status, 200);
}

#[tokio::test]
async fn the_api_describes_itself_to_anybody() {
    let answer = Ask::get(server(), "/api/openapi.json").answer().await;
    answer.dressed("/api/openapi.json");
    let description: serde_json::Value = answer.json(200);
    assert_eq!(description["openapi"], "3.1.0");
    assert!(description["paths"]["/api/rooms/{room}/messages"]["post"].is_object());
}

#[tokio::test]
async fn any_path_that_is_no_file_is_the_app() {
    let front = Ask::get(server(), "/").answer().await;
    let deep = Ask::get(server(), "/any/page/of/it").header("sec-fetch-mode", "navigate").answer().await;
    assert_eq!((front.status, deep.status), (200, 200));
    assert!(front.header("content-type").unwrap_or_default().starts_with("text/html"));
    assert_eq!(front.body, deep.body);
}

#[tokio::test]
async fn hashed_assets_are_immutable_and_the_page_that_names_them_is_not() {
    let front = Ask::get(server(), "/").answer().await;
    assert!(!front.header("cache-control").unwrap_or_default().contains("immutable"));
    let page = front.text();
    let assets: Vec<&str> = page
        .split('"')
        .filter(|part| {
            part.starts_with('/') && [".js", ".wasm", ".css"].iter().any(|end| part.ends_with(end))
        })
        .collect();
    assert!(assets.len() >= 2, "the page names its script and its style: {page}");
    for path in assets {
        let asset = Ask::get(server(), path).answer().await;
        assert_eq!(asset.status, 200, "{path}");
        let cached = asset.header("cache-control").unwrap_or_default();
        assert!(cached.contains("immutable") && cached.contains("max-age=31536000"), "{path}: {cached}");
        asset.dressed(path);
    }
    assert!(
        !page.contains("style=") && !page.contains("<style") && !page.contains("<script>"),
        "nothing is inline"
    );
}
