//! Pages of history, gaps and quotes.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use client::{
    Input, Saved,
    view::{Above, Row},
};
use protocol::{Event, EventKind, Millis, Seq, ServerFrame, encode};

use crate::stage::{NOON, Stage, check, member, welcome};

#[test]
fn older_pages_come_one_at_a_time_down_to_the_beginning() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        room bob: four
        start
        opened
        welcome newest=1
        status
        older
        older
        status
        page before 4 limit=2
        rows
        older
        page before 2
        status
        rows
        older
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            room bob: four
            start
              connect
            opened
            welcome newest=1
            status
              | Live; 1 unread or more; 0 in the outbox; above: Older
            older
              fetch before 4
            older
            status
              | Live; 1 unread or more; 0 in the outbox; above: Loading
            page before 4 limit=2
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              |   3 bob: three
              |   4 bob: four
            older
              fetch before 2
            page before 2
            status
              | Live; 4 unread; 0 in the outbox; above: Beginning
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
              |   3 bob: three
              |   4 bob: four
            older
        "#]],
    );
}

#[test]
fn a_page_that_is_behind_gets_the_events_it_lacks() {
    check(
        "
        room bob: one
        room bob: two
        room bob likes 1
        start
        opened
        welcome newest=1
        older
        room ada edits 1: one, better
        events 4..4
        page before 2 head=3
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob likes 1
            start
              connect
            opened
            welcome newest=1
            older
              fetch before 2
            room ada edits 1: one, better
            events 4..4
            page before 2 head=3
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one, better (edited) (👍 1)
              |   2 bob: two
        "#]],
    );
}

#[test]
fn a_page_that_is_ahead_waits_for_the_cursor() {
    check(
        "
        room bob: one
        room bob: two
        start
        opened
        welcome newest=1
        older
        room cem likes 1
        page before 2
        rows
        events 3..3
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            start
              connect
            opened
            welcome newest=1
            older
              fetch before 2
            room cem likes 1
            page before 2
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
            events 3..3
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one (👍 1)
              |   2 bob: two
        "#]],
    );
}

#[test]
fn a_page_that_is_ahead_of_events_that_never_come_starts_a_resume() {
    check(
        "
        room bob: one
        room bob: two
        start
        opened
        welcome newest=1
        older
        room cem likes 1
        page before 2
        wait 5000
        welcome after=2
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            start
              connect
            opened
            welcome newest=1
            older
              fetch before 2
            room cem likes 1
            page before 2
            wait 5000
              (+1000 ms)
              keep place e1.2 read 0, 1 messages
              (+5000 ms)
              transmit {"type":"resume","cursor":"e1.2"}
            welcome after=2
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one (👍 1)
              |   2 bob: two
        "#]],
    );
}

#[test]
fn a_page_that_fails_or_is_of_another_log_is_asked_for_again() {
    check(
        "
        room bob: one
        room bob: two
        start
        opened
        welcome newest=1
        older
        page before 2 failed
        wait 500
        page before 2 epoch=e9
        wait 1000
        page before 2
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            start
              connect
            opened
            welcome newest=1
            older
              fetch before 2
            page before 2 failed
            wait 500
              (+281 ms)
              fetch before 2
            page before 2 epoch=e9
            wait 1000
              (+448 ms)
              fetch before 2
              (+500 ms)
              keep place e1.2 read 0, 1 messages
            page before 2
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
        "#]],
    );
}

#[test]
fn a_page_is_not_asked_for_without_a_connection() {
    check(
        "
        room bob: one
        room bob: two
        start
        opened
        welcome newest=1
        closed 1006
        older
        status
        try
        opened
        welcome after=2
        ",
        expect![[r#"
            room bob: one
            room bob: two
            start
              connect
            opened
            welcome newest=1
            closed 1006
            older
            status
              | Waiting 281 ms; 1 unread or more; 0 in the outbox; above: Loading
            try
              connect e1.2
            opened
            welcome after=2
              fetch before 2
        "#]],
    );
}

#[test]
fn a_visit_leaves_a_gap_that_can_be_filled() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        room bob: four
        room bob: five
        room bob: six
        start
        opened
        welcome newest=1
        visit 2
        page around 2 limit=2
        rows
        fill 3
        fill 3
        page after 3 limit=1
        rows
        fill 4
        page after 4 limit=1
        rows
        visit 3
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            room bob: four
            room bob: five
            room bob: six
            start
              connect
            opened
            welcome newest=1
            visit 2
              fetch around 2
            page around 2 limit=2
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              |   3 bob: three
              | ---- gap after 3
              | * 6 bob: six
            fill 3
              fetch after 3
            fill 3
            page after 3 limit=1
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              |   3 bob: three
              |   4 bob: four
              | ---- gap after 4
              | * 6 bob: six
            fill 4
              fetch after 4
            page after 4 limit=1
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              |   3 bob: three
              |   4 bob: four
              |   5 bob: five
              |   6 bob: six
            visit 3
        "#]],
    );
}

