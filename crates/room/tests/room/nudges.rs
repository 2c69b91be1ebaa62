//! Nudges: who is told of a message that calls them, and who is not.

use archive::Founding;
use expect_test::expect;
use protocol::room::{RoomKind, Visibility};
use room::{Limits, Nudges};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::Player,
    world::{Hibernation, World, founding},
};

/// A room in which `owner` is owner, of a house that sends notifications.
fn room(owner: &str, kind: RoomKind) -> Player {
    let visibility = if kind == RoomKind::Public { Visibility::Public } else { Visibility::Private };
    let mut founding = Founding { owner: Some(crate::script::member_of(owner)), ..founding(visibility) };
    founding.info.kind = kind;
    let mut world = World::founded(&founding, Hibernation::Told, Limits::On);
    world.settings.nudges = Nudges::On;
    Player::over(world)
}

/// The lines of a script from here on that tell somebody something, and their steps.
fn told(player: &mut Player, script: &str) -> String {
    let seen = player.play(script);
    let lines = seen.lines().filter(|line| line.starts_with('>') || line.contains("store tell"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn whoever_is_mentioned_and_has_no_socket_here_is_nudged_once_a_message() {
    let mut player = room("ada", RoomKind::Public);
    player.play("ada opens; bob opens");
    let seen = told(
        &mut player,
        r#"ada sends "hi" mentioning bob mentioning cyd mentioning cyd mentioning ada; bob drops; ada sends "psst" mentioning bob; ada sends "all" mentioning room; ada sends "nobody""#,
    );
    expect![[r#"
        > ada sends "hi" mentioning bob mentioning cyd mentioning cyd mentioning ada
          store tell .nudge.cyd 1
        > bob drops
        > ada sends "psst" mentioning bob
          store tell .nudge.bob 2
        > ada sends "all" mentioning room
        > ada sends "nobody"
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_notify_socket_is_a_socket_and_a_room_that_slept_still_knows_who_is_there() {
    let mut player = room("ada", RoomKind::Public);
    player.play("ada opens; bob opens for notify; hibernate");
    let seen = told(&mut player, r#"ada sends "hi" mentioning bob mentioning cyd"#);
    expect![[r#"
        > ada sends "hi" mentioning bob mentioning cyd
          store tell .nudge.cyd 1
    "#]]
    .assert_eq(&seen);
}

#[test]
fn nobody_hears_of_what_they_may_not_read() {
    let mut public = room("ada", RoomKind::Public);
    public.play("ada opens; ada bans bob");
    let seen = told(&mut public, r#"ada sends "hi" mentioning bob"#);
    expect![[r#"
        > ada sends "hi" mentioning bob
    "#]]
    .assert_eq(&seen);

    let mut private = room("ada", RoomKind::Private);
    private.play("ada joins; cyd joins; ada opens");
    let seen = told(&mut private, r#"ada sends "hi" mentioning bob mentioning cyd"#);
    expect![[r#"
        > ada sends "hi" mentioning bob mentioning cyd
          store tell .nudge.cyd 2
    "#]]
    .assert_eq(&seen);
}

#[test]
fn in_a_direct_room_every_message_is_for_the_other() {
    let mut player = room("ada", RoomKind::Direct);
    player.play("ada joins; bob joins; ada opens");
    let seen = told(
        &mut player,
        r#"ada sends "hi"; ada edits 2 "hello"; ada reacts 2 👍; bob opens; ada sends "there you are""#,
    );
    expect![[r#"
        > ada sends "hi"
          store tell .nudge.bob 2
        > ada edits 2 "hello"
        > ada reacts 2 👍
        > bob opens
        > ada sends "there you are"
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_repeat_nudges_nobody_again_and_neither_does_a_house_that_sends_no_notifications() {
    let mut player = room("ada", RoomKind::Public);
    player.play("ada opens");
    let seen = told(&mut player, r#"ada sends "hi" mentioning bob #a; ada sends "hi" mentioning bob #a"#);
    expect![[r#"
        > ada sends "hi" mentioning bob #a
          store tell .nudge.bob 1
        > ada sends "hi" mentioning bob #a
    "#]]
    .assert_eq(&seen);

    let mut silent = Player::founded_by("ada", Visibility::Public);
    silent.play("ada opens");
    expect![[r#"
        > ada sends "hi" mentioning bob
    "#]]
    .assert_eq(&told(&mut silent, r#"ada sends "hi" mentioning bob"#));
}
