//! Hibernation is invisible: a room that is restored after every turn sends what one that stays in memory does.

use expect_test::expect;
use protocol::{SessionId, decode_server};
use room::Limits;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{script::Player, world::Hibernation};

/// What a session got, frame by frame, without the marks: their accounting starts anew in a restored room.
fn sent(script: &str, hibernation: Hibernation) -> Vec<(SessionId, String)> {
    let mut player = Player::new(hibernation, Limits::On);
    player.play(script);
    player.sent.into_iter().map(|(session, frame)| (session, unmarked(frame))).collect()
}

fn unmarked(frame: String) -> String {
    match decode_server(&frame).and_then(|received| received.mark) {
        Some(mark) => frame.replace(&format!(",\"mark\":\"{mark}\""), ""),
        None => frame,
    }
}

/// Steps that follow from a seed, each long enough after the one before that no window is open: an object hibernates
/// only after ten seconds without an event, and the longest window is 50 ms.
fn story(mut seed: u64, steps: usize) -> String {
    let mut roll = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let mut open: Vec<String> = Vec::new();
    let mut script = String::new();
    for step in 0..steps {
        let who = format!("{}-{}", ["ada", "bob", "cy"][roll(3) as usize], roll(3));
        if let Some(index) = open.iter().position(|session| *session == who) {
            let target = roll(step as u64 + 1);
            let act = match roll(14) {
                0 => {
                    open.remove(index);
                    "drops".to_owned()
                }
                1 => "types".to_owned(),
                2 => "is away".to_owned(),
                3 => "is active".to_owned(),
                4 => format!("reads {target}"),
                5 => format!("edits {target} \"edited {step}\""),
                6 => format!("deletes {target}"),
                7 => format!("reacts {target} 👍"),
                8 => format!("unreacts {target} 👍"),
                9 => format!("resumes at e1.{target}"),
                10 => format!("utters \"nonsense {step}\""),
                11 => format!("renames Name{step}"),
                12 => format!("sends \"again\" mentioning ada #again{}", roll(4)),
                _ => format!("sends \"text {step}\" mentioning bob"),
            };
            script.push_str(&format!("{who} {act}\n"));
        } else {
            let options = ["", " as moderator", " at e1.1", " for notify"][roll(4) as usize];
            script.push_str(&format!("{who} opens{options}\n"));
            open.push(who);
        }
        script.push_str(&format!("wait {}\n", [60, 60, 500, 3_000, 31_000][roll(5) as usize]));
    }
    script
}

#[test]
fn a_room_that_hibernates_after_every_turn_sends_the_same_frames() {
    for seed in 0..60 {
        let script = story(seed, 50);
        let awake = sent(&script, Hibernation::Told);
        let hibernated = sent(&script, Hibernation::Always);
        for (index, (one, other)) in awake.iter().zip(&hibernated).enumerate() {
            assert_eq!(one, other, "frame {index} of the story that begins so:\n{script}");
        }
        assert_eq!(awake.len(), hibernated.len(), "{script}");
    }
}

#[test]
fn an_attachment_is_these_bytes() {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("ada opens as owner; ada sends \"hi\"; ada types; ada reads 1; ada sends \"ho\"; ada reads 2; ada sends bytes");
    player.play("bob opens for notify");

    let attachments: Vec<String> = player.world.sockets.values().cloned().collect();
    expect![[r#"
        {"v":1,"session":{"role":"owner","sign_in":"sign-in-of-ada","mode":"full","state":"active","life":1700000000000,"flow":"live","bad":[1700000000000]},"member":{"id":"ada","name":"Ada","bucket":1700000000400,"typed_at":1700000000000,"read_at":1700000000000,"read":2},"room":{"roster":"whole","trouble":"none"}}
        {"v":1,"session":{"role":"member","sign_in":"sign-in-of-bob","mode":"notify","state":"active","life":1700000000000,"flow":"live","told":{"head":2,"at":1700000000000}},"member":{"id":"bob","name":"Bob","bucket":0,"typed_at":0,"read_at":0},"room":{"roster":"whole","trouble":"none"}}"#]].assert_eq(&attachments.join("\n"));
}

#[test]
fn the_first_version_s_attachments_are_read() {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("ada opens; ada sends \"one\"; ada sends \"two\"; ada drops");
    for line in include_str!("golden/attachments_1.txt").lines() {
        let (session, attachment) = line.split_once(' ').expect("a session and its attachment");
        player.world.sockets.insert(crate::script::session(session), attachment.to_owned());
    }

    let seen = player
        .play("hibernate; bob opens; bob sends \"three\"; cy resumes at e1.2; bob sends \"four\"; wait 2000");

    expect![[r#"
        > hibernate
        > bob opens
          store due guard 5000
          alarm at 5000
          bob <- welcome head 2 snapshot 1..2 read 0 roster 3 [+Ada Owner Away, +Bob Member Active, +Cy Moderator Active]
          ada cy <- presence 3 [+Bob Member Active]
          timer at 2000
        > bob sends "three"
          store 3 Bob message "three"
          store once bob/c3 seq 3
          bob <- ack c3 seq 3
          ada bob <- events [3 Bob message "three"]
        > cy resumes at e1.2
          cy <- welcome head 3 recovered 3 more_before read 0 roster 3 [+Ada Owner Away, +Bob Member Active, +Cy Moderator Active]
        > bob sends "four"
          store 4 Bob message "four"
          store once bob/c4 seq 4
          bob <- ack c4 seq 4
          ada bob cy <- events [4 Bob message "four"]
        > wait 2000
          (the timer rings)
          dan <- head 4 mentions 0
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_socket_whose_attachment_cannot_be_read_is_asked_to_come_back() {
    let mut player = Player::new(Hibernation::Told, Limits::On);
    player.play("ada opens; bob opens; cy opens");
    let sockets = &mut player.world.sockets;
    sockets.insert(crate::script::session("ada"), r#"{"v":2,"session":{},"member":{},"room":{}}"#.to_owned());
    sockets.insert(crate::script::session("bob"), String::new());

    let seen = player.play("hibernate; cy sends \"hi\"");

    expect![[r#"
        > hibernate
        > cy sends "hi"
          store 1 Cy message "hi"
          store once cy/c1 seq 1
          ada closed 4103
          bob closed 4103
          cy <- ack c1 seq 1
          cy <- events [1 Cy message "hi"]
    "#]]
    .assert_eq(&seen);
}