#[test]
fn what_is_visited_before_the_room_is_open_is_asked_for_once_it_is() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        start
        visit 1
        opened
        welcome newest=1
        page around 1 limit=2
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            start
              connect
            visit 1
            opened
            welcome newest=1
              fetch around 1
            page around 1 limit=2
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
              |   3 bob: three
        "#]],
    );
}

#[test]
fn an_answer_quotes_what_it_answers_as_that_is_now() {
    check(
        "
        room bob: one
        room cem: to you ^1
        start
        opened
        welcome
        room bob edits 1: won
        events 3..3
        rows
        room bob deletes 1
        events 4..4
        rows
        ",
        expect![[r#"
            room bob: one
            room cem: to you ^1
            start
              connect
            opened
            welcome
            room bob edits 1: won
            events 3..3
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: won (edited)
              | * 2 cem: to you [to 1: won]
            room bob deletes 1
            events 4..4
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: (deleted)
              | * 2 cem: to you [to 1: ]
        "#]],
    );
}

#[test]
fn what_an_answer_quotes_is_asked_for_where_it_is_not_held() {
    check(
        "
        room bob: one
        room bob: two
        start
        opened
        welcome newest=1
        room cem: to you ^1
        events 3..3
        rows
        page around 1 limit=1
        rows
        room bob edits 1: won
        events 4..4
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            start
              connect
            opened
            welcome newest=1
            room cem: to you ^1
            events 3..3
              fetch around 1
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              | * 3 cem: to you [to 1: …]
            page around 1 limit=1
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              | * 3 cem: to you [to 1: one]
            room bob edits 1: won
            events 4..4
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              | * 3 cem: to you [to 1: won]
        "#]],
    );
}

#[test]
fn a_quote_that_is_not_there_is_asked_for_once() {
    check(
        "
        start
        opened
        welcome
        room cem likes 7
        room bob: to nothing ^1
        events 1..2
        page around 1
        rows
        room bob: again ^1
        events 3..3
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            room cem likes 7
            room bob: to nothing ^1
            events 1..2
              fetch around 1
            page around 1
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: to nothing [to 1: …]
            room bob: again ^1
            events 3..3
        "#]],
    );
}

/// A room in which bob wrote `count` messages, all of which came in live.
fn crowded(count: u64) -> Stage {
    let mut stage = Stage::new(Saved::default());
    stage.play("start");
    stage.apply(Input::Frame(welcome(&stage.log, Millis(NOON), "")));
    for number in 1..=count {
        let kind = EventKind::Message {
            text: Some(format!("message {number}")),
            reply_to: None,
            mentions: vec![],
            attachments: Vec::new(),
            redacted: false,
        };
        let seq = Seq::try_new(number).unwrap();
        let event = Event { seq, at: Millis(NOON + number), by: member("bob"), id: None, kind };
        stage.apply(Input::Frame(encode(&ServerFrame::Events { events: vec![event] })));
        stage.apply(Input::Seen(seq));
    }
    stage
}

fn held(stage: &Stage) -> usize {
    stage.client.rows().iter().filter(|row| matches!(row, Row::Message { .. })).count()
}

#[test]
fn beyond_5000_messages_the_oldest_are_given_up_and_can_be_fetched_again() {
    assert_eq!(held(&crowded(5_000)), 5_000);
    let stage = crowded(5_001);
    assert_eq!(held(&stage), 4_001);
    assert_eq!(stage.client.above(), Above::Older);
}

#[test]
fn nothing_is_given_up_while_the_oldest_are_on_the_screen() {
    let mut stage = crowded(5_000);
    stage.apply(Input::Seen(Seq::try_new(40).unwrap()));
    let kind = EventKind::Message {
        text: Some("one more".to_owned()),
        reply_to: None,
        mentions: vec![],
        attachments: Vec::new(),
        redacted: false,
    };
    let event = Event {
        seq: Seq::try_new(5_001).unwrap(),
        at: Millis(NOON + 5_001),
        by: member("bob"),
        id: None,
        kind,
    };
    stage.apply(Input::Frame(encode(&ServerFrame::Events { events: vec![event] })));
    assert_eq!(held(&stage), 5_001);
}
