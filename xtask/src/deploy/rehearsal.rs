//! The whole deploy without an account: the same sequence, the same shell, the same smoke; a stand-in for wrangler notes what it is asked
//! and fails where a scenario says so, and a server on this machine is what was "deployed".
//!
//! Invariant: nothing here reaches past this machine, and every option that the stand-in was given is one that the pinned wrangler has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::deploy::sequence::{Ending, Environment, Version};
use crate::deploy::stage::Stage;
use crate::deploy::wrangler::Wrangler;
use crate::deploy::{play, prepare};
use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;

/// What runs before a rehearsed deploy.
const BEFORE: &str = "version-before";
/// Nobody listens there.
const DEAD: &str = "http://127.0.0.1:1";
/// What the build says of itself that is "deployed" here.
const COMMIT: &str = "rehearsal";
/// The server here is up at once, or never.
const PATIENCE_S: u32 = 5;

/// A deploy that is played, and how it must go.
struct Scenario {
    name: &'static str,
    environments: &'static [Environment],
    running: Option<&'static str>,
    /// Calls that fail.
    fails: &'static [&'static str],
    /// Environments where nobody answers after the upload.
    dead: &'static [Environment],
    /// Every call, in order.
    calls: &'static [&'static str],
    ending: fn() -> Ending,
}

const WHOLE: &[Environment] = &[Environment::Staging, Environment::Production];

const SCENARIOS: [Scenario; 5] = [
    Scenario {
        name: "all goes well",
        environments: WHOLE,
        running: Some(BEFORE),
        fails: &[],
        dead: &[],
        calls: &[
            "deployments status staging",
            "deploy staging",
            "deployments status production",
            "deploy production",
        ],
        ending: || Ending::Live,
    },
    Scenario {
        name: "the upload to staging fails",
        environments: WHOLE,
        running: Some(BEFORE),
        fails: &["deploy staging"],
        dead: &[],
        calls: &["deployments status staging", "deploy staging"],
        ending: || Ending::NotUploaded(Environment::Staging),
    },
    Scenario {
        name: "the smoke fails in production",
        environments: WHOLE,
        running: Some(BEFORE),
        fails: &[],
        dead: &[Environment::Production],
        calls: &[
            "deployments status staging",
            "deploy staging",
            "deployments status production",
            "deploy production",
            "rollback production version-before",
        ],
        ending: || Ending::RolledBack(Environment::Production, Version(BEFORE.to_owned())),
    },
    Scenario {
        name: "the rollback fails too",
        environments: &[Environment::Production],
        running: Some(BEFORE),
        fails: &["rollback production"],
        dead: &[Environment::Production],
        calls: &["deployments status production", "deploy production", "rollback production version-before"],
        ending: || Ending::Stuck(Environment::Production, Version(BEFORE.to_owned())),
    },
    Scenario {
        name: "the first deploy ever fails its smoke",
        environments: &[Environment::Preview],
        running: None,
        fails: &[],
        dead: &[Environment::Preview],
        calls: &["deployments status preview", "deploy preview"],
        ending: || Ending::NothingBefore(Environment::Preview),
    },
];

/// Plays every scenario and prints what each came to.
pub fn rehearse(project: &Project) -> Done {
    prepare(project, COMMIT)?;
    let server = Server::start(project)?;
    let mut used = BTreeMap::new();
    for scenario in &SCENARIOS {
        program::say(&format!("rehearsing: {}", scenario.name));
        let calls = rehearse_one(project, scenario, &server.url)?;
        for call in calls {
            used.entry(call.command).or_insert_with(BTreeSet::new).extend(call.options);
        }
        println!("rehearsed: {:<40} {}", scenario.name, (scenario.ending)());
    }
    known_to_wrangler(project, &used)
}

/// What the stand-in was asked.
struct Call {
    call: String,
    command: String,
    options: Vec<String>,
}

