//! The load generator: what a room does for many, and the same load on a peer in the same run.
//!
//!     cargo run --release -p bench -- fanout [--url U] [--sockets 200] [--rate 1000] [--seconds 6] [--on both|edgewise|peer]
//!     cargo run --release -p bench -- budget [--sockets 200] [--rate 1000] [--seconds 6]
//!     cargo run --release -p bench -- join   [--url U] [--joins 200] [--on both|edgewise|peer]
//!     cargo run --release -p bench -- large  [--messages 100000] [--asks 500]
//!     cargo run --release -p bench -- hidden [--asks 500]
//!
//! Without `--url` it starts a server of its own with the limits off. It shares the machine with the server, so it is
//! frugal: one thread, and frames are scanned for what is counted, not decoded. It prints figures and judges none, but for `budget`, which puts
//! the fan-out on both and fails when budget.rs finds a breach.

mod args;
mod asks;
mod budget;
mod cpu;
mod fanout;
mod join;
mod reader;
mod scan;
mod spread;
mod stage;

use std::process::ExitCode;

use args::{Args, Load, Measure, On, Verdict};
use stage::Stage;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = match Args::parse(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(sentence) => {
            eprintln!("{sentence}\n\n{}", args::USAGE);
            return ExitCode::FAILURE;
        }
    };
    if let (Verdict::Budget, Measure::Fanout(load)) = (args.verdict, &args.measure) {
        return within_budget(&args, load).await;
    }
    match args.measure {
        Measure::Large { messages, asks } => println!("{}", asks::large_room(messages, asks).await),
        Measure::Hidden { asks } => println!("{}", asks::hidden_room(asks).await),
        Measure::Fanout(_) | Measure::Join { .. } => beside_a_peer(&args).await,
    }
    ExitCode::SUCCESS
}

/// Edgewise, then the peer, as far as they were asked for.
async fn beside_a_peer(args: &Args) {
    if args.on != On::Peer {
        measure(args, &Stage::edgewise(args).await).await;
    }
    if args.on != On::Edgewise {
        measure(args, &Stage::peer()).await;
    }
}

async fn measure(args: &Args, stage: &Stage) {
    match &args.measure {
        Measure::Fanout(load) => println!("{}", fanout::run(stage, load).await),
        Measure::Join { joins } => println!("{}", join::run(stage, *joins).await),
        // These have no peer.
        Measure::Large { .. } | Measure::Hidden { .. } => {}
    }
}

/// The same load on both; says what each did, and every breach.
async fn within_budget(args: &Args, load: &Load) -> ExitCode {
    let ours = fanout::run(&Stage::edgewise(args).await, load).await;
    println!("{ours}");
    let peer = fanout::run(&Stage::peer(), load).await;
    println!("{peer}");
    let breaches = budget::judge(&ours.figures(), &peer.figures());
    if let Some(ratio) = budget::ratio(&ours.figures(), &peer.figures()) {
        println!("a delivery costs {ratio:.2} times the peer's processor time");
    }
    for breach in &breaches {
        println!("over the budget: {breach}");
    }
    if breaches.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
