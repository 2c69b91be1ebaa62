//! Search by HTTP, and the jumps that history offers.

use e2e::{Guest, minted::fresh_id};
use protocol::{
    ClientFrame, Slug,
    http::{MessagesPage, SearchPage},
    limits,
};

use crate::server;

async fn find(guest: &Guest<'_>, room: &Slug, query: &str) -> SearchPage {
    guest.get(format!("/api/rooms/{room}/search?{query}")).await.json(200)
}

fn seqs(page: &SearchPage) -> Vec<u64> {
    page.messages.iter().map(|found| found.message.seq.value()).collect()
}

#[tokio::test]
async fn messages_are_found_by_words_phrases_beginnings_and_author_the_newest_first() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut of_ada, mut of_bob) = (ada.enter(&room).await, bob.enter(&room).await);
    of_ada.say("The quick brown fox").await;
    of_bob.say("over the lazy dog").await;
    of_ada.say("Brown bears are QUICK, aren't they?").await;
    of_bob.say("naïve Brûlée").await;
    let (ada_id, bob_id) = (&ada.member.id, &bob.member.id);
    let cases: [(String, &[u64]); 8] = [
        ("q=quick+brown".to_owned(), &[3, 1]),
        ("q=%22quick+brown%22".to_owned(), &[1]),
        ("q=bro*".to_owned(), &[3, 1]),
        ("q=brulee".to_owned(), &[4]),
        (format!("q=the&author={bob_id}"), &[2]),
        (format!("author={ada_id}"), &[3, 1]),
        ("q=nowhere".to_owned(), &[]),
        (format!("q={bob_id}"), &[]),
    ];
    for (query, expected) in cases {
        let page = find(&bob, &room, &query).await;
        assert_eq!((seqs(&page).as_slice(), page.next), (expected, None), "{query}");
    }
    let found = find(&bob, &room, "q=brulee").await.messages.remove(0);
    assert_eq!((found.message.text.as_str(), found.highlight), ("naïve Brûlée", vec![(6, 12)]));
}

#[tokio::test]
async fn a_search_follows_edits_and_deletions_at_once() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("first wording").await.seq.expect("a seq");

    socket.command(&ClientFrame::Edit { id: fresh_id(), seq, text: "second version".to_owned() }).await;
    let (old, new) = (find(&ada, &room, "q=wording").await, find(&ada, &room, "q=version").await);
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;
    let gone = find(&ada, &room, "q=version").await;

    assert_eq!((seqs(&old), seqs(&new), seqs(&gone)), (vec![], vec![seq.value()], vec![]));
}

#[tokio::test]
async fn pages_of_a_search_join_and_the_last_has_no_next() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    for number in 0..7 {
        socket.say(&format!("number {number}")).await;
    }

    let first = find(&ada, &room, "q=number&limit=4").await;
    let next = first.next.expect("there are more");
    let second = find(&ada, &room, &format!("q=number&limit=4&before={next}")).await;

    assert_eq!([seqs(&first), seqs(&second)], [vec![7, 6, 5, 4], vec![3, 2, 1]]);
    assert_eq!(second.next, None);
}

#[tokio::test]
async fn a_search_and_a_jump_keep_to_their_dates() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let mut dates = Vec::new();
    for number in 0..3 {
        // Two messages of one millisecond cannot be told apart by date.
        while dates.contains(&socket.say("a while").await.at) {}
        let ack = socket.say(&format!("number {number}")).await;
        dates.push(ack.at);
    }
    let second = dates[1].0;

    let after = find(&ada, &room, &format!("q=number&after_at={second}")).await;
    let before = find(&ada, &room, &format!("q=number&before_at={second}")).await;
    let jump = ada.messages(&room, &format!("?around_at={second}&limit=1")).await;
    let late: MessagesPage = ada.messages(&room, "?around_at=9007199254740991&limit=1").await;

    let texts = |page: &SearchPage| page.messages.iter().map(|f| f.message.text.clone()).collect::<Vec<_>>();
    assert_eq!((texts(&after), texts(&before)), (vec!["number 2".to_owned()], vec!["number 0".to_owned()]));
    assert_eq!(jump.messages[0].at.0, second);
    assert!(!late.more_after && late.more_before);
}

#[tokio::test]
async fn a_search_that_cannot_be_read_is_400_and_says_what_to_type() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let long = format!("q={}", "x".repeat(limits::SEARCH_SCALARS + 1));
    let malformed = [
        "",
        "q=",
        "q=%21%21",
        "q=x*",
        "q=%22no+end",
        "q=x&limit=51",
        "q=x&author=a%20b",
        "before=3",
        long.as_str(),
    ];
    for query in malformed {
        let path = format!("/api/rooms/{room}/search?{query}");
        let problem = ada.get(path).await.refused(400, "bad_request");
        assert!(problem.detail.ends_with('.'), "{query}: {problem:?}");
    }
    ada.get("/api/rooms/was-never-made/search?q=x").await.refused(404, "room_not_found");
}
