//! Coming back: with a cursor that is good, with one that is not, in pages.

use expect_test::expect;
use protocol::{ServerFrame, decode_server, limits::SERVER_FRAME_BYTES};
use room::Limits;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::{Player, play},
    world::Hibernation,
};

#[test]
fn who_comes_back_hears_what_was_missed_and_a_stranger_s_cursor_gets_a_snapshot() {
    let seen = play(
        "ada opens; ada sends \"one\"; ada sends \"two\"; ada drops
         bob opens at e1.1; bob resumes at e1.2; bob resumes at e1.0; bob resumes at e1.3; bob resumes at e9.1
         bob resumes at nonsense; bob resumes at e1.18446744073709551615",
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
        > ada drops
          timer at 400
        > bob opens at e1.1
          bob <- welcome head 2 recovered 2 more_before read 0 roster 1 [+Bob Member Active]
        > bob resumes at e1.2
          bob <- welcome head 2 recovered nothing more_before read 0 roster 1 [+Bob Member Active]
        > bob resumes at e1.0
          bob <- welcome head 2 recovered 1..2 read 0 roster 1 [+Bob Member Active]
        > bob resumes at e1.3
          bob <- welcome head 2 snapshot 1..2 read 0 roster 1 [+Bob Member Active]
        > bob resumes at e9.1
          bob <- welcome head 2 snapshot 1..2 read 0 roster 1 [+Bob Member Active]
        > bob resumes at nonsense
          bob <- welcome head 2 snapshot 1..2 read 0 roster 1 [+Bob Member Active]
        > bob resumes at e1.18446744073709551615
          bob <- welcome head 2 snapshot 1..2 read 0 roster 1 [+Bob Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn nothing_live_comes_between_the_pages_of_a_resume_even_over_hibernation() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play(&format!("ada opens; {}", "ada sends \"x\"; ".repeat(1_001)));
    let seen = player.play(
        "bob opens at e1.0; hibernate; ada sends \"y\"; bob resumes at e1.500; ada sends \"z\"; bob resumes at e1.1000
         ada sends \"live\"",
    );

    expect![[r#"
        > bob opens at e1.0
          bob <- welcome head 1001 recovered 1..500 more read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > hibernate
        > ada sends "y"
          store 1002 Ada message "y"
          store once ada/c1002 seq 1002
          ada <- ack c1002 seq 1002
          ada <- events [1002 Ada message "y"]
        > bob resumes at e1.500
          bob <- welcome head 1002 recovered 501..1000 more more_before read 0 roster 2 [+Ada Member Active, +Bob Member Active]
        > ada sends "z"
          store 1003 Ada message "z"
          store once ada/c1003 seq 1003
          ada <- ack c1003 seq 1003
          ada <- events [1003 Ada message "z"]
        > bob resumes at e1.1000
          bob <- welcome head 1003 recovered 1001..1003 more_before read 0 roster 2 [+Ada Member Active, +Bob Member Active]
        > ada sends "live"
          store 1004 Ada message "live"
          store once ada/c1004 seq 1004
          ada <- ack c1004 seq 1004
          ada bob <- events [1004 Ada message "live"]
    "#]].assert_eq(&seen);
}

#[test]
fn a_snapshot_is_the_newest_fifty_messages() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play(&format!("ada opens; {}", "ada sends \"x\"; ".repeat(51)));
    let seen = player.play("ada reacts 51 👍; bob opens");

    expect![[r#"
        > ada reacts 51 👍
          store 52 Ada reacted 51 👍
          store once ada/c52 seq 52
          ada <- ack c52 seq 52
          ada <- events [52 Ada reacted 51 👍]
        > bob opens
          bob <- welcome head 52 snapshot 2..51 more_before read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
    "#]].assert_eq(&seen);
}

#[test]
fn pages_of_long_messages_are_cut_at_256_kib_and_no_frame_exceeds_512() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play(&format!("ada opens; {}", "ada sends {4000}; ".repeat(80)));
    let seen = player.play("bob opens; bob opens at e1.0; bob resumes at e1.65");

    expect![[r#"
        > bob opens
          bob <- welcome head 80 snapshot 31..80 more_before read 0 roster 2 [+Ada Member Active, +Bob Member Active] marked
          ada <- presence 2 [+Bob Member Active]
        > bob opens at e1.0
          bob <- welcome head 80 recovered 1..63 more read 0 roster 2 [+Ada Member Active, +Bob Member Active] marked
        > bob resumes at e1.65
          bob <- welcome head 80 recovered 66..80 more_before read 0 roster 2 [+Ada Member Active, +Bob Member Active]
    "#]].assert_eq(&seen);
    assert!(player.sent.iter().all(|(_, frame)| frame.len() <= SERVER_FRAME_BYTES));
}

#[test]
fn an_event_that_waits_for_its_round_reaches_a_newcomer_once() {
    // With twenty sockets the window is 2 ms: the second message waits.
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("20 members open; wait 1000");
    let seen = player.play("m001 sends \"one\"; m002 sends \"two\"; bob opens; m003 sends \"three\"; wait 2");

    expect![[r#"
        > m001 sends "one"
          store 1 M001 message "one"
          store once m001/c1 seq 1
          m001 <- ack c1 seq 1
          20 sessions <- events [1 M001 message "one"]
        > m002 sends "two"
          store 2 M002 message "two"
          store once m002/c2 seq 2
          store due guard 6000
          m002 <- ack c2 seq 2
          timer at 1002
        > bob opens
          bob <- welcome head 2 snapshot 1..2 read 0 roster 21 [21 members]
        > m003 sends "three"
          store 3 M003 message "three"
          store once m003/c3 seq 3
          m003 <- ack c3 seq 3
        > wait 2
          (the timer rings)
          20 sessions <- events [2 M002 message "two", 3 M003 message "three"]
          bob <- events [3 M003 message "three"]
          20 sessions <- presence 21 [+Bob Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn the_welcome_says_what_the_protocol_names() {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("ada opens as owner");

    let (_, frame) = player.sent.first().expect("a welcome");
    expect![[r#"{"type":"welcome","protocol":1,"session":"ada","me":{"id":"ada","name":"Ada","role":"owner"},"room":{"room":"lobby","title":"Lobby","topic":"","visibility":"public","kind":"public","slow_mode_ms":0,"retention_days":null,"posting":"everyone","created_at":1700000000000},"epoch":"e1","head":0,"floor":1,"recovered":false,"messages":[],"more":false,"more_before":false,"pins":[],"roster":{"count":1,"members":[{"id":"ada","name":"Ada","role":"owner","state":"active"}]},"read":0,"limits":{"text":4000,"frame_bytes":65536,"mentions":20,"attachments":10,"file_bytes":10485760,"send_per_s":5,"send_burst":20},"now":1700000000000,"heartbeat_ms":30000,"spread_ms":5000}"#]].assert_eq(frame);
    let received = decode_server(frame).expect("a frame");
    assert!(matches!(received.frame, ServerFrame::Welcome(_)));
}
