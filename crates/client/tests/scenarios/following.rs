//! Following the log: events, resumes, snapshots, reloads.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::check;

#[test]
fn events_at_or_below_the_cursor_are_ignored() {
    check(
        "
        room bob: one
        room bob likes 1
        start
        opened
        welcome
        events 1..2
        room bob: three
        events 1..3
        rows
        ",
        expect![[r#"
            room bob: one
            room bob likes 1
            start
              connect
            opened
            welcome
            events 1..2
            room bob: three
            events 1..3
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one (👍 1)
              |   3 bob: three
        "#]],
    );
}

#[test]
fn a_frame_that_skips_is_dropped_whole_and_starts_one_resume() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        room bob: two
        room bob: three
        room bob: four
        events 3..3
        events 4..4
        rows
        welcome after=1
        rows
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            room bob: two
            room bob: three
            room bob: four
            events 3..3
              transmit {"type":"resume","cursor":"e1.1"}
            events 4..4
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
            welcome after=1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
              |   3 bob: three
              |   4 bob: four
        "#]],
    );
}

#[test]
fn a_head_above_the_cursor_starts_a_resume() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        head 1
        room bob: two
        head 2
        head 2
        welcome after=1
        rows
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            head 1
            room bob: two
            head 2
              transmit {"type":"resume","cursor":"e1.1"}
            head 2
            welcome after=1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
        "#]],
    );
}

#[test]
fn a_long_way_is_resumed_in_parts_and_only_then_is_the_client_live() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        closed 1006
        room bob: two
        room bob: three
        room bob: four
        send a1 hello
        try
        opened
        welcome after=1 to=2
        status
        welcome after=2 to=3
        welcome after=3
        status
        rows
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            closed 1006
            room bob: two
            room bob: three
            room bob: four
            send a1 hello
              keep a1
            try
              connect e1.1
            opened
            welcome after=1 to=2
              transmit {"type":"resume","cursor":"e1.2"}
            status
              | Connecting; 2 unread; 1 in the outbox; above: Beginning
            welcome after=2 to=3
              transmit {"type":"resume","cursor":"e1.3"}
            welcome after=3
              transmit {"type":"send","id":"a1","text":"hello"}
            status
              | Live; 4 unread; 1 in the outbox; above: Beginning
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
              |   3 bob: three
              |   4 bob: four
              | * #a1: hello <waiting>
        "#]],
    );
}

#[test]
fn a_resume_without_an_answer_costs_the_socket() {
    check(
        "
        start
        opened
        welcome
        head 3
        wait 10000
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            head 3
              transmit {"type":"resume","cursor":"e1.0"}
            wait 10000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
              (+10000 ms)
              disconnect
            status
              | Waiting 281 ms; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn live_events_that_overtake_the_answer_to_a_resume_count_once() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        head 2
        room bob: two
        events 2..2
        room bob likes 2
        welcome after=1
        rows
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            head 2
              transmit {"type":"resume","cursor":"e1.1"}
            room bob: two
            events 2..2
            room bob likes 2
            welcome after=1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two (👍 1)
        "#]],
    );
}

#[test]
fn another_log_replaces_everything_but_what_was_not_sent() {
    check(
        "
        room bob: of the first log
        start
        opened
        welcome read=1
        send a1 was acked in the first log
        ack a1 2
        closed 1006
        send a2 was never sent
        epoch e2
        room bob: of the second log
        try
        opened
        welcome
        rows
        status
        ",
        expect![[r#"
            room bob: of the first log
            start
              connect
            opened
            welcome read=1
            send a1 was acked in the first log
              keep a1
              transmit {"type":"send","id":"a1","text":"was acked in the first log"}
            ack a1 2
            closed 1006
            send a2 was never sent
              keep a2
            epoch e2
            room bob: of the second log
            try
              connect e1.1
            opened
            welcome
              transmit {"type":"send","id":"a1","text":"was acked in the first log"}
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: of the second log
              | * #a1: was acked in the first log <waiting>
              |   #a2: was never sent <waiting>
            status
              | Live; 1 unread; 2 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_place_is_kept_once_a_second_and_a_reload_goes_on_from_it() {
    check(
        "
        room bob: one
        start
        opened
        welcome read=1
        room bob: two
        events 2..2
        wait 1000
        room bob: three
        reload
        rows
        status
        start
        opened
        welcome after=2 read=1
        rows
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome read=1
            room bob: two
            events 2..2
            wait 1000
              (+1000 ms)
              keep place e1.2 read 1, 2 messages
            room bob: three
            reload
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
            status
              | Connecting; 1 unread; 0 in the outbox; above: Beginning
            start
              connect e1.2
            opened
            welcome after=2 read=1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              | ---- new
              | * 2 bob: two
              |   3 bob: three
        "#]],
    );
}

#[test]
fn a_reload_without_a_place_asks_for_a_snapshot() {
    check(
        "
        reload
        start
        ",
        expect![[r#"
            reload
            start
              connect
        "#]],
    );
}
