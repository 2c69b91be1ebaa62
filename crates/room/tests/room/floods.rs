//! Floods: what comes too fast to be anybody's is refused before the archive is asked, by member, by address, by room.

use protocol::limits::{FLOOD_ADDRESS, FLOOD_CLOSES, FLOOD_MEMBER, FLOOD_ROOM};
use room::Limits;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::Player,
    world::{Fails, Hibernation},
};

fn player(limits: Limits) -> Player {
    Player::new(Hibernation::Told, limits)
}

/// The same command so often; gives how often it was acked, and what else was said.
fn repeats(player: &mut Player, who: &str, times: u64) -> (usize, String) {
    let seen: String = (0..times).map(|_| player.play(&format!("{who} sends hi #{who}"))).collect();
    let answers = seen.lines().filter(|line| line.contains("<- ack") || line.contains("reject"));
    let (acks, others): (Vec<&str>, Vec<&str>) = answers.partition(|line| line.contains("<- ack"));
    (acks.len(), others.join("; "))
}

#[test]
fn even_repeats_are_refused_when_they_are_a_flood_and_the_archive_is_not_asked() {
    let mut player = player(Limits::On);
    player.play("ada opens");

    assert_eq!(repeats(&mut player, "ada", FLOOD_MEMBER), (100, String::new()));
    player.world.fails.set(Fails::Read);
    assert_eq!(repeats(&mut player, "ada", 1), (0, "  ada <- reject ada rate_limited after 50".to_owned()));
    assert_eq!(player.world.fails.get(), Fails::Read, "nothing was read");

    player.world.fails.set(Fails::Never);
    player.play("wait 50");
    assert_eq!(repeats(&mut player, "ada", 1), (1, String::new()));
}

#[test]
fn whoever_goes_on_flooding_is_closed_and_nobody_else() {
    let mut player = player(Limits::On);
    player.play("ada opens; bob opens");
    repeats(&mut player, "ada", FLOOD_CLOSES);

    let seen = player.play("ada sends hi #ada; bob sends hello");

    let expected = "> ada sends hi #ada
  ada closed 4101
  bob <- presence 1 [-ada]
  timer at 200
> bob sends hello
  store 2 Bob message \"hello\"
  store once bob/c1002 seq 2
  bob <- ack c1002 seq 2
  bob <- events [2 Bob message \"hello\"]
";
    assert_eq!(seen, expected);
}

#[test]
fn an_address_floods_with_all_its_members_and_another_address_does_not() {
    let mut player = player(Limits::On);
    let each = FLOOD_MEMBER - 10;
    let members = FLOOD_ADDRESS.div_ceil(each);
    let mut acked = 0;
    for number in 0..members {
        player.play(&format!("m{number} opens from 192.0.2.7"));
        acked += repeats(&mut player, &format!("m{number}"), each).0;
    }
    assert_eq!(acked, usize::try_from(FLOOD_ADDRESS).expect("a small number"));

    player.play("ada opens from 192.0.2.8; bob opens from 192.0.2.7");
    assert_eq!(repeats(&mut player, "ada", 1), (1, String::new()));
    assert_eq!(repeats(&mut player, "bob", 1).1, "  bob <- reject bob rate_limited after 10");
}

#[test]
fn a_room_that_is_flooded_by_everybody_is_busy() {
    let mut player = player(Limits::On);
    let each = FLOOD_MEMBER - 10;
    let mut said = String::new();
    let mut acked = 0;
    for number in 0..FLOOD_ROOM.div_ceil(each) {
        player.play(&format!("m{number:02} opens for notify"));
        let (acks, others) = repeats(&mut player, &format!("m{number:02}"), each);
        acked += acks;
        said.push_str(&others);
    }

    assert_eq!(acked, usize::try_from(FLOOD_ROOM).expect("a small number"));
    assert!(said.starts_with("  m27 <- reject m27 busy after 2;"), "{said}");
}

#[test]
fn a_command_by_http_is_part_of_the_flood() {
    let mut player = player(Limits::On);
    player.play("ada opens");
    repeats(&mut player, "ada", FLOOD_MEMBER);

    let seen = player.play("ada posts hi #ada; wait 50; ada posts hi #ada");

    assert!(seen.contains("http <- rejected rate_limited after 50\n"), "{seen}");
    assert!(seen.ends_with("http <- sent ada seq 1 duplicate\n"), "{seen}");
}

#[test]
fn where_limits_are_lifted_nothing_is_a_flood() {
    let mut player = player(Limits::Off);
    player.play("ada opens");

    assert_eq!(repeats(&mut player, "ada", FLOOD_CLOSES + 1).1, String::new());
}
