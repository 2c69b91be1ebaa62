//! A guest who turns out to be a member.

use expect_test::expect;
use protocol::room::Visibility;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::Player;

#[test]
fn the_owner_of_a_private_room_is_from_now_on_whom_they_turned_out_to_be() {
    let mut player = Player::founded_by("ada", Visibility::Private);
    player.play("ada opens; ada sends \"dear diary\"; ada reads 2; ada drops");
    let seen = player.play("ada turns out to be eve; ada opens; eve opens; eve makes eve member");
    expect![[r#"
        > ada turns out to be eve
          store 2 Lobby Joined Eve
          store 3 Lobby Role Eve Owner
          store 4 Lobby Left Ada
          store read eve 1
          store tell eve {"kept":{"title":"Lobby","kind":"private"}}
          store due outgoing 0
          store tell ada "gone"
          alarm at 0
          http <- done
        > ada opens
          ada closed 4004
        > eve opens
          eve <- welcome head 4 snapshot 1 read 1 roster 1 [+Eve Owner Active]
        > eve makes eve member
          eve <- reject c2 forbidden
    "#]]
    .assert_eq(&seen);
}

#[test]
fn what_was_handed_over_is_not_handed_over_again() {
    let mut player = Player::founded_by("ada", Visibility::Public);
    player.play("ada keeps; ada turns out to be eve");
    let seen = player.play("ada turns out to be eve; hibernate; ada turns out to be eve");
    expect![[r#"
        > ada turns out to be eve
          http <- done
        > hibernate
        > ada turns out to be eve
          http <- done
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_public_room_is_kept_by_the_member_and_their_roles_add_up() {
    let mut player = Player::founded_by("ada", Visibility::Public);
    let seen = player.play(
        "bob keeps; bob turns out to be eve; ada opens; ada makes bob moderator; ada turns out to be bob",
    );
    expect![[r#"
        > bob keeps
          store keeper bob
          store tell bob {"kept":{"title":"Lobby","kind":"public"}}
          store due outgoing 0
          alarm at 0
          http <- done
        > bob turns out to be eve
          store no keeper bob
          store tell bob "gone"
          store keeper eve
          store tell eve {"kept":{"title":"Lobby","kind":"public"}}
          http <- done
        > ada opens
          store due sweep 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Owner Active]
        > ada makes bob moderator
          store 1 Ada Role bob Moderator
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada <- events [1 Ada Role bob Moderator]
        > ada turns out to be bob
          store 2 Lobby Role Bob Owner
          store 3 Lobby Role Ada Member
          http <- done
          ada <- events [2 Lobby Role Bob Owner, 3 Lobby Role Ada Member]
          ada <- presence 1 [+Ada Member Active]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn whoever_was_muted_or_banned_as_a_guest_stays_so() {
    let mut player = Player::founded_by("ada", Visibility::Public);
    player.play("ada opens; bob opens; cyd opens; ada mutes bob for 9000; ada bans cyd");
    let seen = player
        .play("bob turns out to be eve; eve opens; eve sends \"hi\"; cyd turns out to be dan; dan opens");
    expect![[r#"
        > bob turns out to be eve
          store 3 Lobby Muted Eve until 9000
          http <- done
          ada bob <- events [3 Lobby Muted Eve until 9000]
        > eve opens
          eve <- welcome head 3 snapshot nothing read 0 roster 3 [+Ada Owner Active, +Bob Member Active, +Eve Member Active]
          ada bob <- presence 3 [+Eve Member Active]
        > eve sends "hi"
          eve <- reject c3 muted
        > cyd turns out to be dan
          store 4 Lobby Banned Dan
          http <- done
          ada bob eve <- events [4 Lobby Banned Dan]
        > dan opens
          dan closed 4003
    "#]].assert_eq(&seen);
}

#[test]
fn an_owner_is_not_banned_by_what_a_guest_had_done_and_a_banned_member_gets_nothing() {
    let mut player = Player::founded_by("ada", Visibility::Public);
    player.play("ada opens; bob opens; ada bans bob; eve opens; ada makes eve moderator");
    let seen = player.play("bob turns out to be ada; eve turns out to be bob");
    expect![[r#"
        > bob turns out to be ada
          http <- done
        > eve turns out to be bob
          http <- done
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_room_that_cannot_write_must_hear_it_again() {
    let mut player = Player::founded_by("ada", Visibility::Private);
    let seen = player
        .play("commits fail 2; ada turns out to be eve; ada turns out to be eve; ada turns out to be eve");
    expect![[r#"
        > commits fail 2
        > ada turns out to be eve
          (the commit fails)
          http <- rejected storage_failed after 1000
        > ada turns out to be eve
          (the commit fails)
          http <- rejected storage_failed after 1000
        > ada turns out to be eve
          store 1 Lobby Joined Eve
          store 2 Lobby Role Eve Owner
          store 3 Lobby Left Ada
          store tell eve {"kept":{"title":"Lobby","kind":"private"}}
          store due outgoing 0
          store tell ada "gone"
          alarm at 0
          http <- done
    "#]]
    .assert_eq(&seen);
}
