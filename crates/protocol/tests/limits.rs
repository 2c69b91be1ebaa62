//! Every bound of the protocol at n and at n + 1.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    CommandId, Cursor, Emoji, Epoch, Message, Name, RejectCode, Seq, Slug, Text, decode_client,
    id::BadId,
    limits::{CLIENT_FRAME_BYTES, EXACT_INTEGER},
    text::BadText,
};

#[test]
fn a_text_has_at_most_4000_scalars_after_trimming() {
    let longest = "é".repeat(4_000);
    assert_eq!(Text::parse(&longest).map(String::from), Ok(longest.clone()));
    assert_eq!(Text::parse(&format!(" \n{longest}\t ")).map(String::from), Ok(longest.clone()));
    assert_eq!(Text::parse(&format!("{longest}é")), Err(BadText::TooLong(4_000)));
    // Four bytes, two UTF-16 units, one scalar value.
    assert!(Text::parse(&"😀".repeat(4_000)).is_ok());
    assert_eq!(Text::parse(&"😀".repeat(4_001)), Err(BadText::TooLong(4_000)));
}

#[test]
fn a_text_has_at_least_one_scalar_after_trimming() {
    assert_eq!(Text::parse("x").map(String::from), Ok("x".to_owned()));
    for empty in ["", " ", "\t\n\r ", "\u{a0}\u{3000}"] {
        assert_eq!(Text::parse(empty), Err(BadText::Empty), "{empty:?}");
    }
}

#[test]
fn a_name_has_1_to_32_scalars_and_single_spaces() {
    let longest = "é".repeat(32);
    assert_eq!(Name::parse(&longest).map(String::from), Ok(longest.clone()));
    assert_eq!(Name::parse(&format!("{longest}é")), Err(BadText::TooLong(32)));
    assert_eq!(Name::parse("  Ada \t Lovelace\n").map(String::from), Ok("Ada Lovelace".to_owned()));
    assert_eq!(Name::parse(" \n"), Err(BadText::Empty));
}

#[test]
fn a_name_has_nothing_that_cannot_be_seen() {
    for hidden in ['\0', '\u{7f}', '\u{ad}', '\u{200b}', '\u{200d}', '\u{202e}', '\u{2066}', '\u{feff}'] {
        assert_eq!(Name::parse(&format!("A{hidden}da")), Err(BadText::Invisible), "{hidden:?}");
    }
    for blank in ['\u{115f}', '\u{1160}', '\u{2800}', '\u{3164}', '\u{ffa0}', '\u{e0041}', '\u{180b}'] {
        assert_eq!(Name::parse(&blank.to_string()), Err(BadText::Invisible), "{blank:?}");
    }
}

#[test]
fn an_id_has_1_to_64_characters_of_its_alphabet() {
    let longest = "Aa0_-".repeat(13)[..64].to_owned();
    assert_eq!(CommandId::parse(&longest).map(String::from), Ok(longest.clone()));
    assert_eq!(CommandId::parse(&format!("{longest}x")), Err(BadId::TooLong(64)));
    assert_eq!(CommandId::parse("x").map(String::from), Ok("x".to_owned()));
    assert_eq!(CommandId::parse(""), Err(BadId::Empty));
    for odd in ["a b", "a.b", "a/b", "é", "a\n", "a+b", "a=b", "\0"] {
        assert!(matches!(CommandId::parse(odd), Err(BadId::Character(_))), "{odd:?}");
    }
}

#[test]
fn a_slug_has_1_to_48_characters_and_no_dash_at_an_end() {
    let longest = format!("a{}9", "-".repeat(46));
    assert_eq!(Slug::parse(&longest).map(String::from), Ok(longest.clone()));
    assert_eq!(Slug::parse(&format!("{longest}x")), Err(BadId::TooLong(48)));
    assert_eq!(Slug::parse("x").map(String::from), Ok("x".to_owned()));
    assert_eq!(Slug::parse(""), Err(BadId::Empty));
    for odd in ["-", "-a", "a-", "A", "a_b", "a b", "é", "a.b", "a/b", "%61"] {
        assert!(matches!(Slug::parse(odd), Err(BadId::Character(_))), "{odd:?}");
    }
}

