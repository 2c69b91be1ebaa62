//! Connecting, staying connected, and coming back.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::check;

#[test]
fn a_client_is_live_at_welcome_and_not_before() {
    check(
        "
        room bob: hi
        start
        opened
        status
        welcome read=1 with=ada,bob
        status
        rows
        ",
        expect![[r#"
            room bob: hi
            start
              connect
            opened
            status
              | Connecting; 0 unread; 0 in the outbox; above: Beginning
            welcome read=1 with=ada,bob
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: hi
        "#]],
    );
}

#[test]
fn a_lost_socket_comes_back_with_the_cursor_and_misses_nothing() {
    check(
        "
        room bob: hi
        start
        opened
        welcome
        closed 1006
        status
        room bob: still there?
        wait 500
        opened
        welcome after=1
        rows
        status
        ",
        expect![[r#"
            room bob: hi
            start
              connect
            opened
            welcome
            closed 1006
            status
              | Waiting 281 ms; 1 unread; 0 in the outbox; above: Beginning
            room bob: still there?
            wait 500
              (+281 ms)
              connect e1.1
            opened
            welcome after=1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: hi
              |   2 bob: still there?
            status
              | Live; 2 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn waits_grow_until_welcome_and_not_by_an_open_socket() {
    check(
        "
        start
        closed 1006
        status
        wait 600
        opened
        closed 1006
        status
        wait 1200
        opened
        closed 4100
        status
        wait 2500
        opened
        closed 1006
        status
        wait 5000
        opened
        welcome
        closed 1006
        status
        ",
        expect![[r#"
            start
              connect
            closed 1006
            status
              | Waiting 281 ms; 0 unread; 0 in the outbox; above: Beginning
            wait 600
              (+281 ms)
              connect
            opened
            closed 1006
            status
              | Waiting 448 ms; 0 unread; 0 in the outbox; above: Beginning
            wait 1200
              (+448 ms)
              connect
            opened
            closed 4100
            status
              | Waiting 735 ms; 0 unread; 0 in the outbox; above: Beginning
            wait 2500
              (+735 ms)
              connect
            opened
            closed 1006
            status
              | Waiting 91 ms; 0 unread; 0 in the outbox; above: Beginning
            wait 5000
              (+91 ms)
              connect
            opened
            welcome
            closed 1006
            status
              | Waiting 6 ms; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_server_that_says_nothing_within_10_s_is_given_up() {
    check(
        "
        start
        wait 9000
        opened
        wait 9999
        status
        wait 1
        status
        ",
        expect![[r#"
            start
              connect
            wait 9000
            opened
            wait 9999
              (+1000 ms)
            status
              | Connecting; 0 unread; 0 in the outbox; above: Beginning
            wait 1
              (+1 ms)
              disconnect
            status
              | Waiting 281 ms; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn after_a_42xx_close_clients_come_back_within_the_spread() {
    check(
        "
        start
        opened
        welcome
        closed 4200
        status
        wait 5000
        opened
        closed 4201
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            closed 4200
            status
              | Waiting 4457 ms; 0 unread; 0 in the outbox; above: Beginning
            wait 5000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
              (+4457 ms)
              connect e1.0
            opened
            closed 4201
            status
              | Waiting 2722 ms; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn an_announced_close_is_a_planned_one_whatever_its_code() {
    check(
        "
        start
        opened
        welcome
        notice 20000
        closed 1006
        status
        wait 20000
        closed 1006
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            notice 20000
            closed 1006
            status
              | Waiting 17036 ms; 0 unread; 0 in the outbox; above: Beginning
            wait 20000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
              (+17036 ms)
              connect e1.0
            closed 1006
            status
              | Waiting 310 ms; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_40xx_close_is_the_end_until_somebody_starts_again() {
    check(
        "
        start
        opened
        closed 4001
        status
        online
        wait 100000
        start
        ",
        expect![[r#"
            start
              connect
            opened
            closed 4001
            status
              | Ended { code: 4001 }; 0 unread; 0 in the outbox; above: Beginning
            online
            wait 100000
            start
              connect
        "#]],
    );
}

#[test]
fn offline_stops_trying_until_the_network_is_back() {
    check(
        "
        start
        opened
        welcome
        offline
        status
        wait 100000
        online
        online
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            offline
              disconnect
            status
              | Offline; 0 unread; 0 in the outbox; above: Beginning
            wait 100000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
            online
              connect e1.0
            online
            status
              | Connecting; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_person_who_tries_now_does_not_wait() {
    check(
        "
        start
        closed 1006
        wait 10
        try
        closed 1006
        offline
        try
        status
        ",
        expect![[r#"
            start
              connect
            closed 1006
            wait 10
            try
              connect
            closed 1006
            offline
            try
              connect
            status
              | Connecting; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_silent_client_pings_each_beat_and_leaves_a_silent_server_after_two_and_a_half() {
    check(
        "
        start
        opened
        welcome
        wait 20000
        send a1 hello
        ack a1 none
        wait 29000
        wait 1000
        pong
        wait 75000
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            wait 20000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
            send a1 hello
              keep a1
              transmit {"type":"send","id":"a1","text":"hello"}
            ack a1 none
              forget a1
            wait 29000
              (+10000 ms)
            wait 1000
              (+1000 ms)
              transmit ping
            pong
            wait 75000
              (+30000 ms)
              transmit ping
              (+60000 ms)
              transmit ping
              (+75000 ms)
              disconnect
        "#]],
    );
}

#[test]
fn a_frame_that_cannot_be_read_costs_the_socket_and_a_later_version_s_costs_nothing() {
    check(
        "
        start
        opened
        welcome
        a frame of a later version
        status
        half a frame
        status
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            a frame of a later version
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
            half a frame
              disconnect
            status
              | Waiting 281 ms; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn whatever_comes_before_welcome_costs_the_socket() {
    check(
        "
        start
        opened
        a frame of a later version
        status
        head 5
        status
        ",
        expect![[r#"
            start
              connect
            opened
            a frame of a later version
            status
              | Connecting; 0 unread; 0 in the outbox; above: Beginning
            head 5
              disconnect
            status
              | Waiting 281 ms; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_mark_goes_back_once_its_frame_is_worked_in() {
    check(
        "
        room bob: hi
        start
        opened
        welcome mark=m1
        room bob: hey
        events 2..2 mark=m2
        room bob: ho
        room bob: hu
        events 4..4 mark=m3
        ",
        expect![[r#"
            room bob: hi
            start
              connect
            opened
            welcome mark=m1
              transmit {"type":"received","mark":"m1"}
            room bob: hey
            events 2..2 mark=m2
              transmit {"type":"received","mark":"m2"}
            room bob: ho
            room bob: hu
            events 4..4 mark=m3
              transmit {"type":"resume","cursor":"e1.2"}
              transmit {"type":"received","mark":"m3"}
        "#]],
    );
}

#[test]
fn a_clock_that_steps_back_stretches_no_wait() {
    check(
        "
        start
        closed 1006
        status
        clock -3600000
        type
        status
        wait 300
        opened
        welcome
        clock -3600000
        wait 32000
        ",
        expect![[r#"
            start
              connect
            closed 1006
            status
              | Waiting 281 ms; 0 unread; 0 in the outbox; above: Beginning
            clock -3600000
            type
            status
              | Waiting 281 ms; 0 unread; 0 in the outbox; above: Beginning
            wait 300
              (+281 ms)
              connect
            opened
            welcome
            clock -3600000
            wait 32000
              (+1000 ms)
              (+2000 ms)
              keep place e1.0 read 0, 0 messages
              (+30981 ms)
              transmit ping
        "#]],
    );
}

#[test]
fn a_socket_of_another_member_ends_it() {
    check(
        "
        start
        send a1 mine
        opened
        welcome me=bob
        status
        ",
        expect![[r#"
            start
              connect
            send a1 mine
              keep a1
            opened
            welcome me=bob
              disconnect
            status
              | Ended { code: 4001 }; 0 unread; 1 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn a_welcome_that_contradicts_itself_is_not_believed_and_a_snapshot_is_asked_for() {
    check(
        "
        room bob: hi
        start
        opened
        welcome
        room bob: a
        room bob: b
        room bob: c
        closed 1006
        try
        opened
        welcome after=2
        status
        wait 1000
        ",
        expect![[r#"
            room bob: hi
            start
              connect
            opened
            welcome
            room bob: a
            room bob: b
            room bob: c
            closed 1006
            try
              connect e1.1
            opened
            welcome after=2
              disconnect
            status
              | Waiting 448 ms; 1 unread; 0 in the outbox; above: Beginning
            wait 1000
              (+281 ms)
              (+448 ms)
              connect
              (+1000 ms)
        "#]],
    );
}
