//! Signals and read markers: what is told, to whom, how often, and what is never told.

use expect_test::expect;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::play;

#[test]
fn typing_is_told_to_others_at_most_once_in_3_s() {
    let seen = play(
        "ada opens; ada-2 opens; bob opens; ada types; ada-2 types; wait 2999; ada types; wait 1; ada types",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada-2 opens
          ada-2 <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada ada-2 <- presence 2 [+Bob Member Active]
        > ada types
          bob <- typing [Ada]
        > ada-2 types
        > wait 2999
        > ada types
        > wait 1
        > ada types
          bob <- typing [Ada]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_clock_that_is_put_back_does_not_silence_typing() {
    let seen = play("ada opens; bob opens; ada types; clock back 3600000; ada types");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > ada types
          bob <- typing [Ada]
        > clock back 3600000
        > ada types
          store due sweep -3525000
          alarm at -3525000
          bob <- typing [Ada]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn those_who_type_together_hear_of_each_other_and_not_of_themselves() {
    let mut player = crate::script::Player::new(crate::world::Hibernation::Told, room::Limits::On);
    player.play("20 members open; wait 1000; m001 types");
    let seen = player.play("m002 types; m003 types; wait 2");

    expect![[r#"
        > m002 types
          timer at 1002
        > m003 types
        > wait 2
          (the timer rings)
          18 sessions <- typing [M002, M003]
          m002 <- typing [M003]
          m003 <- typing [M002]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_member_is_away_when_all_their_sockets_are() {
    let seen =
        play("bob opens; ada opens; ada-2 opens; ada is away; ada-2 is away; ada-2 is away; ada is active");

    expect![[r#"
        > bob opens
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          bob <- presence 2 [+Ada Member Active]
        > ada-2 opens
          ada-2 <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
        > ada is away
        > ada-2 is away
          ada ada-2 bob <- presence 2 [+Ada Member Away]
        > ada-2 is away
        > ada is active
          ada ada-2 bob <- presence 2 [+Ada Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_read_marker_only_moves_up_and_never_above_the_head() {
    let seen = play(
        "ada opens; ada sends \"one\"; ada sends \"two\"; ada reads 1; wait 5000; ada reads 1; ada reads 9; wait 5000
         ada reads 1; ada-2 opens",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "one"
          store 1 Ada message "one"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "one"]
        > ada sends "two"
          store 2 Ada message "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada <- events [2 Ada message "two"]
        > ada reads 1
          store read ada 1
        > wait 5000
        > ada reads 1
        > ada reads 9
          store read ada 2
        > wait 5000
        > ada reads 1
        > ada-2 opens
          ada-2 <- welcome head 2 snapshot 1..2 read 2 roster 1 [+Ada Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_second_marker_within_5_s_waits_and_is_known_at_once() {
    let seen = play(
        "ada opens; ada sends \"one\"; ada sends \"two\"; ada reads 1; ada reads 2; hibernate; ada-2 opens
         wait 30000",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "one"
          store 1 Ada message "one"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "one"]
        > ada sends "two"
          store 2 Ada message "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada <- events [2 Ada message "two"]
        > ada reads 1
          store read ada 1
        > ada reads 2
          store due sweep 30000
          alarm at 30000
        > hibernate
        > ada-2 opens
          ada-2 <- welcome head 2 snapshot 1..2 read 2 roster 1 [+Ada Member Active]
        > wait 30000
          (the alarm rings)
          store read ada 2
          store due sweep 75000
          alarm at 75000
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_marker_that_waits_is_written_when_the_last_socket_goes() {
    let seen = play(
        "ada opens; ada sends \"one\"; ada sends \"two\"; ada reads 1; ada reads 2; ada drops; ada opens",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "one"
          store 1 Ada message "one"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "one"]
        > ada sends "two"
          store 2 Ada message "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada <- events [2 Ada message "two"]
        > ada reads 1
          store read ada 1
        > ada reads 2
          store due sweep 30000
          alarm at 30000
        > ada drops
          store read ada 2
          timer at 400
        > ada opens
          ada <- welcome head 2 snapshot 1..2 read 2 roster 1 [+Ada Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn what_one_session_reads_the_others_of_its_member_hear_at_once_and_nobody_else() {
    let seen = play(
        "ada opens; ada-2 opens; bob opens; ada sends \"one\"; ada sends \"two\"; ada reads 1; ada reads 2; ada-2 reads 2",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada-2 opens
          ada-2 <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada ada-2 <- presence 2 [+Bob Member Active]
        > ada sends "one"
          store 1 Ada message "one"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada ada-2 bob <- events [1 Ada message "one"]
        > ada sends "two"
          store 2 Ada message "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada ada-2 bob <- events [2 Ada message "two"]
        > ada reads 1
          store read ada 1
          ada-2 <- read 1
        > ada reads 2
          store due sweep 30000
          alarm at 30000
          ada-2 <- read 2
        > ada-2 reads 2
    "#]]
    .assert_eq(&seen);
}
