//! Somebody deletes their account: what they were here ends at once, what they wrote goes by and by.

use archive::{Anchor, Bounds};
use expect_test::expect;
use protocol::{
    MemberId, Message, Seq,
    room::{RoomKind, Visibility},
};
use room::Limits;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    script::Player,
    world::{Hibernation, World, founding},
};

const EVERYTHING: Bounds = Bounds { count: usize::MAX, bytes: usize::MAX };

fn messages(player: &Player) -> Vec<Message> {
    let reader = MemberId::parse("bob").unwrap();
    player.world.archive.messages(Anchor::Newest, &reader, EVERYTHING).unwrap().messages
}

/// Whatever is stored anywhere that names Ada.
fn of_ada(player: &Player) -> Vec<String> {
    let ada = MemberId::parse("ada").unwrap();
    let archive = &player.world.archive;
    let events = player.world.events();
    let named = events
        .iter()
        .map(protocol::encode)
        .filter(|event| event.contains("Ada") || event.contains("\"ada\""));
    let mut left: Vec<String> = named.collect();
    left.extend(archive.member(&ada).unwrap().map(|known| format!("{known:?}")));
    left.extend(archive.keeps(&ada).unwrap().then(|| "a keeper".to_owned()));
    left.extend(archive.remembers_commands_of(&ada).unwrap().then(|| "commands".to_owned()));
    left.extend((archive.read(&ada).unwrap() > Seq::ZERO).then(|| "a read mark".to_owned()));
    left.extend((archive.waiting_files(&ada).unwrap() > 0).then(|| "a file".to_owned()));
    left
}

#[test]
fn their_messages_stay_and_nobody_wrote_them_any_more() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play("ada opens; bob opens; ada sends \"one\"; bob sends \"two\" to 1; bob reacts 1 👍; ada reacts 2 🎉; ada reads 4; ada keeps");

    let seen = player.play("ada deletes their account and name; wait 100; wait 60000");

    expect![[r#"
        > ada deletes their account and name
          store farewell of ada anonymised as nobody after 0 due 0
          store due farewell 0
          ada closed 4001
          http <- done
          bob <- presence 1 [-ada]
        > wait 100
          (the alarm rings)
          store 5 Lobby anonymised 1 of deleted-5
          store forget ada from 1 to 4
          store farewell of ada anonymised as deleted-5 after 4 due 60000
          store due farewell 60000
          store due outgoing never
          alarm at 60000
          bob <- events [5 Lobby anonymised 1 of deleted-5]
        > wait 60000
          (the alarm rings)
          store forget ada from 5 to 5
          store nothing left of ada
          store due farewell never
          alarm at 75000
    "#]]
    .assert_eq(&seen);
    assert_eq!(of_ada(&player), [""; 0]);
    let messages = messages(&player);
    let by = |message: &Message| (message.by.id.to_string(), message.by.name.clone());
    assert_eq!(by(&messages[0]), ("deleted-5".to_owned(), String::new()));
    assert_eq!((messages[0].text.as_str(), messages[0].reactions.len()), ("one", 1));
    let quoted = messages[1].reply_to.clone().unwrap();
    assert_eq!((quoted.by.unwrap().name.as_str(), quoted.excerpt.as_deref()), ("", Some("one")));
    assert_eq!(messages[1].reactions[0].count, 1, "a reaction stays, without whose it was");
}

#[test]
fn their_messages_are_gone_where_they_want_that() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play(
        "ada opens; bob opens; ada sends \"SECRET one\"; ada edits 1 \"SECRET two\"; bob sends \"two\" to 1",
    );

    player.play("ada deletes their account and messages; wait 61000");

    assert_eq!(of_ada(&player), [""; 0]);
    let messages = messages(&player);
    assert!(messages[0].deleted && messages[0].text.is_empty() && messages[0].by.name.is_empty());
    assert_eq!(messages[1].reply_to.as_ref().unwrap().excerpt.as_deref(), Some(""));
    let log: String = player.world.events().iter().map(protocol::encode).collect();
    assert!(!log.contains("SECRET"), "{log}");
}

#[test]
fn a_long_log_goes_part_by_part_and_a_restart_between_two_parts_loses_none() {
    for hibernation in [Hibernation::Told, Hibernation::Always] {
        let mut player =
            Player::over(World::founded(&founding(Visibility::Public), hibernation, Limits::Off));
        for number in 0..700 {
            let who = if number % 3 == 0 { "bob" } else { "ada" };
            player.play(&format!("{who} posts number-{number}"));
        }
        player.play("ada deletes their account and messages; wait 0");
        let first: Vec<bool> = messages(&player).iter().map(|message| message.deleted).collect();
        assert!(first[499 - 1] || first[499], "the first part is gone");
        assert!(!first[698] && !first[697], "the second is not yet");

        player.world.hibernate();
        player.play("wait 61000");

        assert_eq!(of_ada(&player), [""; 0]);
        let kept = messages(&player).iter().filter(|message| !message.deleted).count();
        assert_eq!(kept, 234, "what bob wrote is there");
    }
}

