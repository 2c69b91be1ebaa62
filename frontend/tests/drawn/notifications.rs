//! Notifications among what is the reader's own, natively.

use client::room_list::RoomLine;
use expect_test::expect;
use frontend::screens::{NotificationChoice, Reach, Standing};
use protocol::{Slug, room::RoomKind};
use yew::{Callback, html};

use crate::drawing::draw;

fn line(room: &str, title: &str) -> RoomLine {
    let room = Slug::parse(room).expect("a slug");
    let (title, kind) = (title.to_owned(), RoomKind::Public);
    RoomLine { room, title, kind, unread: 0, mentions: 0, open: false, here: false }
}

fn drawn(standing: Standing, from_server: Reach) -> String {
    draw(html! {
        <NotificationChoice
            {standing}
            {from_server}
            rooms={vec![line("lobby", "Lobby"), line("garden", "Garden")]}
            quiet={vec![Slug::parse("garden").expect("a slug")]}
            on_wish={Callback::noop()}
        />
    })
}

#[test]
fn switched_on_they_can_be_switched_off_again_and_each_room_made_quiet() {
    expect![[r#"
        <div class="side-form">
        <h3>Notifications</h3>
        <p class="hint">Of messages that mention you and of direct ones, while you look at something else or have no tab of this page open.</p>
        <div class="choices">
        <button type="button">Switch off in this browser</button>
        </div>
        <fieldset>
        <legend>Of which rooms, on all your devices</legend>
        <label class="tick">
        <input checked type="checkbox">
        <span>Lobby</span>
        </label>
        <label class="tick">
        <input type="checkbox">
        <span>Garden</span>
        </label>
        </fieldset>
        </div>
    "#]].assert_eq(&drawn(Standing::On, Reach::ClosedTabs));
}

#[test]
fn switched_off_they_are_offered_and_say_how_far_they_reach() {
    expect![[r#"
        <div class="side-form">
        <h3>Notifications</h3>
        <p class="hint">Of messages that mention you and of direct ones, while a tab of this page is open and you look at something else. This server sends none to closed tabs.</p>
        <div class="choices">
        <button type="button">Switch on in this browser</button>
        </div>
        </div>
    "#]].assert_eq(&drawn(Standing::Off, Reach::OpenPages));
}

#[test]
fn a_browser_that_was_told_not_to_show_any_says_what_to_do() {
    let denied = drawn(Standing::Denied, Reach::ClosedTabs);
    assert!(denied.contains("Allow them in its settings") && !denied.contains("<button"), "{denied}");
    let unable = drawn(Standing::Unable, Reach::ClosedTabs);
    assert!(unable.contains("shows no notifications") && !unable.contains("<button"), "{unable}");
}
