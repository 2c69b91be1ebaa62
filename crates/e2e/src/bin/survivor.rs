//! Whether what was acked survives: clients write while a server that somebody else started is taken down and comes up again, and the
//! room's log is then held against what they were told. Later the same can be asked of a server that was restored from a backup.
//!
//!   survivor write URL FOLDER COMMAND [ARGUMENT]…    COMMAND takes the server down and up again while clients write
//!   survivor check URL FOLDER                        holds the log against the notes that `write` left in FOLDER
//!
//! It ends with 0 only if nothing is lost, doubled or moved. Not here: what takes the server down.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Duration,
};

use e2e::{
    Guest, Server,
    client_shell::ClientShell,
    history::{self, History, Moment},
    minted::fresh_id,
};
use protocol::{Member, Slug};
use serde::{Deserialize, Serialize};
use tokio::time::{interval, timeout};

const CLIENTS: u64 = 2;
/// More than a member may send: there is always something on its way when the server goes down.
const WRITES_EVERY: Duration = Duration::from_millis(50);
/// What a client may have waiting before it writes on.
const WAITING: usize = 10;
/// Acks that every client has had before the server goes down, and has again afterwards.
const ACKS_EACH: usize = 10;
/// A server's start, and the longest wait of a client between its tries.
const BACK_WITHIN: Duration = Duration::from_secs(90);

/// What `write` leaves for `check`, beside the history.
#[derive(Debug, Serialize, Deserialize)]
struct Notes {
    room: Slug,
    /// A sign-in must survive as well.
    reader: Member,
    token: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["write", url, folder, command, ref rest @ ..] => {
            let mut outage = Command::new(command);
            outage.args(rest);
            write(&Server::elsewhere(url), Path::new(folder), outage).await
        }
        ["check", url, folder] => check(&Server::elsewhere(url), Path::new(folder)).await,
        _ => {
            eprintln!("survivor write URL FOLDER COMMAND [ARGUMENT]…, or survivor check URL FOLDER");
            ExitCode::FAILURE
        }
    }
}

async fn write(server: &Server, folder: &Path, outage: Command) -> ExitCode {
    fs::create_dir_all(folder).expect("the folder can be written");
    let reader = Guest::sign_in(server, "Reader").await;
    let room = reader.new_room().await;
    let history = History::create(&history_in(folder));
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let guest = Guest::sign_in(server, &format!("Writer {number}")).await;
        clients.push(ClientShell::start(&guest, &room, number, history.clone()));
    }
    let notes = Notes { room, reader: reader.member.clone(), token: reader.token.clone() };
    fs::write(notes_in(folder), serde_json::to_string(&notes).expect("notes that can be written"))
        .expect("the folder can be written");

    write_until_acked(&clients).await;
    write_through(outage, &clients).await;
    write_until_acked(&clients).await;
    for client in &mut clients {
        client.until("an empty outbox", BACK_WITHIN, |standing| standing.live && standing.waiting == 0).await;
    }
    check(server, folder).await
}

/// Writes until every client has had some acks from now on.
async fn write_until_acked(clients: &[ClientShell]) {
    let started: Vec<_> = clients.iter().map(|client| client.standing().acks).collect();
    let all_are_acked =
        || clients.iter().zip(&started).all(|(client, acks)| client.standing().acks >= acks + ACKS_EACH);
    let mut writes = interval(WRITES_EVERY);
    let acked = async {
        while !all_are_acked() {
            writes.tick().await;
            write_once(clients);
        }
    };
    timeout(BACK_WITHIN, acked).await.expect("every client is in the room and is acked");
}

/// The clients go on writing while the server is taken down and comes back.
async fn write_through(mut outage: Command, clients: &[ClientShell]) {
    let mut over = tokio::task::spawn_blocking(move || outage.status());
    let mut writes = interval(WRITES_EVERY);
    let status = loop {
        tokio::select! {
            status = &mut over => break status,
            _ = writes.tick() => write_once(clients),
        }
    };
    let status = status.expect("no panic").expect("the command can be started");
    assert!(status.success(), "the command ends with {status}");
}

fn write_once(clients: &[ClientShell]) {
    for client in clients.iter().filter(|client| client.standing().waiting < WAITING) {
        let id = fresh_id();
        let text = format!("message {id}");
        client.send(id, text);
    }
}

async fn check(server: &Server, folder: &Path) -> ExitCode {
    let notes = fs::read_to_string(notes_in(folder)).expect("`survivor write` left notes in this folder");
    let Notes { room, reader, token } = serde_json::from_str(&notes).expect("notes");
    let reader = Guest { server, token, member: reader };
    let findings =
        history::audit(&history::read(&history_in(folder)), &reader.log(&room).await, Moment::Quiet);
    let history::Findings { acked, seen, faults } = findings;
    println!("{acked} acked, {seen} seen, {} faults", faults.len());
    faults.iter().for_each(|fault| eprintln!("{fault}"));
    if faults.is_empty() && acked >= 2 * ACKS_EACH { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn history_in(folder: &Path) -> PathBuf {
    folder.join("history.ndjson")
}

fn notes_in(folder: &Path) -> PathBuf {
    folder.join("notes.json")
}
