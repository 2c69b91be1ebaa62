//! Sign-ins: making, showing, renaming and ending one, by bearer and by cookie.

use std::time::Duration;

use e2e::{
    Guest,
    entry::Entry,
    http::{Answer, Ask},
};
use hyper::Method;
use protocol::{
    Member, Present, ServerFrame,
    http::{Rename, SignedIn},
    limits,
};

use crate::server;

/// A sign-in as a browser has it.
pub struct CookieSignIn {
    /// `name=value`.
    pub cookie: String,
    pub member: Member,
}

fn post_session(body: &str) -> Ask {
    Ask::new(server(), Method::POST, "/api/session").text(body)
}

pub async fn sign_in_by_cookie(name: &str) -> CookieSignIn {
    let answer =
        post_session(&format!(r#"{{"name":"{name}"}}"#)).header("origin", server().url()).answer().await;
    let signed_in: SignedIn = answer.json(201);
    let set = answer.header("set-cookie").expect("a cookie is set");
    let cookie = set.split(';').next().expect("a cookie has a value").to_owned();
    CookieSignIn { cookie, member: signed_in.member }
}

#[tokio::test]
async fn making_a_session_gives_a_token_a_member_an_end_and_a_cookie() {
    let answer = post_session(r#"{"name":"  Ada   Lovelace "}"#).answer().await;
    let signed_in: SignedIn = answer.json(201);
    let token = signed_in.token.expect("a new sign-in has a token");
    assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{token}");
    assert_eq!(signed_in.member.name, "Ada Lovelace");
    let cookie = answer.header("set-cookie").expect("a cookie is set").to_ascii_lowercase();
    assert!(cookie.contains("httponly") && cookie.contains("samesite=lax"), "{cookie}");
    assert!(!cookie.contains("secure"), "on plain http a secure cookie would be dropped: {cookie}");
}

#[tokio::test]
async fn a_session_shows_itself_by_bearer_and_by_cookie_without_a_new_token() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let shown: SignedIn = ada.get("/api/session").await.json(200);
    assert_eq!((shown.token, shown.member), (None, ada.member));

    let bob = sign_in_by_cookie("Bob").await;
    let shown: SignedIn =
        Ask::get(server(), "/api/session").header("cookie", bob.cookie).answer().await.json(200);
    assert_eq!(shown.member, bob.member);
}

#[tokio::test]
async fn a_name_has_1_to_32_characters_after_normalising() {
    let with = |name: String| post_session(&serde_json::json!({ "name": name }).to_string());
    let longest = "é".repeat(limits::NAME_SCALARS);
    assert_eq!(with(format!(" {longest} ")).answer().await.json::<SignedIn>(201).member.name, longest);
    for name in [String::new(), "  ".to_owned(), format!("{longest}é"), "A\u{202e}da".to_owned()] {
        with(name).answer().await.refused(400, "bad_request");
    }
}

#[tokio::test]
async fn a_body_that_is_no_sign_in_is_400() {
    for body in ["", "null", "[]", "[\"Ada\"]", "{", "{}", r#"{"name":7}"#] {
        post_session(body).answer().await.refused(400, "bad_request");
    }
}

#[tokio::test]
async fn without_a_session_everything_under_api_is_401() {
    let asks = [
        (Method::GET, "/api/session"),
        (Method::PATCH, "/api/session"),
        (Method::DELETE, "/api/session"),
        (Method::POST, "/api/rooms"),
        (Method::GET, "/api/rooms/lobby"),
        (Method::GET, "/api/rooms/no-such-room"),
        (Method::GET, "/api/rooms/lobby/messages"),
        (Method::GET, "/api/rooms/lobby/events"),
        (Method::POST, "/api/rooms/lobby/messages"),
    ];
    for (method, path) in asks {
        let nobody = Ask::new(server(), method.clone(), path).text("{}").answer().await;
        nobody.refused(401, "no_session");
        let forged = Ask::new(server(), method, path).text("{}").bearer("a.b.c").answer().await;
        forged.refused(401, "no_session");
    }
}

#[tokio::test]
async fn a_token_is_good_only_as_it_was_signed() {
    let ada = Guest::sign_in(server(), "Ada").await;
    for at in [0, ada.token.len() / 2, ada.token.len() - 1] {
        let mut bytes = ada.token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(bytes).expect("still text");
        Ask::get(server(), "/api/session").bearer(&forged).answer().await.refused(401, "no_session");
    }
}

#[tokio::test]
async fn a_change_by_cookie_from_a_page_of_another_site_is_bad_origin() {
    let ada = sign_in_by_cookie("Ada").await;
    let rename = || {
        let ask = Ask::new(server(), Method::PATCH, "/api/session").json(&Rename { name: "Eve".to_owned() });
        ask.header("cookie", ada.cookie.clone())
    };

    rename().answer().await.refused(403, "bad_origin");
    rename().header("origin", "https://evil.example").answer().await.refused(403, "bad_origin");
    rename().header("sec-fetch-site", "cross-site").answer().await.refused(403, "bad_origin");
    assert_eq!(rename().header("origin", server().url()).answer().await.status, 200);
    assert_eq!(rename().header("sec-fetch-site", "same-origin").answer().await.status, 200);
    // Reading changes nothing, and a bearer is sent by no browser on its own.
    let read = Ask::get(server(), "/api/session").header("cookie", ada.cookie.clone());
    assert_eq!(read.header("origin", "https://evil.example").answer().await.status, 200);
    let bob = Guest::sign_in(server(), "Bob").await;
    let by_bearer = bob.ask(Method::PATCH, "/api/session").json(&Rename { name: "Rob".to_owned() });
    assert_eq!(by_bearer.header("origin", "https://app.example").answer().await.status, 200);
}

#[tokio::test]
async fn a_new_name_reaches_the_room_and_stands_on_what_is_written_from_then_on() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut writer, mut reader) = (ada.enter(&room).await, bob.enter(&room).await);
    let before = writer.say("as Ada").await.seq.expect("a seq");

    let body = Rename { name: "  Ada L. ".to_owned() };
    let renamed: SignedIn = ada.ask(Method::PATCH, "/api/session").json(&body).answer().await.json(200);
    assert_eq!((&renamed.member.id, renamed.member.name.as_str()), (&ada.member.id, "Ada L."));
    let named = |frame: &ServerFrame| match frame {
        ServerFrame::Presence { joined, .. } => joined.iter().find(|one| one.name == "Ada L.").cloned(),
        _ => None,
    };
    let shown: Present = reader.find("the new name in the roster", named).await;
    assert_eq!(shown.id, ada.member.id);

    let after = writer.say("as Ada L.").await.seq.expect("a seq");
    assert_eq!(reader.event(before).await.by.name, "Ada");
    assert_eq!(reader.event(after).await.by.name, "Ada L.");
    let shown: SignedIn = ada.get("/api/session").await.json(200);
    assert_eq!(shown.member.name, "Ada L.");
    assert_eq!(ada.enter(&room).await.welcome().me.name, "Ada L.");
}

