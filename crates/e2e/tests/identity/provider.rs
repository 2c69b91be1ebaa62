//! Signing in by way of a real provider, there and back.

use std::sync::OnceLock;

use e2e::{
    Guest, Server,
    address::{Address, Trust},
    http::Ask,
    minted::fresh,
    patience::eventually,
    server::{Build, Limits, root},
};
use hyper::Method;
use protocol::{
    Role, RoomInfo,
    http::{MembersPage, MyRooms, NewRoom, SignInWays, SignedIn},
    room::Visibility,
};

use crate::browser::{Browser, Page};

/// A provider, and a server whose people it knows.
struct Home {
    provider: Server,
    server: Server,
}

async fn home() -> &'static Home {
    static HOME: OnceLock<Home> = OnceLock::new();
    let home = HOME.get_or_init(|| {
        let provider = Server::start_script(&root().join("crates/e2e/identity/provider.mjs"), &[]);
        let variables = vec![
            ("OIDC_ISSUER", provider.url().to_owned()),
            ("OIDC_CLIENT_ID", "edgewise".to_owned()),
            ("OIDC_CLIENT_SECRET", "a secret: with a colon".to_owned()),
        ];
        let server = Server::start_with(Limits::Off, Build::Shipped, variables);
        Home { provider, server }
    });
    static KNOWN: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    KNOWN.get_or_init(|| home.introduce()).await;
    home
}

impl Home {
    /// Tells the provider where people are sent back to.
    async fn introduce(&self) {
        let client =
            serde_json::json!({ "redirect_uri": format!("{}/api/sign-in/callback", self.server.url()) });
        let address = Address::parse(self.provider.url(), &Trust::System);
        let answer = Ask::at(&address, Method::PUT, "/client").json(&client).answer().await;
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    /// Goes to the provider, says who one is, and stops in front of the way back.
    async fn log_in(&self, browser: &mut Browser, login: &str) -> Page {
        let begin = format!("{}/api/sign-in/begin?return=/r/lobby", self.server.url());
        let back = |url: &str| !url.contains("/api/sign-in/callback");
        let form = browser.open(&begin, back).await;
        assert!(form.answer.text().contains("name=\"login\""), "{}", form.answer.text());
        let consent =
            browser.submit(&form.url, &format!("prompt=login&login={login}&password=x"), back).await;
        browser.submit(&consent.url, "prompt=consent", back).await
    }

    /// Signs in, there and back.
    async fn sign_in(&self, browser: &mut Browser, login: &str) -> SignedIn {
        let back = self.log_in(browser, login).await;
        let landed = browser.get(&back.url).await;
        assert_eq!((landed.status, landed.header("location")), (303, Some("/r/lobby")), "{}", landed.text());
        self.signed_in(browser).await
    }

    async fn signed_in(&self, browser: &mut Browser) -> SignedIn {
        browser.get(&format!("{}/api/session", self.server.url())).await.json(200)
    }

    /// A guest whose sign-in this browser holds.
    async fn guest(&self, browser: &mut Browser, name: &str) -> Guest<'_> {
        let guest = Guest::sign_in(&self.server, name).await;
        browser.keep(self.server.url(), "edgewise_session", &guest.token);
        guest
    }

    /// The member whose sign-in a browser holds.
    async fn member(&self, browser: &mut Browser) -> Guest<'_> {
        let member = self.signed_in(browser).await.member;
        let token = browser.cookie(self.server.url(), "edgewise_session").expect("a session").to_owned();
        Guest { server: &self.server, token, member }
    }
}

async fn private_room(guest: &Guest<'_>) -> RoomInfo {
    let (title, visibility) = ("Letters".to_owned(), Visibility::Private);
    let body = NewRoom { room: None, title, visibility, topic: None, region: None };
    guest.ask(Method::POST, "/api/rooms").json(&body).answer().await.json(201)
}

async fn keeps(guest: &Guest<'_>, room: &RoomInfo) -> bool {
    let mine: MyRooms = guest.get("/api/me/rooms").await.json(200);
    mine.rooms.iter().any(|kept| kept.room == room.room)
}

#[tokio::test]
async fn how_people_may_come_in_is_said_before_they_do() {
    let home = home().await;
    let ways: SignInWays = Ask::get(&home.server, "/api/sign-in").answer().await.json(200);
    assert_eq!(ways, SignInWays { guests: true, provider: Some(home.provider.authority().to_owned()) });
}

#[tokio::test]
async fn a_person_is_called_as_the_provider_says_and_is_the_same_member_on_the_next_device() {
    let home = home().await;
    let (mut laptop, mut phone) = (Browser::default(), Browser::default());
    let first = home.sign_in(&mut laptop, "ada").await;
    assert_eq!(first.member.name, "Augusta Ada King, Countess of Lo".trim(), "cut to 32 characters");
    let second = home.sign_in(&mut phone, "ada").await;
    assert_eq!(second.member, first.member);

    let member = home.member(&mut phone).await;
    let rename = member.ask(Method::PATCH, "/api/session").json(&serde_json::json!({ "name": "Ada" }));
    rename.answer().await.json::<SignedIn>(200);
    let third = home.sign_in(&mut Browser::default(), "ada").await;
    assert_eq!((third.member.id, third.member.name.as_str()), (first.member.id, "Ada"), "the own name stays");
}

