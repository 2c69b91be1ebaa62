//! During a roll-out old and new meet: a page that was loaded before speaks to the new Worker, and a new page to rooms that still run
//! the old one. So what the last release put on the wire is replayed: its clients' frames to the new Worker, its servers' frames to the
//! new client's decoder. Before the first release that is what the golden files say now.

use std::process::Command;

use e2e::{
    Guest, Server, Socket,
    server::{Limits, root, shared},
};
use protocol::{CommandId, RejectCode, ServerFrame, decode_server};

/// The newest message that the recorded frames are about; every room here has that many.
const MESSAGES: u64 = 7;

fn server() -> &'static Server {
    shared(Limits::Off)
}

/// The lines of a golden file as of the last release: the case, and what stood on the wire.
fn recorded(file: &str) -> Vec<(String, String)> {
    let path = format!("crates/protocol/tests/golden/{file}");
    let text = at_last_release(&path)
        .unwrap_or_else(|| std::fs::read_to_string(root().join(&path)).expect("the golden file is there"));
    let lines: Vec<_> = text.lines().collect();
    let cases = lines.chunks_exact(2).map(|pair| (pair[0].trim_start_matches("# "), pair[1]));
    let cases: Vec<_> = cases.map(|(case, frame)| (case.to_owned(), frame.to_owned())).collect();
    assert!(!cases.is_empty(), "{path} has frames in it");
    cases
}

/// The file as the newest tag of a release has it; `None` before the first release.
fn at_last_release(path: &str) -> Option<String> {
    let tag = git(&["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"])?;
    Some(git(&["show", &format!("{}:{path}", tag.trim())]).expect("a release has its golden files"))
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root()).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).expect("text"))
}

/// A room of one's own with as many messages as the recorded frames need.
async fn room_with_messages() -> Socket {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    for number in 1..=MESSAGES {
        assert_eq!(socket.say(&format!("number {number}")).await.seq.map(|seq| seq.value()), Some(number));
    }
    socket
}

/// The command's id in a recorded frame, if it is a command.
fn id_in(frame: &str) -> Option<CommandId> {
    let value: serde_json::Value = serde_json::from_str(frame).expect("a recorded frame is JSON");
    value.get("id").and_then(serde_json::Value::as_str).map(|id| CommandId::parse(id).expect("a good id"))
}

/// Waits until the command is answered: acked, or refused for a reason that is not its shape.
async fn answered(socket: &mut Socket, case: &str, id: &CommandId) {
    let refused = socket
        .find("an answer", |frame| match frame {
            ServerFrame::Ack { id: of, .. } if of == id => Some(None),
            ServerFrame::Reject { id: of, code, .. } if of.as_ref() == Some(id) => Some(Some(*code)),
            _ => None,
        })
        .await;
    let misread = [RejectCode::BadFrame, RejectCode::UnknownType, RejectCode::TooLarge, RejectCode::BadId];
    assert!(refused.is_none_or(|code| !misread.contains(&code)), "{case}: {refused:?}");
}

#[tokio::test]
async fn every_frame_of_the_last_releases_clients_is_understood_and_none_breaks_a_socket() {
    for (case, frame) in recorded("client_frames.txt") {
        let mut socket = room_with_messages().await;
        socket.send_text(&frame).await;
        match id_in(&frame) {
            Some(id) => answered(&mut socket, &case, &id).await,
            None if case.starts_with("resume") => drop(socket.next_welcome().await),
            None => {}
        }
        // What gets no answer of its own must not get a refusal either; acks come in the order of the commands.
        let id = e2e::minted::fresh_id();
        let next = protocol::ClientFrame::Send { id: id.clone(), draft: e2e::minted::draft("still here") };
        socket.send(&next).await;
        let refused = socket.find("the next ack", |frame| match frame {
            ServerFrame::Ack { id: of, .. } if *of == id => Some(None),
            ServerFrame::Reject { code, .. } => Some(Some(*code)),
            _ => None,
        });
        assert_eq!(refused.await, None, "{case}: {frame}");
    }
}

#[test]
fn every_frame_of_the_last_releases_servers_is_understood_by_the_new_client() {
    for (case, frame) in recorded("server_frames.txt") {
        let received =
            decode_server(&frame).unwrap_or_else(|| panic!("{case} is no frame any more: {frame}"));
        assert_ne!(received.frame, ServerFrame::Unknown, "{case}: {frame}");
    }
}
