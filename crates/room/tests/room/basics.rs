//! Coming, writing, answering, going.

use expect_test::expect;

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
        > ada drops
    "#]]
    .assert_eq(&seen);
}

#[test]
fn who_comes_back_hears_what_was_missed_and_a_stranger_s_cursor_gets_a_snapshot() {
    let seen = play(
        "ada opens; ada sends \"one\"; ada sends \"two\"
         bob opens at e1.1; bob resumes at e1.2; bob resumes at e1.3; bob resumes at e9.1; bob resumes at nonsense",
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
        > bob opens at e1.1
          bob <- welcome head 2 recovered 2 more_before read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > bob resumes at e1.2
          bob <- welcome head 2 recovered nothing more_before read 0 roster 2 [+Ada Member Active, +Bob Member Active]
        > bob resumes at e1.3
          bob <- welcome head 2 snapshot 1..2 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
        > bob resumes at e9.1
          bob <- welcome head 2 snapshot 1..2 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
        > bob resumes at nonsense
          bob <- welcome head 2 snapshot 1..2 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
    "#]].assert_eq(&seen);
}
