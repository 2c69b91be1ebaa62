//! Turns an export into pieces for a room:
//!
//!     edgewise-import edgewise EXPORT.ndjson FOLDER
//!     edgewise-import slack EXPORT.zip CHANNEL FOLDER
//!
//! It writes `0001.ndjson`, `0002.ndjson`, … into the folder and says how to send them.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::ExitCode,
};

use import::{own, pieces::pieces, slack};
use lexopt::ValueExt;
use protocol::Event;

const USAGE: &str =
    "edgewise-import edgewise EXPORT.ndjson FOLDER\nedgewise-import slack EXPORT.zip CHANNEL FOLDER";

fn main() -> ExitCode {
    match run() {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let words = words()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (export, folder, events) = match words.as_slice() {
        ["edgewise", export, folder] => (export, folder, own_events(export)),
        ["slack", export, channel, folder] => (export, folder, slack_events(export, channel)),
        _ => return Err(USAGE.to_owned()),
    };
    let events = events.map_err(|why| format!("{export}: {why}."))?;
    let files =
        write(&events, Path::new(folder)).map_err(|error| format!("{folder} cannot be written: {error}."))?;
    Ok(format!(
        "{} events in {} pieces. Make a room, then send each in turn, as its owner:\n\n\
         for piece in {folder}/*.ndjson; do\n  curl --fail-with-body -H \"authorization: Bearer $TOKEN\" \
         -H 'content-type: application/x-ndjson' --data-binary \"@$piece\" \"$URL/api/rooms/$ROOM/import\" || break\ndone",
        events.len(),
        files.len()
    ))
}

fn words() -> Result<Vec<String>, String> {
    let mut arguments = lexopt::Parser::from_env();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next().map_err(|error| error.to_string())? {
        match argument {
            lexopt::Arg::Value(word) => words.push(word.string().map_err(|error| error.to_string())?),
            other => return Err(format!("{}.\n{USAGE}", other.unexpected())),
        }
    }
    Ok(words)
}

fn own_events(export: &str) -> Result<Vec<Event>, import::BadExport> {
    own::events(&fs::read_to_string(export)?)
}

fn slack_events(export: &str, channel: &str) -> Result<Vec<Event>, import::BadExport> {
    slack::events(File::open(export)?, channel)
}

fn write(events: &[Event], folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let files = (1..).zip(pieces(events)).map(|(number, piece)| {
        let file = folder.join(format!("{number:04}.ndjson"));
        fs::write(&file, piece).map(|()| file)
    });
    files.collect()
}