#[tokio::test]
async fn a_name_that_is_kept_is_not_taken_over_from_the_provider() {
    let signed_in = home().await.sign_in(&mut Browser::default(), "root").await;
    assert_eq!(signed_in.member.name, "Not Admin");
}

#[tokio::test]
async fn a_guest_who_signs_in_stays_who_they_are_and_the_guests_token_is_no_good_any_more() {
    let home = home().await;
    let mut browser = Browser::default();
    let guest = home.guest(&mut browser, "Grace").await;
    let room = private_room(&guest).await;

    let signed_in = home.sign_in(&mut browser, &fresh("grace")).await;

    assert_eq!(signed_in.member, guest.member);
    guest.get("/api/session").await.refused(401, "no_session");
    let member = home.member(&mut browser).await;
    assert!(keeps(&member, &room).await);
    member.get(format!("/api/rooms/{}", room.room)).await.json::<RoomInfo>(200);
}

#[tokio::test]
async fn a_guest_who_turns_out_to_be_somebody_hands_their_rooms_over() {
    let home = home().await;
    let login = fresh("emmy");
    let known = home.sign_in(&mut Browser::default(), &login).await;
    let mut browser = Browser::default();
    let guest = home.guest(&mut browser, "Emmy as a guest").await;
    let (private, public) = (private_room(&guest).await, guest.new_room().await);
    guest.ask(Method::PUT, format!("/api/me/rooms/{public}")).answer().await;

    let signed_in = home.sign_in(&mut browser, &login).await;

    assert_eq!(signed_in.member.id, known.member.id);
    guest.get("/api/session").await.refused(401, "no_session");
    let member = home.member(&mut browser).await;
    eventually("both rooms are in the member's list", async || {
        let mine: MyRooms = member.get("/api/me/rooms").await.json(200);
        [&private.room, &public].into_iter().all(|room| mine.rooms.iter().any(|kept| kept.room == *room))
    })
    .await;
    let members: MembersPage = member.get(format!("/api/rooms/{}/members", private.room)).await.json(200);
    let inside: Vec<_> = members.members.iter().map(|line| (line.id.clone(), line.role)).collect();
    assert_eq!(inside, [(known.member.id, Role::Owner)]);
}

#[tokio::test]
async fn an_answer_is_good_once_and_in_the_browser_that_asked_for_it_alone() {
    let home = home().await;
    let (mut mine, mut theirs) = (Browser::default(), Browser::default());
    let back = home.log_in(&mut mine, &fresh("mallory")).await.url;

    theirs.get(&back).await.refused(400, "bad_sign_in");
    home.log_in(&mut theirs, &fresh("victim")).await;
    theirs.get(&back).await.refused(400, "bad_sign_in");

    let attempt = mine.cookie(home.server.url(), "edgewise_sign_in").expect("an attempt").to_owned();
    assert_eq!(mine.get(&back).await.status, 303);
    mine.get(&back).await.refused(400, "bad_sign_in");
    mine.keep(home.server.url(), "edgewise_sign_in", &attempt);
    mine.get(&back).await.refused(400, "bad_sign_in");
}

#[tokio::test]
async fn whoever_will_not_sign_in_comes_back_as_they_were() {
    let home = home().await;
    let mut browser = Browser::default();
    let guest = home.guest(&mut browser, "Kurt").await;
    let begin = format!("{}/api/sign-in/begin?return=//evil.example/", home.server.url());
    let form = browser.open(&begin, |url| !url.contains("/api/sign-in/callback")).await;
    let gone =
        browser.open(&format!("{}/abort", form.url), |url| !url.contains("/api/sign-in/callback")).await;
    assert!(gone.url.contains("error=access_denied"), "{}", gone.url);

    let landed = browser.get(&gone.url).await;

    assert_eq!((landed.status, landed.header("location")), (303, Some("/")));
    assert_eq!(home.signed_in(&mut browser).await.member, guest.member);
}

#[tokio::test]
async fn where_guests_are_off_a_name_alone_lets_nobody_in() {
    let server = Server::start_with(Limits::Off, Build::Shipped, vec![("GUESTS", "off".to_owned())]);
    let ask = Ask::new(&server, Method::POST, "/api/session").text(r#"{"name":"Ada"}"#);
    ask.answer().await.refused(403, "guests_off");
    let ways: SignInWays = Ask::get(&server, "/api/sign-in").answer().await.json(200);
    assert_eq!(ways, SignInWays { guests: false, provider: None });
    Ask::get(&server, "/api/sign-in/begin").answer().await.refused(404, "not_found");
}
