//! Commands: their rules, their answers, once-only and rates.

use expect_test::expect;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::play;

#[test]
fn an_author_edits_and_deletes_what_they_wrote() {
    let seen = play(
        "ada opens; bob opens as moderator; ada sends \"one\"; ada edits 1 \"two\"; ada edits 1 \" two \"
         ada deletes 1; ada deletes 1; ada edits 1 \"three\"",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens as moderator
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Moderator Active]
          ada <- presence 2 [+Bob Moderator Active]
        > ada sends "one"
          store 1 Ada message "one"
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada bob <- events [1 Ada message "one"]
        > ada edits 1 "two"
          store 2 Ada edited 1 "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada bob <- events [2 Ada edited 1 "two"]
        > ada edits 1 " two "
          store once ada/c3 seq null
          ada <- ack c3 seq null
        > ada deletes 1
          store 3 Ada deleted 1
          store once ada/c4 seq 3
          ada <- ack c4 seq 3
          ada bob <- events [3 Ada deleted 1]
        > ada deletes 1
          store once ada/c5 seq null
          ada <- ack c5 seq null
        > ada edits 1 "three"
          ada <- reject c6 not_found
    "#]]
    .assert_eq(&seen);
}

#[test]
fn others_may_do_neither_but_a_moderator_deletes() {
    let seen = play(
        "ada opens; ada sends \"one\"; bob opens; bob edits 1 \"mine\"; bob deletes 1
         mod opens as moderator; mod edits 1 \"mine\"; mod deletes 1; bob deletes 1",
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
        > bob opens
          bob <- welcome head 1 snapshot 1 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > bob edits 1 "mine"
          bob <- reject c2 not_yours
        > bob deletes 1
          bob <- reject c3 not_yours
        > mod opens as moderator
          mod <- welcome head 1 snapshot 1 read 0 roster 3 [+Ada Member Active, +Bob Member Active, +Mod Moderator Active]
          ada bob <- presence 3 [+Mod Moderator Active]
        > mod edits 1 "mine"
          mod <- reject c4 not_yours
        > mod deletes 1
          store 2 Mod deleted 1
          store once mod/c5 seq 2
          mod <- ack c5 seq 2
          ada bob mod <- events [2 Mod deleted 1]
        > bob deletes 1
          bob <- reject c6 not_yours
    "#]].assert_eq(&seen);
}

#[test]
fn reactions_come_and_go_and_a_change_to_what_already_is_says_null() {
    let seen = play(
        "ada opens; ada sends \"one\"; ada reacts 1 👍; ada reacts 1 👍; ada unreacts 1 👍; ada unreacts 1 👍
         ada reacts 1 \"👍👍\"; ada reacts 1 a; ada reacts 2 👍; ada deletes 1; ada reacts 1 👍",
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
        > ada reacts 1 👍
          store 2 Ada reacted 1 👍
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada <- events [2 Ada reacted 1 👍]
        > ada reacts 1 👍
          store once ada/c3 seq null
          ada <- ack c3 seq null
        > ada unreacts 1 👍
          store 3 Ada unreacted 1 👍
          store once ada/c4 seq 3
          ada <- ack c4 seq 3
          ada <- events [3 Ada unreacted 1 👍]
        > ada unreacts 1 👍
          store once ada/c5 seq null
          ada <- ack c5 seq null
        > ada reacts 1 "👍👍"
          ada <- reject c6 bad_emoji
        > ada reacts 1 a
          ada <- reject c7 bad_emoji
        > ada reacts 2 👍
          ada <- reject c8 not_found
        > ada deletes 1
          store 4 Ada deleted 1
          store once ada/c9 seq 4
          ada <- ack c9 seq 4
          ada <- events [4 Ada deleted 1]
        > ada reacts 1 👍
          ada <- reject c10 not_found
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_message_bears_twenty_kinds_of_reaction_and_not_one_more() {
    let emoji = [
        "😀", "😁", "😂", "😃", "😄", "😅", "😆", "😇", "😈", "😉", "😊", "😋", "😌", "😍", "😎", "😏", "😐",
        "😑", "😒", "😓",
    ];
    let reacts: Vec<String> = emoji.iter().map(|emoji| format!("ada reacts 1 {emoji}; wait 1000")).collect();
    let seen = play(&format!(
        "ada opens; bob opens; ada sends \"one\"; {}; ada reacts 1 😔 #over; bob reacts 1 😀 #known; ada unreacts 1 😀
         ada reacts 1 😔 #still; bob unreacts 1 😀; ada reacts 1 😔 #now",
        reacts.join("; ")
    ));

    let last = seen
        .split_inclusive("> ")
        .filter(|step| step.contains('#') || step.contains("😓"))
        .collect::<String>();
    expect![[r#"
        ada reacts 1 😓
          store 21 Ada reacted 1 😓
          store once ada/c21 seq 21
          ada <- ack c21 seq 21
          ada bob <- events [21 Ada reacted 1 😓]
        > ada reacts 1 😔 #over
          ada <- reject over too_many
        > bob reacts 1 😀 #known
          store 22 Bob reacted 1 😀
          store once bob/known seq 22
          bob <- ack known seq 22
          ada bob <- events [22 Bob reacted 1 😀]
        > ada reacts 1 😔 #still
          ada <- reject still too_many
        > ada reacts 1 😔 #now
          store 25 Ada reacted 1 😔
          store once ada/now seq 25
          ada <- ack now seq 25
          ada bob <- events [25 Ada reacted 1 😔]
    "#]]
    .assert_eq(&last);
}

#[test]
fn what_cannot_be_sent_is_refused_by_its_name() {
    let mentions = |count: usize| (0..count).map(|n| format!(" mentioning m{n}")).collect::<String>();
    let seen = play(&format!(
        "ada opens; ada sends \"  \"; ada sends {{4001}}; ada sends {{4000}}; ada sends \"hi\" to 7
         ada sends \"hi\" with file-1; ada edits 1 \"\"; ada sends \"hi\"{}; ada sends \"hi\"{}; ada edits 9 \"hi\"; ada deletes 9",
        mentions(21),
        mentions(20)
    ));

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "  "
          ada <- reject c1 empty
        > ada sends {4001}
          ada <- reject c2 too_long
        > ada sends {4000}
          store 1 Ada message "{4000}"
          store once ada/c3 seq 1
          ada <- ack c3 seq 1
          ada <- events [1 Ada message "{4000}"]
        > ada sends "hi" to 7
          ada <- reject c4 not_found
        > ada sends "hi" with file-1
          ada <- reject c5 not_found
        > ada edits 1 ""
          ada <- reject c6 empty
        > ada sends "hi" mentioning m0 mentioning m1 mentioning m2 mentioning m3 mentioning m4 mentioning m5 mentioning m6 mentioning m7 mentioning m8 mentioning m9 mentioning m10 mentioning m11 mentioning m12 mentioning m13 mentioning m14 mentioning m15 mentioning m16 mentioning m17 mentioning m18 mentioning m19 mentioning m20
          ada <- reject c7 too_many
        > ada sends "hi" mentioning m0 mentioning m1 mentioning m2 mentioning m3 mentioning m4 mentioning m5 mentioning m6 mentioning m7 mentioning m8 mentioning m9 mentioning m10 mentioning m11 mentioning m12 mentioning m13 mentioning m14 mentioning m15 mentioning m16 mentioning m17 mentioning m18 mentioning m19
          store 2 Ada message "hi"
          store once ada/c8 seq 2
          ada <- ack c8 seq 2
          ada <- events [2 Ada message "hi"]
        > ada edits 9 "hi"
          ada <- reject c9 not_found
        > ada deletes 9
          ada <- reject c10 not_found
    "#]].assert_eq(&seen.replace(&"x".repeat(4_000), "{4000}"));
}

#[test]
fn a_reply_may_come_too_late_for_what_it_answers() {
    let seen = play("ada opens; ada sends \"one\"; ada deletes 1; ada sends \"about that\" to 1");

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
        > ada deletes 1
          store 2 Ada deleted 1
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada <- events [2 Ada deleted 1]
        > ada sends "about that" to 1
          store 3 Ada message "about that"
          store once ada/c3 seq 3
          ada <- ack c3 seq 3
          ada <- events [3 Ada message "about that"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_repeat_gets_the_first_ack_and_another_body_under_its_id_is_refused() {
    let seen = play(
        "ada opens; ada sends \"hi\" #x; ada sends \"hi\" #x; ada sends \"ho\" #x; ada deletes 1 #x
         bob opens; bob sends \"hi\" #x; ada drops; hibernate; ada-2 opens; ada-2 sends \"hi\" #x; ada posts \"hi\" #x",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "hi" #x
          store 1 Ada message "hi"
          store once ada/x seq 1
          ada <- ack x seq 1
          ada <- events [1 Ada message "hi"]
        > ada sends "hi" #x
          ada <- ack x seq 1 duplicate
        > ada sends "ho" #x
          ada <- reject x id_reused
        > ada deletes 1 #x
          ada <- reject x id_reused
        > bob opens
          bob <- welcome head 1 snapshot 1 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > bob sends "hi" #x
          store 2 Bob message "hi"
          store once bob/x seq 2
          bob <- ack x seq 2
          ada bob <- events [2 Bob message "hi"]
        > ada drops
          bob <- presence 1 [-ada]
          timer at 200
        > hibernate
        > ada-2 opens
          ada-2 <- welcome head 2 snapshot 1..2 read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          bob <- presence 2 [+Ada Member Active]
        > ada-2 sends "hi" #x
          ada-2 <- ack x seq 1 duplicate
        > ada posts "hi" #x
          http <- sent x seq 1 duplicate
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_reject_is_not_remembered() {
    let seen = play(
        "ada opens; ada sends \"answer\" to 1 #x; bob opens; bob sends \"question\"; ada sends \"answer\" to 1 #x",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada sends "answer" to 1 #x
          ada <- reject x not_found
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > bob sends "question"
          store 1 Bob message "question"
          store once bob/c2 seq 1
          bob <- ack c2 seq 1
          ada bob <- events [1 Bob message "question"]
        > ada sends "answer" to 1 #x
          store 2 Ada message "answer"
          store once ada/x seq 2
          ada <- ack x seq 2
          ada bob <- events [2 Ada message "answer"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn twenty_commands_go_at_once_then_five_a_second_and_a_repeat_is_answered_all_the_same() {
    let burst = "ada sends \"hi\"; ".repeat(20);
    let seen = play(&format!(
        "ada opens; {burst} ada sends \"hi\" #over; ada sends \"hi\" #c1; wait 199; ada sends \"hi\" #over; wait 1
         ada sends \"hi\" #over; ada sends \"hi\" #more"
    ));

    let (_, seen) = seen.split_once("seq 20\n").expect("twenty events");
    expect![[r#"
          ada <- ack c20 seq 20
          ada <- events [20 Ada message "hi"]
        > ada sends "hi" #over
          ada <- reject over rate_limited after 200
        > ada sends "hi" #c1
          ada <- ack c1 seq 1 duplicate
        > wait 199
        > ada sends "hi" #over
          ada <- reject over rate_limited after 1
        > wait 1
        > ada sends "hi" #over
          store 21 Ada message "hi"
          store once ada/over seq 21
          ada <- ack over seq 21
          ada <- events [21 Ada message "hi"]
        > ada sends "hi" #more
          ada <- reject more rate_limited after 200
    "#]]
    .assert_eq(seen);
}

#[test]
fn one_bucket_serves_all_sockets_of_a_member_and_http_and_outlives_them_and_hibernation() {
    let burst = "ada sends \"hi\"; ada-2 sends \"hi\"; ".repeat(10);
    let seen = play(&format!(
        "ada opens; ada-2 opens; {burst} ada posts \"hi\"; ada drops; hibernate; ada-2 sends \"hi\"; ada-2 drops
         ada opens; ada sends \"hi\"; bob posts \"hi\""
    ));

    let (_, seen) = seen.split_once("seq 20\n").expect("twenty events");
    let (_, seen) = seen.split_once("> ada posts").expect("the post");
    expect![[r#"
         "hi"
          http <- rejected rate_limited after 200
        > ada drops
        > hibernate
        > ada-2 sends "hi"
          ada-2 <- reject c22 rate_limited after 200
        > ada-2 drops
          timer at 4000
        > ada opens
          ada <- welcome head 20 snapshot 1..20 read 0 roster 1 [+Ada Member Active]
        > ada sends "hi"
          ada <- reject c23 rate_limited after 200
        > bob posts "hi"
          store 21 Bob message "hi"
          store once bob/c24 seq 21
          http <- sent c24 seq 21
          ada <- events [21 Bob message "hi"]
          timer at 200
    "#]]
    .assert_eq(seen);
}

#[test]
fn what_comes_by_http_is_a_command_like_any_other() {
    let seen = play(
        "bob opens; ada posts \"hi\" #x; ada posts \"hi\" #x; ada posts \"ho\" #x; ada posts \" \"; ada posts \"hi\" #y",
    );

    expect![[r#"
        > bob opens
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > ada posts "hi" #x
          store 1 Ada message "hi"
          store once ada/x seq 1
          http <- sent x seq 1
          bob <- events [1 Ada message "hi"]
          timer at 200
        > ada posts "hi" #x
          http <- sent x seq 1 duplicate
        > ada posts "ho" #x
          http <- rejected id_reused
        > ada posts " "
          http <- rejected empty
        > ada posts "hi" #y
          store 2 Ada message "hi"
          store once ada/y seq 2
          http <- sent y seq 2
          bob <- events [2 Ada message "hi"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn time_in_the_log_never_goes_back() {
    let mut player = crate::script::Player::new(crate::world::Hibernation::Always, room::Limits::On);
    player.play(
        "ada opens; ada sends \"one\"; clock back 60000; ada sends \"two\"; wait 61000; ada sends \"three\"",
    );

    let bounds = archive::Bounds { count: 9, bytes: 9_999 };
    let events = player.world.archive.events_after(protocol::Seq::ZERO, bounds).expect("a log");
    let times: Vec<u64> = events.iter().map(|event| event.at.since(crate::world::START)).collect();
    assert_eq!(times, [0, 0, 1_000]);
}
