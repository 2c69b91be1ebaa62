//! The load generator: what a room does for many, and the same load on a peer in the same run.
//!
//!     cargo run --release -p bench -- fanout [--url U] [--sockets 200] [--rate 1000] [--seconds 6] [--on both|edgewise|peer]
//!     cargo run --release -p bench -- join   [--url U] [--joins 200] [--on both|edgewise|peer]
//!
//! Without `--url` it starts a server of its own with the limits off. It shares the machine with the server, so it is
//! frugal: one thread, and frames are scanned for what is counted, not decoded. It prints figures and judges none.

mod args;
mod cpu;
mod fanout;
mod join;
mod reader;
mod scan;
mod spread;
mod stage;

use std::process::ExitCode;

use args::{Args, Measure, On};
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
    if args.on != On::Peer {
        measure(&args, &Stage::edgewise(&args).await).await;
    }
    if args.on != On::Edgewise {
        measure(&args, &Stage::peer()).await;
    }
    ExitCode::SUCCESS
}

async fn measure(args: &Args, stage: &Stage) {
    match &args.measure {
        Measure::Fanout(load) => println!("{}", fanout::run(stage, load).await),
        Measure::Join { joins } => println!("{}", join::run(stage, *joins).await),
    }
}