#[tokio::test]
async fn a_name_is_composed_and_one_that_speaks_for_the_place_is_refused_with_another() {
    let with = |name: &str| post_session(&serde_json::json!({ "name": name }).to_string());
    let named = with("Ａ\u{30a}da\u{3000} \u{2163}").answer().await.json::<SignedIn>(201).member.name;
    assert_eq!(named, "\u{c5}da IV");
    for kept in ["Admin", "room", "\u{430}dmin", "Moderator 7"] {
        let refused = with(kept).answer().await.refused(409, "name_taken");
        assert_eq!(refused.suggestion, Some(format!("Not {kept}")));
    }
}

#[tokio::test]
async fn a_name_that_looks_like_that_of_somebody_present_is_refused_with_another() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (_ada_is_here, _bob_is_here) = (ada.enter(&room).await, bob.enter(&room).await);
    let rename = |name: &str| bob.ask(Method::PATCH, "/api/session").json(&Rename { name: name.to_owned() });

    let refused = rename("\u{410}da").answer().await.refused(409, "name_taken");
    assert_eq!(refused.suggestion.as_deref(), Some("\u{410}da 2"));
    assert_eq!(bob.get("/api/session").await.json::<SignedIn>(200).member.name, "Bob");
    let renamed: SignedIn = rename("\u{410}da 2").answer().await.json(200);
    assert_eq!(renamed.member.name, "\u{410}da 2");
}

#[tokio::test]
async fn signing_out_closes_every_socket_of_the_sign_in_with_4001_within_2_s() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let (one, two) = (ada.new_room().await, ada.new_room().await);
    let mut sockets = [ada.enter(&one).await, ada.enter(&two).await, ada.enter(&two).await];
    let mut other = bob.enter(&two).await;

    let answer = ada.ask(Method::DELETE, "/api/session").answer().await;
    assert_eq!((answer.status, answer.text().as_str()), (204, ""));
    signed_out_is_forgotten(&ada, &answer).await;
    for socket in &mut sockets {
        let closed = tokio::time::timeout(Duration::from_secs(2), socket.closed()).await;
        assert_eq!(closed, Ok(Some(4001)));
    }

    assert!(other.say("still here").await.seq.is_some(), "nobody else's socket is closed");
    let mut again = Entry::new(&one, &ada.token).open(server()).await.socket();
    assert_eq!(again.closed().await, Some(4001));
}

/// The isolate that deleted forgets at once, and the browser's cookie goes.
async fn signed_out_is_forgotten(ada: &Guest<'_>, deleted: &Answer) {
    ada.get("/api/session").await.refused(401, "no_session");
    ada.get("/api/rooms/lobby").await.refused(401, "no_session");
    let cookie = deleted.header("set-cookie").expect("the cookie is taken back").to_ascii_lowercase();
    assert!(cookie.contains("max-age=0"), "{cookie}");
}
