//! `cargo xtask conformance --url …`: asks any server for the promises of docs/protocol.md and prints which it keeps, one by one.
//!
//! It asks as the end-to-end tests do, from one address; a server whose limits hold makes them wait as it makes everybody.

mod promises;

use std::process::{Command, Stdio};

use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};
use promises::{PROMISES, SEEN_ON_DISK, shown_by};

/// Few at a time: whoever limits an address limits all of them together.
const AT_ONCE: &str = "--test-threads=4";

/// What became of the tests of one promise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Shown {
    kept: usize,
    broken: Vec<String>,
}

/// Asks the server at `url`.
pub fn run(project: &Project, url: &str) -> Done {
    tools::ensure(project, &[Tool::Rust])?;
    let mut compiling = promises_of(project);
    program::quietly("compiling the promises", compiling.arg("--no-run"))?;
    program::say(&format!("asking {url}"));
    let mut asking = promises_of(project);
    asking.env("EDGEWISE_URL", url).arg("--").arg(AT_ONCE);
    asking.args(SEEN_ON_DISK.map(|seen| ["--skip", seen]).as_flattened()).stderr(Stdio::inherit());
    let output = asking.output().map_err(|error| Failure::new(format!("cannot start cargo: {error}.")))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let shown = judge(&said)?;
    print!("{}", table(&shown));
    if shown.iter().all(|shown| shown.broken.is_empty()) {
        return Ok(());
    }
    println!("\n{}", said.split_once("\nfailures:\n").map_or("", |(_, why)| why));
    Err(Failure::new(format!(
        "{url} breaks what stands above: the words of each test say what it asked for."
    )))
}

fn promises_of(project: &Project) -> Command {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--package", "e2e", "--test", "promises"]);
    cargo.env("EDGEWISE_ROOT", &project.root).env("RUST_BACKTRACE", "0");
    cargo
}

/// Sorts what the test runner said by promises; behind them stands what shows something else.
fn judge(said: &str) -> Done<Vec<Shown>> {
    let mut all = vec![Shown::default(); PROMISES.len() + 1];
    let results = said.lines().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "));
    for (test, result) in results {
        let shown = &mut all[shown_by(test).unwrap_or(PROMISES.len())];
        match result {
            "ok" => shown.kept += 1,
            _ => shown.broken.push(test.to_owned()),
        }
    }
    if all.iter().all(|shown| shown.kept == 0 && shown.broken.is_empty()) {
        return Err(Failure::new("no promise was asked for: what the tests said stands above."));
    }
    Ok(all)
}

fn table(all: &[Shown]) -> String {
    let words = PROMISES.iter().map(|promise| promise.words).chain(["and what else the tests show"]);
    let rows: String = words.zip(all).map(|(words, shown)| row(words, shown)).collect();
    let kept = all.iter().filter(|shown| shown.broken.is_empty()).count();
    format!(
        "{rows}{kept} of {} are kept; what only the server's disk can show was not asked for\n",
        all.len()
    )
}

fn row(words: &str, Shown { kept, broken }: &Shown) -> String {
    let words = words.replace('\n', " ");
    let verdict = if broken.is_empty() { "kept  " } else { "broken" };
    let why: String = broken.iter().map(|test| format!("\n          {test}")).collect();
    format!("{verdict}  {kept:>2} of {:<2}  {}{why}\n", kept + broken.len(), words.trim_matches('*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runner_says_is_sorted_by_promises() {
        let said = "running 2 tests\ntest once::a ... ok\ntest once::b ... FAILED\n\nfailures:\n";
        let shown = judge(said).expect("two results");
        let once = PROMISES.iter().position(|promise| promise.words == "**Once.**").expect("a promise");
        assert_eq!(shown[once], Shown { kept: 1, broken: vec!["once::b".to_owned()] });
        let table = table(&shown);
        assert!(table.contains("broken   1 of 2   Once.\n          once::b\n"), "{table}");
        // All but one, and what else the tests show.
        let kept = format!("{} of {} are kept", PROMISES.len(), PROMISES.len() + 1);
        assert!(table.contains(&kept), "{table}");
    }

    #[test]
    fn a_run_that_asked_nothing_is_no_proof() {
        assert!(judge("error: could not compile").is_err());
    }
}
