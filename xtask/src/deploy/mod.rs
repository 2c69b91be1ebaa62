//! `cargo xtask deploy`: builds, uploads, asks the new version for its promises, and goes back by itself when it does not keep them.
//!
//! What comes after what is decided in sequence.rs; here each step is carried out. Invariant: everything that can fail without an upload
//! (the build, compiling the smoke) is done before the first one.

pub mod options;
mod rehearsal;
pub mod sequence;
mod smoke;
mod stage;
mod wrangler;

use crate::deploy::options::{Deploy, Target};
use crate::deploy::sequence::{Ending, Environment, Next, Sequence};
use crate::deploy::stage::Stage;
use crate::deploy::wrangler::{Worker, Wrangler};
use crate::dev;
use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};

pub use rehearsal::rehearse;

/// Every environment of wrangler.toml.
pub const ENVIRONMENTS: [Environment; 3] =
    [Environment::Preview, Environment::Staging, Environment::Production];

/// Carries out what was asked for.
pub fn run(project: &Project, deploy: &Deploy) -> Done {
    match deploy {
        Deploy::Through(environments, target) => through(project, environments, target),
        Deploy::Remove(name) => {
            tools::ensure(project, &[Tool::Npm])?;
            let worker = Worker { environment: Environment::Preview, name: Some(name.as_str()) };
            Wrangler::pinned(project).delete(project, worker)
        }
        Deploy::Rehearse => rehearse(project),
    }
}

/// Has wrangler pack and check what each environment would get, then rehearses: the step `deploy` of CI.
pub fn check(project: &Project) -> Done {
    dev::build(project)?;
    let wrangler = Wrangler::pinned(project);
    for environment in ENVIRONMENTS {
        wrangler.check(project, Worker { environment, name: None })?;
    }
    rehearse(project)
}

fn through(project: &Project, environments: &[Environment], target: &Target) -> Done {
    let commit = commit(project)?;
    prepare(project, &commit)?;
    let mut stage = Stage::new(project, Wrangler::pinned(project), commit);
    stage.name.clone_from(&target.name);
    stage.url.clone_from(&target.url);
    tell(&play(environments, &mut stage))
}

/// Builds what will say of itself that it is this commit, and what will ask it.
fn prepare(project: &Project, commit: &str) -> Done {
    let mut build = project.command("cargo");
    program::openly("building", build.args(["xtask", "build"]).env("EDGEWISE_COMMIT", commit))?;
    smoke::compile(project)
}

/// From the first step to the end.
fn play(environments: &[Environment], stage: &mut Stage<'_>) -> Ending {
    let mut sequence = Sequence::through(environments);
    let mut next = sequence.begin();
    loop {
        match next {
            Next::Do(step) => next = sequence.after(stage.carry_out(&step)),
            Next::End(ending) => return ending,
        }
    }
}

/// Says how it ended, as loud as it is bad. On GitHub a line that begins so stands at the top of the run.
fn tell(ending: &Ending) -> Done {
    let failure = Failure::new(ending.to_string());
    match ending {
        Ending::Live => {
            println!("{ending}");
            Ok(())
        }
        Ending::NotStarted(_) | Ending::NotUploaded(_) => Err(failure),
        Ending::RolledBack(..) => {
            println!("::error title=Rolled back::{ending}");
            Err(failure)
        }
        Ending::NothingBefore(_) | Ending::Stuck(..) => {
            let line = "!".repeat(100);
            eprintln!("{line}\n{ending}\n{line}");
            println!("::error title=Broken and live::{ending}");
            Err(failure)
        }
    }
}

/// What is checked out, as the new version will say of itself. What is not committed is no version that one could go back to.
fn commit(project: &Project) -> Done<String> {
    let git = |words: &[&str]| program::output(project.command("git").args(words));
    let head = git(&["rev-parse", "--short=12", "HEAD"]);
    let head =
        head.ok_or_else(|| Failure::new("this is no git clone: deploy from one, at the commit to deploy."))?;
    match git(&["status", "--porcelain"]).as_deref() {
        Some("") => Ok(head.trim().to_owned()),
        _ => {
            Err(Failure::new("there are changes that are not committed: commit or stash them, then deploy."))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use toml::{Table, Value};

    use super::*;

    /// What wrangler does not inherit from the top of wrangler.toml.
    const REPEATED: [&str; 4] = ["durable_objects", "r2_buckets", "ratelimits", "vars"];

    fn wrangler_toml() -> Table {
        include_str!("../../../wrangler.toml").parse().expect("wrangler.toml is TOML")
    }

    fn environment<'a>(config: &'a Table, name: &str) -> &'a Table {
        config["env"][name].as_table().expect("an environment is a table")
    }

    /// A part of the configuration without what environments decide for themselves: ids of counters, when rooms take new code.
    fn shape(part: &str, value: &Value) -> Value {
        let mut value = value.clone();
        match (part, &mut value) {
            ("durable_objects", Value::Table(objects)) => drop(objects.remove("code_update_strategy")),
            ("ratelimits", Value::Array(limits)) => {
                for limit in limits.iter_mut().filter_map(Value::as_table_mut) {
                    limit.remove("namespace_id");
                }
            }
            _ => {}
        }
        value
    }

    #[test]
    fn every_environment_repeats_what_is_not_inherited() {
        let config = wrangler_toml();
        for at in ENVIRONMENTS {
            for part in ["durable_objects", "ratelimits"] {
                let of = |table: &Table| table.get(part).map(|value| shape(part, value));
                assert_eq!(of(environment(&config, at.name())), of(&config), "{} in {}", part, at.name());
            }
        }
    }

    #[test]
    fn every_environment_has_every_variable_with_a_value_of_its_own_choice() {
        let config = wrangler_toml();
        let names = |table: &Table| {
            let vars = table["vars"].as_table().expect("variables");
            vars.keys().cloned().collect::<BTreeSet<String>>()
        };
        for at in ENVIRONMENTS {
            let here = names(environment(&config, at.name()));
            assert!(here.is_superset(&names(&config)), "{}: {here:?}", at.name());
            assert_eq!(here, names(environment(&config, "production")), "{}", at.name());
        }
    }

    #[test]
    fn nothing_stands_at_the_top_that_environments_would_silently_lack() {
        let inherited = [
            "name",
            "main",
            "compatibility_date",
            "compatibility_flags",
            "build",
            "assets",
            "migrations",
            "observability",
            "env",
        ];
        for part in wrangler_toml().keys().map(String::as_str) {
            assert!(
                inherited.contains(&part) || REPEATED.contains(&part),
                "{part}: is it inherited by environments? If not, it belongs into REPEATED"
            );
        }
    }

    #[test]
    fn every_environment_has_a_worker_and_counters_of_its_own() {
        let config = wrangler_toml();
        let tables = ENVIRONMENTS.map(|at| environment(&config, at.name())).into_iter().chain([&config]);
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        for table in tables {
            let name = table["name"].as_str().expect("a name").to_owned();
            let counters = table["ratelimits"].as_array().expect("limits").iter();
            let ids = counters.map(|limit| limit["namespace_id"].as_str().expect("an id").to_owned());
            for one in ids.chain([name]) {
                *used.entry(one).or_default() += 1;
            }
        }
        assert!(used.values().all(|times| *times == 1), "{used:?}");
    }
}
