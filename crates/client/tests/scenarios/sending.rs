//! From the composer to the room: the outbox and its honest states.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use client::{
    Input, Saved, SavedCommand,
    view::{Delivery, Row},
};
use protocol::{Command, Draft, File, FileId, Millis, RejectCode};

use crate::stage::{Stage, check, command_id};

#[test]
fn a_message_is_kept_then_sent_and_shows_once_from_echo_to_event() {
    check(
        "
        start
        opened
        welcome
        send a1 hello
        rows
        ack a1 1
        rows
        room ada #a1: hello
        events 1..1
        rows
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 hello
              keep a1
              transmit {"type":"send","id":"a1","text":"hello"}
            rows
              | ---- a day that began -13 h from noon
              | * #a1: hello <waiting>
            ack a1 1
            rows
              | ---- a day that began -13 h from noon
              | * #a1: hello <waiting>
            room ada #a1: hello
            events 1..1
              forget a1
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: hello
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn messages_go_out_one_at_a_time_in_order() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        send a2 two
        send a3 three
        ack a1 1
        ack a2 2
        room ada #a1: one
        room ada #a2: two
        events 1..2
        rows
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            send a2 two
              keep a2
            send a3 three
              keep a3
            ack a1 1
              transmit {"type":"send","id":"a2","text":"two"}
            ack a2 2
              transmit {"type":"send","id":"a3","text":"three"}
            room ada #a1: one
            room ada #a2: two
            events 1..2
              forget a1
              forget a2
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: one
              |   2 ada: two
              |   #a3: three <waiting>
        "#]],
    );
}

