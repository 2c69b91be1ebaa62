//! What can be asked for on the command line. It parses; it does nothing.

use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::deploy::options::{self, Deploy};
use crate::failure::{Done, Failure};
use crate::step::Step;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask dev [--port 8787] [--host 127.0.0.1] [--state DIR] [--limits off]
                                      installs what is missing, builds, and runs it all here
cargo xtask install                   installs what building needs, and builds nothing
cargo xtask build [worker|worker-test|frontend|all]
                                      builds for production; all is the default
cargo xtask images                    builds the container images and proves each: size, user, health, chat, kill, backup
cargo xtask test                      every test: native, wasm, simulation, browser, end to end
cargo xtask ci STEP                   one step of CI; without STEP it lists them
cargo xtask observe                   runs it under a real Prometheus and shows that all can be seen: scrape, rules, alert, errors
cargo xtask pictures                  takes the pictures of the README anew, from a stack that runs here
cargo xtask conformance --url URL     asks any server for the promises of docs/protocol.md, one by one
cargo xtask deploy [--env preview|staging|production] [--url U] [--name N]
                                      builds, uploads, asks for the promises, goes back if they are not kept;
                                      without --env to staging and then to production
cargo xtask deploy --remove --name N  takes a preview away
cargo xtask deploy --rehearse         the same with a stand-in for wrangler
cargo xtask fuzz [--seconds 60]       fuzzes every target, each for so long
cargo xtask changelog VERSION         prints what the changelog says of a version
";

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Build and run on this machine.
    Dev(Dev),
    /// Install what building needs.
    Install,
    /// Build for production.
    Build(Target),
    /// Build the container images and prove them.
    Images,
    /// Run every test.
    Test,
    /// Run one step of CI.
    Ci(Step),
    /// Show that everything that can be seen is seen.
    Observe,
    /// Take the pictures of the README.
    Pictures,
    /// Deploy, or rehearse it.
    Deploy(Deploy),
    /// Fuzz every target.
    Fuzz(FuzzTime),
    /// Print what the changelog says of this version.
    Changelog(String),
    /// Ask the server at this address for its promises.
    Conformance(String),
    /// Say what there is.
    Help,
}

/// How the local server runs.
#[derive(Debug, PartialEq, Eq)]
pub struct Dev {
    /// Where it listens; 0 takes a free port.
    pub port: u16,
    /// The address it listens on.
    pub host: String,
    /// Where objects keep their SQLite files; inside the clone if not said.
    pub state: Option<PathBuf>,
    /// Whether rate limits hold.
    pub limits: Limits,
}

/// How long each target is fuzzed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FuzzTime {
    /// In seconds.
    pub seconds: u32,
}

/// Whether rate limits and the limit of sockets a member may hold are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// As in production.
    On,
    /// Lifted, for load tests.
    Off,
}

/// What can be built by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The Worker.
    Worker,
    /// The Worker with the faults that tests ask for.
    WorkerTest,
    /// The browser app.
    Frontend,
    /// Worker and frontend.
    All,
}

/// Reads the command line.
pub fn parse(mut parser: lexopt::Parser) -> Done<Command> {
    let command = match parser.next()? {
        Some(Value(word)) => word.string()?,
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "dev" => parse_dev(&mut parser).map(Command::Dev),
        "install" => nothing_more(&mut parser, Command::Install),
        "build" => parse_build(&mut parser).map(Command::Build),
        "images" => nothing_more(&mut parser, Command::Images),
        "test" => nothing_more(&mut parser, Command::Test),
        "ci" => parse_step(&mut parser).map(Command::Ci),
        "observe" => nothing_more(&mut parser, Command::Observe),
        "pictures" => nothing_more(&mut parser, Command::Pictures),
        "deploy" => options::parse(&mut parser).map(Command::Deploy),
        "fuzz" => parse_fuzz(&mut parser).map(Command::Fuzz),
        "conformance" => parse_conformance(&mut parser).map(Command::Conformance),
        "changelog" => parse_changelog(&mut parser).map(Command::Changelog),
        "help" => nothing_more(&mut parser, Command::Help),
        other => Err(Failure::new(format!(
            "there is no command `{other}`; `cargo xtask help` lists what there is."
        ))),
    }
}

fn parse_dev(parser: &mut lexopt::Parser) -> Done<Dev> {
    let mut dev = Dev { port: 8787, host: "127.0.0.1".to_owned(), state: None, limits: Limits::On };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => dev.port = parser.value()?.parse()?,
            Long("host") => dev.host = parser.value()?.string()?,
            Long("state") => dev.state = Some(parser.value()?.into()),
            Long("limits") => dev.limits = parse_limits(&parser.value()?.string()?)?,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(dev)
}

