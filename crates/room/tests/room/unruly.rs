//! Sockets that send nonsense, do not read, or are too many.

use expect_test::expect;
use protocol::limits::{CLIENT_FRAME_BYTES, MARK_BYTES};
use room::Limits;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::{Player, play},
    world::Hibernation,
};

#[test]
fn bad_frames_are_refused_under_their_id_and_the_fifth_in_a_minute_closes() {
    // The scripts' texts have no quotes in them, so these frames are what is bad about them.
    let long = format!("{{{}", "x".repeat(CLIENT_FRAME_BYTES));
    let seen = play(&format!(
        "bob opens; ada opens; ada utters \"nonsense\"; ada sends bytes; ada utters \"[]\"; hibernate; wait 59999
         ada utters \"{long}\"; wait 1; ada utters \"{{}}\"; ada utters \"1\"; ada utters \"2\"; ada utters \"3\"; ada sends \"hi\""
    ));

    expect![[r#"
        > bob opens
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          bob <- presence 2 [+Ada Member Active]
        > ada utters "nonsense"
          ada <- reject - bad_frame
        > ada sends bytes
          ada <- reject - bad_frame
        > ada utters "[]"
          ada <- reject - bad_frame
        > hibernate
        > wait 59999
        > ada utters "(64 KiB and more)"
          ada <- reject - too_large
        > wait 1
        > ada utters "{}"
          ada <- reject - bad_frame
        > ada utters "1"
          ada <- reject - bad_frame
        > ada utters "2"
          ada <- reject - bad_frame
        > ada utters "3"
          ada <- reject - bad_frame
          ada closed 4022
          bob <- presence 1 [-ada]
        > ada sends "hi"
          ada closed 4103
    "#]]
    .assert_eq(&seen.replace(&long, "(64 KiB and more)"));
}

#[test]
fn a_type_that_is_not_known_is_refused_and_never_counted() {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("ada opens");
    let unknown = r#"{"type":"dance","id":"c1","seq":1,"on":true}"#;

    let seen: String = (0..6).map(|_| player.utter("ada", unknown)).collect();

    assert_eq!(seen, "  ada <- reject c1 unknown_type\n".repeat(6));
}

#[test]
fn a_known_type_with_wrong_fields_and_a_bad_id_are_told_apart() {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("ada opens");

    let wrong = player.utter("ada", r#"{"type":"edit","id":"c1","seq":"one","text":"x"}"#);
    let bad_id = player.utter("ada", r#"{"type":"send","id":"not an id","text":"x"}"#);

    assert_eq!(
        (wrong.as_str(), bad_id.as_str()),
        ("  ada <- reject c1 bad_frame\n", "  ada <- reject - bad_id\n")
    );
}

#[test]
fn the_seventeenth_socket_of_a_member_is_closed_unless_limits_are_off() {
    let opens: String = (1..=17).map(|n| format!("ada-{n} opens; ")).collect();
    let last = |limits| {
        let seen = Player::new(Hibernation::Told, limits).play(&opens);
        seen.rsplit("> ").next().expect("the last step").to_owned()
    };

    expect![[r#"
        ada-17 opens
          ada-17 closed 4009
    "#]]
    .assert_eq(&last(Limits::On));
    expect![[r#"
        ada-17 opens
          ada-17 <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
    "#]]
    .assert_eq(&last(Limits::Off));
}

#[test]
fn limits_that_are_off_lift_the_rate() {
    let seen = Player::new(Hibernation::Told, Limits::Off)
        .play(&format!("ada opens; {}", "ada sends \"hi\"; ".repeat(100)));

    assert_eq!(seen.matches(" ack ").count(), 100);
}

#[test]
fn a_mark_comes_once_in_64_kib_and_the_same_frame_goes_unmarked_to_others() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play("ada opens");
    while player.bytes_to("ada") < MARK_BYTES {
        player.play("ada sends {4000}");
    }
    let marked: Vec<&String> =
        player.sent.iter().map(|(_, frame)| frame).filter(|frame| frame.contains("\"mark\"")).collect();
    assert_eq!(marked.len(), 1);

    let seen =
        player.play("bob opens; ada sends \"hi\"; ada returns its mark; hibernate; ada returns its mark");
    expect![[r#"
        > bob opens
          bob <- welcome head 16 snapshot 1..16 read 0 roster 2 [+Ada Member Active, +Bob Member Active] marked
          ada <- presence 2 [+Bob Member Active]
        > ada sends "hi"
          store 17 Ada message "hi"
          store once ada/c17 seq 17
          ada <- ack c17 seq 17
          ada bob <- events [17 Ada message "hi"]
        > ada returns its mark
        > hibernate
        > ada returns its mark
    "#]].assert_eq(&seen.replace(&"x".repeat(4_000), "{4000}"));
}

#[test]
fn who_leaves_a_mebibyte_unread_is_closed_and_the_others_are_not() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play("ada opens; bob opens");
    let seen: String =
        (0..300).map(|_| player.play("bob sends {4000}; bob returns its mark if any")).collect();

    assert_eq!(seen.matches("closed").count(), 1, "only ada");
    assert!(seen.contains("ada closed 4102\n  bob <- presence 1 [-ada]\n"));
}

#[test]
fn who_returns_no_mark_for_30_s_while_there_is_more_to_send_is_closed() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play(&format!("ada opens; bob opens; {}", "bob sends {4000}; ".repeat(17)));
    player.play("bob returns its mark if any");

    let seen = player.play("wait 30000; bob sends \"still in time\"; wait 1; bob sends \"too late\"");

    expect![[r#"
        > wait 30000
        > bob sends "still in time"
          store 18 Bob message "still in time"
          store once bob/c18 seq 18
          bob <- ack c18 seq 18
          ada bob <- events [18 Bob message "still in time"]
        > wait 1
        > bob sends "too late"
          store 19 Bob message "too late"
          store once bob/c19 seq 19
          bob <- ack c19 seq 19
          bob <- events [19 Bob message "too late"]
          ada closed 4102
          bob <- presence 1 [-ada]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_socket_that_the_room_does_not_know_is_not_left_waiting() {
    expect![[r#"
        > ada sends "hi"
          ada closed 4103
    "#]]
    .assert_eq(&play("ada sends \"hi\""));
}
