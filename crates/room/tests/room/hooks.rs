//! Webhooks: what is written by one, what an outgoing one hears and when, and what its answers become.

use expect_test::expect;
use protocol::room::Visibility;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::Player;

fn room() -> Player {
    Player::founded_by("ada", Visibility::Public)
}

/// What a script shows from here on.
fn after(before: &str, script: &str) -> String {
    let mut player = room();
    player.play(before);
    player.play(script)
}

#[test]
fn whoever_knows_the_secret_writes_and_a_repeat_is_not_written_twice() {
    let seen = after(
        "ada makes hook h1 in d1",
        "hook d1 writes built #a; hook d1 writes built #a; hook d1 writes broken by Builds; hook d2 writes psst",
    );
    expect![[r#"
        > hook d1 writes built #a
          store 1 H1 message "built"
          store once hook-h1xxxxxxxxxxxxxxxxxxxx/a seq 1
          http <- sent a seq 1
          timer at 200
        > hook d1 writes built #a
          http <- sent a seq 1 duplicate
        > hook d1 writes broken by Builds
          store 2 Builds message "broken"
          store once hook-h1xxxxxxxxxxxxxxxxxxxx/c3 seq 2
          http <- sent c3 seq 2
        > hook d2 writes psst
          http <- rejected not_found
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_webhook_writes_where_only_moderators_do_and_slow_mode_is_for_people() {
    let seen = after(
        "ada makes hook h1 in d1; ada sets posting moderators slow 60000",
        "hook d1 writes one; hook d1 writes two; ada drops hook h1; hook d1 writes three",
    );
    expect![[r#"
        > hook d1 writes one
          store 2 H1 message "one"
          store once hook-h1xxxxxxxxxxxxxxxxxxxx/c1 seq 2
          http <- sent c1 seq 2
          timer at 200
        > hook d1 writes two
          store 3 H1 message "two"
          store once hook-h1xxxxxxxxxxxxxxxxxxxx/c2 seq 3
          http <- sent c2 seq 3
        > ada drops hook h1
          store no hook-h1
          http <- done
        > hook d1 writes three
          http <- rejected not_found
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_listener_is_told_of_every_event_and_the_alarm_is_set_once() {
    let seen = after(
        "ada opens; ada makes hook h1 out; wait 100",
        "ada sends one; ada sends two; wait 60; hook h1 heard 2; ada reacts 1 👍",
    );
    expect![[r#"
        > ada sends one
          store call hook-h1 1
          store due hook-h1 100 after 0 in vain
          store due hooks 100
          store 1 Ada message "one"
          store once ada/c1 seq 1
          alarm at 100
          ada <- ack c1 seq 1
          ada <- events [1 Ada message "one"]
        > ada sends two
          store call hook-h1 2
          store 2 Ada message "two"
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada <- events [2 Ada message "two"]
        > wait 60
          (the alarm rings)
          store due hooks 20100
          alarm at 20100
        > hook h1 heard 2
          store done hook-h1 2
          store due hook-h1 never after 0 in vain
          store due hooks never
        > ada reacts 1 👍
          store call hook-h1 3
          store due hook-h1 160 after 0 in vain
          store due hooks 160
          store 3 Ada reacted 1 👍
          store once ada/c3 seq 3
          alarm at 160
          ada <- ack c3 seq 3
          ada <- events [3 Ada reacted 1 👍]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_listener_that_fails_is_called_later_and_later_and_its_events_wait() {
    let seen = after(
        "ada makes hook h1 out; ada posts one",
        "hook h1 fails at 1; ada posts two; hook h1 fails at 2; hook h1 heard 1; hook h1 heard 2",
    );
    expect![[r#"
        > hook h1 fails at 1
          store due hook-h1 1000 after 1 in vain
          store due hooks 1000
        > ada posts two
          store call hook-h1 2
          store 2 Ada message "two"
          store once ada/c2 seq 2
          http <- sent c2 seq 2
        > hook h1 fails at 2
          store due hook-h1 2000 after 2 in vain
          store due hooks 2000
        > hook h1 heard 1
          store done hook-h1 1
          store due hook-h1 0 after 0 in vain
          store due hooks 0
          alarm at 0
        > hook h1 heard 2
          store done hook-h1 2
          store due hook-h1 never after 0 in vain
          store due hooks never
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_command_calls_its_webhook_alone_and_the_answer_is_written_once() {
    let seen = after(
        "ada makes hook h1 out for weather; ada makes hook h2 out for news",
        "ada posts \"/weather Berlin\"; ada posts /sports; hook h1 answers 1 sunny; hook h1 answers 1 sunny",
    );
    expect![[r#"
        > ada posts "/weather Berlin"
          store call hook-h1 1
          store due hook-h1 0 after 0 in vain
          store due hooks 0
          store 1 Ada message "/weather Berlin"
          store once ada/c1 seq 1
          alarm at 0
          http <- sent c1 seq 1
          timer at 200
        > ada posts /sports
          store 2 Ada message "/sports"
          store once ada/c2 seq 2
          http <- sent c2 seq 2
        > hook h1 answers 1 sunny
          store done hook-h1 1
          store due hook-h1 never after 0 in vain
          store due hooks never
          store 3 H1 message "sunny"
          store once hook-h1xxxxxxxxxxxxxxxxxxxx/answer-1 seq 3
        > hook h1 answers 1 sunny
          store done hook-h1 1
          store due hook-h1 never after 0 in vain
          store due hooks never
    "#]]
    .assert_eq(&seen);
}

#[test]
fn what_webhooks_write_calls_no_command_and_nobody_hears_themselves() {
    let seen = after(
        "ada makes hook h1 out for weather; ada makes hook h2 out; ada makes hook h3 in d3",
        "hook d3 writes \"/weather Berlin\"; ada posts /weather; hook h1 answers 2 /weather; hook h2 answers 2 heard",
    );
    expect![[r#"
        > hook d3 writes "/weather Berlin"
          store call hook-h2 1
          store due hook-h2 0 after 0 in vain
          store due hooks 0
          store 1 H3 message "/weather Berlin"
          store once hook-h3xxxxxxxxxxxxxxxxxxxx/c1 seq 1
          alarm at 0
          http <- sent c1 seq 1
          timer at 200
        > ada posts /weather
          store call hook-h1 2
          store due hook-h1 0 after 0 in vain
          store call hook-h2 2
          store 2 Ada message "/weather"
          store once ada/c2 seq 2
          http <- sent c2 seq 2
        > hook h1 answers 2 /weather
          store done hook-h1 2
          store due hook-h1 never after 0 in vain
          store due hooks 0
          store call hook-h2 3
          store 3 H1 message "/weather"
          store once hook-h1xxxxxxxxxxxxxxxxxxxx/answer-2 seq 3
        > hook h2 answers 2 heard
          store done hook-h2 2
          store due hook-h2 0 after 0 in vain
          store due hooks 0
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_webhook_that_was_taken_away_hears_and_says_nothing_more() {
    let seen = after(
        "ada makes hook h1 out; ada posts one; ada drops hook h1",
        "hook h1 answers 1 late; ada posts two; ada drops hook h1",
    );
    expect![[r#"
        > hook h1 answers 1 late
        > ada posts two
          store 2 Ada message "two"
          store once ada/c2 seq 2
          http <- sent c2 seq 2
        > ada drops hook h1
          http <- rejected not_found
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_call_that_is_lost_is_made_again_and_a_room_that_was_restored_knows_who_listens() {
    let seen = after("ada makes hook h1 out; ada posts one; hibernate", "wait 1; hibernate; wait 30000");
    expect![[r#"
        > wait 1
          (the alarm rings)
          store due hooks 20000
          alarm at 20000
        > hibernate
        > wait 30000
          (the alarm rings)
          store due hooks 40000
          alarm at 40000
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_room_has_so_many_webhooks_and_no_more() {
    let mut player = room();
    for number in 1..=protocol::limits::HOOKS {
        assert!(player.play(&format!("ada makes hook h{number} in d{number}")).ends_with("done\n"));
    }
    assert!(player.play("ada makes hook h99 out").ends_with("rejected too_many\n"));
    player.play("ada drops hook h1");
    assert!(player.play("ada makes hook h99 out").ends_with("done\n"));
}
