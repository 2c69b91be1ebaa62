//! From the composer to the room: the outbox and its honest states.

mod stage;

use expect_test::expect;
use stage::check;

#[test]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
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
