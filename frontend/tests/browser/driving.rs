//! The driver with a real disk and a real network on which nobody answers: what was written stays, and is whose it is.

use std::rc::Rc;

use client::view::{Delivery, Row};
use frontend::{driver::Driver, intent::Intent, random};
use gloo::timers::future::TimeoutFuture;
use protocol::{MemberId, Slug};
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

fn write(driver: &Driver, text: &str) {
    driver.wish(Intent::Send { text: text.to_owned(), reply_to: None });
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
async fn a_second_tab_does_not_show_what_the_first_has_yet_to_send() {
    let ada = somebody();
    let first = open(&ada).await;
    write(&first, "mine to send");

    let second = open(&ada).await;

    assert_eq!(waiting(&second), Vec::<String>::new());
    assert_eq!(waiting(&first), ["mine to send"]);
}
