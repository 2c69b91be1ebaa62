//! Connecting, staying connected, and coming back.

mod stage;

use expect_test::expect;
use stage::check;

#[test]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
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
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
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
              | ---- new
              | * 1 bob: hi
              |   2 bob: still there?
            status
              | Live; 2 unread; 0 in the outbox; above: Beginning
        "#]],
    );
}