fn parse_limits(word: &str) -> Done<Limits> {
    match word {
        "on" => Ok(Limits::On),
        "off" => Ok(Limits::Off),
        other => Err(Failure::new(format!("--limits is on or off, not `{other}`."))),
    }
}

fn parse_build(parser: &mut lexopt::Parser) -> Done<Target> {
    let target = match optional_word(parser)?.as_deref() {
        None | Some("all") => Target::All,
        Some("worker") => Target::Worker,
        Some("worker-test") => Target::WorkerTest,
        Some("frontend") => Target::Frontend,
        Some(other) => {
            return Err(Failure::new(format!(
                "cannot build `{other}`: worker, worker-test, frontend or all can be built."
            )));
        }
    };
    nothing_more(parser, target)
}

fn parse_step(parser: &mut lexopt::Parser) -> Done<Step> {
    let step = Step::parse(optional_word(parser)?.as_deref())?;
    nothing_more(parser, step)
}

fn parse_fuzz(parser: &mut lexopt::Parser) -> Done<FuzzTime> {
    let mut time = FuzzTime { seconds: 60 };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("seconds") => time.seconds = parser.value()?.parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(time)
}

fn parse_changelog(parser: &mut lexopt::Parser) -> Done<String> {
    let version = optional_word(parser)?;
    let version =
        version.ok_or_else(|| Failure::new("say which version: cargo xtask changelog 0.1.0, or v0.1.0."))?;
    nothing_more(parser, version.trim_start_matches('v').to_owned())
}

fn parse_conformance(parser: &mut lexopt::Parser) -> Done<String> {
    let mut url = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("url") => url = Some(parser.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    url.ok_or_else(|| {
        Failure::new("say which server: cargo xtask conformance --url http://127.0.0.1:8787, or any other.")
    })
}

fn optional_word(parser: &mut lexopt::Parser) -> Done<Option<String>> {
    match parser.next()? {
        Some(Value(word)) => Ok(Some(word.string()?)),
        Some(other) => Err(other.unexpected().into()),
        None => Ok(None),
    }
}

fn nothing_more<T>(parser: &mut lexopt::Parser, parsed: T) -> Done<T> {
    match parser.next()? {
        Some(extra) => Err(extra.unexpected().into()),
        None => Ok(parsed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Done<Command> {
        parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    fn refused(line: &str) -> String {
        parsed(line).expect_err("the line should be refused").to_string()
    }

    #[test]
    fn dev_takes_its_defaults_when_nothing_is_said() {
        let dev = Dev { port: 8787, host: "127.0.0.1".to_owned(), state: None, limits: Limits::On };
        assert_eq!(parsed("dev"), Ok(Command::Dev(dev)));
    }

    #[test]
    fn dev_takes_port_state_and_limits_in_any_order() {
        let dev = Dev {
            port: 9000,
            host: "127.0.0.1".to_owned(),
            state: Some("/tmp/s".into()),
            limits: Limits::Off,
        };
        assert_eq!(parsed("dev --limits off --state /tmp/s --port=9000"), Ok(Command::Dev(dev)));
    }

    #[test]
    fn a_port_beyond_the_last_is_refused() {
        assert!(parsed("dev --port 65535").is_ok());
        assert!(refused("dev --port 65536").contains("65536"));
    }

    #[test]
    fn limits_are_on_or_off_and_nothing_else() {
        assert_eq!(refused("dev --limits none"), "--limits is on or off, not `none`.");
    }

    #[test]
    fn install_takes_nothing_more() {
        assert_eq!(parsed("install"), Ok(Command::Install));
        assert!(refused("install worker").contains("worker"));
    }

    #[test]
    fn build_builds_all_unless_told_what() {
        assert_eq!(parsed("build"), Ok(Command::Build(Target::All)));
        assert_eq!(parsed("build worker"), Ok(Command::Build(Target::Worker)));
        assert!(refused("build wroker").contains("worker-test"));
    }

    #[test]
    fn conformance_wants_an_address() {
        let url = "http://127.0.0.1:1".to_owned();
        assert_eq!(parsed("conformance --url http://127.0.0.1:1"), Ok(Command::Conformance(url)));
        assert!(refused("conformance").contains("which server"));
    }

    #[test]
    fn a_version_may_be_named_as_its_tag_is() {
        assert_eq!(parsed("changelog v0.1.0"), Ok(Command::Changelog("0.1.0".to_owned())));
        assert!(refused("changelog").contains("which version"));
    }

    #[test]
    fn what_is_left_over_is_refused() {
        assert!(refused("test now").contains("now"));
        assert!(refused("ci lint native").contains("native"));
    }

    #[test]
    fn no_command_at_all_asks_for_help() {
        assert_eq!(parsed(""), Ok(Command::Help));
    }
}
