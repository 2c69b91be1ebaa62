//! How a client fares: acks, deliveries and reconnects, as a shell takes them to tell.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::check;

#[test]
fn an_ack_counts_from_the_commands_leaving_and_taking_begins_anew() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        send a2 two
        wait 40
        ack a1 1
        wait 70
        ack a2 2
        fared
        fared
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
            wait 40
            ack a1 1
              transmit {"type":"send","id":"a2","text":"two"}
            wait 70
            ack a2 2
            fared
              | acks [40, 70] ms; deliveries [] ms; 0 reconnects
            fared
              | acks [] ms; deliveries [] ms; 0 reconnects
        "#]],
    );
}

#[test]
fn a_command_that_is_refused_or_loses_its_socket_counts_only_by_the_try_that_worked() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        wait 100
        reject a1 rate_limited 2000
        wait 2000
        wait 30
        ack a1 1
        send a2 two
        wait 200
        closed 4200
        wait 5000
        opened
        welcome
        wait 20
        ack a2 2
        fared
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            wait 100
            reject a1 rate_limited 2000
            wait 2000
              (+900 ms)
              keep place e1.0 read 0, 0 messages
              (+2000 ms)
              transmit {"type":"send","id":"a1","text":"one"}
            wait 30
            ack a1 1
            send a2 two
              keep a2
              transmit {"type":"send","id":"a2","text":"two"}
            wait 200
            closed 4200
            wait 5000
              (+4457 ms)
              connect e1.0
            opened
            welcome
              transmit {"type":"send","id":"a2","text":"two"}
            wait 20
            ack a2 2
            fared
              | acks [30, 20] ms; deliveries [] ms; 1 reconnects
        "#]],
    );
}

#[test]
fn a_delivery_counts_by_the_servers_clock_however_wrong_this_one_is() {
    check(
        "
        clock 3600000
        start
        opened
        welcome
        room ada: one
        wait 80
        events 1..1
        clock -7200000
        pong
        room bob: two
        wait 30
        events 1..2
        fared
        ",
        expect![[r#"
            clock 3600000
            start
              connect
            opened
            welcome
            room ada: one
            wait 80
            events 1..1
            clock -7200000
            pong
            room bob: two
            wait 30
            events 1..2
            fared
              | acks [] ms; deliveries [80, 110] ms; 0 reconnects
        "#]],
    );
}

#[test]
fn half_of_the_quickest_ack_is_what_the_servers_clock_was_on_its_way() {
    check(
        "
        start
        opened
        welcome
        send a1 one
        wait 60
        ack a1 1
        room bob: hello
        wait 10
        events 1..1
        fared
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            send a1 one
              keep a1
              transmit {"type":"send","id":"a1","text":"one"}
            wait 60
            ack a1 1
            room bob: hello
            wait 10
            events 1..1
              forget a1
            fared
              | acks [60] ms; deliveries [100] ms; 0 reconnects
        "#]],
    );
}

#[test]
fn what_came_by_resume_was_no_delivery() {
    check(
        "
        start
        opened
        welcome
        room bob: one
        closed 1006
        wait 30000
        opened
        welcome cursor
        fared
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            room bob: one
            closed 1006
            wait 30000
              (+281 ms)
              connect e1.0
              (+1000 ms)
              keep place e1.0 read 0, 0 messages
              (+10281 ms)
              disconnect
              (+10729 ms)
              connect e1.0
              (+20729 ms)
              disconnect
              (+21464 ms)
              connect e1.0
            opened
            welcome cursor
            fared
              | acks [] ms; deliveries [] ms; 1 reconnects
        "#]],
    );
}
