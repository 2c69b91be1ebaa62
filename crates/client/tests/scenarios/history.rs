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
        say(&mut stage, number);
        stage.apply(Input::Seen(Seq::try_new(number).unwrap()));
    }
    stage
}

/// Bob writes, and that is event `number`.
fn say(stage: &mut Stage, number: u64) {
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
}

fn held(stage: &Stage) -> usize {
    stage.client.rows().iter().filter(|row| matches!(row, Row::Message { .. })).count()
}

#[test]
fn beyond_3000_messages_the_oldest_are_given_up_and_can_be_fetched_again() {
    assert_eq!(held(&crowded(3_000)), 3_000);
    let stage = crowded(3_001);
    assert_eq!(held(&stage), 1_000);
    assert_eq!(stage.client.above(), Above::Older);
}

#[test]
fn what_is_around_the_reader_and_the_newest_stay_and_between_them_is_a_gap() {
    let mut stage = crowded(3_000);
    stage.apply(Input::InView(Seq::try_new(1_200).unwrap()));
    say(&mut stage, 3_001);
    let seqs: Vec<u64> = stage
        .client
        .rows()
        .iter()
        .filter_map(
            |row| if let Row::Message { message, .. } = row { Some(message.seq.value()) } else { None },
        )
        .collect();
    let wanted: Vec<u64> = (600..=1_800).chain(2_002..=3_001).collect();
    assert_eq!(seqs, wanted);
    let gap = |row: &Row| matches!(row, Row::Gap { above, below } if (above.value(), below.value()) == (1_800, 2_002));
    assert!(stage.client.rows().iter().any(gap));
}

#[test]
fn whoever_is_away_for_long_finds_where_they_were_and_the_newest_and_no_more_is_held() {
    let mut stage = crowded(100);
    stage.apply(Input::Presence(protocol::Availability::Away));
    (101..=9_000).for_each(|number| say(&mut stage, number));
    assert!(held(&stage) <= 5_000);
    let holds = |seq: u64| {
        let is_it = |row: &Row| matches!(row, Row::Message { message, .. } if message.seq.value() == seq);
        stage.client.rows().iter().any(is_it)
    };
    assert!(holds(100) && holds(101) && holds(9_000) && !holds(6_000));
}

#[test]
fn a_visit_leads_to_its_message_once_that_is_held_or_to_the_one_nearest_to_it() {
    check(
        "
        room bob: one
        room bob: two
        room bob edits 2: too
        room bob: four
        room bob: five
        start
        opened
        welcome newest=1
        goal
        visit 1
        goal
        page around 1 limit=2
        goal
        visit 1
        goal
        visit 3
        page around 3 limit=2
        goal
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob edits 2: too
            room bob: four
            room bob: five
            start
              connect
            opened
            welcome newest=1
            goal
              | nowhere
            visit 1
              fetch around 1
            goal
              | nowhere
            page around 1 limit=2
            goal
              | 1: to 1
            visit 1
            goal
              | 2: to 1
            visit 3
              fetch around 3
            page around 3 limit=2
            goal
              | 3: to 4
        "#]],
    );
}

#[test]
fn a_date_leads_to_the_first_message_from_then_on() {
    check(
        "
        room @1 bob: one
        room @10 bob: two
        room @20 bob: three
        room @30 bob: four
        start
        opened
        welcome newest=1
        visit-at 15
        page around-at 15 limit=2
        goal
        rows
        visit-at 99
        page around-at 99 limit=2
        goal
        ",
        expect![[r#"
            room @1 bob: one
            room @10 bob: two
            room @20 bob: three
            room @30 bob: four
            start
              connect
            opened
            welcome newest=1
            visit-at 15
              fetch around-at 15
            page around-at 15 limit=2
            goal
              | 1: to 3
            rows
              | ---- a day that began -13 h from noon
              | * 3 bob: three
              | * 4 bob: four
            visit-at 99
              fetch around-at 99
            page around-at 99 limit=2
            goal
              | 2: to 4
        "#]],
    );
}

#[test]
fn a_room_opens_where_the_unread_begins_however_far_up_that_is() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        room bob: four
        room bob: five
        start
        opened
        welcome newest=1 read=2
        rows
        goal
        page around 2 limit=2
        goal
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            room bob: four
            room bob: five
            start
              connect
            opened
            welcome newest=1 read=2
              fetch around 2
            rows
              | ---- a day that began -13 h from noon
              | * 5 bob: five
            goal
              | nowhere
            page around 2 limit=2
            goal
              | 1: to the unread
            rows
              | ---- a day that began -13 h from noon
              | * 2 bob: two
              | ---- new
              | * 3 bob: three
              | ---- gap after 3
              | * 5 bob: five
        "#]],
    );
}