#[test]
fn what_comes_in_late_by_a_sign_in_that_somebody_still_trusted_goes_too() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play(
        "bob posts hello; ada posts one; ada deletes their account and messages; wait 1000; ada posts late",
    );
    assert_ne!(of_ada(&player), [""; 0]);

    player.play("wait 61000");

    assert_eq!(of_ada(&player), [""; 0]);
    let texts: Vec<String> = messages(&player).into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["hello", "", ""]);
}

#[test]
fn two_who_go_at_the_same_time_are_two() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play("ada posts one; bob posts two; cem posts three");
    player.play("ada deletes their account and name; bob deletes their account and name; wait 61000");
    let authors: Vec<String> = messages(&player).iter().map(|message| message.by.id.to_string()).collect();
    assert_eq!(authors, ["deleted-4", "deleted-5", "cem"]);
}

#[test]
fn whoever_only_looked_leaves_no_event() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play("bob posts hello; ada opens; ada deletes their account and name; wait 61000");
    assert_eq!(player.world.events().len(), 1);
}

#[test]
fn a_private_room_goes_to_the_moderator_or_else_to_who_has_been_in_it_longest() {
    for (before, heir) in [
        ("cem joins; wait 1; bob joins", "Cem"),
        ("cem joins; wait 1; bob joins; ada opens; ada makes bob moderator", "Bob"),
    ] {
        let mut player = Player::founded_by("ada", Visibility::Private);
        player.play(before);
        let seen = player.play("ada deletes their account and name");
        assert!(seen.contains(&format!("Role {heir} Owner")), "{seen}");
        assert!(seen.contains("Left Ada"), "{seen}");
    }
}

#[test]
fn a_private_room_that_nobody_is_left_in_ends() {
    let mut player = Player::founded_by("ada", Visibility::Private);
    player.play("ada opens; ada sends \"dear diary\"");
    let seen = player.play("ada deletes their account and name");
    expect![[r#"
        > ada deletes their account and name
          store bury, tell keepers "gone"
          alarm at 0
          ada closed 4001
          http <- done
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_public_room_without_a_moderator_is_the_rooms_own() {
    let mut player = Player::founded_by("ada", Visibility::Public);
    player.play("bob opens");
    let seen = player.play("ada deletes their account and name");
    expect![[r#"
        > ada deletes their account and name
          store 1 Lobby Role Lobby Owner
          store 2 Lobby Role Ada Member
          store farewell of ada anonymised as nobody after 0 due 0
          store due farewell 0
          alarm at 0
          http <- done
          bob <- events [1 Lobby Role Lobby Owner, 2 Lobby Role Ada Member]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_direct_room_stays_the_others_without_the_name_of_who_went() {
    let mut founding = founding(Visibility::Private);
    founding.info.kind = RoomKind::Direct;
    founding.info.title = "Ada, Bob".to_owned();
    let mut player = Player::over(World::founded(&founding, Hibernation::Told, Limits::Off));
    player.play("ada joins; bob joins; ada opens; ada sends \"hi bob\"; bob opens");
    let seen = player.play("ada deletes their account and name");
    expect![[r#"
        > ada deletes their account and name
          store 4  room {"title":""}
          store tell bob {"kept":{"title":"","kind":"direct"}}
          store 5  Left Ada
          store farewell of ada anonymised as nobody after 0 due 0
          store due farewell 0
          store tell ada "gone"
          ada closed 4001
          http <- done
          bob <- events [4  room {"title":""}, 5  Left Ada]
          bob <- presence 1 [-ada]
    "#]]
    .assert_eq(&seen);
    player.play("wait 61000");
    assert_eq!(of_ada(&player), [""; 0]);
    assert_eq!(player.world.archive.log().unwrap().unwrap().info.title, "");
}

#[test]
fn a_room_that_cannot_write_must_hear_it_again() {
    let mut player = Player::new(Hibernation::Told, Limits::Off);
    player.play("ada posts one");
    let seen =
        player.play("commits fail 2; ada deletes their account and name; ada deletes their account and name");
    assert_eq!(seen.matches("rejected storage_failed").count(), 2, "{seen}");
    player.play("ada deletes their account and name; ada deletes their account and name; wait 61000");
    assert_eq!(of_ada(&player), [""; 0]);
}
