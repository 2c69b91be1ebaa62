//! Busy rooms: rounds of fan-out, their guard, and rosters of many.

use expect_test::expect;
use room::Limits;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{script::Player, world::Hibernation};

fn crowd(count: usize) -> Player {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play(&format!("{count} members open; wait 10000"));
    player
}

#[test]
fn a_busy_room_collects_for_its_window_and_a_guard_is_set_once() {
    let seen = crowd(200).play(
        "m001 sends \"at once\"; wait 5; m002 sends \"waits\"; wait 5; m003 sends \"too\"; wait 10
         m004 sends \"waits again\"; wait 5000",
    );

    expect![[r#"
        > m001 sends "at once"
          store 1 M001 message "at once"
          store once m001/c1 seq 1
          m001 <- ack c1 seq 1
          200 sessions <- events [1 M001 message "at once"]
        > wait 5
        > m002 sends "waits"
          store 2 M002 message "waits"
          store once m002/c2 seq 2
          store due guard 15005
          alarm at 15005
          m002 <- ack c2 seq 2
          timer at 10020
        > wait 5
        > m003 sends "too"
          store 3 M003 message "too"
          store once m003/c3 seq 3
          m003 <- ack c3 seq 3
        > wait 10
          (the timer rings)
          200 sessions <- events [2 M002 message "waits", 3 M003 message "too"]
        > m004 sends "waits again"
          store 4 M004 message "waits again"
          store once m004/c4 seq 4
          m004 <- ack c4 seq 4
          timer at 10040
        > wait 5000
          (the timer rings)
          200 sessions <- events [4 M004 message "waits again"]
          (the alarm rings)
          store due guard never
          alarm at 75000
          200 sessions <- head 4
    "#]]
    .assert_eq(&seen);
}

#[test]
fn what_waited_in_a_room_that_was_lost_is_made_known_by_the_guard() {
    let seen = crowd(20)
        .play("m001 sends \"told\"; m002 sends \"waits\"; hibernate; wait 5000; m003 resumes at e1.1");

    expect![[r#"
        > m001 sends "told"
          store 1 M001 message "told"
          store once m001/c1 seq 1
          m001 <- ack c1 seq 1
          20 sessions <- events [1 M001 message "told"]
        > m002 sends "waits"
          store 2 M002 message "waits"
          store once m002/c2 seq 2
          store due guard 15000
          alarm at 15000
          m002 <- ack c2 seq 2
          timer at 10002
        > hibernate
        > wait 5000
          (the alarm rings)
          store due guard never
          alarm at 75000
          20 sessions <- head 2
        > m003 resumes at e1.1
          m003 <- welcome head 2 recovered 2 more_before read 0 roster 20 [20 members]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn comings_and_goings_of_a_busy_room_are_told_together() {
    let seen = crowd(20).play("ada opens; bob opens; 1 to 3 drop; bob drops; wait 2");

    expect![[r#"
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 21 [21 members]
          20 sessions <- presence 21 [+Ada Member Active]
        > bob opens
          store due roster 15000
          alarm at 15000
          bob <- welcome head 0 snapshot nothing read 0 roster 22 [22 members]
          timer at 10002
        > 1 to 3 drop
        > bob drops
        > wait 2
          (the timer rings)
          18 sessions <- presence 18 [-bob, -m001, -m002, -m003]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn changes_that_waited_in_a_room_that_was_lost_are_made_known_by_the_guard() {
    let seen = crowd(20).play("ada opens; bob opens; 1 to 16 drop; hibernate; wait 5000");

    expect![[r#"
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 21 [21 members]
          20 sessions <- presence 21 [+Ada Member Active]
        > bob opens
          store due roster 15000
          alarm at 15000
          bob <- welcome head 0 snapshot nothing read 0 roster 22 [22 members]
          timer at 10002
        > 1 to 16 drop
        > hibernate
        > wait 5000
          (the alarm rings)
          store due roster never
          alarm at 75000
          6 sessions <- roster 6 [6 members]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn above_200_members_only_the_count_is_told_until_it_falls_to_150() {
    let mut player = crowd(200);
    let rises = player.play("ada opens; wait 100; hibernate; ada drops; wait 100; bob opens; wait 100");
    player.play("1 to 50 drop; wait 100");
    let falls = player.play("51 to 51 drop; wait 100; cy opens; wait 100");

    expect![[r#"
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 201 [200 members]
          200 sessions <- presence 201 []
        > wait 100
        > hibernate
        > ada drops
          200 sessions <- presence 200 []
        > wait 100
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 201 [200 members]
          200 sessions <- presence 201 []
        > wait 100
    "#]]
    .assert_eq(&rises);
    expect![[r#"
        > 51 to 51 drop
          150 sessions <- roster 150 [150 members]
        > wait 100
        > cy opens
          cy <- welcome head 0 snapshot nothing read 0 roster 151 [151 members]
          150 sessions <- presence 151 [+Cy Member Active]
        > wait 100
    "#]]
    .assert_eq(&falls);
}
