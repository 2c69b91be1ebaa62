//! What can be asked for on the command line. It parses; it does nothing.

use std::{ffi::OsString, path::PathBuf, time::Duration};

use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::failure::Failure;

/// What `keeper help` prints.
pub const HELP: &str = "\
keeper run [--secret NAME=FILE]… [--shared-secret NAME=FILE]… [--metrics ADDRESS] [--grace SECONDS] -- PROGRAM [ARGUMENT]…
        starts PROGRAM and ends with it. A secret is the variable NAME if that is set; otherwise what FILE holds, which is made
        of random bytes the first time. Only its owner may read a secret's file; a shared one, its group too.
        --metrics serves /metrics there. --grace is how long PROGRAM may take to end once it was told to; 5 is the default.
keeper health URL
        exits with 0 if URL answers 200
";

/// How long a child may take to end.
const GRACE: Duration = Duration::from_secs(5);

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Start a child and keep it.
    Run(Run),
    /// Ask whether a server is well.
    Health(String),
    /// Say what there is.
    Help,
}

/// A child and what it needs.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// What it finds in its environment.
    pub secrets: Vec<SecretFile>,
    /// Where Prometheus may ask.
    pub metrics: Option<String>,
    /// How long it may take to end.
    pub grace: Duration,
    /// The program.
    pub program: OsString,
    /// What it is started with.
    pub arguments: Vec<OsString>,
}

/// A secret, and where it is kept.
#[derive(Debug, PartialEq, Eq)]
pub struct SecretFile {
    /// The variable.
    pub name: String,
    /// Where it is kept while the variable is not set from outside.
    pub file: PathBuf,
    /// Who may read the file.
    pub readers: Readers,
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Its owner and its group.
    Group,
}

/// Reads the command line.
pub fn parse(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    match parser.next()? {
        Some(Value(word)) if word == "run" => parse_run(&mut parser).map(Command::Run),
        Some(Value(word)) if word == "health" => {
            let url = parser.value()?.string()?;
            nothing_more(&mut parser)?;
            Ok(Command::Health(url))
        }
        Some(Value(word)) if word == "help" => Ok(Command::Help),
        None | Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn parse_run(parser: &mut lexopt::Parser) -> Result<Run, Failure> {
    let mut run = Run {
        secrets: Vec::new(),
        metrics: None,
        grace: GRACE,
        program: OsString::new(),
        arguments: Vec::new(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("secret") => run.secrets.push(secret_file(&parser.value()?.string()?, Readers::Owner)?),
            Long("shared-secret") => {
                run.secrets.push(secret_file(&parser.value()?.string()?, Readers::Group)?)
            }
            Long("metrics") => run.metrics = Some(parser.value()?.string()?),
            Long("grace") => run.grace = Duration::from_secs(parser.value()?.parse()?),
            Value(program) => {
                run.program = program;
                run.arguments = parser.raw_args()?.collect();
                return Ok(run);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Err(lexopt::Error::from("no program was named").into())
}

fn secret_file(pair: &str, readers: Readers) -> Result<SecretFile, Failure> {
    match pair.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => {
            Ok(SecretFile { name: name.to_owned(), file: file.into(), readers })
        }
        _ => Err(lexopt::Error::from(format!("a secret is NAME=FILE, not `{pair}`")).into()),
    }
}

fn nothing_more(parser: &mut lexopt::Parser) -> Result<(), Failure> {
    match parser.next()? {
        Some(extra) => Err(extra.unexpected().into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(lexopt::Parser::from_args(line.split_whitespace())).map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_run_has_its_secrets_its_endpoint_and_everything_behind_the_program() {
        let line = "run --secret A=/s/a --shared-secret B=/s/b --metrics 0.0.0.0:9100 --grace 9 -- node serve --port 1";
        let secret = |name: &str, file: &str, readers| SecretFile {
            name: name.to_owned(),
            file: file.into(),
            readers,
        };
        let run = Run {
            secrets: vec![secret("A", "/s/a", Readers::Owner), secret("B", "/s/b", Readers::Group)],
            metrics: Some("0.0.0.0:9100".to_owned()),
            grace: Duration::from_secs(9),
            program: "node".into(),
            arguments: ["serve", "--port", "1"].map(OsString::from).to_vec(),
        };
        assert_eq!(parsed(line), Ok(Command::Run(run)));
    }

    #[test]
    fn a_child_has_five_seconds_to_end_unless_told_otherwise() {
        let Ok(Command::Run(run)) = parsed("run true") else { panic!("a good line") };
        assert_eq!(run.grace, Duration::from_secs(5));
    }

    #[test]
    fn a_run_without_a_program_is_refused() {
        let refused = parsed("run --metrics 0.0.0.0:9100").expect_err("no program");
        assert_eq!(refused, "no program was named; `keeper help` tells what can be said");
    }

    #[test]
    fn a_secret_needs_a_name_and_a_file() {
        for pair in ["A", "=/s/a", "A="] {
            let refused = parsed(&format!("run --secret {pair} true")).expect_err("no pair");
            assert!(refused.starts_with(&format!("a secret is NAME=FILE, not `{pair}`")), "{refused}");
        }
    }

    #[test]
    fn health_takes_one_address() {
        let url = "http://127.0.0.1:1/healthz";
        assert_eq!(parsed(&format!("health {url}")), Ok(Command::Health(url.to_owned())));
        assert!(parsed(&format!("health {url} more")).is_err());
        assert!(parsed("health").is_err());
    }
}
