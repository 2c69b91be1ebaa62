//! The driver with a real disk and a real network on which nobody answers: what was written stays, and is whose it is.

use std::rc::Rc;

use client::view::{Delivery, Row};
use frontend::{driver::Driver, intent::Intent, random};
use gloo::timers::future::TimeoutFuture;
use protocol::{Command, MemberId, Slug};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::Callback;

fn somebody() -> MemberId {
    MemberId::parse(&random::token()).expect("an id")
}

async fn open(member: &MemberId) -> Rc<Driver> {
    Driver::open(member.clone(), Slug::parse("lobby").expect("a slug"), Callback::noop()).await
}

/// The page goes away; the next one comes when everything of it has gone.
async fn close(driver: Rc<Driver>) {
    let gone = Rc::downgrade(&driver);
    drop(driver);
    while gone.strong_count() > 0 {
        TimeoutFuture::new(0).await;
    }
}

/// Waits for it; the deadline is the runner's.
async fn until(holds: impl Fn() -> bool) {
    while !holds() {
        TimeoutFuture::new(5).await;
    }
}

/// What this tab itself has to send, in its order. What other tests' members left has failed by now.
fn to_send(driver: &Driver) -> Vec<String> {
    let own = driver.unsettled();
    let texts =
        own.into_iter().filter(|saved| saved.failed.is_none()).filter_map(|saved| match saved.command {
            Command::Send(draft) => Some(draft.text),
            _ => None,
        });
    texts.collect()
}

fn write(driver: &Driver, text: &str) {
    driver.wish(Intent::Send { text: text.to_owned(), reply_to: None, files: Vec::new() });
}

/// What waits to be sent, top to bottom.
fn waiting(driver: &Driver) -> Vec<String> {
    let scene = driver.scene();
    let texts = scene.rows.iter().filter_map(|row| match row {
        Row::Echo { text, state: Delivery::Waiting, .. } => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

#[wasm_bindgen_test]
async fn what_was_written_while_nobody_answered_waits_again_after_a_reload() {
    let ada = somebody();
    let page = open(&ada).await;
    write(&page, "one");
    write(&page, "two");
    assert_eq!(waiting(&page), ["one", "two"]);

    close(page).await;

    assert_eq!(waiting(&*open(&ada).await), ["one", "two"]);
}

#[wasm_bindgen_test]
async fn what_another_member_left_unsent_comes_back_as_failed_and_not_under_this_name() {
    let (guest, ada) = (somebody(), somebody());
    let page = open(&guest).await;
    write(&page, "from a guest");
    close(page).await;

    let page = open(&ada).await;

    assert_eq!(waiting(&page), Vec::<String>::new());
    let failed = page.scene().rows.iter().any(
        |row| matches!(row, Row::Echo { text, state: Delivery::Failed { .. }, .. } if text == "from a guest"),
    );
    assert!(failed, "{:?}", page.scene().rows);
}

#[wasm_bindgen_test]
async fn what_one_tab_has_yet_to_send_is_shown_in_another_and_is_that_ones_once_it_is_gone() {
    let ada = somebody();
    let (first, second) = (open(&ada).await, open(&ada).await);
    write(&first, "one");
    write(&second, "two");
    write(&first, "three");
    until(|| waiting(&first).len() == 3 && waiting(&second).len() == 3).await;
    assert_eq!(waiting(&first), ["one", "three", "two"]);

    close(first).await;
    // The disk says whose they are.
    until(|| to_send(&second) == ["two", "one", "three"]).await;

    assert_eq!(waiting(&second), ["two", "one", "three"]);
    close(second).await;
    assert_eq!(waiting(&*open(&ada).await), ["two", "one", "three"]);
}

#[wasm_bindgen_test]
async fn what_a_tab_in_another_room_has_to_send_is_not_shown_here() {
    let ada = somebody();
    let elsewhere = Driver::open(ada.clone(), Slug::parse("build").expect("a slug"), Callback::noop()).await;
    write(&elsewhere, "for the build room");
    let here = open(&ada).await;
    write(&here, "for the lobby");
    let second = open(&ada).await;
    until(|| !waiting(&second).is_empty()).await;

    assert_eq!(waiting(&second), ["for the lobby"]);
}
