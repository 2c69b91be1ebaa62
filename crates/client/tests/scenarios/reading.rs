//! What is unread, and where "new" begins.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::check;

#[test]
fn new_begins_where_reading_ended_and_stays_there() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        start
        opened
        welcome read=1
        rows
        status
        seen 3
        status
        rows
        send a1 thanks
        rows
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            start
              connect
            opened
            welcome read=1
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              | ---- new
              | * 2 bob: two
              |   3 bob: three
            status
              | Live; 2 unread; 0 in the outbox; above: Beginning
            seen 3
              transmit {"type":"read","seq":3}
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              | ---- new
              | * 2 bob: two
              |   3 bob: three
            send a1 thanks
              keep a1
              transmit {"type":"send","id":"a1","text":"thanks"}
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
              |   3 bob: three
              | * #a1: thanks <waiting>
        "#]],
    );
}

#[test]
fn own_and_deleted_messages_are_never_unread() {
    check(
        "
        room bob: one
        room ada: two
        room bob: three
        room bob deletes 3
        room bob: five
        start
        opened
        welcome read=1
        status
        rows
        ",
        expect![[r#"
            room bob: one
            room ada: two
            room bob: three
            room bob deletes 3
            room bob: five
            start
              connect
            opened
            welcome read=1
            status
              | Live; 1 unread; 0 in the outbox; above: Beginning
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              | * 2 ada: two
              | * 3 bob: (deleted)
              | ---- new
              | * 5 bob: five
        "#]],
    );
}

#[test]
fn what_is_read_is_told_at_most_once_in_1500_ms_and_never_goes_down() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        start
        opened
        welcome
        seen 1
        seen 2
        wait 1000
        seen 3
        seen 1
        wait 10000
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            start
              connect
            opened
            welcome
            seen 1
              transmit {"type":"read","seq":1}
            seen 2
            wait 1000
              (+1000 ms)
              keep place e1.3 read 2, 3 messages
            seen 3
            seen 1
            wait 10000
              (+500 ms)
              transmit {"type":"read","seq":3}
              (+1000 ms)
              keep place e1.3 read 3, 3 messages
        "#]],
    );
}

#[test]
fn the_place_is_kept_at_once_when_the_person_leaves_and_only_if_it_has_changed() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        away
        active
        away
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            away
              keep place e1.1 read 0, 1 messages
              transmit {"type":"presence","state":"away"}
            active
              transmit {"type":"presence","state":"active"}
            away
              transmit {"type":"presence","state":"away"}
        "#]],
    );
}

#[test]
fn what_was_read_without_a_connection_is_told_after_it() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        closed 1006
        seen 1
        try
        opened
        welcome after=1
        status
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            closed 1006
            seen 1
            try
              connect e1.1
            opened
            welcome after=1
              transmit {"type":"read","seq":1}
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn what_another_device_has_read_is_read() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        status
        closed 1006
        try
        opened
        welcome after=1 read=1
        status
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            status
              | Live; 1 unread; 0 in the outbox; above: Beginning
            closed 1006
            try
              connect e1.1
            opened
            welcome after=1 read=1
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}

#[test]
fn what_comes_while_the_person_is_away_is_new() {
    check(
        "
        room bob: one
        start
        opened
        welcome read=1
        room bob: two
        events 2..2
        seen 2
        rows
        away
        room bob: three
        events 3..3
        active
        rows
        seen 3
        away
        active
        room bob: four
        events 4..4
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
            seen 2
              transmit {"type":"read","seq":2}
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
            away
              keep place e1.2 read 2, 2 messages
              transmit {"type":"presence","state":"away"}
            room bob: three
            events 3..3
            active
              transmit {"type":"presence","state":"active"}
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
              |   2 bob: two
              | ---- new
              | * 3 bob: three
            seen 3
            away
              keep place e1.3 read 3, 3 messages
              transmit {"type":"presence","state":"away"}
            active
              transmit {"type":"presence","state":"active"}
            room bob: four
            events 4..4
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
fn with_unread_above_what_is_held_the_count_is_a_least() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        start
        opened
        welcome newest=1 read=1
        status
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            start
              connect
            opened
            welcome newest=1 read=1
              fetch around 1
            status
              | Live; 1 unread or more; 0 in the outbox; above: Older
        "#]],
    );
}

#[test]
fn to_whom_the_whole_room_is_new_nothing_is_set_apart() {
    check(
        "
        room bob: one
        start
        opened
        welcome
        status
        rows
        ",
        expect![[r#"
            room bob: one
            start
              connect
            opened
            welcome
            status
              | Live; 1 unread; 0 in the outbox; above: Beginning
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: one
        "#]],
    );
}

#[test]
fn what_another_device_has_read_is_read_here_too_and_not_told_again() {
    check(
        "
        room bob: one
        room bob: two
        room bob: three
        start
        opened
        welcome read=1
        status
        read 3
        status
        read 2
        status
        seen 3
        ",
        expect![[r#"
            room bob: one
            room bob: two
            room bob: three
            start
              connect
            opened
            welcome read=1
            status
              | Live; 2 unread; 0 in the outbox; above: Beginning
            read 3
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
            read 2
            status
              | Live; 0 unread; 0 in the outbox; above: Beginning
            seen 3
        "#]],
    );
}
