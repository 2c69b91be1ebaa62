//! What arrives from outside: the right refusal for each malformed payload, tolerance for later versions, and no
//! payload at all that panics or passes for half a frame.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    Event, EventKind, RejectCode, ServerFrame, decode_client, decode_object, decode_server,
    http::{NewRoom, SignIn},
};

const CLIENT_FRAMES: &str = include_str!("golden/client_frames.txt");
const SERVER_FRAMES: &str = include_str!("golden/server_frames.txt");

fn frames(golden: &'static str) -> impl Iterator<Item = &'static str> {
    golden.lines().filter(|line| !line.starts_with('#'))
}

fn refusal(payload: &str) -> (RejectCode, Option<String>) {
    let bad = decode_client(payload).expect_err("no frame");
    (bad.code, bad.id.map(String::from))
}

#[test]
fn what_is_not_a_json_object_with_a_type_is_a_bad_frame() {
    let payloads =
        ["", " ", "hello", "ping", "null", "1", "\"typing\"", "[]", "{}", "{\"type\":1}", "{\"type\":null}"];
    for payload in payloads {
        assert_eq!(refusal(payload), (RejectCode::BadFrame, None), "{payload}");
    }
    for payload in [r#"["typing"]"#, r#" ["read",7]"#, r#"["send",{"id":"c1","text":"hi"}]"#] {
        assert_eq!(refusal(payload), (RejectCode::BadFrame, None), "an array is no frame: {payload}");
    }
    for payload in [r#"{"type":"typing"}{"type":"typing"}"#, r#"{"type":"typing"} x"#, r#"{"type":"typing""#]
    {
        assert_eq!(refusal(payload), (RejectCode::BadFrame, None), "{payload}");
    }
    assert!(decode_client(" \r\n\t{\"type\":\"typing\"} \n").is_ok(), "white space around it is JSON's own");
}

#[test]
fn a_known_type_with_wrong_fields_is_a_bad_frame_under_its_id() {
    let with_id =
        |payload: &str| assert_eq!(refusal(payload), (RejectCode::BadFrame, Some("c1".into())), "{payload}");
    with_id(r#"{"type":"send","id":"c1"}"#);
    with_id(r#"{"type":"send","id":"c1","text":7}"#);
    with_id(r#"{"type":"send","id":"c1","text":"a","text":"b"}"#);
    with_id(r#"{"type":"send","id":"c1","text":"a","reply_to":-1}"#);
    with_id(r#"{"type":"send","id":"c1","text":"a","mentions":["not an id"]}"#);
    with_id(r#"{"type":"edit","id":"c1","text":"a"}"#);
    with_id(r#"{"type":"delete","id":"c1","seq":"7"}"#);
    with_id(r#"{"type":"react","id":"c1","seq":7,"emoji":"x"}"#);
    assert_eq!(refusal(r#"{"type":"presence","state":"asleep"}"#), (RejectCode::BadFrame, None));
    assert_eq!(refusal(r#"{"type":"send","text":"no id"}"#), (RejectCode::BadFrame, None));
    assert_eq!(refusal(r#"{"type":"send","id":7,"text":"a"}"#), (RejectCode::BadFrame, None));
}

#[test]
fn a_malformed_id_is_a_bad_id() {
    for id in [String::new(), "a b".to_owned(), "x".repeat(65)] {
        let payload = format!(r#"{{"type":"send","id":"{id}","text":"a"}}"#);
        assert_eq!(refusal(&payload), (RejectCode::BadId, None), "{payload}");
    }
}

#[test]
fn a_type_of_a_later_version_is_an_unknown_type_under_its_id() {
    assert_eq!(
        refusal(r#"{"type":"dance","id":"c1","seq":7,"on":true}"#),
        (RejectCode::UnknownType, Some("c1".into()))
    );
    assert_eq!(refusal(r#"{"type":"Typing"}"#), (RejectCode::UnknownType, None));
}

#[test]
fn every_type_of_the_golden_file_is_known_when_its_fields_are_wrong() {
    for frame in frames(CLIENT_FRAMES) {
        let mut value: serde_json::Value = serde_json::from_str(frame).expect("golden JSON");
        let fields = value.as_object_mut().expect("an object");
        let needed = ["text", "seq", "mark", "cursor", "state"];
        if fields.keys().all(|field| !needed.contains(&field.as_str())) {
            continue; // `typing` has no field that could be wrong.
        }
        fields.retain(|field, _| !needed.contains(&field.as_str()));
        assert_eq!(refusal(&value.to_string()).0, RejectCode::BadFrame, "{frame}");
    }
}

#[test]
fn unknown_fields_are_ignored_in_every_frame() {
    let later = |frame: &str| {
        let body = frame.strip_suffix('}').expect("an object");
        format!(r#"{body},"later":{{"deep":[1,{{"type":"x"}}]}},"":null}}"#)
    };
    for frame in frames(CLIENT_FRAMES) {
        assert_eq!(decode_client(&later(frame)), decode_client(frame), "{frame}");
    }
    for frame in frames(SERVER_FRAMES) {
        assert!(decode_server(frame).is_some());
        assert_eq!(decode_server(&later(frame)), decode_server(frame), "{frame}");
    }
}

#[test]
fn a_server_frame_of_a_later_version_is_unknown_and_its_mark_is_still_returned() {
    let received = decode_server(r#"{"type":"poll","question":{"a":[1]},"mark":"k1"}"#).expect("a frame");
    assert_eq!((received.frame, received.mark.as_deref()), (ServerFrame::Unknown, Some("k1")));
    for payload in [
        "pong",
        "[]",
        "[\"typing\",[]]",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"events\"}",
        "{\"type\":\"ack\",\"id\":\"c1\"}",
    ] {
        assert_eq!(decode_server(payload), None, "{payload}");
    }
}

#[test]
fn an_event_kind_of_a_later_version_keeps_its_place_between_the_others() {
    let frame = r#"{"type":"events","events":[
        {"seq":7,"at":1,"by":{"id":"m1","name":"Ada"},"id":"c1","kind":"message","text":"a"},
        {"seq":8,"at":1,"by":{"id":"m1","name":"Ada"},"kind":"applauded","target":7,"on":true},
        {"seq":9,"at":1,"by":{"id":"m1","name":"Ada"},"kind":"deleted","target":7}]}"#;
    let Some(ServerFrame::Events { events }) = decode_server(frame).map(|received| received.frame) else {
        panic!("events are events, whatever kinds are among them");
    };
    assert_eq!(events.iter().map(|event| event.seq.value()).collect::<Vec<_>>(), [7, 8, 9]);
    assert_eq!(events.iter().filter(|event| event.kind == EventKind::Unknown).count(), 1);
    assert_eq!(events.get(1).map(|event| event.kind.clone()), Some(EventKind::Unknown));
}

#[test]
fn an_event_without_a_kind_or_without_what_its_kind_needs_is_none() {
    for kind in ["", r#","kind":null"#, r#","kind":["message"]"#, r#","kind":"deleted""#] {
        let event = format!(r#"{{"seq":7,"at":1,"by":{{"id":"m1","name":"Ada"}}{kind}}}"#);
        assert!(decode_object::<Event>(&event).is_err(), "{event}");
    }
}

#[test]
fn a_body_that_is_no_object_is_none() {
    assert!(decode_object::<SignIn>(r#"{"name":"Ada"}"#).is_ok());
    for body in ["", "null", r#"["Ada"]"#, r#""Ada""#, r#"{"name":7}"#, r#"{"name":"Ada"}]"#] {
        assert!(decode_object::<SignIn>(body).is_err(), "{body}");
    }
    assert!(decode_object::<NewRoom>(r#"["build","Build","public"]"#).is_err());
    assert!(decode_object::<NewRoom>(r#"{"title":"Build","visibility":"secret"}"#).is_err());
}

#[test]
fn nesting_without_end_is_refused_and_not_followed() {
    let deep = "[".repeat(30_000);
    assert_eq!(refusal(&format!(r#"{{"type":"typing","x":{deep}"#)).0, RejectCode::BadFrame);
    assert_eq!(decode_server(&format!(r#"{{"type":"later","x":{deep}"#)), None);
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;
    use protocol::encode;

    use super::*;

    /// A frame of the golden files with a piece cut out, doubled, or written over.
    fn mutated(golden: &'static str) -> impl Strategy<Value = String> {
        let all: Vec<&str> = frames(golden).collect();
        let pieces = prop_oneof!["\\PC{0,4}", r#"["{}\[\]:,0-9a-z\\]{0,6}"#, Just("null".to_owned())];
        (prop::sample::select(all), any::<prop::sample::Index>(), 0usize..12, pieces).prop_map(
            |(frame, at, cut, piece)| {
                let mut chars: Vec<char> = frame.chars().collect();
                let at = at.index(chars.len());
                let end = at.saturating_add(cut).min(chars.len());
                chars.splice(at..end, piece.chars());
                chars.into_iter().collect()
            },
        )
    }

    /// What was taken as a frame is a whole one: written and read again it is the same.
    fn client_frame_is_whole_or_refused(payload: &str) -> Result<(), TestCaseError> {
        if let Ok(frame) = decode_client(payload) {
            let value: serde_json::Value = serde_json::from_str(payload)?;
            prop_assert!(value.get("type").is_some_and(serde_json::Value::is_string));
            prop_assert_eq!(decode_client(&encode(&frame)), Ok(frame));
        }
        Ok(())
    }

    fn server_frame_is_whole_or_refused(payload: &str) -> Result<(), TestCaseError> {
        if let Some(received) = decode_server(payload) {
            let again = decode_server(&encode(&received.frame));
            prop_assert_eq!(again.map(|r| r.frame), Some(received.frame));
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_at_all_is_a_whole_frame_or_a_refusal(payload in "\\PC*") {
            client_frame_is_whole_or_refused(&payload)?;
            server_frame_is_whole_or_refused(&payload)?;
        }

        #[test]
        fn a_spoiled_client_frame_is_a_whole_frame_or_a_refusal(payload in mutated(CLIENT_FRAMES)) {
            client_frame_is_whole_or_refused(&payload)?;
        }

        #[test]
        fn a_spoiled_server_frame_is_a_whole_frame_or_a_refusal(payload in mutated(SERVER_FRAMES)) {
            server_frame_is_whole_or_refused(&payload)?;
        }

        #[test]
        fn a_frame_cut_short_anywhere_is_a_refusal(index in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
            let all: Vec<&str> = frames(CLIENT_FRAMES).chain(frames(SERVER_FRAMES)).collect();
            let frame = index.get(&all);
            let short: String = frame.chars().take(cut.index(frame.chars().count())).collect();
            prop_assert!(decode_client(&short).is_err());
            prop_assert_eq!(decode_server(&short), None);
        }
    }
}
