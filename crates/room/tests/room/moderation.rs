//! What moderators do, as everybody sees it: sanctions, roles, pins, slow mode, posting for moderators only.

use expect_test::expect;
use protocol::room::Visibility;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::Player;

fn public() -> Player {
    let mut player = Player::founded_by("ada", Visibility::Public);
    player.play("ada opens; bob opens; cem opens");
    player
}

#[test]
fn a_ban_closes_every_socket_in_its_own_turn_and_ends_by_itself() {
    let seen = public().play(
        "bob-2 opens; ada bans bob for 60000 because \" spam, again \"; bob sends \"too late\"; bob opens
         bob posts \"too late\"; wait 59999; bob opens; wait 1; bob opens",
    );

    expect![[r#"
        > bob-2 opens
          bob-2 <- welcome head 0 snapshot nothing read 0 roster 3 [+Ada Owner Active, +Bob Member Active, +Cem Member Active]
        > ada bans bob for 60000 because " spam, again "
          store 1 Ada Banned Bob until 60000 "spam, again"
          store once ada/c1 seq 1
          bob closed 4003
          bob-2 closed 4003
          ada <- ack c1 seq 1
          ada cem <- events [1 Ada Banned Bob until 60000 "spam, again"]
          ada cem <- presence 2 [-bob]
        > bob sends "too late"
          bob closed 4103
        > bob opens
          bob closed 4003
        > bob posts "too late"
          http <- rejected forbidden
        > wait 59999
        > bob opens
          bob closed 4003
        > wait 1
        > bob opens
          bob <- welcome head 1 snapshot nothing read 0 roster 3 [+Ada Owner Active, +Bob Member Active, +Cem Member Active]
          ada cem <- presence 3 [+Bob Member Active]
    "#]].assert_eq(&seen);
}

#[test]
fn a_ban_from_a_private_room_ends_the_membership() {
    let mut player = Player::founded_by("ada", Visibility::Private);

    let seen = player.play(
        "ada opens; bob joins; bob opens; ada bans bob; bob opens; bob joins; ada unbans bob; bob opens; bob joins",
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
        > ada bans bob
          store 2 Ada Banned Bob
          store once ada/c1 seq 2
          store tell bob "gone"
          bob closed 4003
          ada <- ack c1 seq 2
          ada <- events [2 Ada Banned Bob]
          ada <- presence 1 [-bob]
        > bob opens
          bob closed 4004
        > bob joins
          http <- rejected forbidden
        > ada unbans bob
          store 3 Ada Unbanned Bob
          store once ada/c2 seq 3
          ada <- ack c2 seq 3
          ada <- events [3 Ada Unbanned Bob]
        > bob opens
          bob closed 4004
        > bob joins
          store 4 Bob Joined Bob
          store tell bob {"kept":{"title":"Lobby","kind":"private"}}
          http <- done
          ada <- events [4 Bob Joined Bob]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_kick_closes_the_sockets_and_a_public_room_lets_them_back() {
    let seen = public().play("ada kicks bob; ada kicks bob; bob opens; ada kicks dan");

    expect![[r#"
        > ada kicks bob
          store 1 Ada Kicked Bob
          store once ada/c1 seq 1
          bob closed 4005
          ada <- ack c1 seq 1
          ada cem <- events [1 Ada Kicked Bob]
          ada cem <- presence 2 [-bob]
        > ada kicks bob
          store once ada/c2 seq null
          ada <- ack c2 seq null
        > bob opens
          bob <- welcome head 1 snapshot nothing read 0 roster 3 [+Ada Owner Active, +Bob Member Active, +Cem Member Active]
          ada cem <- presence 3 [+Bob Member Active]
        > ada kicks dan
          store once ada/c3 seq null
          ada <- ack c3 seq null
    "#]].assert_eq(&seen);
}

#[test]
fn a_mute_counts_from_the_next_frame_and_ends_by_itself() {
    let seen = public().play(
        "bob sends one; ada mutes bob for 60000; bob sends two; bob edits 1 uno; bob reacts 1 👍; bob deletes 1
         hibernate; bob posts three; wait 60000; bob sends four; ada mutes bob; ada mutes bob; ada unmutes bob
         ada unmutes bob; bob sends five",
    );

    expect![[r#"
        > bob sends one
          store 1 Bob message "one"
          store once bob/c1 seq 1
          bob <- ack c1 seq 1
          ada bob cem <- events [1 Bob message "one"]
        > ada mutes bob for 60000
          store 2 Ada Muted Bob until 60000
          store once ada/c2 seq 2
          ada <- ack c2 seq 2
          ada bob cem <- events [2 Ada Muted Bob until 60000]
        > bob sends two
          bob <- reject c3 muted
        > bob edits 1 uno
          bob <- reject c4 muted
        > bob reacts 1 👍
          bob <- reject c5 muted
        > bob deletes 1
          store 3 Bob deleted 1
          store once bob/c6 seq 3
          bob <- ack c6 seq 3
          ada bob cem <- events [3 Bob deleted 1]
        > hibernate
        > bob posts three
          http <- rejected muted
        > wait 60000
        > bob sends four
          store 4 Bob message "four"
          store once bob/c8 seq 4
          bob <- ack c8 seq 4
          ada bob cem <- events [4 Bob message "four"]
        > ada mutes bob
          store 5 Ada Muted Bob
          store once ada/c9 seq 5
          ada <- ack c9 seq 5
          ada bob cem <- events [5 Ada Muted Bob]
        > ada mutes bob
          store once ada/c10 seq null
          ada <- ack c10 seq null
        > ada unmutes bob
          store 6 Ada Unmuted Bob
          store once ada/c11 seq 6
          ada <- ack c11 seq 6
          ada bob cem <- events [6 Ada Unmuted Bob]
        > ada unmutes bob
          store once ada/c12 seq null
          ada <- ack c12 seq null
        > bob sends five
          store 7 Bob message "five"
          store once bob/c13 seq 7
          bob <- ack c13 seq 7
          ada bob cem <- events [7 Bob message "five"]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_room_is_handed_over_and_never_without_an_owner() {
    let seen = public().play(
        "ada makes ada member; ada makes bob owner; ada makes ada member; ada bans cem; bob makes bob moderator
         hibernate; cem sends hello; bob makes cem moderator; cem kicks ada; bob makes cem member; cem kicks ada",
    );

    expect![[r#"
        > ada makes ada member
          ada <- reject c1 forbidden
        > ada makes bob owner
          store 1 Ada Role Bob Owner
          store once ada/c2 seq 1
          ada <- ack c2 seq 1
          ada bob cem <- events [1 Ada Role Bob Owner]
          ada bob cem <- presence 3 [+Bob Owner Active]
        > ada makes ada member
          store 2 Ada Role Ada Member
          store once ada/c3 seq 2
          ada <- ack c3 seq 2
          ada bob cem <- events [2 Ada Role Ada Member]
          ada bob cem <- presence 3 [+Ada Member Active]
        > ada bans cem
          ada <- reject c4 forbidden
        > bob makes bob moderator
          bob <- reject c5 forbidden
        > hibernate
        > cem sends hello
          store 3 Cem message "hello"
          store once cem/c6 seq 3
          cem <- ack c6 seq 3
          ada bob cem <- events [3 Cem message "hello"]
        > bob makes cem moderator
          store 4 Bob Role Cem Moderator
          store once bob/c7 seq 4
          bob <- ack c7 seq 4
          ada bob cem <- events [4 Bob Role Cem Moderator]
          ada bob cem <- presence 3 [+Cem Moderator Active]
        > cem kicks ada
          store 5 Cem Kicked Ada
          store once cem/c8 seq 5
          ada closed 4005
          cem <- ack c8 seq 5
          bob cem <- events [5 Cem Kicked Ada]
          bob cem <- presence 2 [-ada]
          timer at 800
        > bob makes cem member
          store 6 Bob Role Cem Member
          store once bob/c9 seq 6
          bob <- ack c9 seq 6
          bob cem <- events [6 Bob Role Cem Member]
          bob cem <- presence 2 [+Cem Member Active]
        > cem kicks ada
          cem <- reject c10 forbidden
    "#]]
    .assert_eq(&seen);
}

#[test]
fn whoever_loses_their_role_by_a_ban_has_none_afterwards() {
    let seen = public().play(
        "ada makes bob moderator; ada bans bob; ada makes bob moderator; ada unbans bob; bob opens; bob kicks cem",
    );

    expect![[r#"
        > ada makes bob moderator
          store 1 Ada Role Bob Moderator
          store once ada/c1 seq 1
          ada <- ack c1 seq 1
          ada bob cem <- events [1 Ada Role Bob Moderator]
          ada bob cem <- presence 3 [+Bob Moderator Active]
        > ada bans bob
          store 2 Ada Banned Bob
          store once ada/c2 seq 2
          bob closed 4003
          ada <- ack c2 seq 2
          ada cem <- events [2 Ada Banned Bob]
          ada cem <- presence 2 [-bob]
        > ada makes bob moderator
          ada <- reject c3 forbidden
        > ada unbans bob
          store 3 Ada Unbanned Bob
          store once ada/c4 seq 3
          ada <- ack c4 seq 3
          ada cem <- events [3 Ada Unbanned Bob]
        > bob opens
          bob <- welcome head 3 snapshot nothing read 0 roster 3 [+Ada Owner Active, +Bob Member Active, +Cem Member Active]
          ada cem <- presence 3 [+Bob Member Active]
        > bob kicks cem
          bob <- reject c5 forbidden
    "#]].assert_eq(&seen);
}

#[test]
fn a_sanction_out_of_its_bounds_is_refused() {
    let seen = public().play(
        "ada bans bob for 0; ada bans bob for 316224000001; ada kicks bob for 5; ada mutes bob because {201}
         ada mutes bob for 316224000000 because {200}",
    );

    expect![[r#"
        > ada bans bob for 0
          ada <- reject c1 bad_frame
        > ada bans bob for 316224000001
          ada <- reject c2 bad_frame
        > ada kicks bob for 5
          ada <- reject c3 bad_frame
        > ada mutes bob because {201}
          ada <- reject c4 too_long
        > ada mutes bob for 316224000000 because {200}
          store 1 Ada Muted Bob until 316224000000 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
          store once ada/c5 seq 1
          ada <- ack c5 seq 1
          ada bob cem <- events [1 Ada Muted Bob until 316224000000 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]
    "#]].assert_eq(&seen);
}

#[test]
fn pins_are_at_most_fifty_and_go_with_their_message() {
    let mut player = public();
    for seq in 1..=51 {
        player.play(&format!("ada sends \"message {seq}\"; wait 1000; bob opens"));
    }
    for seq in 1..=50 {
        player.play(&format!("ada pins {seq}; wait 1000"));
    }

    let seen = player.play(
        "ada pins 51; ada pins 50; ada deletes 50; wait 1000; ada pins 51; ada unpins 51; ada unpins 51; ada pins 50",
    );

    expect![[r#"
        > ada pins 51
          ada <- reject c102 too_many
        > ada pins 50
          store once ada/c103 seq null
          ada <- ack c103 seq null
        > ada deletes 50
          store 102 Ada deleted 50
          store once ada/c104 seq 102
          ada <- ack c104 seq 102
          ada bob <- events [102 Ada deleted 50]
        > wait 1000
        > ada pins 51
          store 103 Ada pinned 51
          store once ada/c105 seq 103
          ada <- ack c105 seq 103
          ada bob <- events [103 Ada pinned 51]
        > ada unpins 51
          store 104 Ada unpinned 51
          store once ada/c106 seq 104
          ada <- ack c106 seq 104
          ada bob <- events [104 Ada unpinned 51]
        > ada unpins 51
          store once ada/c107 seq null
          ada <- ack c107 seq null
        > ada pins 50
          ada <- reject c108 not_found
    "#]]
    .assert_eq(&seen);
    assert_eq!(player.world.archive.pins().expect("they can be read").len(), 49);
}

#[test]
fn slow_mode_holds_members_back_and_says_how_long() {
    let seen = public().play(
        "ada sets slow 5000; bob sends one; bob sends two; bob posts two; ada sends one; ada sends two; hibernate
         wait 4999; bob sends two; wait 1; bob sends two; cem sends three; ada sets slow 0; bob sends four",
    );

    expect![[r#"
        > ada sets slow 5000
          store 1 Ada room {"slow_mode_ms":5000}
          http <- room {"room":"lobby","title":"Lobby","topic":"","visibility":"public","kind":"public","slow_mode_ms":5000,"retention_days":null,"posting":"everyone","created_at":1700000000000}
          ada bob cem <- events [1 Ada room {"slow_mode_ms":5000}]
        > bob sends one
          store spoke bob 0
          store 2 Bob message "one"
          store once bob/c1 seq 2
          bob <- ack c1 seq 2
          ada bob cem <- events [2 Bob message "one"]
        > bob sends two
          bob <- reject c2 slow_mode after 5000
        > bob posts two
          http <- rejected slow_mode after 5000
        > ada sends one
          store 3 Ada message "one"
          store once ada/c4 seq 3
          ada <- ack c4 seq 3
          ada bob cem <- events [3 Ada message "one"]
        > ada sends two
          store 4 Ada message "two"
          store once ada/c5 seq 4
          ada <- ack c5 seq 4
          ada bob cem <- events [4 Ada message "two"]
        > hibernate
        > wait 4999
        > bob sends two
          bob <- reject c6 slow_mode after 1
        > wait 1
        > bob sends two
          store spoke bob 5000
          store 5 Bob message "two"
          store once bob/c7 seq 5
          bob <- ack c7 seq 5
          ada bob cem <- events [5 Bob message "two"]
        > cem sends three
          store spoke cem 5000
          store 6 Cem message "three"
          store once cem/c8 seq 6
          cem <- ack c8 seq 6
          ada bob cem <- events [6 Cem message "three"]
        > ada sets slow 0
          store 7 Ada room {"slow_mode_ms":0}
          http <- room {"room":"lobby","title":"Lobby","topic":"","visibility":"public","kind":"public","slow_mode_ms":0,"retention_days":null,"posting":"everyone","created_at":1700000000000}
          ada bob cem <- events [7 Ada room {"slow_mode_ms":0}]
        > bob sends four
          store 8 Bob message "four"
          store once bob/c9 seq 8
          bob <- ack c9 seq 8
          ada bob cem <- events [8 Bob message "four"]
    "#]].assert_eq(&seen);
}

#[test]
fn where_only_moderators_write_others_still_react_and_delete() {
    let seen = public().play(
        "bob sends one; ada sets posting moderators; bob sends two; bob edits 1 uno; bob reacts 1 👍; ada sends two
         bob deletes 1",
    );

    expect![[r#"
        > bob sends one
          store 1 Bob message "one"
          store once bob/c1 seq 1
          bob <- ack c1 seq 1
          ada bob cem <- events [1 Bob message "one"]
        > ada sets posting moderators
          store 2 Ada room {"posting":"moderators"}
          http <- room {"room":"lobby","title":"Lobby","topic":"","visibility":"public","kind":"public","slow_mode_ms":0,"retention_days":null,"posting":"moderators","created_at":1700000000000}
          ada bob cem <- events [2 Ada room {"posting":"moderators"}]
        > bob sends two
          bob <- reject c2 forbidden
        > bob edits 1 uno
          bob <- reject c3 forbidden
        > bob reacts 1 👍
          store 3 Bob reacted 1 👍
          store once bob/c4 seq 3
          bob <- ack c4 seq 3
          ada bob cem <- events [3 Bob reacted 1 👍]
        > ada sends two
          store 4 Ada message "two"
          store once ada/c5 seq 4
          ada <- ack c5 seq 4
          ada bob cem <- events [4 Ada message "two"]
        > bob deletes 1
          store 5 Bob deleted 1
          store once bob/c6 seq 5
          bob <- ack c6 seq 5
          ada bob cem <- events [5 Bob deleted 1]
    "#]].assert_eq(&seen);
}
