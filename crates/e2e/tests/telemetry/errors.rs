//! Error reports: what an error tracker receives, once, and that nobody waits for it.

use std::time::Duration;

use e2e::{
    Guest, Server, Socket,
    entry::Entry,
    http::Ask,
    minted::{draft, fresh_id},
    receiver::{Received, Receiver},
    server::{Build, Limits},
};
use hyper::Method;
use protocol::{
    ClientFrame,
    http::SendBody,
    limits::{REPORT_BYTES, REPORTED_ERRORS},
};
use serde_json::{Value, json};

use crate::scrape::{Scrape, log_when, server};

fn reporting(limits: Limits, build: Build, receiver: &Receiver) -> Server {
    let variables = vec![("SENTRY_DSN", receiver.dsn()), ("SENTRY_ENVIRONMENT", "test".to_owned())];
    server(limits, build, variables)
}

/// Makes the next turn of this socket's room go wrong so.
async fn arm(socket: &mut Socket, fault: &str) {
    socket.send_text(&format!(r#"{{"type":"fault","fault":"{fault}"}}"#)).await;
}

/// What every report of the Worker says.
fn assert_whole(received: &Received, server: &Server) {
    assert_eq!(received.path, "/api/7/envelope/");
    assert!(
        received.auth.starts_with("Sentry sentry_version=7, ")
            && received.auth.ends_with("sentry_key=publickey")
    );
    let event = received.event();
    let release = event.release.as_deref().expect("a release");
    assert!(release.starts_with("edgewise@") && release.contains('+'), "{release}");
    assert_eq!(event.environment.as_deref(), Some("test"));
    assert_eq!(received.tag("home").as_deref(), Some("miniflare"));
    assert!(!received.body.contains(server.authority()), "no address: {}", received.body);
}

#[tokio::test]
async fn a_panic_is_reported_once_with_its_place_its_request_and_the_functions_it_came_through() {
    let mut receiver = Receiver::start().await;
    let server = reporting(Limits::Off, Build::WithFaults, &receiver);
    let ada = Guest::sign_in(&server, "Ada").await;
    let room = ada.new_room().await;
    for request in ["unlucky-1", "unlucky-2"] {
        let entry = Entry::new(&room, &ada.token).header("x-request-id", request);
        let mut socket = entry.enter(&server).await;
        arm(&mut socket, "panic").await;
        socket.send(&ClientFrame::Send { id: fresh_id(), draft: draft("a secret") }).await;
        assert_eq!(socket.closed().await, Some(4100));
    }

    let received = receiver.next().await;

    assert_whole(&received, &server);
    assert_eq!(received.exception().ty, "panic");
    assert!(received.exception().value.is_some_and(|place| place.contains("worker/src/faults.rs:")));
    assert_eq!(received.tag("request_id").as_deref(), Some("unlucky-1"));
    assert_eq!(received.tag("route").as_deref(), Some("room"));
    let ours = |name: &str| name.starts_with("edgewise_worker::") || name.starts_with("<edgewise_worker::");
    let named: Vec<String> = received.frames().into_iter().filter_map(|frame| frame.function).collect();
    assert!(named.iter().any(|name| ours(name)), "Rust function names: {named:?}");
    assert!(!received.body.contains("secret") && !received.body.contains(room.as_str()), "{}", received.body);
    let scrape = Scrape::of(&server).await;
    assert_eq!(scrape.value("edgewise_turns_failed_total{cause=\"panic\"}"), 2.0);
    assert_eq!(scrape.value("edgewise_errors_reported_total{source=\"worker\"}"), 1.0);
    assert_eq!(scrape.value("edgewise_error_reports_dropped_total{reason=\"repeated\"}"), 1.0);
    assert!(receiver.already().is_none(), "the same panic within a minute is one report");
    let lines = log_when(&server, |log| log.contains("\"a panic\"")).await;
    let line = lines.lines().find(|line| line.contains("\"a panic\"")).expect("a line of the panic");
    let line: Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(line["request_id"], "unlucky-1");
}

#[tokio::test]
async fn one_request_id_stands_in_the_problem_the_log_and_the_report() {
    let mut receiver = Receiver::start().await;
    let server = reporting(Limits::Off, Build::WithFaults, &receiver);
    let ada = Guest::sign_in(&server, "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    // The command by HTTP may overtake the frame that arms the fault: then the next one meets it.
    let refused = loop {
        arm(&mut socket, "commit").await;
        let body = SendBody { id: fresh_id(), draft: draft("a secret") };
        let ask = ada.ask(Method::POST, format!("/api/rooms/{room}/messages")).json(&body);
        let answer = ask.header("x-request-id", "unlucky").answer().await;
        if answer.status == 503 {
            break answer.refused(503, "storage_failed");
        }
    };

    let (turn, request) = (receiver.next_of("turn failed").await, receiver.next_of("HTTP 503").await);

    assert_eq!(refused.request_id, "unlucky");
    for report in [&turn, &request] {
        assert_whole(report, &server);
        assert_eq!(report.tag("request_id").as_deref(), Some("unlucky"));
        assert!(!report.body.contains("secret") && !report.body.contains(room.as_str()), "{}", report.body);
    }
    assert_eq!(request.tag("route").as_deref(), Some("messages"));
    let says = |log: &str, message: &str| {
        log.lines().any(|line| line.contains("\"unlucky\"") && line.contains(message))
    };
    log_when(&server, |log| says(log, "a turn failed") && says(log, "answered")).await;
}

fn report(message: &str) -> Value {
    json!({"release": "edgewise@0.1.0+feedc0de", "errors": [{
        "kind": "panic", "message": message, "at": 1_795_000_000_000_u64, "path": "/[room]",
        "stack": "Error\n    at frontend::app::run (https://chat.example/assets/app-0a1b.wasm:wasm-function[7]:0x1f)\n    \
            at https://chat.example/my-private-room:1:2",
        "breadcrumbs": [{"at": 1_794_999_999_000_u64, "category": "connection", "message": "closed 4102"}],
    }]})
}

fn post(server: &Server, report: &Value) -> Ask {
    Ask::new(server, Method::POST, "/api/client-errors").json(report)
}

#[tokio::test]
async fn what_a_browser_reports_reaches_the_tracker_as_its_own() {
    let mut receiver = Receiver::start().await;
    let server = reporting(Limits::Off, Build::Shipped, &receiver);
    let ask = post(&server, &report("index out of bounds")).header("x-request-id", "from-a-page");
    let answer = ask.answer().await;
    assert_eq!((answer.status, answer.text()), (202, String::new()));

    let received = receiver.next().await;

    let event = received.event();
    assert_eq!(event.release.as_deref(), Some("edgewise@0.1.0+feedc0de"));
    assert_eq!(event.platform, "javascript");
    assert_eq!(received.tag("request_id").as_deref(), Some("from-a-page"));
    assert_eq!(received.tag("route").as_deref(), Some("/[room]"));
    assert_eq!(received.exception().value.as_deref(), Some("index out of bounds"));
    let crumbs: Vec<_> = event.breadcrumbs.values.iter().map(|crumb| crumb.message.as_deref()).collect();
    assert_eq!(crumbs, [Some("closed 4102")]);
    let frames = received.frames();
    assert_eq!(frames.last().and_then(|frame| frame.function.as_deref()), Some("frontend::app::run"));
    assert!(!received.body.contains("my-private-room"), "{}", received.body);
    assert_eq!(Scrape::of(&server).await.value("edgewise_errors_reported_total{source=\"browser\"}"), 1.0);
}

#[tokio::test]
async fn a_report_that_is_too_large_or_malformed_is_refused_whole() {
    let mut receiver = Receiver::start().await;
    let server = reporting(Limits::Off, Build::Shipped, &receiver);
    let mut large = report("large");
    large["padding"] = "x".repeat(REPORT_BYTES).into();
    post(&server, &large).answer().await.refused(413, "too_large");
    let mut many = report("many");
    many["errors"] = vec![many["errors"][0].clone(); REPORTED_ERRORS + 1].into();
    post(&server, &many).answer().await.refused(400, "bad_request");
    post(&server, &json!([])).answer().await.refused(400, "bad_request");
    Ask::get(&server, "/api/client-errors").answer().await.refused(405, "method_not_allowed");
    // What is taken now comes first, since nothing of those was sent.
    post(&server, &report("fine")).answer().await;
    assert_eq!(receiver.next().await.exception().value.as_deref(), Some("fine"));
}

#[tokio::test]
async fn an_address_that_reports_without_end_is_told_to_wait() {
    let receiver = Receiver::start().await;
    let server = reporting(Limits::On, Build::Shipped, &receiver);
    for number in 0..20 {
        let answer = post(&server, &report(&format!("error {number}"))).answer().await;
        if answer.status == 429 {
            answer.refused(429, "rate_limited");
            assert!(answer.header("retry-after").is_some() && number >= 10, "after {number}");
            let dropped = Scrape::of(&server).await;
            assert!(dropped.value("edgewise_error_reports_dropped_total{reason=\"rate_limited\"}") >= 1.0);
            return;
        }
        assert_eq!(answer.status, 202);
    }
    panic!("20 reports in a row were taken");
}

#[tokio::test]
async fn a_tracker_that_never_answers_holds_nobody_up() {
    let deaf = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let dsn = format!("http://publickey@{}/7", deaf.local_addr().expect("its address"));
    let server = server(Limits::Off, Build::Shipped, vec![("SENTRY_DSN", dsn)]);
    let answered =
        tokio::time::timeout(Duration::from_secs(2), post(&server, &report("deaf")).answer()).await;
    assert_eq!(answered.map(|answer| answer.status), Ok(202));
    let ada = Guest::sign_in(&server, "Ada").await;
    let mut socket = ada.enter(&ada.new_room().await).await;
    let said = tokio::time::timeout(Duration::from_secs(2), socket.say("meanwhile")).await;
    assert!(said.is_ok_and(|ack| ack.seq.is_some()));
}
