//! Names that somebody who is present has, or nearly.

use protocol::{Name, room::Visibility};
use room::Likeness;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::script::Player;

fn taken(free: &str) -> Likeness {
    Likeness::Taken(Some(Name::parse(free).expect("a name")))
}

#[test]
fn a_name_that_looks_like_that_of_somebody_present_is_taken() {
    let mut player = Player::founded_by("ada", Visibility::Public);
    player.play("ada opens; bob opens");

    for like in ["Ada", "ADA", "A.d.a", "\u{410}d\u{430}"] {
        assert_eq!(player.likeness(like, "bob"), taken(&format!("{like} 2")), "{like}");
    }
    assert_eq!(player.likeness("Adam", "bob"), Likeness::Free);
    assert_eq!(player.likeness("Ada", "ada"), Likeness::Free, "one's own name is one's own");
}

#[test]
fn a_name_is_free_again_once_its_member_is_gone_and_stays_taken_while_the_room_sleeps() {
    let mut player = Player::founded_by("ada", Visibility::Public);
    player.play("ada opens; bob opens; hibernate");
    assert_eq!(player.likeness("Ada", "bob"), taken("Ada 2"));

    player.play("ada drops");
    assert_eq!(player.likeness("Ada", "bob"), Likeness::Free);
}