#[test]
fn a_seq_is_exact_in_a_json_number() {
    assert_eq!(Seq::try_new(EXACT_INTEGER).map(Seq::value), Some(9_007_199_254_740_991));
    assert_eq!(Seq::try_new(EXACT_INTEGER + 1), None);
    assert!(decode_client(r#"{"type":"read","seq":9007199254740991}"#).is_ok());
    assert!(decode_client(r#"{"type":"read","seq":9007199254740992}"#).is_err());
    for odd in ["-1", "1.5", "1e3", "\"1\"", "null", "true"] {
        assert!(decode_client(&format!(r#"{{"type":"read","seq":{odd}}}"#)).is_err(), "{odd}");
    }
}

#[test]
fn a_cursor_is_an_epoch_a_dot_and_a_seq() {
    let epoch = "x".repeat(64);
    let cursor = Cursor::parse(&format!("{epoch}.9007199254740991"));
    assert_eq!(cursor.map(|c| c.to_string()), Some(format!("{epoch}.9007199254740991")));
    let zero = Cursor { epoch: Epoch::parse("e1").expect("a good epoch"), seq: Seq::ZERO };
    assert_eq!(Cursor::parse("e1.0"), Some(zero));
    for odd in
        ["", ".", "e1", "e1.", ".7", "e1.-7", "e1.+7", "e1.7 ", "e1.7.", "e.1.7", "e1.9007199254740992"]
    {
        assert_eq!(Cursor::parse(odd), None, "{odd:?}");
    }
    assert_eq!(Cursor::parse(&format!("{epoch}x.7")), None);
    assert_eq!(Cursor::parse("e1.99999999999999999999999999"), None);
}

#[test]
fn an_emoji_is_exactly_one_that_shows_as_such() {
    let flag_of_england = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
    for one in [
        "👍",
        "👍🏽",
        "❤\u{fe0f}",
        "👩‍👩‍👧‍👦",
        "🇩🇪",
        "1\u{fe0f}\u{20e3}",
        "©\u{fe0f}",
        "🏳\u{fe0f}‍🌈",
        flag_of_england,
    ] {
        assert_eq!(Emoji::parse(one).map(String::from), Some(one.to_owned()), "{one:?}");
    }
    for none in
        ["", "1", "#", "©", "a", "👍👍", "👍 ", " 👍", "👍a", ":+1:", "\u{200d}", "\u{fe0f}", "e\u{301}"]
    {
        assert_eq!(Emoji::parse(none), None, "{none:?}");
    }
    // One cluster to Unicode, but marks piled on an emoji are a scribble over other rows.
    assert_eq!(Emoji::parse("👍\u{301}\u{301}"), None);
}

#[test]
fn an_emoji_has_at_most_64_bytes() {
    // 🏴 has 4 bytes and so has each tag behind it: they make one cluster.
    let tagged = |tags: usize| format!("🏴{}", "\u{e0061}".repeat(tags));
    assert_eq!(Emoji::parse(&tagged(15)).map(|e| e.as_str().len()), Some(64));
    assert_eq!(Emoji::parse(&tagged(16)), None);
}

#[test]
fn an_emoji_cannot_be_read_from_json_that_has_none() {
    assert!(serde_json::from_str::<Emoji>("\"👍\"").is_ok());
    assert!(serde_json::from_str::<Emoji>("\"thumbs up\"").is_err());
}

#[test]
fn a_client_frame_has_at_most_64_kib() {
    let around = r#"{"type":"send","id":"c1","text":""}"#.len();
    let frame =
        |bytes: usize| format!(r#"{{"type":"send","id":"c1","text":"{}"}}"#, "x".repeat(bytes - around));
    assert!(decode_client(&frame(CLIENT_FRAME_BYTES)).is_ok());
    let refused = decode_client(&frame(CLIENT_FRAME_BYTES + 1)).expect_err("one byte too many");
    assert_eq!(refused.code, RejectCode::TooLarge);
    assert_eq!(refused.id.map(String::from), Some("c1".to_owned()), "its id can be read all the same");
}

#[test]
fn an_excerpt_has_the_first_100_scalars() {
    let message = |text: String| -> Message {
        let by = serde_json::json!({"id":"m1","name":"Ada"});
        let json = serde_json::json!({"seq":7,"at":1,"by":by,"text":text,"deleted":false,"mentions":[],
            "attachments":[],"reactions":[],"pinned":false});
        serde_json::from_value(json).expect("a good message")
    };
    let excerpt = |scalars: usize| message("😀".repeat(scalars)).excerpt().excerpt.unwrap_or_default();
    assert_eq!(excerpt(100).chars().count(), 100);
    assert_eq!(excerpt(101).chars().count(), 100);
    assert_eq!(excerpt(0), "");
}
