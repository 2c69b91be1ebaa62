//! Metrics: what a scrape says after real traffic is what happened, and counting costs a room next to nothing.
//!
//! Miniflare says of every request that it comes from North America: hence the continent `NA`.

use std::time::Duration;

use e2e::{
    Guest, Server,
    http::Ask,
    minted::fresh_id,
    server::{self, Build, Limits},
};
use hyper::Method;
use protocol::{ClientFrame, Seq, http::SignedIn};
use serde_json::json;

use crate::scrape::{Scrape, TOKEN, server};

#[tokio::test]
async fn where_no_token_is_set_there_is_nothing_at_metrics() {
    let without = server::shared(Limits::Off);
    Ask::get(without, "/metrics").answer().await.refused(404, "not_found");
    Ask::get(without, "/metrics").bearer("").answer().await.refused(404, "not_found");
}

#[tokio::test]
async fn after_real_traffic_the_numbers_are_those_that_happened() {
    let server = server(Limits::Off, Build::Shipped, Vec::new());
    Ask::get(&server, "/metrics").answer().await.refused(401, "bad_token");
    Ask::get(&server, "/metrics").bearer(&TOKEN[1..]).answer().await.refused(401, "bad_token");
    let (ada, bob) = (Guest::sign_in(&server, "Ada").await, Guest::sign_in(&server, "Bob").await);
    let room = ada.new_room().await;
    let (mut hers, mut his) = (ada.enter(&room).await, bob.enter(&room).await);
    for text in ["one", "two", "three"] {
        let seq = hers.say(text).await.seq.expect("a seq");
        his.event(seq).await;
        hers.event(seq).await;
    }
    let nowhere =
        ClientFrame::Edit { id: fresh_id(), seq: Seq::try_new(99).expect("a seq"), text: "x".to_owned() };
    hers.refused(&nowhere).await;
    let cursor = his.cursor();
    his.close().await;
    let his = bob.come_back(&room, &cursor).await;
    assert!(his.welcome().recovered);

    let scrape = Scrape::of(&server).await;

    for (series, expected) in [
        ("edgewise_messages_total", 3.0),
        ("edgewise_commands_total{command=\"send\"}", 3.0),
        ("edgewise_commands_total{command=\"edit\"}", 1.0),
        ("edgewise_rejects_total{code=\"not_found\"}", 1.0),
        ("edgewise_joins_total{recovered=\"no\"}", 2.0),
        ("edgewise_joins_total{recovered=\"yes\"}", 1.0),
        ("edgewise_fanout_frames_total", 6.0),
        ("edgewise_fanout_deliveries_total", 6.0),
        ("edgewise_fanout_batch_events_count", 3.0),
        ("edgewise_fanout_batch_events_sum", 3.0),
        ("edgewise_sockets_open", 2.0),
        ("edgewise_rooms_with_sockets", 1.0),
        ("edgewise_turns_failed_total{cause=\"panic\"}", 0.0),
        ("edgewise_wakeups_total{object=\"room\"}", 1.0),
        ("edgewise_http_requests_total{route=\"session\",status=\"201\",continent=\"NA\"}", 2.0),
        ("edgewise_http_requests_total{route=\"socket\",status=\"101\",continent=\"NA\"}", 3.0),
        ("edgewise_http_requests_total{route=\"metrics\",status=\"401\",continent=\"NA\"}", 2.0),
    ] {
        assert_eq!(scrape.value(series), expected, "{series} in\n{}", scrape.text());
    }
    assert!(scrape.value("edgewise_storage_bytes") > 0.0);
    assert_eq!(scrape.sum("edgewise_http_request_seconds_count", &["route=\"session\""]), 2.0);
    assert!(!scrape.text().contains(room.as_str()), "no room in a label");
    drop((hers, his));
}

#[tokio::test]
async fn what_was_counted_and_written_outlives_the_process() {
    let server = server(Limits::Off, Build::Shipped, Vec::new());
    let ada = Guest::sign_in(&server, "Ada").await;
    let room = ada.new_room().await;
    ada.enter(&room).await.say("before").await;
    // The first push of a shard is written at once; this one is it.
    let before = Scrape::of(&server).await.value("edgewise_messages_total");
    server.kill_and_start_again();
    let after = Scrape::of(&server).await.value("edgewise_messages_total");
    assert!(after <= before && before == 1.0, "{after} of {before}");
}

