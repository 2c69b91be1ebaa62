//! The Directory: public rooms are listed, looked for and paged through; nobody sees what was never made.

use e2e::{Guest, minted::fresh};
use hyper::Method;
use protocol::{RoomInfo, http::RoomPage};
use serde_json::json;

use crate::server;

async fn found(ada: &Guest<'_>, slug: &str, title: &str) -> RoomInfo {
    let body = json!({"room": slug, "title": title, "visibility": "public", "topic": "Über Gemüse"});
    ada.ask(Method::POST, "/api/rooms").json(&body).answer().await.json(201)
}

async fn list(ada: &Guest<'_>, query: &str) -> RoomPage {
    ada.get(format!("/api/rooms{query}")).await.json(200)
}

#[tokio::test]
async fn a_room_is_found_by_the_words_of_its_slug_title_and_topic() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let word = fresh("w");
    let made = found(&ada, &fresh("garden"), &format!("Der Garten {word}")).await;
    let page = list(&ada, &format!("?q=GARTEN+gem%C3%BCse+{word}")).await;
    let listed: Vec<_> = page.rooms.iter().map(|room| (&room.room, &room.title, &room.topic)).collect();
    assert_eq!(listed, [(&made.room, &made.title, &made.topic)]);
    assert_eq!(page.next, None);
    assert_eq!(list(&ada, &format!("?q={word}+nothing")).await.rooms, []);
}

#[tokio::test]
async fn pages_of_the_directory_hold_every_room_once_in_the_order_of_their_slugs() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let word = fresh("w");
    let mut made = Vec::new();
    for number in 0..5 {
        made.push(found(&ada, &format!("{}-{number}", fresh("p")), &word).await.room);
    }
    made.sort();
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = list(&ada, &format!("?q={word}&limit=2{after}")).await;
        assert!(page.rooms.len() <= 2);
        seen.extend(page.rooms.into_iter().map(|room| room.room));
        let Some(next) = page.next else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, made);
}

#[tokio::test]
async fn a_query_of_the_directory_that_cannot_be_read_is_400() {
    let ada = Guest::sign_in(server(), "Ada").await;
    for query in ["?limit=0", "?limit=101", "?after=-x", "?q=a&q=b"] {
        ada.get(format!("/api/rooms{query}")).await.refused(400, "bad_request");
    }
}
