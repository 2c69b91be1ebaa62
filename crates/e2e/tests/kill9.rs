//! Promises 1, 2 and 4 when the power fails: `kill -9` of workerd under load, twenty times, state on disk.
//!
//! Six clients write all the time. Each notes in a history file what it sent, what was acked and what it saw. After every
//! restart a reader that has only this file and the room's log by HTTP holds one against the other.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use e2e::{
    Guest, Server,
    client_shell::ClientShell,
    history::{self, Findings, History, Moment},
    minted::fresh_id,
    server::{Build, Limits},
};
use protocol::Slug;
use tokio::time::{interval, sleep, timeout};

const KILLS: u64 = 20;
const CLIENTS: u64 = 6;
/// Each client writes as often: 240 messages a second in the room.
const WRITES_EVERY: Duration = Duration::from_millis(25);
/// What a client may have waiting before it writes on: while the server is down, that is what goes out afterwards.
const WAITING: usize = 40;
/// Acks that every client has had between two kills: the room is busy when it dies.
const ACKS_EACH: usize = 10;
/// A kill comes at any time within this after the room took something again.
const LOAD_MS: u64 = 800;
/// The whole test; on two idle cores it takes a fifth of it.
const AT_MOST: Duration = Duration::from_secs(600);
/// Until every client is back after a start: the longest wait between its tries, and the work that waited.
const BACK_WITHIN: Duration = Duration::from_secs(60);

#[tokio::test]
async fn no_acked_message_is_lost_doubled_or_moved_when_workerd_is_killed_20_times_under_load() {
    timeout(AT_MOST, killed_under_load()).await.expect("the test ends in time");
}

async fn killed_under_load() {
    let server = Arc::new(Server::start(Limits::Off, Build::Shipped));
    let reader = Guest::sign_in(&server, "Reader").await;
    let room = reader.new_room().await;
    let file = history_file();
    let history = History::create(&file);
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let guest = Guest::sign_in(&server, &format!("Writer {number}")).await;
        clients.push(ClientShell::start(&guest, &room, number, history.clone()));
    }

    let mut acked = 0;
    for kill in 1..=KILLS {
        write_for(&mut clients, load_ms(kill)).await;
        kill_while_writing(&server, &clients).await;
        let findings = read(&reader, &room, &file, Moment::Underway).await;
        println!(
            "kill {kill}: {} acked, {} seen, {} faults",
            findings.acked,
            findings.seen,
            findings.faults.len()
        );
        assert_eq!(findings.faults, Vec::<String>::new(), "after kill {kill}");
        assert!(findings.acked > acked, "the room took something between two kills");
        acked = findings.acked;
    }

    for client in &mut clients {
        client.until("an empty outbox", BACK_WITHIN, |standing| standing.live && standing.waiting == 0).await;
    }
    let findings = read(&reader, &room, &file, Moment::Quiet).await;
    println!(
        "{KILLS} kills: {} acked, {} seen, {} faults",
        findings.acked,
        findings.seen,
        findings.faults.len()
    );
    assert_eq!(findings.faults, Vec::<String>::new(), "when all is quiet");
    drop(std::fs::remove_file(file));
}

/// Waits until every client is in the room and has had some acks since, then lets them write for so long.
async fn write_for(clients: &mut [ClientShell], ms: u64) {
    let started: Vec<_> = clients.iter().map(|client| client.standing().acks).collect();
    let mut writes = interval(WRITES_EVERY);
    let all_are_back = |clients: &[ClientShell]| {
        clients.iter().zip(&started).all(|(client, acks)| client.standing().acks >= acks + ACKS_EACH)
    };
    let back = async {
        while !all_are_back(clients) {
            writes.tick().await;
            write_once(clients);
        }
    };
    timeout(BACK_WITHIN, back).await.expect("every client comes back and is acked");
    for _ in 0..ms / u64::try_from(WRITES_EVERY.as_millis()).unwrap_or(1) {
        writes.tick().await;
        write_once(clients);
    }
}

fn write_once(clients: &[ClientShell]) {
    for client in clients.iter().filter(|client| client.standing().waiting < WAITING) {
        let id = fresh_id();
        let text = format!("message {id}");
        client.send(id, text);
    }
}

/// The clients go on writing while the server dies and comes back.
async fn kill_while_writing(server: &Arc<Server>, clients: &[ClientShell]) {
    let server = Arc::clone(server);
    let mut restart = tokio::task::spawn_blocking(move || server.kill_and_start_again());
    let restarted = loop {
        tokio::select! {
            restarted = &mut restart => break restarted,
            () = sleep(WRITES_EVERY) => write_once(clients),
        }
    };
    restarted.expect("the server comes up again");
    // Their waits have grown to seconds by now. That they come back by themselves too is a test of the browser's.
    clients.iter().for_each(ClientShell::try_now);
}

async fn read(reader: &Guest<'_>, room: &Slug, file: &Path, moment: Moment) -> Findings {
    // The file first: what is acked in between is in the log, but not the other way round.
    let history = history::read(file);
    history::audit(&history, &reader.log(room).await, moment)
}

/// A different moment of each round, the same in each run.
fn load_ms(kill: u64) -> u64 {
    kill.wrapping_mul(2_654_435_761) % LOAD_MS
}

fn history_file() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("kill9-{}.ndjson", std::process::id()))
}
