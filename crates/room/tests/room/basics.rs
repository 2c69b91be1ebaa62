//! Coming, writing, answering, going.

use expect_test::expect;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::play;

#[test]
fn two_people_come_write_and_go() {
    let seen = play("ada opens; bob opens; ada sends \"hi\"; bob sends \"hello\" to 1; bob drops; ada drops");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > ada sends "hi"
          store 1 Ada message "hi"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada bob <- events [1 Ada message "hi"]
        > bob sends "hello" to 1
          store 2 Bob message "hello"
          store once bob/c2 seq 2
          bob <- ack c2 seq 2
          ada bob <- events [2 Bob message "hello"]
        > bob drops
          ada <- presence 1 [-bob]
          timer at 200
        > ada drops
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_member_with_two_sockets_is_one_line_of_the_roster_until_the_last_is_gone() {
    let seen = play("bob opens; ada opens; ada-2 opens; ada drops; ada-2 drops");

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
        > ada drops
        > ada-2 drops
          bob <- presence 1 [-ada]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn the_highest_role_of_a_member_s_sockets_stands_in_the_roster() {
    let seen = play("bob opens; ada opens; ada-2 opens as owner; ada-2 drops");

    expect![[r#"
        > bob opens
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          bob <- presence 2 [+Ada Member Active]
        > ada-2 opens as owner
          ada-2 <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Owner Active, +Bob Member Active]
          ada bob <- presence 2 [+Ada Owner Active]
        > ada-2 drops
          ada bob <- presence 2 [+Ada Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_new_name_reaches_everybody_and_the_next_message() {
    let seen = play(
        "ada opens; ada-2 opens; bob opens; ada renames Adele; ada-2 sends \"it is me\"; ada renames Adele",
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
        > ada renames Adele
          ada ada-2 bob <- presence 2 [+Adele Member Active]
        > ada-2 sends "it is me"
          store 1 Adele message "it is me"
          store once ada/c1 seq 1
          ada-2 <- ack c1 seq 1
          ada ada-2 bob <- events [1 Adele message "it is me"]
        > ada renames Adele
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_socket_that_opens_under_a_new_name_renames_the_others() {
    let seen = play("ada opens; bob opens; ada-2 opens as Adele; ada sends \"it is me\"");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > ada-2 opens as Adele
          ada-2 <- welcome head 0 snapshot nothing read 0 roster 2 [+Adele Member Active, +Bob Member Active]
          ada bob <- presence 2 [+Adele Member Active]
        > ada sends "it is me"
          store 1 Adele message "it is me"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada ada-2 bob <- events [1 Adele message "it is me"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn signing_out_closes_the_sockets_of_that_sign_in_and_no_others() {
    let seen = play(
        "bob opens; ada opens; ada-2 opens; bob signs out sign-in-of-ada; ada signs out sign-in-of-ada
         ada sends \"too late\"",
    );

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
        > bob signs out sign-in-of-ada
        > ada signs out sign-in-of-ada
          ada closed 4001
        > ada sends "too late"
          ada closed 4103
    "#]]
    .assert_eq(&seen);
}