#[tokio::test]
async fn counting_costs_a_busy_room_a_push_in_ten_seconds_and_an_idle_one_none() {
    let server = server(Limits::Off, Build::Shipped, vec![("LOG_LEVEL", "debug".to_owned())]);
    let ada = Guest::sign_in(&server, "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let pushes = || server.log().matches("a push was taken").count();
    let until = tokio::time::Instant::now() + Duration::from_secs(11);
    while tokio::time::Instant::now() < until {
        socket.say("busy").await;
    }
    let busy = pushes();
    // What the last second counted is pushed by the room's own timer; then nothing happens any more.
    tokio::time::sleep(Duration::from_secs(11)).await;
    let trailing = pushes();
    tokio::time::sleep(Duration::from_secs(11)).await;

    // A push speaks to one shard, or to two where counts and a gauge belong to different ones.
    assert!((1..=4).contains(&busy), "{busy} pushes in 11 s");
    assert!(trailing > 0 && trailing - busy <= 2, "{trailing} after {busy}");
    assert_eq!(pushes(), trailing, "an idle room pushes nothing");
    let turns = Scrape::of(&server).await.value("edgewise_turns_total");
    assert!(turns > 50.0, "{turns} turns came to so few pushes");
}

#[tokio::test]
async fn what_pages_measured_shows_up_as_histograms_once_a_minute_a_member() {
    let server = server(Limits::Off, Build::Shipped, Vec::new());
    let ada = Guest::sign_in(&server, "Ada").await;
    let measured = json!({
        "page_load_ms": 812.4, "lcp_ms": -1, "cls": 0.02, "reconnects": 2,
        "acks_ms": [4, 30, 700_000], "deliveries_ms": [40],
    });
    for _ in 0..2 {
        let answer = ada.ask(Method::POST, "/api/client-metrics").json(&measured).answer().await;
        assert_eq!((answer.status, answer.text()), (204, String::new()));
    }
    let nobody = Ask::new(&server, Method::POST, "/api/client-metrics").json(&measured).answer().await;
    nobody.refused(401, "no_session");
    let odd = ada.ask(Method::POST, "/api/client-metrics").text(r#"{"acks_ms":1}"#).answer().await;
    odd.refused(400, "bad_request");

    let scrape = Scrape::of(&server).await;

    for (series, expected) in [
        ("edgewise_client_ack_seconds_bucket{continent=\"NA\",le=\"0.005\"}", 1.0),
        ("edgewise_client_ack_seconds_count{continent=\"NA\"}", 2.0),
        ("edgewise_client_ack_seconds_sum{continent=\"NA\"}", 0.034),
        ("edgewise_client_delivery_seconds_count{continent=\"NA\"}", 1.0),
        ("edgewise_client_page_load_seconds_bucket{continent=\"NA\",le=\"1\"}", 1.0),
        ("edgewise_client_lcp_seconds_count{continent=\"NA\"}", 0.0),
        ("edgewise_client_cls_sum{continent=\"NA\"}", 0.02),
        ("edgewise_client_reconnects_total{continent=\"NA\"}", 2.0),
    ] {
        assert_eq!(scrape.value(series), expected, "{series}");
    }
}

#[tokio::test]
async fn a_cookie_of_another_sites_page_counts_nothing() {
    let server = server::shared(Limits::Off);
    let ada: SignedIn =
        Ask::new(server, Method::POST, "/api/session").text(r#"{"name":"Ada"}"#).answer().await.json(201);
    let cookie = format!("edgewise_session={}", ada.token.expect("a token"));
    for path in ["/api/client-metrics", "/api/client-errors"] {
        let ask = Ask::new(server, Method::POST, path).text("{}").header("cookie", cookie.clone());
        ask.header("origin", "https://elsewhere.example").answer().await.refused(403, "bad_origin");
    }
}

#[tokio::test]
async fn healthz_says_which_commit_it_runs() {
    let server: &Server = server::shared(Limits::Off);
    let health: protocol::http::Health = Ask::get(server, "/healthz").answer().await.json(200);
    assert!(!health.commit.is_empty() && health.commit.len() <= 64, "{health:?}");
}
