//! What the room counts is what it did, no more and no less.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{CloseCode, RejectCode};
use room::{Limits, Tally};

use crate::{script::Player, world::Hibernation};

/// The tally of `script`, without what was counted `before`.
fn tally(before: &str, script: &str) -> Tally {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play(before);
    player.world.take_tally();
    player.play(script);
    player.world.take_tally()
}

#[test]
fn joins_are_told_apart_by_whether_they_went_on_from_a_cursor() {
    let tally = tally("ada opens; ada sends \"hi\"", "bob opens at e1.0; cid opens; dan opens at e9.0");
    assert_eq!((tally.joins_recovered, tally.joins_fresh), (1, 2));
}

#[test]
fn a_resume_is_a_command_and_no_join() {
    let tally = tally("ada opens", "ada resumes at e1.0; ada types; ada sends \"hi\"; ada posts \"hi\"");
    assert_eq!((tally.joins_recovered, tally.joins_fresh), (0, 0));
    assert_eq!(tally.commands.iter().collect::<Vec<_>>(), [("resume", 1), ("typing", 1), ("send", 2)]);
    assert_eq!(tally.messages, 2);
}

#[test]
fn a_repeat_is_a_command_and_no_message() {
    let tally = tally("ada opens", "ada sends \"hi\" #x; ada sends \"hi\" #x; ada edits 1 \"ho\"");
    assert_eq!((tally.messages, tally.commands.of("send"), tally.commands.of("edit")), (1, 2, 1));
}

#[test]
fn a_delivery_is_an_event_at_a_socket_and_a_frame_may_hold_many() {
    let alone = tally("ada opens; bob opens; cid opens", "ada sends \"hi\"");
    assert_eq!((alone.frames, alone.deliveries), (3, 3));
    assert_eq!(alone.rounds.iter().collect::<Vec<_>>(), [(1, 1)]);

    // Twenty sockets make a window of 2 ms, in which what comes behind the first waits for one frame.
    let busy = "m001 sends \"1\"; m001 sends \"2\"; m002 sends \"3\"; wait 2";
    let batched = tally("20 members open; wait 1000", busy);
    assert_eq!((batched.frames, batched.deliveries), (40, 60));
    assert_eq!(batched.rounds.iter().collect::<Vec<_>>(), [(1, 1), (2, 1)]);
}

#[test]
fn what_a_notify_socket_hears_is_no_delivery() {
    let tally = tally("ada opens; bob opens for notify", "ada sends \"hi\"; wait 5000");
    assert_eq!((tally.frames, tally.deliveries), (1, 1));
}

#[test]
fn refusals_are_counted_by_code_whichever_way_they_go() {
    let script = "ada sends \"\"; ada edits 9 \"x\"; bob posts \"\"; ada sends bytes";
    let tally = tally("ada opens", script);
    let expected = [(RejectCode::Empty, 2), (RejectCode::NotFound, 1), (RejectCode::BadFrame, 1)];
    assert_eq!(tally.rejects.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_refusal_for_a_disk_that_failed_is_counted_and_its_message_is_not() {
    let tally = tally("ada opens", "commits fail 1; ada sends \"hi\"");
    assert_eq!(tally.rejects.iter().collect::<Vec<_>>(), [(RejectCode::StorageFailed, 1)]);
    assert_eq!((tally.messages, tally.deliveries), (0, 0));
}

#[test]
fn closes_are_counted_by_code_and_going_by_oneself_is_none() {
    let bad = "ada sends bytes; ada sends bytes; ada sends bytes; ada sends bytes; ada sends bytes";
    let tally =
        tally("ada opens; bob opens; cid opens", &format!("{bad}; bob drops; cid signs out sign-in-of-cid"));
    let expected = [(CloseCode::BrokenClient, 1), (CloseCode::NoSession, 1)];
    assert_eq!(tally.closes.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_tally_is_taken_once_and_the_sockets_are_those_that_stand() {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("ada opens; ada-2 opens; bob opens for notify; ada drops");
    assert_eq!(player.world.sockets_in_the_room(), 2);
    assert_ne!(player.world.take_tally(), Tally::default());
    assert_eq!(player.world.take_tally(), Tally::default());
}
