//! Sockets that want to hear only where the log ends.

use expect_test::expect;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::play;

#[test]
fn a_notify_socket_hears_the_head_at_most_once_in_2_s_with_its_unread_mentions() {
    let seen = play(
        "bob opens for notify; ada opens; ada sends \"one\" mentioning bob; ada sends \"two\" mentioning bob; wait 2000
         ada sends \"three\"; wait 2000; wait 2000",
    );

    expect![[r#"
        > bob opens for notify
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 0 []
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "one" mentioning bob
          store 1 Ada message "one"
          store once ada/c1 seq 1
          store due guard 5000
          alarm at 5000
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "one"]
          timer at 2000
        > ada sends "two" mentioning bob
          store 2 Ada message "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada <- events [2 Ada message "two"]
        > wait 2000
          (the timer rings)
          bob <- head 2 mentions 2
        > ada sends "three"
          store 3 Ada message "three"
          store once ada/c3 seq 3
          ada <- ack c3 seq 3
          ada <- events [3 Ada message "three"]
          timer at 4000
        > wait 2000
          (the timer rings)
          bob <- head 3 mentions 2
        > wait 2000
          (the alarm rings)
          store due guard never
          alarm at 75000
          ada <- head 3
    "#]]
    .assert_eq(&seen);
}

#[test]
fn what_was_read_is_not_mentioned_again() {
    let seen = play(
        "ada opens; ada sends \"one\" mentioning bob; bob opens for notify; bob-2 opens; bob-2 reads 1
         wait 2000; ada sends \"two\" mentioning bob",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "one" mentioning bob
          store 1 Ada message "one"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "one"]
        > bob opens for notify
          bob <- welcome head 1 snapshot nothing read 0 roster 0 []
        > bob-2 opens
          bob-2 <- welcome head 1 snapshot 1 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > bob-2 reads 1
          store read bob 1
          bob <- read 1
        > wait 2000
        > ada sends "two" mentioning bob
          store 2 Ada message "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada bob-2 <- events [2 Ada message "two"]
          bob <- head 2 mentions 0
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_moderator_calls_everybody_at_once_and_a_member_does_not() {
    let seen = play(
        "bob opens for notify; ada opens as moderator; ada sends \"all\" mentioning room; wait 2000
         cem opens; cem sends \"all\" mentioning room",
    );

    expect![[r#"
        > bob opens for notify
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 0 []
        > ada opens as moderator
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Moderator Active]
        > ada sends "all" mentioning room
          store 1 Ada message "all"
          store once ada/c1 seq 1
          store due guard 5000
          alarm at 5000
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "all"]
          timer at 2000
        > wait 2000
          (the timer rings)
          bob <- head 1 mentions 1
        > cem opens
          cem <- welcome head 1 snapshot 1 read 0 roster 2 [+Ada Moderator Active, +Cem Member Active]
          ada <- presence 2 [+Cem Member Active]
        > cem sends "all" mentioning room
          cem <- reject c2 forbidden
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_head_that_waits_in_a_room_that_was_lost_goes_out_when_it_wakes() {
    let seen = play("bob opens for notify; wait 100; ada opens; ada sends \"one\"; hibernate; wait 5000");

    expect![[r#"
        > bob opens for notify
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 0 []
        > wait 100
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "one"
          store 1 Ada message "one"
          store once ada/c1 seq 1
          store due guard 5100
          alarm at 5100
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "one"]
          timer at 2000
        > hibernate
        > wait 5000
          (the alarm rings)
          store due guard never
          alarm at 75000
          ada <- head 1
          bob <- head 1 mentions 0
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_notify_socket_may_command_and_gets_its_answers() {
    let seen = play("bob opens for notify; bob sends \"hi\"; bob resumes at e1.0; bob types; bob is away");

    expect![[r#"
        > bob opens for notify
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 0 []
        > bob sends "hi"
          store 1 Bob message "hi"
          store once bob/c1 seq 1
          store due guard 5000
          alarm at 5000
          bob <- ack c1 seq 1
          timer at 2000
        > bob resumes at e1.0
          bob <- welcome head 1 snapshot nothing read 0 roster 0 []
        > bob types
        > bob is away
    "#]]
    .assert_eq(&seen);
}