#[test]
fn an_ack_at_or_below_the_cursor_settles_by_itself() {
    check(
        "
        room ada #a1: hello
        start
        opened
        welcome
        send a1 hello
        ack a1 1 duplicate
        rows
        status
        ",
        expect![[r#"
            room ada #a1: hello
            start
              connect
            opened
            welcome
            send a1 hello
              keep a1
              transmit {"type":"send","id":"a1","text":"hello"}
            ack a1 1 duplicate
              forget a1
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: hello
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_command_that_changed_nothing_is_settled_by_its_ack() {
    check(
        "
        room bob: hi
        start
        opened
        welcome
        react a1 1 👍
        rows
        ack a1 none
        rows
        ",
        expect![[r#"
            room bob: hi
            start
              connect
            opened
            welcome
            react a1 1 👍
              keep a1
              transmit {"type":"react","id":"a1","seq":1,"emoji":"👍","on":true}
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: hi <a1 waiting>
            ack a1 none
              forget a1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: hi
        "#]],
    );
}

#[test]
fn an_own_event_settles_even_before_its_ack() {
    check(
        "
        start
        opened
        welcome
        send a1 hello
        room ada #a1: hello
        events 1..1
        ack a1 1
        rows
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 hello
              keep a1
              transmit {"type":"send","id":"a1","text":"hello"}
            room ada #a1: hello
            events 1..1
              forget a1
            ack a1 1
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: hello
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn somebody_else_s_event_with_the_same_id_settles_nothing() {
    check(
        "
        start
        opened
        welcome
        send a1 hello
        room bob #a1: not yours
        events 1..1
        rows
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 hello
              keep a1
              transmit {"type":"send","id":"a1","text":"hello"}
            room bob #a1: not yours
            events 1..1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: not yours
              | * #a1: hello <waiting>
        "#]],
    );
}

#[test]
fn an_ack_whose_event_does_not_come_within_5_s_starts_a_resume() {
    check(
        "
        start
        opened
        welcome
        send a1 hello
        ack a1 1
        wait 5000
        room ada #a1: hello
        welcome after=0
        rows
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 hello
              keep a1
              transmit {"type":"send","id":"a1","text":"hello"}
            ack a1 1
            wait 5000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
              (+5000 ms)
              transmit {"type":"resume","cursor":"e1.0"}
            room ada #a1: hello
            welcome after=0
              forget a1
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: hello
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_refused_message_says_why_and_later_ones_go_on() {
    check(
        "
        start
        opened
        welcome
        send a1 nope
        send a2 fine
        reject a1 read_only
        ack a2 1
        room ada #a2: fine
        events 1..1
        rows
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 nope
              keep a1
              transmit {"type":"send","id":"a1","text":"nope"}
            send a2 fine
              keep a2
            reject a1 read_only
              keep a1 failed: The room cannot take anything new just now. It opens again by itself.
              transmit {"type":"send","id":"a2","text":"fine"}
            ack a2 1
            room ada #a2: fine
            events 1..1
              forget a2
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: fine
              |   #a1: nope <failed: The room cannot take anything new just now. It opens again by itself.>
        "#]],
    );
}

#[test]
fn try_again_goes_to_the_end_and_discard_forgets() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        reject a1 forbidden
        send a2 two
        retry a1
        rows
        ack a2 1
        reject a1 forbidden
        discard a1
        discard a2
        room ada #a2: two
        events 1..1
        rows
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            reject a1 forbidden
              keep a1 failed: You may not do that in this room.
            send a2 two
              keep a2
              transmit {"type":"send","id":"a2","text":"two"}
            retry a1
              keep a1
            rows
              | ---- a day that began -13 h from noon
              | * #a2: two <waiting>
              |   #a1: one <waiting>
            ack a2 1
              transmit {"type":"send","id":"a1","text":"one"}
            reject a1 forbidden
              keep a1 failed: You may not do that in this room.
            discard a1
              forget a1
            discard a2
            room ada #a2: two
            events 1..1
              forget a2
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: two
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_refusal_for_now_waits_as_long_as_it_says_and_lets_nothing_overtake() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        send a2 two
        reject a1 rate_limited 700
        rows
        wait 699
        wait 1
        ack a1 1
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            send a2 two
              keep a2
            reject a1 rate_limited 700
            rows
              | ---- a day that began -13 h from noon
              | * #a1: one <waiting>
              |   #a2: two <waiting>
            wait 699
            wait 1
              (+1 ms)
              transmit {"type":"send","id":"a1","text":"one"}
            ack a1 1
              transmit {"type":"send","id":"a2","text":"two"}
        "#]],
    );
}

#[test]
fn without_an_answer_in_10_s_the_client_reconnects_and_sends_again_in_order() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        send a2 two
        wait 10000
        try
        opened
        welcome
        ack a1 1
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            send a2 two
              keep a2
            wait 10000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
              (+10000 ms)
              disconnect
            try
              connect e1.0
            opened
            welcome
              transmit {"type":"send","id":"a1","text":"one"}
            ack a1 1
              transmit {"type":"send","id":"a2","text":"two"}
        "#]],
    );
}

#[test]
fn what_was_in_the_room_already_is_not_sent_again() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        send a2 two
        closed 1006
        room ada #a1: one
        try
        opened
        welcome after=0
        rows
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            send a2 two
              keep a2
            closed 1006
            room ada #a1: one
            try
              connect e1.0
            opened
            welcome after=0
              forget a1
              transmit {"type":"send","id":"a2","text":"two"}
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: one
              |   #a2: two <waiting>
        "#]],
    );
}

#[test]
fn what_is_written_offline_is_kept_and_sent_later() {
    check(
        "
        start
        offline
        send a1 one
        send a2 two
        rows
        online
        opened
        welcome
        ",
        expect![[r#"
            start
              connect
            offline
              disconnect
            send a1 one
              keep a1
            send a2 two
              keep a2
            rows
              | ---- a day that began -13 h from noon
              | * #a1: one <waiting>
              |   #a2: two <waiting>
            online
              connect
            opened
            welcome
              transmit {"type":"send","id":"a1","text":"one"}
        "#]],
    );
}

#[test]
fn a_reload_loses_nothing_that_was_not_settled() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        send a2 two
        reject a1 forbidden
        send a3 three
        reload
        rows
        start
        opened
        welcome
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            send a2 two
              keep a2
            reject a1 forbidden
              keep a1 failed: You may not do that in this room.
              transmit {"type":"send","id":"a2","text":"two"}
            send a3 three
              keep a3
            reload
            rows
              | ---- a day that began -13 h from noon
              | * #a1: one <failed: You may not do that in this room.>
              |   #a2: two <waiting>
              |   #a3: three <waiting>
            start
              connect
            opened
            welcome
              transmit {"type":"send","id":"a2","text":"two"}
        "#]],
    );
}

#[test]
fn an_id_that_is_used_twice_is_one_command() {
    check(
        "
        start
        send a1 one
        send a1 two
        rows
        ",
        expect![[r#"
            start
              connect
            send a1 one
              keep a1
            send a1 two
            rows
              | ---- a day that began -13 h from noon
              | * #a1: one <waiting>
        "#]],
    );
}

#[test]
fn a_change_of_a_message_shows_on_its_row_until_it_is_there() {
    check(
        "
        room ada #a0: helo
        room bob: hi
        start
        opened
        welcome
        edit a1 1 hello
        delete a2 2
        rows
        ack a1 3
        room ada #a1 edits 1: hello
        events 3..3
        reject a2 not_yours
        rows
        discard a2
        rows
        ",
        expect![[r#"
            room ada #a0: helo
            room bob: hi
            start
              connect
            opened
            welcome
            edit a1 1 hello
              keep a1
              transmit {"type":"edit","id":"a1","seq":1,"text":"hello"}
            delete a2 2
              keep a2
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: helo <a1 waiting>
              | * 2 bob: hi <a2 waiting>
            ack a1 3
              transmit {"type":"delete","id":"a2","seq":2}
            room ada #a1 edits 1: hello
            events 3..3
              forget a1
            reject a2 not_yours
              keep a2 failed: Only the one who wrote it may do that.
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: hello (edited)
              | * 2 bob: hi <a2 failed: Only the one who wrote it may do that.>
            discard a2
              forget a2
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: hello (edited)
              | * 2 bob: hi
        "#]],
    );
}

#[test]
fn a_message_over_the_frame_limit_fails_at_once_and_holds_nothing_up() {
    let mut stage = Stage::new(Saved::default());
    let draft = |length| Draft { text: "x".repeat(length), ..Draft::default() };
    let overhead = r#"{"type":"send","id":"a1","text":""}"#.len();
    for (id, length) in [("a1", 65_536 - overhead), ("a2", 65_537 - overhead)] {
        stage.apply(Input::Send { id: command_id(id), draft: draft(length) });
    }
    let failed: Vec<bool> = stage.client.outbox().map(|saved| saved.failed.is_some()).collect();
    assert_eq!(failed, [false, true]);
}

#[test]
fn a_message_with_files_names_them_and_its_echo_shows_them_even_after_a_reload() {
    let files = vec![File {
        file: FileId::parse("f1").expect("an id"),
        name: "plan.pdf".to_owned(),
        size: 7,
        media: "application/pdf".to_owned(),
        width: None,
        height: None,
    }];
    let mut stage = Stage::new(Saved::default());
    stage.apply(Input::SendFiles { id: command_id("a1"), draft: Draft::default(), files: files.clone() });

    let kept: Vec<SavedCommand> = stage.client.outbox().cloned().collect();
    let Some(Command::Send(draft)) = kept.first().map(|saved| &saved.command) else { panic!("no message") };
    assert_eq!(draft.attachments, [FileId::parse("f1").expect("an id")]);
    let written = serde_json::to_string(&kept).expect("it is written");
    let outbox = serde_json::from_str(&written).expect("it is read");
    let reloaded = Stage::new(Saved { place: None, outbox });
    let shown = reloaded.client.rows().into_iter().find_map(|row| match row {
        Row::Echo { files, .. } => Some(files),
        Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Message { .. } => None,
    });
    assert_eq!(shown, Some(files));
}

#[test]
fn commands_of_two_tabs_with_one_place_in_the_outbox_are_both_restored() {
    let saved = |id, at| SavedCommand {
        id: command_id(id),
        command: Command::Send(Draft { text: id.to_owned(), ..Draft::default() }),
        files: Vec::new(),
        order: 4,
        at: Millis(at),
        failed: None,
        code: None,
    };
    let stage = Stage::new(Saved { place: None, outbox: vec![saved("second", 2), saved("first", 1)] });
    let shown: Vec<(String, Delivery)> = stage
        .client
        .rows()
        .into_iter()
        .filter_map(|row| match row {
            Row::Echo { text, state, .. } => Some((text, state)),
            Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Message { .. } => None,
        })
        .collect();
    let waiting = |text: &str| (text.to_owned(), Delivery::Waiting);
    assert_eq!(shown, [waiting("first"), waiting("second")]);
}

#[test]
fn a_refusal_is_kept_with_its_code_and_one_that_was_kept_without_is_read() {
    let kept = r#"{"id":"a1","command":{"command":"delete","seq":1},"order":1,"at":5,"failed":"No."}"#;
    let saved: SavedCommand = serde_json::from_str(kept).expect("it is read");
    assert_eq!((saved.failed.as_deref(), saved.code), (Some("No."), None));
    let coded = SavedCommand { code: Some(RejectCode::Forbidden), ..saved };
    let written = serde_json::to_string(&coded).expect("it is written");
    assert!(written.contains(r#""code":"forbidden""#), "{written}");
    assert_eq!(serde_json::from_str::<SavedCommand>(&written).expect("it is read"), coded);
}
