//! Pages of history and of the log by HTTP.

use e2e::{
    Guest,
    minted::{draft, fresh_id},
};
use protocol::{ClientFrame, RejectCode, Slug, http::MessagesPage, limits};

use crate::server;

/// A room with messages at these seqs, and reactions in between: seqs 1, 3, 5 … are messages.
async fn every_other(ada: &Guest<'_>, messages: usize) -> Slug {
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    for number in 0..messages {
        let seq = socket.say(&format!("number {number}")).await.seq.expect("a seq");
        socket.command(&ClientFrame::React { id: fresh_id(), seq, emoji: "👍".to_owned(), on: true }).await;
    }
    room
}

fn seqs(page: &MessagesPage) -> Vec<u64> {
    page.messages.iter().map(|message| message.seq.value()).collect()
}

#[tokio::test]
async fn pages_go_before_after_and_around_any_seq_oldest_first() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = every_other(&ada, 5).await;
    let cases: [(&str, &[u64], bool, bool); 14] = [
        ("", &[1, 3, 5, 7, 9], false, false),
        ("?limit=2", &[7, 9], true, false),
        ("?before=7&limit=2", &[3, 5], true, true),
        ("?before=8&limit=2", &[5, 7], true, true),
        ("?before=3", &[1], false, true),
        ("?before=1", &[], false, true),
        ("?after=3&limit=2", &[5, 7], true, true),
        ("?after=4", &[5, 7, 9], true, false),
        ("?after=9", &[], true, false),
        ("?after=0&limit=1", &[1], false, true),
        ("?around=5&limit=3", &[3, 5, 7], true, true),
        ("?around=6&limit=4", &[3, 5, 7, 9], true, false),
        ("?around=5&limit=1", &[5], true, true),
        ("?around=9007199254740991&limit=2", &[9], true, false),
    ];
    for (query, expected, more_before, more_after) in cases {
        let page = ada.messages(&room, query).await;
        assert_eq!(seqs(&page), expected, "{query}");
        assert_eq!((page.more_before, page.more_after), (more_before, more_after), "{query}");
        assert_eq!((page.head.value(), page.floor.value()), (10, 1), "{query}");
    }
}

#[tokio::test]
async fn a_page_has_at_most_100_messages_and_50_when_nothing_is_asked() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    for number in 0..101 {
        socket.say(&number.to_string()).await;
    }
    assert_eq!(seqs(&ada.messages(&room, "").await), (52..=101).collect::<Vec<_>>());
    let most = ada.messages(&room, "?limit=100").await;
    assert_eq!((seqs(&most), most.more_before), ((2..=101).collect::<Vec<_>>(), true));
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_400() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let malformed = [
        "messages?limit=0",
        "messages?limit=101",
        "messages?limit=x",
        "messages?limit=-1",
        "messages?before=",
        "messages?before=x",
        "messages?before=-1",
        "messages?before=1.5",
        "messages?before=9007199254740992",
        "messages?before=1&after=1",
        "messages?after=1&around=1",
        "messages?before=1&before=2",
        "events?limit=0",
        "events?limit=1001",
        "events?after=x",
        "events?after=-1",
    ];
    for query in malformed {
        let problem = ada.get(format!("/api/rooms/{room}/{query}")).await.refused(400, "bad_request");
        assert!(problem.detail.ends_with('.'), "{query}: a sentence says what is wrong: {problem:?}");
    }
}

#[tokio::test]
async fn the_log_comes_in_pages_of_200_by_default_and_1000_at_most() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let ids: Vec<_> = (0..1_001).map(|_| fresh_id()).collect();
    for id in &ids {
        socket.send(&ClientFrame::Send { id: id.clone(), draft: draft("x") }).await;
    }
    for id in &ids {
        socket.ack(id).await;
    }

    let default = ada.events(&room, "").await;
    let most = ada.events(&room, "?limit=1000").await;
    let rest = ada.events(&room, "?after=1000&limit=1000").await;
    let beyond = ada.events(&room, "?after=9007199254740991").await;

    assert_eq!((default.events.len(), default.more_after), (limits::PAGE_EVENTS_DEFAULT, true));
    assert_eq!((most.events.len(), most.more_after), (limits::PAGE_EVENTS, true));
    assert_eq!((rest.events.len(), rest.more_after, rest.head.value()), (1, false, 1_001));
    assert!(beyond.events.is_empty() && !beyond.more_after);
}

#[tokio::test]
async fn no_page_has_more_than_512_kib_and_one_cut_short_says_so() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    // The worst that a text can become: 4,000 controls of six bytes each in JSON.
    let long = "\u{1}".repeat(limits::TEXT_SCALARS);
    for _ in 0..30 {
        socket.say(&long).await;
    }

    let newest = ada.get(format!("/api/rooms/{room}/messages?limit=100")).await;
    let events = ada.get(format!("/api/rooms/{room}/events?limit=1000")).await;

    for answer in [&newest, &events] {
        assert!(answer.body.len() <= limits::PAGE_BYTES, "a page has {} bytes", answer.body.len());
        assert!(
            answer.body.len() > limits::PAGE_BYTES / 2,
            "a page of {} bytes is cut too early",
            answer.body.len()
        );
    }
    let newest: MessagesPage = newest.json(200);
    assert!(newest.more_before && !newest.more_after);
    assert_eq!(seqs(&newest).last(), Some(&30));
    assert_eq!(ada.log(&room).await.len(), 30, "page by page, all of it comes");
}

#[tokio::test]
async fn a_message_by_http_is_201_with_its_place_and_seen_by_all() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let mut reader = bob.enter(&room).await;
    let id = fresh_id();

    let sent: protocol::http::Sent = ada.post(&room, &id, draft("by http")).await.json(201);

    let event = reader.event(sent.seq.expect("a seq")).await;
    assert_eq!((event.id, event.at, event.by), (Some(id.clone()), sent.at, ada.member.clone()));
    assert_eq!((sent.id, sent.duplicate), (id, false));
}

#[tokio::test]
async fn what_a_room_refuses_by_http_is_a_problem_with_the_reject_code() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let long = "x".repeat(limits::TEXT_SCALARS + 1);
    let to_nothing = protocol::Draft { reply_to: protocol::Seq::try_new(7), ..draft("an answer to nothing") };

    let empty = ada.post(&room, &fresh_id(), draft(" ")).await.refused(400, "empty");
    ada.post(&room, &fresh_id(), draft(&long)).await.refused(400, "too_long");
    ada.post(&room, &fresh_id(), to_nothing).await.refused(404, "not_found");

    assert_eq!(empty.detail, RejectCode::Empty.sentence());
}

#[tokio::test]
async fn a_body_that_is_no_command_is_refused() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let path = format!("/api/rooms/{room}/messages");
    let post = |body: &str| ada.ask(hyper::Method::POST, path.clone()).text(body);

    for body in
        ["", "null", "[]", "\"hi\"", "{", r#"{"id":"c1"}"#, r#"{"text":"no id"}"#, r#"{"id":7,"text":"x"}"#]
    {
        let answer = post(body).answer().await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
        let code = answer.json::<protocol::http::Problem>(400).code;
        assert!(["bad_request", "bad_frame"].contains(&code.as_str()), "{body}: {code}");
    }
    let large = format!(r#"{{"id":"c1","text":"{}"}}"#, "x".repeat(limits::CLIENT_FRAME_BYTES));
    post(&large).answer().await.refused(413, "too_large");
    assert!(ada.log(&room).await.is_empty());
}
