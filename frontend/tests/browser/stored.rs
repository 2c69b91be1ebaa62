//! The disk keeps commands and places, and gives each to whom it belongs.

use client::saved::{SavedCommand, SavedPlace};
use frontend::{
    random,
    store::{OfOthers, Owner, Store},
    words,
};
use protocol::{Command, CommandId, Draft, MemberId, Millis, Seq, Slug};
use wasm_bindgen_test::wasm_bindgen_test;

async fn fresh_store() -> Store {
    Store::open(&format!("test-{}", random::token())).await.expect("a database")
}

fn owner(member: &str, room: &str, tab: &str) -> Owner {
    Owner {
        member: MemberId::parse(member).expect("an id"),
        room: Slug::parse(room).expect("a slug"),
        tab: tab.to_owned(),
    }
}

fn command(id: &str, order: u64) -> SavedCommand {
    SavedCommand {
        id: CommandId::parse(id).expect("an id"),
        command: Command::Send(Draft { text: format!("text of {id}"), ..Draft::default() }),
        files: Vec::new(),
        order,
        at: Millis(1_000 + order),
        failed: None,
        code: None,
    }
}

fn tabs(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn adopted(store: &Store, by: &Owner, living: &[&str]) -> Vec<String> {
    let found = store.adopt(by, &tabs(living)).await.expect("the disk can be read");
    found.left.iter().map(|command| command.id.to_string()).collect()
}

#[wasm_bindgen_test]
async fn a_kept_command_is_there_after_a_reload_until_it_is_forgotten() {
    let store = fresh_store().await;
    let before = owner("ada", "lobby", "before");
    store.keep(&before, command("c1", 1)).await.expect("kept");
    store.keep(&before, command("c2", 2)).await.expect("kept");
    store.forget(&CommandId::parse("c1").expect("an id")).await.expect("forgotten");

    let after = owner("ada", "lobby", "after");
    let found = store.adopt(&after, &tabs(&["after"])).await.expect("read");

    assert_eq!(found.left, [command("c2", 2)]);
}

#[wasm_bindgen_test]
async fn a_command_that_failed_meanwhile_comes_back_as_failed() {
    let store = fresh_store().await;
    let ada = owner("ada", "lobby", "t1");
    store.keep(&ada, command("c1", 1)).await.expect("kept");
    let failed = SavedCommand { failed: Some("too long".to_owned()), ..command("c1", 1) };
    store.keep(&ada, failed.clone()).await.expect("kept");

    let later = owner("ada", "lobby", "t2");
    assert_eq!(store.adopt(&later, &tabs(&[])).await.expect("read").left, [failed]);
}

#[wasm_bindgen_test]
async fn what_a_tab_that_lives_has_to_send_is_told_and_stays_its_own() {
    let store = fresh_store().await;
    store.keep(&owner("ada", "lobby", "first"), command("c1", 1)).await.expect("kept");
    let failed = SavedCommand { failed: Some("too long".to_owned()), ..command("c2", 2) };
    store.keep(&owner("ada", "lobby", "first"), failed).await.expect("kept");
    store.keep(&owner("guest", "lobby", "third"), command("c3", 1)).await.expect("kept");
    let second = owner("ada", "lobby", "second");

    let found = store.adopt(&second, &tabs(&["first", "second", "third"])).await.expect("read");
    assert_eq!(found, OfOthers { left: Vec::new(), sending: vec![("first".to_owned(), command("c1", 1))] });
    assert_eq!(adopted(&store, &second, &["second", "third"]).await, ["c1", "c2"]);
    assert!(adopted(&store, &second, &["second", "third"]).await.is_empty(), "once");
}

#[wasm_bindgen_test]
async fn of_two_tabs_that_start_after_a_crash_only_one_gets_what_was_left() {
    let store = fresh_store().await;
    store.keep(&owner("ada", "lobby", "crashed"), command("c1", 1)).await.expect("kept");
    let (one, two) = (owner("ada", "lobby", "one"), owner("ada", "lobby", "two"));

    let (first, second) =
        futures::join!(adopted(&store, &one, &["one", "two"]), adopted(&store, &two, &["one", "two"]));

    assert_eq!(first.len() + second.len(), 1, "{first:?} {second:?}");
}

#[wasm_bindgen_test]
async fn commands_of_another_room_stay_there() {
    let store = fresh_store().await;
    store.keep(&owner("ada", "build", "gone"), command("c1", 1)).await.expect("kept");

    assert!(adopted(&store, &owner("ada", "lobby", "here"), &[]).await.is_empty());
    assert_eq!(adopted(&store, &owner("ada", "build", "here"), &[]).await, ["c1"]);
}

#[wasm_bindgen_test]
async fn what_another_member_of_this_browser_wrote_is_not_sent_under_this_name() {
    let store = fresh_store().await;
    let guest = owner("guest", "lobby", "gone");
    store.keep(&guest, command("c1", 1)).await.expect("kept");
    let edit = Command::Edit { seq: Seq::ZERO.next(), text: "changed".to_owned() };
    store.keep(&guest, SavedCommand { command: edit, ..command("c2", 2) }).await.expect("kept");

    let found = store.adopt(&owner("ada", "lobby", "here"), &tabs(&[])).await.expect("read");

    assert_eq!(
        found.left,
        [SavedCommand { failed: Some(words::another_name().to_owned()), ..command("c1", 1) }]
    );
}

#[wasm_bindgen_test]
async fn a_place_is_one_members_in_one_room() {
    let store = fresh_store().await;
    let place = SavedPlace {
        cursor: "e1.7".to_owned(),
        read: Seq::ZERO.next(),
        messages: Vec::new(),
        more_before: true,
    };
    let ada = owner("ada", "lobby", "t1");
    assert_eq!(store.place(&ada).await.expect("read"), None);

    store.keep_place(&ada, &place).await.expect("kept");

    assert_eq!(store.place(&owner("ada", "lobby", "t2")).await.expect("read"), Some(place));
    assert_eq!(store.place(&owner("bob", "lobby", "t1")).await.expect("read"), None);
    assert_eq!(store.place(&owner("ada", "build", "t1")).await.expect("read"), None);
}