fn rehearse_one(project: &Project, scenario: &Scenario, live: &str) -> Done<Vec<Call>> {
    let notes = project.memory_file("rehearsal-calls.ndjson")?;
    fs::write(&notes, "").map_err(|error| Failure::file("write", &notes, &error))?;
    let url = |at: &Environment| if scenario.dead.contains(at) { DEAD } else { live };
    let urls: BTreeMap<_, _> = scenario.environments.iter().map(|at| (at.name(), url(at))).collect();
    let part = json!({ "calls": notes, "running": scenario.running, "fails": scenario.fails, "urls": urls });
    let wrangler = Wrangler {
        program: project.npm_program("node"),
        first: vec!["ops/deploy/wrangler-stand-in.mjs".to_owned()],
        environment: vec![("EDGEWISE_STAND_IN", part.to_string())],
    };
    let mut stage = Stage::new(project, wrangler, COMMIT.to_owned());
    stage.patience_s = Some(PATIENCE_S);
    let ending = play(scenario.environments, &mut stage);
    let text = fs::read_to_string(&notes).map_err(|error| Failure::file("read", &notes, &error))?;
    let calls: Vec<Call> = text.lines().filter_map(read_call).collect();
    let asked: Vec<&str> = calls.iter().map(|call| call.call.as_str()).collect();
    if asked != scenario.calls {
        let sentence =
            format!("{}: wrangler was asked for {asked:?}, not for {:?}.", scenario.name, scenario.calls);
        return Err(Failure::new(sentence));
    }
    if ending != (scenario.ending)() {
        return Err(Failure::new(format!("{}: it ended otherwise: {ending}", scenario.name)));
    }
    Ok(calls)
}

fn read_call(line: &str) -> Option<Call> {
    let note: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| note.get(name).and_then(Value::as_str).map(str::to_owned);
    let options = note.get("options")?.as_array()?.iter().filter_map(Value::as_str);
    Some(Call {
        call: text("call")?,
        command: text("command")?,
        options: options.map(str::to_owned).collect(),
    })
}

/// A stand-in that takes what the real one refuses would prove nothing.
fn known_to_wrangler(project: &Project, used: &BTreeMap<String, BTreeSet<String>>) -> Done {
    for (command, options) in used {
        let mut help = project.command(project.npm_program("wrangler"));
        help.args(command.split(' ')).arg("--help").env("WRANGLER_SEND_METRICS", "false");
        let said = program::heard(&mut help)?.stdout;
        if let Some(option) = options.iter().find(|option| !said.contains(option.as_str())) {
            let sentence = format!(
                "the pinned wrangler has no `{command} {option}`: see `npx wrangler {command} --help`."
            );
            return Err(Failure::new(sentence));
        }
    }
    println!("the pinned wrangler knows every option that was used of {}", commands(used));
    Ok(())
}

fn commands(used: &BTreeMap<String, BTreeSet<String>>) -> String {
    used.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// A server on this machine with new state; it ends with this value, or with this process.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(project: &Project) -> Done<Self> {
        let state = project.memory().join("rehearsal-state");
        drop(fs::remove_dir_all(&state));
        let mut node = project.command(project.npm_program("node"));
        node.args(["ops/dev/serve.mjs", "--while-stdin-open", "--port", "0", "--state"]).arg(&state);
        node.stdin(Stdio::piped()).stdout(Stdio::piped());
        let refused =
            |error| Failure::new(format!("cannot start the server: {error}; run `cargo xtask build`."));
        let mut process = node.spawn().map_err(refused)?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            // Its end comes at once if the server does not come up; then the line is empty.
            drop(BufReader::new(output).read_line(&mut line));
        }
        match line.trim().strip_prefix("ready ") {
            Some(url) => Ok(Self { url: url.to_owned(), process }),
            None => Err(Failure::new("the server did not come up: what it said stands above.")),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        // It ends by itself when its input does.
        drop(self.process.wait());
    }
}
