//! Dead sockets, and how often a room looks for them.

use expect_test::expect;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::play;

#[test]
fn a_socket_without_a_sign_of_life_for_75_s_is_closed_and_one_that_pings_is_not() {
    let seen = play("ada opens; bob opens; wait 60000; bob pings; wait 15001; wait 60000");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > bob opens
          bob <- welcome head 0 snapshot nothing read 0 roster 2 [+Ada Member Active, +Bob Member Active]
          ada <- presence 2 [+Bob Member Active]
        > wait 60000
        > bob pings
        > wait 15001
          (the alarm rings)
          store due sweep 150000
          alarm at 150000
          ada closed 4102
          bob <- presence 1 [-ada]
        > wait 60000
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_room_in_use_sweeps_every_30_s_and_an_idle_one_ever_more_rarely() {
    let mut player = crate::script::Player::new(crate::world::Hibernation::Always, room::Limits::On);
    player.play("ada opens");
    let mut rings = Vec::new();
    for second in 1..=20_000_u64 {
        let step = if second <= 200 && second % 10 == 0 {
            "ada types; ada pings; wait 1000"
        } else {
            "ada pings; wait 1000"
        };
        if player.play(step).contains("alarm rings") {
            rings.push(second);
        }
    }

    expect![
        "[75, 105, 135, 165, 195, 225, 255, 274, 349, 499, 799, 1399, 2599, 4999, 8599, 12199, 15799, 19399]"
    ]
    .assert_eq(&format!("{rings:?}"));
}

#[test]
fn with_nobody_connected_there_is_no_alarm() {
    let seen = play("ada opens; ada drops; wait 10000000");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > ada drops
        > wait 10000000
          (the alarm rings)
          store due sweep never
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_clock_that_is_put_back_does_not_put_the_sweep_off() {
    let seen = play("ada opens; clock back 36000000; ada types; wait 75000");

    expect![[r#"
        > ada opens
          store due sweep 75000
          alarm at 75000
          ada <- welcome head 0 snapshot nothing read 0 roster 1 [+Ada Member Active]
        > clock back 36000000
        > ada types
          store due sweep -35925000
          alarm at -35925000
        > wait 75000
          (the alarm rings)
          store due sweep never
          ada closed 4102
    "#]]
    .assert_eq(&seen);
}
