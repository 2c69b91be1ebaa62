//! Files: how they come to a room, stand on a message, and are let go.

use archive::FILES;
use expect_test::expect;
use protocol::{Millis, limits::FILE_BYTES_IN_ROOM, room::Visibility};
use room::{Limits, Shelf};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::Player,
    world::{Hibernation, World, founding},
};

const HOUR_MS: u64 = 60 * 60 * 1_000;
const DAY_MS: u64 = 24 * HOUR_MS;

fn room(limits: Limits) -> Player {
    Player::over(World::founded(&founding(Visibility::Public), Hibernation::Always, limits))
}

/// Files of which whoever keeps their bytes has to hear that they left.
fn let_go(player: &Player) -> Vec<String> {
    let rows = player.world.archive.outgoing(Millis(u64::MAX >> 12), 1_000).expect("it can be read");
    rows.into_iter().filter(|row| row.receiver == FILES).map(|row| row.news).collect()
}

#[test]
fn a_file_is_told_to_the_room_and_then_shown_by_a_message_without_a_word() {
    let mut player = room(Limits::On);
    player.play("ada opens; bob opens; wait 100");
    let seen = player.play("ada brings f1; ada sends \"\" with f1; wait 100");
    expect![[r#"
        > ada brings f1
          store file f1 of ada
          store due files 86400100
          http <- done
        > ada sends "" with f1
          store 1 Ada message "" with f1
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada bob <- events [1 Ada message "" with f1]
        > wait 100
    "#]]
    .assert_eq(&seen);
}

#[test]
fn only_one_s_own_file_that_is_on_no_message_yet_can_be_shown() {
    let mut player = room(Limits::Off);
    player.play("ada opens; bob opens; ada brings f1; bob brings f2; ada brings f4; ada sends look with f1");
    let refused = ["with f1", "with f2", "with f3", "with f4 with f4"].map(|files| {
        let script = format!("ada sends again {files}");
        player.play(&script).lines().find(|line| line.contains("reject")).unwrap_or("taken").trim().to_owned()
    });
    assert!(refused.iter().all(|line| line.contains("not_found")), "{refused:?}");
}

#[test]
fn eleven_files_are_too_many_and_ten_are_not() {
    let mut player = room(Limits::Off);
    player.play("ada opens");
    (1..=11).for_each(|n| drop(player.play(&format!("ada brings f{n}"))));
    let with = |count| (1..=count).map(|n| format!(" with f{n}")).collect::<String>();
    assert!(player.play(&format!("ada sends x{}", with(11))).contains("too_many"));
    assert!(player.play(&format!("ada sends x{}", with(10))).contains("ack"));
}

#[test]
fn a_file_that_is_shown_goes_with_its_message_and_the_alarm_sees_to_its_bytes() {
    let mut player = room(Limits::On);
    player.play("ada opens; ada brings f1; ada sends look with f1; wait 100");
    let seen = player.play("ada deletes 1");
    assert!(seen.contains("store due outgoing"), "{seen}");
    assert_eq!(let_go(&player), ["f1"]);
}

#[test]
fn a_message_without_files_wakes_nobody_when_it_goes() {
    let mut player = room(Limits::On);
    let seen = player.play("ada opens; ada sends look; wait 100; ada deletes 1");
    assert!(!seen.contains("due outgoing"), "{seen}");
}

#[test]
fn what_nobody_shows_within_a_day_is_let_go_and_nothing_else() {
    let mut player = room(Limits::On);
    player.play("ada brings f1; ada brings f2; ada posts look; wait 1000; ada opens; ada sends it with f1");
    player.play(&format!("ada drops; wait {}; ada brings f3", HOUR_MS));
    player.play(&format!("wait {}", DAY_MS - HOUR_MS - 2_000));
    assert!(let_go(&player).is_empty());
    player.play("wait 2000");
    assert_eq!(let_go(&player), ["f2"]);
    player.play(&format!("wait {}", 2 * HOUR_MS));
    assert_eq!(let_go(&player), ["f2", "f3"]);
    let quiet = player.play(&format!("wait {}", 30 * DAY_MS));
    assert!(!quiet.contains("files"), "{quiet}");
}

#[test]
fn retention_lets_go_of_the_files_below_the_floor() {
    let mut founding = founding(Visibility::Public);
    founding.info.retention_days = Some(2);
    let mut player = Player::over(World::founded(&founding, Hibernation::Always, Limits::Off));
    player.play("ada opens; ada brings f1; ada sends old with f1; wait 100; ada drops");
    player.play(&format!("wait {}", 2 * DAY_MS + HOUR_MS));
    assert_eq!(let_go(&player), ["f1"]);
}

#[test]
fn where_the_room_keeps_the_bytes_itself_there_may_be_fewer_of_them() {
    let mut player = room(Limits::Off);
    player.world.settings.shelf = Shelf::Room;
    let fits = format!("ada brings f1 of {FILE_BYTES_IN_ROOM}");
    assert!(player.play(&fits).contains("done"));
    assert!(player.play(&format!("ada brings f2 of {}", FILE_BYTES_IN_ROOM + 1)).contains("too_large"));
    let brought = (3..200)
        .take_while(|n| player.play(&format!("ada brings f{n} of {FILE_BYTES_IN_ROOM}")).contains("done"));
    assert_eq!(brought.count() + 1, 51, "256 MiB hold 51 files of 5 MiB");
}

#[test]
fn fifty_files_wait_for_a_message_and_the_next_one_has_to_wait() {
    let mut player = room(Limits::On);
    let mut script = String::new();
    (1..=50).for_each(|n| script.push_str(&format!("wait 1000; ada brings f{n}\n")));
    player.play(&script);
    assert!(player.play("wait 1000; ada brings f51").contains("too_many"));
    assert!(player.play("bob brings f52").contains("done"));
    assert!(player.play("wait 1000; ada opens; ada sends x with f1; ada brings f53").contains("done"));
}

#[test]
fn bringing_files_is_held_to_the_rate_of_commands() {
    let mut player = room(Limits::On);
    let refused = (1..=21)
        .map(|n| player.play(&format!("ada brings f{n}")))
        .filter(|seen| seen.contains("rate_limited"));
    assert_eq!(refused.count(), 1);
}

#[test]
fn a_file_is_not_taken_where_nothing_can_be_stored() {
    let mut player = room(Limits::On);
    let seen = player.play("ada opens; commits fail 1; ada brings f1");
    assert!(seen.contains("storage_failed"), "{seen}");
    assert!(player.play("ada sends x with f1").contains("not_found"));
}
