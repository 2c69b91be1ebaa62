//! Retention: what is too old goes by alarm, everybody hears of it, and nothing is woken for nothing.

use archive::Anchor;
use expect_test::expect;
use protocol::{Member, MemberId, room::Visibility};
use room::Limits;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::Player,
    world::{Hibernation, World, founding},
};

const HOUR_MS: u64 = 60 * 60 * 1_000;
const DAY_MS: u64 = 24 * HOUR_MS;

/// A room of Ada's that keeps what is written for so many days.
fn keeping(days: u32) -> Player {
    let mut founding = founding(Visibility::Public);
    founding.info.retention_days = Some(days);
    founding.owner = MemberId::parse("ada").ok().map(|id| Member { id, name: "Ada".to_owned() });
    Player::over(World::founded(&founding, Hibernation::Always, Limits::Off))
}

/// Where the log begins and ends.
fn extent(player: &Player) -> (u64, u64) {
    let log = player.world.archive.log().unwrap().unwrap();
    (log.floor.value(), log.head.value())
}

#[test]
fn what_is_older_than_the_room_keeps_goes_and_whoever_is_there_hears_where_the_log_begins() {
    let mut player = keeping(1);
    player.play("ada posts old; wait 40000000; bob posts young; wait 46390000; cem opens");

    let seen = player.play("wait 15000");

    expect![[r#"
        > wait 15000
          (the alarm rings)
          store 3 Lobby pruned below 2
          store due retention 90000000
          alarm at 86465000
          cem <- events [3 Lobby pruned below 2]
    "#]]
    .assert_eq(&seen);
    assert_eq!(extent(&player), (2, 3));
}

#[test]
fn a_room_that_has_nothing_left_to_lose_is_not_woken_again() {
    let mut player = keeping(1);
    player.play("ada posts old");

    let goes = player.play("wait 90000000");
    let quiet = player.play("wait 999999999");

    expect![[r#"
        > wait 90000000
          (the alarm rings)
          store 2 Lobby pruned below 2
          store due retention 90000000
          alarm at 90000000
          (the alarm rings)
          store due retention never
    "#]]
    .assert_eq(&goes);
    assert_eq!(quiet, "> wait 999999999\n");
    assert_eq!(player.play("ada posts new").matches("store due retention").count(), 1);
}

#[test]
fn a_busy_room_prunes_once_in_an_hour_and_keeps_nothing_longer_than_an_hour_more() {
    let mut player = keeping(1);
    let mut pruned_at = Vec::new();
    for minute in (5..=30 * 60).step_by(5) {
        player.play("ada posts hi");
        if player.play("wait 300000").contains("pruned below") {
            pruned_at.push(minute);
        }
        let oldest_at = player.world.archive.oldest_at().unwrap().expect("a message");
        assert!(player.world.now.since(oldest_at) < DAY_MS + HOUR_MS);
    }

    expect!["[1440, 1500, 1560, 1620, 1680, 1740, 1800]"].assert_eq(&format!("{pruned_at:?}"));
}

#[test]
fn a_long_backlog_goes_in_turns_and_others_have_theirs_between() {
    let mut player = keeping(1);
    for _ in 0..2_500 {
        player.play("ada posts hi");
    }

    let first = player.play("wait 86400000");
    let (floor, head) = extent(&player);
    let between = player.play("bob posts here");
    let second = player.play("wait 1000");

    assert!(first.contains("pruned below 2001"), "{first}");
    assert_eq!((floor, head), (2_001, 2_501));
    assert!(between.contains("sent"), "{between}");
    assert!(second.contains("pruned below 2501"), "{second}");
}

#[test]
fn a_cursor_below_the_floor_gets_a_snapshot_and_one_at_it_goes_on() {
    let mut player = keeping(1);
    player.play("ada posts one; ada posts two; wait 50000000; bob posts three; wait 36400000");
    assert_eq!(extent(&player), (3, 4));

    let below = player.play("cem opens at e1.1");
    let at = player.play("dora opens at e1.2");

    assert!(below.contains("cem <- welcome head 4 snapshot 3"), "{below}");
    assert!(at.contains("dora <- welcome head 4 recovered 3..4"), "{at}");
}

#[test]
fn commands_on_what_is_gone_find_nothing_and_a_reply_to_it_keeps_its_seq_alone() {
    let mut player = keeping(1);
    player.play("ada posts one; wait 50000000; ada opens; ada sends two to 1; wait 36400000; ada opens");

    let late = player.play(
        "ada edits 1 late; ada deletes 1; ada reacts 1 👍; ada sends late to 1; ada sends again #c2; ada edits 2 changed",
    );

    assert_eq!(late.matches("not_found").count(), 4, "{late}");
    let ada = MemberId::parse("ada").unwrap();
    let bounds = archive::Bounds { count: 10, bytes: 1 << 20 };
    let page = player.world.archive.messages(Anchor::Newest, &ada, bounds).unwrap();
    let reply = page.messages[0].reply_to.as_ref().expect("an answer");
    assert_eq!((reply.seq.value(), &reply.by, &reply.excerpt), (1, &None, &None));
}

#[test]
fn a_command_whose_message_is_gone_is_still_answered_as_it_was() {
    let mut player = keeping(1);
    player.play("ada posts one #first; wait 90000000");
    assert_eq!(extent(&player).0, 2);

    let again = player.play("ada posts one #first");

    assert!(again.contains("sent first seq 1 duplicate"), "{again}");
}

#[test]
fn a_pruning_that_cannot_be_written_is_tried_again_and_takes_nothing_away_before() {
    let mut player = keeping(1);
    player.play("ada posts old; commits fail 1");

    player.play("wait 86400000");
    assert_eq!(extent(&player), (1, 1));
    player.play("wait 60000");

    assert_eq!(extent(&player), (2, 2));
}

#[test]
fn a_room_that_keeps_less_from_now_on_loses_what_is_too_old_by_that_at_once() {
    let mut player = keeping(90);
    player.play("ada posts old; wait 172800000; ada posts young");

    let less = player.play("ada sets retention 1; wait 0");
    let for_ever = player.play("ada sets retention none; wait 999999999");

    assert!(less.contains("4 Lobby pruned below 2"), "{less}");
    assert!(!for_ever.contains("pruned"), "{for_ever}");
    assert_eq!(extent(&player), (2, 5));
}
