//! What those do who care for the room: pins, sanctions, roles. Each is a command like any other: kept, sent, answered.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::check;

#[test]
fn what_is_done_about_a_member_is_kept_and_sent_and_is_pending_until_the_room_has_it() {
    check(
        "
        start
        opened
        welcome
        mute a1 bob too loud
        promote a2 cem
        deeds
        ack a1 none
        deeds
        ack a2 none
        deeds
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            mute a1 bob too loud
              keep a1
              transmit {"type":"moderate","id":"a1","member":"bob","action":"mute","for_ms":60000,"reason":"too loud"}
            promote a2 cem
              keep a2
            deeds
              | a1 about bob: Waiting
              | a2 about cem: Waiting
            ack a1 none
              forget a1
              transmit {"type":"role","id":"a2","member":"cem","role":"moderator"}
            deeds
              | a2 about cem: Waiting
            ack a2 none
              forget a2
            deeds
        "#]],
    );
}

#[test]
fn a_refused_deed_stays_with_its_reason_until_it_is_given_up() {
    check(
        "
        start
        opened
        welcome
        ban a1 bob out
        reject a1 forbidden
        deeds
        discard a1
        deeds
        ",
        expect![[r#"
            start
              connect
            opened
            welcome
            ban a1 bob out
              keep a1
              transmit {"type":"moderate","id":"a1","member":"bob","action":"ban","for_ms":60000,"reason":"out"}
            reject a1 forbidden
              keep a1 failed: You may not do that in this room.
            deeds
              | a1 about bob: Failed { code: Some(Forbidden), reason: "You may not do that in this room." }
            discard a1
              forget a1
            deeds
        "#]],
    );
}

#[test]
fn a_pin_that_is_on_its_way_shows_at_its_message() {
    check(
        "
        start
        opened
        room bob: hello
        welcome
        pin a1 1
        rows
        reject a1 too_many
        rows
        ",
        expect![[r#"
            start
              connect
            opened
            room bob: hello
            welcome
            pin a1 1
              keep a1
              transmit {"type":"pin","id":"a1","seq":1,"on":true}
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: hello <a1 waiting>
            reject a1 too_many
              keep a1 failed: That is more than one message can carry. Take some away.
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: hello <a1 failed: That is more than one message can carry. Take some away.>
        "#]],
    );
}
