//! Days, groups and keys of rows.

use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::collections::BTreeSet;

use client::Saved;

use crate::stage::{Stage, check};

#[test]
fn a_day_begins_at_midnight_where_the_reader_is() {
    check(
        "
        room @-721 bob: 23:59 where I am
        room @659 bob: 23:59 of the next
        room @660 bob: midnight
        start
        opened
        welcome read=9
        rows
        ",
        expect![[r#"
            room @-721 bob: 23:59 where I am
            room @659 bob: 23:59 of the next
            room @660 bob: midnight
            start
              connect
            opened
            welcome read=9
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: 23:59 where I am
              | * 2 bob: 23:59 of the next
              | ---- a day that began 11 h from noon
              | * 3 bob: midnight
        "#]],
    );
}

#[test]
fn one_author_within_5_minutes_is_a_group() {
    check(
        "
        room @-20 bob: first
        room @-16 bob: second
        room @-15 bob: five minutes on
        room @-14 cem: another
        room @-13 bob: again
        start
        opened
        welcome read=9
        rows
        ",
        expect![[r#"
            room @-20 bob: first
            room @-16 bob: second
            room @-15 bob: five minutes on
            room @-14 cem: another
            room @-13 bob: again
            start
              connect
            opened
            welcome read=9
            rows
              | ---- a day that began -13 h from noon
              | * 1 bob: first
              |   2 bob: second
              | * 3 bob: five minutes on
              | * 4 cem: another
              | * 5 bob: again
        "#]],
    );
}

#[test]
fn an_echo_goes_on_with_my_group_below_all_messages() {
    check(
        "
        room @-1 ada: first
        start
        opened
        welcome
        send a1 second
        room bob: in between
        events 2..2
        send a2 third
        rows
        ",
        expect![[r#"
            room @-1 ada: first
            start
              connect
            opened
            welcome
            send a1 second
              keep a1
              transmit {"type":"send","id":"a1","text":"second"}
            room bob: in between
            events 2..2
            send a2 third
              keep a2
            rows
              | ---- a day that began -13 h from noon
              | * 1 ada: first
              | * 2 bob: in between
              | * #a1: second <waiting>
              |   #a2: third <waiting>
        "#]],
    );
}

#[test]
fn every_row_has_a_key_of_its_own_that_stays_when_others_come() {
    let mut stage = Stage::new(Saved::default());
    stage.play("room bob: one\nroom bob: two\nroom bob: three\nroom bob: four\nstart");
    stage.play("welcome newest=1 read=3\nvisit 1\npage around 1 limit=1\nsend a1 hello");
    let keys = |stage: &Stage| stage.client.rows().iter().map(client::view::Row::key).collect::<Vec<_>>();
    let before = keys(&stage);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len(), "{before:?}");
    stage.play("fill 1\npage after 1");
    let after = keys(&stage);
    assert!(
        before.iter().filter(|key| !key.starts_with("gap")).all(|key| after.contains(key)),
        "{before:?} {after:?}"
    );
}
