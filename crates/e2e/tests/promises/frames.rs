//! What a room says to payloads that are no frame, and to pings.

use e2e::{Guest, Socket, minted::draft, minted::fresh_id};
use protocol::{ClientFrame, RejectCode, limits};

use crate::server;

const BROKEN_CLIENT: Option<u16> = Some(4022);

async fn alone() -> Socket {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    ada.enter(&room).await
}

async fn refusal(socket: &mut Socket, text: &str) -> (RejectCode, Option<String>) {
    socket.send_text(text).await;
    let reject = socket.reject().await;
    assert!(!reject.retryable, "{reject:?}");
    (reject.code, reject.id.map(String::from))
}

/// After a refusal the socket still works.
async fn still_works(mut socket: Socket) {
    assert!(socket.say("still here").await.seq.is_some());
}

#[tokio::test]
async fn ping_is_answered_pong() {
    let mut socket = alone().await;
    socket.send_text("ping").await;
    loop {
        let text = socket.next_text().await.expect("the socket stays open");
        if text == "pong" {
            break;
        }
        assert!(text.starts_with('{'), "only frames may come between: {text}");
    }
    still_works(socket).await;
}

#[tokio::test]
async fn text_that_is_no_frame_gets_bad_frame() {
    let mut socket = alone().await;
    assert_eq!(refusal(&mut socket, "hello").await, (RejectCode::BadFrame, None));
    assert_eq!(refusal(&mut socket, "[\"typing\"]").await, (RejectCode::BadFrame, None));
    assert_eq!(refusal(&mut socket, "{\"type\":7}").await, (RejectCode::BadFrame, None));
    still_works(socket).await;
}

#[tokio::test]
async fn a_known_type_with_wrong_fields_gets_bad_frame_under_its_id() {
    let mut socket = alone().await;
    let refused = refusal(&mut socket, r#"{"type":"send","id":"c7","text":7}"#).await;
    assert_eq!(refused, (RejectCode::BadFrame, Some("c7".to_owned())));
    still_works(socket).await;
}

#[tokio::test]
async fn a_binary_frame_gets_bad_frame() {
    let mut socket = alone().await;
    socket.send_binary(br#"{"type":"typing"}"#).await;
    assert_eq!(socket.reject().await.code, RejectCode::BadFrame);
    still_works(socket).await;
}

#[tokio::test]
async fn a_frame_over_64_kib_gets_too_large_and_one_of_64_kib_does_not() {
    let mut socket = alone().await;
    let around = r#"{"type":"send","id":"c7","text":""}"#.len();
    let frame =
        |bytes: usize| format!(r#"{{"type":"send","id":"c7","text":"{}"}}"#, "x".repeat(bytes - around));
    let most = limits::CLIENT_FRAME_BYTES;

    assert_eq!(refusal(&mut socket, &frame(most)).await, (RejectCode::TooLong, Some("c7".to_owned())));
    assert_eq!(refusal(&mut socket, &frame(most + 1)).await, (RejectCode::TooLarge, Some("c7".to_owned())));
    still_works(socket).await;
}

#[tokio::test]
async fn five_bad_frames_within_a_minute_close_the_socket_with_4022() {
    let mut socket = alone().await;
    for _ in 0..limits::BAD_FRAMES - 1 {
        refusal(&mut socket, "nonsense").await;
    }
    assert!(socket.say("four are forgiven").await.seq.is_some());
    socket.send_binary(b"the fifth").await;
    assert_eq!(socket.closed().await, BROKEN_CLIENT);
}

#[tokio::test]
async fn bad_frames_of_every_sort_are_counted_together() {
    let mut socket = alone().await;
    let too_large = "x".repeat(limits::CLIENT_FRAME_BYTES + 1);
    for bad in ["nonsense", r#"{"type":"send"}"#, &too_large, "[]"] {
        refusal(&mut socket, bad).await;
    }
    socket.send_text("{").await;
    assert_eq!(socket.closed().await, BROKEN_CLIENT);
}

#[tokio::test]
async fn an_unknown_type_gets_unknown_type_under_its_id_and_is_not_counted() {
    let mut socket = alone().await;
    for _ in 0..2 * limits::BAD_FRAMES {
        let refused = refusal(&mut socket, r#"{"type":"poll","id":"c7","question":"?"}"#).await;
        assert_eq!(refused, (RejectCode::UnknownType, Some("c7".to_owned())));
    }
    still_works(socket).await;
}

#[tokio::test]
async fn a_refused_command_is_not_counted_as_a_bad_frame() {
    let mut socket = alone().await;
    for _ in 0..2 * limits::BAD_FRAMES {
        let refused = socket.refused(&ClientFrame::Send { id: fresh_id(), draft: draft(" ") }).await;
        assert_eq!(refused.code, RejectCode::Empty);
    }
    still_works(socket).await;
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let mut socket = alone().await;
    let id = fresh_id();
    socket.send_text(&format!(r#"{{"type":"send","id":"{id}","text":"hi","colour":{{"a":[1]}}}}"#)).await;
    assert!(socket.ack(&id).await.seq.is_some());
}
