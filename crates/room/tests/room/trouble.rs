//! Storage that fails: the command is refused, and a room that fails twice reads only until a trial succeeds.

use expect_test::expect;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::play;

#[test]
fn a_command_that_could_not_be_written_is_refused_and_may_be_sent_again() {
    let seen = play("ada opens; bob opens; commits fail 1; ada sends \"hi\" #x; ada sends \"hi\" #x");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > commits fail 1
        > ada sends "hi" #x
          (the commit fails)
          alarm at 75000
          ada <- reject x storage_failed after 1000
          ada bob <- head 0
          ada bob <- roster 2 [+Ada Member Active, +Bob Member Active]
        > ada sends "hi" #x
          store 1 Ada message "hi"
          store once ada/x seq 1
          ada <- ack x seq 1
          ada bob <- events [1 Ada message "hi"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn two_failures_in_a_row_make_the_room_read_only_until_a_trial_succeeds_even_over_hibernation() {
    let seen = play(
        "ada opens; ada sends \"before\" #a; commits fail 3; ada sends \"hi\" #x; ada sends \"hi\" #x; ada sends \"hi\" #x
         ada sends \"before\" #a; bob opens; hibernate; ada sends \"hi\" #x; wait 5000; ada sends \"hi\" #x; wait 5000; ada sends \"hi\" #x",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "before" #a
          store 1 Ada message "before"
          store once ada/a seq 1
          ada <- ack a seq 1
          ada <- events [1 Ada message "before"]
        > commits fail 3
        > ada sends "hi" #x
          (the commit fails)
          alarm at 75000
          ada <- reject x storage_failed after 1000
          ada <- head 1
          ada <- roster 1 [+Ada Member Active]
        > ada sends "hi" #x
          (the commit fails)
          alarm at 5000
          ada <- reject x storage_failed after 1000
          ada <- head 1
          ada <- roster 1 [+Ada Member Active]
          timer at 5000
        > ada sends "hi" #x
          ada <- reject x read_only
        > ada sends "before" #a
          ada <- ack a seq 1 duplicate
        > bob opens
          bob <- welcome head 1 snapshot 1 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > hibernate
        > ada sends "hi" #x
          ada <- reject x read_only
          timer at 5000
        > wait 5000
          (the timer rings)
          (the commit fails)
          alarm at 10000
          ada bob <- head 1
          ada bob <- roster 2 [+Ada Member Active, +Bob Member Active]
          timer at 10000
        > ada sends "hi" #x
          ada <- reject x read_only
        > wait 5000
          (the timer rings)
          store due trial 10000
          store due trial never
          alarm at 75000
        > ada sends "hi" #x
          store 2 Ada message "hi"
          store once ada/x seq 2
          ada <- ack x seq 2
          ada bob <- events [2 Ada message "hi"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_success_between_two_failures_keeps_the_room_open() {
    let seen = play(
        "ada opens; commits fail 1; ada sends \"hi\" #x; ada sends \"hi\" #x; commits fail 1; ada sends \"ho\" #y
         ada sends \"ho\" #y",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > commits fail 1
        > ada sends "hi" #x
          (the commit fails)
          alarm at 75000
          ada <- reject x storage_failed after 1000
          ada <- head 0
          ada <- roster 1 [+Ada Member Active]
        > ada sends "hi" #x
          store 1 Ada message "hi"
          store once ada/x seq 1
          ada <- ack x seq 1
          ada <- events [1 Ada message "hi"]
        > commits fail 1
        > ada sends "ho" #y
          (the commit fails)
          alarm at 75000
          ada <- reject y storage_failed after 1000
          ada <- head 1
          ada <- roster 1 [+Ada Member Active]
        > ada sends "ho" #y
          store 2 Ada message "ho"
          store once ada/y seq 2
          ada <- ack y seq 2
          ada <- events [2 Ada message "ho"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn an_archive_that_cannot_be_read_is_no_dead_room() {
    let seen = play(
        "ada opens; a read fails; ada sends \"hi\" #x; ada sends \"hi\" #x; a read fails; bob opens; bob-2 opens",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > a read fails
        > ada sends "hi" #x
          (a read fails)
          alarm at 75000
          ada <- reject x storage_failed after 1000
          ada <- head 0
          ada <- roster 1 [+Ada Member Active]
        > ada sends "hi" #x
          store 1 Ada message "hi"
          store once ada/x seq 1
          ada <- ack x seq 1
          ada <- events [1 Ada message "hi"]
        > a read fails
        > bob opens
          (a read fails)
          alarm at 75000
          bob closed 4103
          ada <- head 1
          ada <- roster 1 [+Ada Member Active]
        > bob-2 opens
          bob-2 <- welcome head 1 snapshot 1 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_command_by_http_learns_of_it_too_and_a_sign_in_ends_all_the_same() {
    let seen = play(
        "bob opens; bob sends \"one\"; bob sends \"two\"; bob reads 1; bob reads 2; commits fail 1; ada posts \"hi\" #x
         ada posts \"hi\" #x; commits fail 1; bob signs out sign-in-of-bob",
    );

    expect![[r#"
        > bob opens
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > bob sends "one"
          store 1 Bob message "one"
          store once bob/c1 seq 1
          bob <- ack c1 seq 1
          bob <- events [1 Bob message "one"]
        > bob sends "two"
          store 2 Bob message "two"
          store once bob/c2 seq 2
          bob <- ack c2 seq 2
          bob <- events [2 Bob message "two"]
        > bob reads 1
          store read bob 1
        > bob reads 2
          store due sweep 30000
          alarm at 30000
        > commits fail 1
        > ada posts "hi" #x
          (the commit fails)
          alarm at 30000
          http <- rejected storage_failed after 1000
          bob <- head 2
          bob <- roster 1 [+Bob Member Active]
        > ada posts "hi" #x
          store 3 Ada message "hi"
          store once ada/x seq 3
          http <- sent x seq 3
          bob <- events [3 Ada message "hi"]
          timer at 200
        > commits fail 1
        > bob signs out sign-in-of-bob
          (the commit fails)
          alarm at 30000
          bob closed 4001
          timer at 400
    "#]]
    .assert_eq(&seen);
}

#[test]
fn an_alarm_that_cannot_write_waits_before_it_rings_again() {
    let seen = play("ada opens; commits fail 3; wait 90000");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > commits fail 3
        > wait 90000
          (the alarm rings)
          (the commit fails)
          alarm at 80000
          ada <- head 0
          ada <- roster 1 [+Ada Member Active]
          (the alarm rings)
          (the commit fails)
          alarm at 85000
          ada <- head 0
          ada <- roster 1 [+Ada Member Active]
          timer at 85000
          (the timer rings)
          (the commit fails)
          alarm at 90000
          ada <- head 0
          ada <- roster 1 [+Ada Member Active]
          timer at 90000
          (the timer rings)
          store due trial 90000
          store due trial never
          alarm at 90000
          (the alarm rings)
          store due sweep never
          ada closed 4102
    "#]]
    .assert_eq(&seen);
}
