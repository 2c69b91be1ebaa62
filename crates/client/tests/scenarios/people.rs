//! Who is here, who writes, who is away.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::check;

#[test]
fn active_members_stand_first_then_by_name() {
    check(
        "
        start
        opened
        welcome with=ada,cem,bob/away
        people
        joined Dan bob
        people
        left cem
        people
        ",
        expect![[r#"
            start
              connect
            opened
            welcome with=ada,cem,bob/away
            people
              | 3: ada Active, cem Active, bob Away; typing: 
            joined Dan bob
            people
              | 2: ada Active, bob Active, cem Active, Dan Active; typing: 
            left cem
            people
              | 1: ada Active, bob Active, Dan Active; typing: 
        "#]],
    );
}

#[test]
fn who_writes_is_shown_for_5_s_or_until_it_is_there() {
    check(
        "
        start
        opened
        welcome with=ada,bob,cem
        typing bob cem ada
        people
        wait 2000
        typing bob
        room cem: here
        events 1..1
        people
        wait 4999
        people
        wait 1
        people
        ",
        expect![[r#"
            start
              connect
            opened
            welcome with=ada,bob,cem
            typing bob cem ada
            people
              | 3: ada Active, bob Active, cem Active; typing: bob, cem
            wait 2000
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
            typing bob
            room cem: here
            events 1..1
            people
              | 3: ada Active, bob Active, cem Active; typing: bob
            wait 4999
              (+1000 ms)
              keep place e1.1 read 0, 1 messages
            people
              | 3: ada Active, bob Active, cem Active; typing: bob
            wait 1
              (+1 ms)
            people
              | 3: ada Active, bob Active, cem Active; typing: 
        "#]],
    );
}

#[test]
fn nobody_writes_on_a_socket_that_is_gone() {
    check(
        "
        start
        opened
        welcome with=ada,bob
        typing bob
        closed 1006
        people
        ",
        expect![[r#"
            start
              connect
            opened
            welcome with=ada,bob
            typing bob
            closed 1006
            people
              | 2: ada Active, bob Active; typing: 
        "#]],
    );
}

#[test]
fn typing_is_told_at_most_every_3_s_and_only_in_the_room() {
    check(
        "
        start
        type
        opened
        welcome
        type
        wait 3499
        type
        wait 1
        type
        ",
        expect![[r#"
            start
              connect
            type
            opened
            welcome
            type
              transmit {"type":"typing"}
            wait 3499
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
            type
            wait 1
            type
              transmit {"type":"typing"}
        "#]],
    );
}

#[test]
fn a_new_session_is_told_that_the_person_is_away() {
    check(
        "
        start
        opened
        welcome
        away
        away
        closed 1006
        try
        opened
        welcome after=0
        active
        closed 1006
        try
        opened
        welcome after=0
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            away
              keep place e1.0 read 0, 0 messages
              transmit {"type":"presence","state":"away"}
            away
            closed 1006
            try
              connect e1.0
            opened
            welcome after=0
              transmit {"type":"presence","state":"away"}
            active
              transmit {"type":"presence","state":"active"}
            closed 1006
            try
              connect e1.0
            opened
            welcome after=0
        "#]],
    );
}
