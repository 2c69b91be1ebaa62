//! Several tabs of one member in one browser: each command is one tab's to send, and all of them show it.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use client::{Input, Saved, SavedCommand};
use protocol::{Command, Draft, Millis, Seq};

use crate::stage::{NOON, Stage, command_id};

fn saved(id: &str, order: u64, text: &str) -> SavedCommand {
    SavedCommand {
        id: command_id(id),
        command: Command::Send(Draft { text: text.to_owned(), ..Draft::default() }),
        files: Vec::new(),
        order,
        at: Millis(NOON + order),
        failed: None,
        code: None,
    }
}

fn open() -> Stage {
    let mut stage = Stage::new(Saved::default());
    stage.play("start\nopened\nwelcome");
    stage.transcript.clear();
    stage
}

#[test]
fn what_another_tab_has_to_send_is_shown_here_and_sent_there() {
    let mut stage = open();
    stage.apply(Input::Tabs { left: Vec::new(), sending: vec![saved("b1", 1, "from the other tab")] });
    stage.play(
        "
        rows
        status
        room ada #b1: from the other tab
        events 1..1
        rows
        ",
    );
    expect![[r#"
        rows
          | ---- a day that began -13 h from noon
          | * #b1: from the other tab <waiting>
        status
          | Live; 0 unread; 0 in the outbox; above: Beginning
        room ada #b1: from the other tab
        events 1..1
        rows
          | ---- a day that began -13 h from noon
          | * 1 ada: from the other tab
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn what_a_tab_left_goes_out_in_its_order_after_the_command_that_is_on_its_way() {
    let mut stage = open();
    stage.play("send a1 mine");
    stage
        .apply(Input::Tabs { left: vec![saved("b2", 2, "two"), saved("b1", 1, "one")], sending: Vec::new() });
    stage.play(
        "
        rows
        ack a1 1
        ack b1 2
        ack b2 3
        room ada #a1: mine
        room ada #b1: one
        room ada #b2: two
        events 1..3
        rows
        ",
    );
    expect![[r#"
        send a1 mine
          keep a1
          transmit {"type":"send","id":"a1","text":"mine"}
        rows
          | ---- a day that began -13 h from noon
          | * #a1: mine <waiting>
          |   #b1: one <waiting>
          |   #b2: two <waiting>
        ack a1 1
          transmit {"type":"send","id":"b1","text":"one"}
        ack b1 2
          transmit {"type":"send","id":"b2","text":"two"}
        ack b2 3
        room ada #a1: mine
        room ada #b1: one
        room ada #b2: two
        events 1..3
          forget a1
          forget b1
          forget b2
        rows
          | ---- a day that began -13 h from noon
          | * 1 ada: mine
          |   2 ada: one
          |   3 ada: two
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn a_tab_that_goes_before_it_has_sent_what_it_took_over_leaves_all_in_order() {
    let mut stage = Stage::new(Saved::default());
    stage.play("start\nsend a1 mine one\nsend a2 mine two");
    stage.transcript.clear();
    stage.apply(Input::Tabs {
        left: vec![saved("b2", 2, "left two"), saved("b1", 1, "left one"), saved("b3", 3, "left three")],
        sending: Vec::new(),
    });

    // Nothing is rewritten on the way: whoever comes next finds each command where its first tab had put it.
    stage.play("rows");

    expect![[r#"
        rows
          | ---- a day that began -13 h from noon
          | * #a1: mine one <waiting>
          |   #b1: left one <waiting>
          |   #a2: mine two <waiting>
          |   #b2: left two <waiting>
          |   #b3: left three <waiting>
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn what_came_to_the_room_while_its_tab_went_is_not_sent_again() {
    let mut stage = open();
    stage.apply(Input::Tabs { left: Vec::new(), sending: vec![saved("b1", 1, "there")] });
    stage.play("room ada #b1: there\nevents 1..1");
    stage.transcript.clear();

    // The disk's word is older than the room's: the tab went before it could take its command from there.
    stage.apply(Input::Tabs { left: vec![saved("b1", 1, "there")], sending: Vec::new() });
    stage.play("rows\nstatus");

    expect![[r#"
          forget b1
        rows
          | ---- a day that began -13 h from noon
          | * 1 ada: there
        status
          | Live; 0 unread; 0 in the outbox; above: Beginning
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn an_old_word_of_the_disk_does_not_show_a_message_twice() {
    let mut stage = open();
    stage.play("room ada #b1: there\nevents 1..1");
    stage.transcript.clear();

    stage.apply(Input::Tabs { left: Vec::new(), sending: vec![saved("b1", 1, "there")] });
    stage.play("rows");

    expect![[r#"
        rows
          | ---- a day that began -13 h from noon
          | * 1 ada: there
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn a_command_that_is_here_already_is_not_taken_over_a_second_time() {
    let mut stage = open();
    stage.play("send a1 mine");
    stage.transcript.clear();

    stage.apply(Input::Tabs { left: vec![saved("a1", 1, "mine")], sending: vec![saved("a1", 1, "mine")] });
    stage.play("rows\nstatus");

    expect![[r#"
        rows
          | ---- a day that began -13 h from noon
          | * #a1: mine <waiting>
        status
          | Live; 0 unread; 1 in the outbox; above: Beginning
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn a_change_of_a_message_that_another_tab_has_to_send_stands_on_the_message_here() {
    let mut stage = open();
    stage.play("room ada #a1: hello\nevents 1..1");
    stage.transcript.clear();

    let edit = Command::Edit { seq: Seq::ZERO.next(), text: "hello all".to_owned() };
    stage.apply(Input::Tabs {
        left: Vec::new(),
        sending: vec![SavedCommand { command: edit, ..saved("b1", 1, "") }],
    });
    stage.play("rows");

    expect![[r#"
        rows
          | ---- a day that began -13 h from noon
          | * 1 ada: hello <b1 waiting>
    "#]]
    .assert_eq(&stage.transcript);
}
