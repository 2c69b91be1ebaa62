//! Who keeps the room in their list, who was invited, and the room's end.

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
fn an_invitation_lets_in_as_many_as_it_says_and_members_do_not_use_it_up() {
    let seen = private().play(
        "ada invites i1 1 9000; ada redeems i1; bob redeems i1; bob redeems i1; cyd redeems i1; cyd opens",
    );
    expect![[r#"
        > ada invites i1 1 9000
          store invite i1 1 until 9000
          http <- done
        > ada redeems i1
          store tell ada {"kept":{"title":"Lobby","kind":"private"}}
          store due outgoing 0
          alarm at 0
          http <- done
        > bob redeems i1
          store 1 Bob Joined Bob
          store use of i1
          store tell bob {"kept":{"title":"Lobby","kind":"private"}}
          http <- done
        > bob redeems i1
          store tell bob {"kept":{"title":"Lobby","kind":"private"}}
          http <- done
        > cyd redeems i1
          http <- spent
        > cyd opens
          cyd closed 4004
    "#]]
    .assert_eq(&seen);
}

#[test]
fn an_invitation_is_no_good_from_its_end_on_or_once_it_was_taken_back() {
    let seen = private().play(
        "ada invites i1 5 9000; ada invites i2 5 10000; wait 9000; bob redeems i1; ada revokes i2; bob redeems i2",
    );
    expect![[r#"
        > ada invites i1 5 9000
          store invite i1 5 until 9000
          http <- done
        > ada invites i2 5 10000
          store invite i2 5 until 10000
          http <- done
        > wait 9000
        > bob redeems i1
          http <- spent
        > ada revokes i2
          store no more i2
          http <- done
        > bob redeems i2
          http <- spent
    "#]]
    .assert_eq(&seen);
}

#[test]
fn only_moderators_invite_and_an_invitation_that_never_was_is_not_found() {
    let seen = public().play("bob invites i1 1 9000; bob revokes i1; ada revokes i1; bob redeems i1");
    expect![[r#"
        > bob invites i1 1 9000
          http <- rejected forbidden
        > bob revokes i1
          http <- rejected forbidden
        > ada revokes i1
          http <- rejected not_found
        > bob redeems i1
          http <- rejected not_found
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_public_room_is_kept_and_let_go_of_without_an_event() {
    let seen = public().play("bob keeps; bob leaves; ada invites i1 2 9000; bob redeems i1");
    expect![[r#"
        > bob keeps
          store keeper bob
          store tell bob {"kept":{"title":"Lobby","kind":"public"}}
          store due outgoing 0
          alarm at 0
          http <- done
        > bob leaves
          store no keeper bob
          store tell bob "gone"
          http <- done
        > ada invites i1 2 9000
          store invite i1 2 until 9000
          http <- done
        > bob redeems i1
          store keeper bob
          store tell bob {"kept":{"title":"Lobby","kind":"public"}}
          store use of i1
          http <- done
    "#]]
    .assert_eq(&seen);
}

#[test]
fn whoever_leaves_a_private_room_has_it_in_their_list_no_more() {
    let seen = private().play("bob joins; bob leaves");
    expect![[r#"
        > bob joins
          store 1 Bob Joined Bob
          store tell bob {"kept":{"title":"Lobby","kind":"private"}}
          store due outgoing 0
          alarm at 0
          http <- done
        > bob leaves
          store 2 Bob Left Bob
          store tell bob "gone"
          http <- done
    "#]]
    .assert_eq(&seen);
}

#[test]
fn only_the_owner_ends_a_room_and_then_everybody_is_out() {
    let seen = public().play("bob opens; bob ends the room; ada opens; ada ends the room");
    expect![[r#"
        > bob opens
          store due sweep 75000
          alarm at 75000
          bob <- welcome head 0 snapshot nothing read 0 roster 1 [+Bob Member Active]
        > bob ends the room
          http <- rejected forbidden
        > ada opens
          ada <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Owner Active, +Bob Member Active]
          bob <- presence 2 [+Ada Owner Active]
        > ada ends the room
          store bury, tell keepers "gone" and .directory "gone"
          alarm at 0
          ada closed 4004
          bob closed 4004
          http <- done
    "#]]
    .assert_eq(&seen);
}
