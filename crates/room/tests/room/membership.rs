//! Who may come in, coming and going in a private room, and the settings of a room.

use expect_test::expect;
use protocol::room::Visibility;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::Player;

fn private() -> Player {
    Player::founded_by("ada", Visibility::Private)
}

fn public() -> Player {
    Player::founded_by("ada", Visibility::Public)
}

#[test]
fn a_private_room_is_not_there_for_whoever_is_no_member() {
    let seen =
        private().play("bob opens; bob posts hi; bob leaves; bob joins; bob joins; bob opens; ada opens");

    expect![[r#"
        > bob opens
          bob closed 4004
        > bob posts hi
          http <- rejected not_found
        > bob leaves
          http <- done
        > bob joins
          store 1 Bob Joined Bob
          store tell bob {"kept":{"title":"Lobby","kind":"private"}}
          store due outgoing 0
          alarm at 0
          http <- done
        > bob joins
          http <- done
        > bob opens
          store due sweep 75000
          bob <- welcome head 1 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > ada opens
          ada <- welcome head 1 snapshot nothing read 0 roster 2 [+Ada Owner Active, +Bob Member Active]
          bob <- presence 2 [+Ada Owner Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn whoever_leaves_a_private_room_is_out_at_once_and_the_last_owner_cannot() {
    let seen = private().play(
        "ada opens; bob joins; bob opens; bob-2 opens; bob leaves; bob opens; ada leaves; ada sends \"alone\"",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Owner Active]
        > bob joins
          store 1 Bob Joined Bob
          store tell bob {"kept":{"title":"Lobby","kind":"private"}}
          store due outgoing 0
          alarm at 0
          http <- done
          ada <- events [1 Bob Joined Bob]
        > bob opens
          bob <- welcome head 1 snapshot nothing read 0 roster 2 [+Ada Owner Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > bob-2 opens
          bob-2 <- welcome head 1 snapshot nothing read 0 roster 2 [+Ada Owner Active, +Bob Member Active]
        > bob leaves
          store 2 Bob Left Bob
          store tell bob "gone"
          bob closed 4004
          bob-2 closed 4004
          http <- done
          ada <- events [2 Bob Left Bob]
          ada <- presence 1 [-bob]
        > bob opens
          bob closed 4004
        > ada leaves
          http <- rejected forbidden
        > ada sends "alone"
          store 3 Ada message "alone"
          store once ada/c1 seq 3
          ada <- ack c1 seq 3
          ada <- events [3 Ada message "alone"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn nobody_joins_or_leaves_a_public_room() {
    let seen = public().play("bob opens; bob joins; bob leaves");

    expect![[r#"
        > bob opens
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > bob joins
          http <- done
        > bob leaves
          store no keeper bob
          store tell bob "gone"
          store due outgoing 0
          alarm at 0
          http <- done
    "#]]
    .assert_eq(&seen);
}

#[test]
fn settings_are_changed_by_moderators_and_only_what_is_new_goes_into_the_log() {
    let seen = public().play(
        "ada opens; bob sets title Mine; ada sets title Garden slow 5000 retention 30 posting moderators
         ada sets title Garden retention none; ada sets retention none; hibernate; ada sets posting everyone",
    );

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Owner Active]
        > bob sets title Mine
          http <- rejected forbidden
        > ada sets title Garden slow 5000 retention 30 posting moderators
          store due retention 0
          store 1 Ada room {"title":"Garden","slow_mode_ms":5000,"retention_days":30,"posting":"moderators"}
          alarm at 0
          http <- room {"room":"lobby","title":"Garden","topic":"","visibility":"public","kind":"public","slow_mode_ms":5000,"retention_days":30,"posting":"moderators","created_at":1700000000000}
          ada <- events [1 Ada room {"title":"Garden","slow_mode_ms":5000,"retention_days":30,"posting":"moderators"}]
        > ada sets title Garden retention none
          store 2 Ada room {"retention_days":null}
          http <- room {"room":"lobby","title":"Garden","topic":"","visibility":"public","kind":"public","slow_mode_ms":5000,"retention_days":null,"posting":"moderators","created_at":1700000000000}
          ada <- events [2 Ada room {"retention_days":null}]
        > ada sets retention none
          http <- room {"room":"lobby","title":"Garden","topic":"","visibility":"public","kind":"public","slow_mode_ms":5000,"retention_days":null,"posting":"moderators","created_at":1700000000000}
        > hibernate
        > ada sets posting everyone
          store 3 Ada room {"posting":"everyone"}
          http <- room {"room":"lobby","title":"Garden","topic":"","visibility":"public","kind":"public","slow_mode_ms":5000,"retention_days":null,"posting":"everyone","created_at":1700000000000}
          ada <- events [3 Ada room {"posting":"everyone"}]
    "#]].assert_eq(&seen);
}

#[test]
fn the_founder_s_role_is_the_room_s_own_and_survives_sleep() {
    let seen = public()
        .play("ada opens as Adele; bob opens; hibernate; ada-2 opens as Adele; cem opens as moderator");

    expect![[r#"
        > ada opens as Adele
          store name of ada Adele
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Adele Owner Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Adele Owner Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > hibernate
        > ada-2 opens as Adele
          ada-2 <- welcome head 0 snapshot nothing read 0 roster 2 [+Adele Owner Active, +Bob Member Active]
        > cem opens as moderator
          cem <- welcome head 0 snapshot nothing read 0 roster 3 [+Adele Owner Active, +Bob Member Active, +Cem Moderator Active]
          ada ada-2 bob <- presence 3 [+Cem Moderator Active]
    "#]].assert_eq(&seen);
}

#[test]
fn a_room_that_reads_only_takes_neither_members_nor_settings() {
    let mut private = private();
    private.play("bob joins; ada opens; commits fail 2; ada sends one; ada sends two");

    let seen = private.play("cem joins; bob leaves; ada sets title Garden; ada sets title Lobby");

    expect![[r#"
        > cem joins
          http <- rejected read_only
        > bob leaves
          http <- rejected read_only
        > ada sets title Garden
          http <- rejected read_only
        > ada sets title Lobby
          http <- room {"room":"lobby","title":"Lobby","topic":"","visibility":"private","kind":"private","slow_mode_ms":0,"retention_days":null,"posting":"everyone","created_at":1700000000000}
    "#]].assert_eq(&seen);
}

#[test]
fn an_input_whose_turn_could_not_be_stored_is_refused() {
    let mut private = private();

    let seen = private.play(
        "commits fail 1; bob joins; commits fail 1; ada sets title Garden; bob joins; commits fail 1; bob leaves",
    );

    expect![[r#"
        > commits fail 1
        > bob joins
          (the commit fails)
          http <- rejected storage_failed after 1000
        > commits fail 1
        > ada sets title Garden
          (the commit fails)
          http <- rejected storage_failed after 1000
        > bob joins
          store 1 Bob Joined Bob
          store tell bob {"kept":{"title":"Lobby","kind":"private"}}
          store due outgoing 0
          alarm at 0
          http <- done
        > commits fail 1
        > bob leaves
          (the commit fails)
          alarm at 5000
          http <- rejected storage_failed after 1000
    "#]]
    .assert_eq(&seen);
}
