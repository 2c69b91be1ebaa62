//! What people may be called.
#![cfg(not(target_arch = "wasm32"))]

use names::{Looks, enforce, is_kept, suggest};
use proptest::prelude::*;
use protocol::{Name, text::BadText};
use unicode_normalization::UnicodeNormalization;

fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

fn called(raw: &str) -> Result<String, BadText> {
    enforce(raw, nfkc).map(String::from)
}

fn alike(one: &str, other: &str) -> bool {
    Looks::of(one).is_like(&Looks::of(other))
}

#[test]
fn a_name_is_composed_and_has_single_spaces() {
    // The examples of RFC 8266, section 3, and what their rules make of them.
    assert_eq!(called("Foo").as_deref(), Ok("Foo"));
    assert_eq!(called("Foo Bar").as_deref(), Ok("Foo Bar"));
    assert_eq!(called(" Swan  of   Avon   ").as_deref(), Ok("Swan of Avon"));
    assert_eq!(called("Σ").as_deref(), Ok("Σ"));
    assert_eq!(called("Richard \u{2163}").as_deref(), Ok("Richard IV"));
    assert_eq!(called("\u{212b}da").as_deref(), Ok("\u{c5}da"));
    assert_eq!(called("A\u{30a}da").as_deref(), Ok("\u{c5}da"));
    assert_eq!(called("Ａｄａ\u{3000}Ｌ").as_deref(), Ok("Ada L"));
    assert_eq!(called("\u{2003}"), Err(BadText::Empty));
}

#[test]
fn a_name_is_counted_once_it_is_composed() {
    assert_eq!(called(&"e\u{301}".repeat(32)), Ok("é".repeat(32)));
    assert_eq!(called(&"e\u{301}".repeat(33)), Err(BadText::TooLong(32)));
    // One character that stands for four.
    assert_eq!(called(&"\u{33a5}".repeat(20)), Err(BadText::TooLong(32)));
}

#[test]
fn a_name_has_nothing_that_cannot_be_seen() {
    for hidden in [
        "\u{0}", "\u{7f}", "\u{ad}", "\u{200b}", "\u{200d}", "\u{202e}", "\u{2066}", "\u{feff}", "\u{34f}",
        "\u{fe00}", "\u{e000}", "\u{fdd0}",
    ] {
        assert_eq!(called(&format!("A{hidden}da")), Err(BadText::Invisible), "{hidden:?}");
    }
}

#[test]
fn names_look_alike_whatever_their_case_spaces_and_script() {
    for (one, other) in [
        ("Ada", "Ada"),
        ("Ada", "ADA"),
        ("Ada", "A da."),
        ("Ada", "\u{410}d\u{430}"),
        ("paypal", "\u{440}\u{430}ypal"),
        ("Bob", "B0b"),
        ("Ida l", "IdaI"),
        ("modern", "modem"),
        ("Tom", "\u{3a4}om"),
        ("!!", "! !"),
    ] {
        assert!(alike(one, other), "{one} and {other}");
    }
    for (one, other) in [
        ("Ada", "Adam"),
        ("Ada", "\u{c1}da"),
        ("Ada", "Ida"),
        ("!!", "??"),
        ("日本", "日木"),
        ("Ada 2", "Ada 3"),
    ] {
        assert!(!alike(one, other), "{one} and {other}");
    }
}

#[test]
fn names_that_speak_for_the_place_are_kept() {
    for name in
        ["Admin", "ADMIN", "\u{430}dmin", "admin 2", "System", "M0derator", "Edgewise", "room", "every one"]
    {
        assert!(is_kept(name), "{name}");
    }
    for name in ["Ada", "Adminah", "Roomy", "Not Admin", "2"] {
        assert!(!is_kept(name), "{name}");
    }
}

#[test]
fn a_suggestion_is_free_and_fits() {
    let suggested = |wanted: &str, taken: &[&str]| {
        let taken: Vec<Looks> = taken.iter().map(|name| Looks::of(name)).collect();
        suggest(&Name::parse(wanted).unwrap(), &taken).map(String::from)
    };
    assert_eq!(suggested("Ada", &["Ada"]).as_deref(), Some("Ada 2"));
    assert_eq!(suggested("Ada", &["Ada", "ada2", "Ada 3"]).as_deref(), Some("Ada 4"));
    assert_eq!(suggested("Admin", &[]).as_deref(), Some("Not Admin"));
    assert_eq!(suggested(&"a".repeat(32), &["a"]), Some(format!("{} 2", "a".repeat(30))));
    let all: Vec<String> = (2..100).map(|number| format!("Ada {number}")).collect();
    assert_eq!(suggested("Ada", &all.iter().map(String::as_str).collect::<Vec<_>>()), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_stays_as_it_is_however_often_it_is_enforced(raw in "\\PC{0,40}") {
        if let Ok(name) = called(&raw) {
            prop_assert_eq!(called(&name), Ok(name.clone()));
            prop_assert!((1..=32).contains(&name.chars().count()));
            // Without what asks for a character's picture: it changes nothing that is seen of a letter.
            let seen = raw.replace('\u{fe0f}', "");
            prop_assert!(alike(&name, &seen.nfkc().collect::<String>()));
        }
    }
}
