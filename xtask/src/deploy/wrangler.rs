//! What is asked of wrangler, and what its answers mean. Another program may stand in for it, in a rehearsal.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::deploy::sequence::{Environment, Place, Version};
use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;

/// Cloudflare's number for "there is no such Worker".
const NO_SUCH_WORKER: &str = "code: 10007";

/// wrangler, or what stands in for it.
#[derive(Debug)]
pub struct Wrangler {
    /// The program.
    pub program: PathBuf,
    /// What it is given before anything else.
    pub first: Vec<String>,
    /// What else it finds in its environment.
    pub environment: Vec<(&'static str, String)>,
}

/// One Worker of an account.
#[derive(Debug, Clone, Copy)]
pub struct Worker<'a> {
    /// Which part of wrangler.toml describes it.
    pub environment: Environment,
    /// Its name, where it is not the one in wrangler.toml: that of a preview.
    pub name: Option<&'a str>,
}

impl Wrangler {
    /// The one that package-lock.json pins.
    pub fn pinned(project: &Project) -> Self {
        Self { program: project.npm_program("wrangler"), first: Vec::new(), environment: Vec::new() }
    }

    /// Which version runs; `None` where there is no such Worker yet.
    pub fn running(&self, project: &Project, worker: Worker<'_>) -> Done<Option<Version>> {
        let mut command = self.asked(project, &["deployments", "status", "--json"], worker);
        let heard = program::heard(&mut command)?;
        if heard.well {
            return Ok(Some(newest(&heard.stdout)?));
        }
        let said = format!("{}{}", heard.stdout, heard.stderr);
        if said.contains(NO_SUCH_WORKER) || said.contains("has no deployments") {
            return Ok(None);
        }
        eprint!("{said}");
        let name = worker.environment.name();
        Err(Failure::new(format!("wrangler cannot tell what runs as {name}: what it said stands above.")))
    }

    /// Uploads what is built and makes it run; the address at which it does.
    pub fn deploy(
        &self,
        project: &Project,
        worker: Worker<'_>,
        commit: &str,
        place: Place,
    ) -> Done<Option<String>> {
        let report = project.memory_file("wrangler-deploy.ndjson")?;
        fs::write(&report, "").map_err(|error| Failure::file("write", &report, &error))?;
        let mut command = self.asked(project, &["deploy", "--message", commit], worker);
        command.env("WRANGLER_OUTPUT_FILE_PATH", &report).env("EDGEWISE_COMMIT", commit);
        let secrets = match place {
            Place::Taken => None,
            Place::Empty => Some(FirstSecrets::minted(project)?),
        };
        if let Some(secrets) = &secrets {
            command.arg("--secrets-file").arg(&secrets.file);
        }
        program::openly(&format!("deploying {}", worker.environment.name()), &mut command)?;
        let report = fs::read_to_string(&report).map_err(|error| Failure::file("read", &report, &error))?;
        Ok(address_in(&report))
    }

    /// Makes an earlier version run again, at once: objects do not wait until they sleep.
    pub fn roll_back(&self, project: &Project, worker: Worker<'_>, to: &Version) -> Done {
        let words = ["rollback", to.0.as_str(), "--yes", "--message", "the new version failed its smoke"];
        let mut command = self.asked(project, &words, worker);
        command.args(["--durable-objects-code-update-mode", "immediate"]);
        program::openly(&format!("rolling back {}", worker.environment.name()), &mut command)
    }

    /// Takes a Worker away with all it has stored.
    pub fn delete(&self, project: &Project, worker: Worker<'_>) -> Done {
        let mut command = self.asked(project, &["delete", "--force"], worker);
        program::openly("taking the preview away", &mut command)
    }

    /// Packs and checks what would be uploaded, without asking the network.
    pub fn check(&self, project: &Project, worker: Worker<'_>) -> Done {
        let folder = project.memory().join("dry-run").join(worker.environment.name());
        let mut command = self.asked(project, &["deploy", "--dry-run"], worker);
        command.arg("--outdir").arg(folder);
        program::quietly(&format!("a dry run for {}", worker.environment.name()), &mut command)
    }

    fn asked(&self, project: &Project, words: &[&str], worker: Worker<'_>) -> Command {
        let mut command = project.command(&self.program);
        command.args(&self.first).args(words).args(["--env", worker.environment.name()]);
        if let Some(name) = worker.name {
            command.args(["--name", name]);
        }
        command.env("WRANGLER_SEND_METRICS", "false").env("CI", "true");
        command.envs(self.environment.iter().map(|(name, value)| (*name, value)));
        command
    }
}

/// The secrets of a Worker that is made now, in a file that is gone again once they are uploaded.
#[derive(Debug)]
struct FirstSecrets {
    file: PathBuf,
}

impl FirstSecrets {
    /// A key that signs session tokens: nobody ever sees it, and no later deploy changes it.
    fn minted(project: &Project) -> Done<Self> {
        let file = project.memory_file("first-secrets.json")?;
        let refused = |error| Failure::file("write", &file, &error);
        drop(fs::remove_file(&file));
        let mut random = [0; 32];
        File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut random)).map_err(refused)?;
        let key: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut owned =
            File::options().write(true).create_new(true).mode(0o600).open(&file).map_err(refused)?;
        owned.write_all(json!({ "SESSION_KEY": key }).to_string().as_bytes()).map_err(refused)?;
        Ok(Self { file })
    }
}

impl Drop for FirstSecrets {
    fn drop(&mut self) {
        // In a folder that only builds use, and worthless once another key is minted.
        drop(fs::remove_file(&self.file));
    }
}

/// The version with most of the traffic in what `deployments status --json` prints.
fn newest(json: &str) -> Done<Version> {
    let status: Option<Value> = serde_json::from_str(json).ok();
    let versions = status.as_ref().and_then(|status| status.get("versions")).and_then(Value::as_array);
    let share = |version: &&Value| version.get("percentage").and_then(Value::as_f64).unwrap_or(0.0).to_bits();
    let newest = versions.and_then(|versions| versions.iter().max_by_key(share));
    let id = newest.and_then(|version| version.get("version_id")).and_then(Value::as_str);
    id.map(|id| Version(id.to_owned())).ok_or_else(|| {
        Failure::new(format!("wrangler names no version that runs, but says: {json} Is its version pinned?"))
    })
}

/// Where a deploy says that the Worker is reached; of several addresses the first that a client can ask.
fn address_in(report: &str) -> Option<String> {
    let mut entries = report.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let deploy = entries.rfind(|entry| entry.get("type").and_then(Value::as_str) == Some("deploy"))?;
    deploy.get("targets")?.as_array()?.iter().filter_map(Value::as_str).find_map(address)
}

/// A name of workers.dev, a custom domain, or an address; a route with a star in it, or a schedule, is none.
fn address(target: &str) -> Option<String> {
    if target.starts_with("https://") || target.starts_with("http://") {
        return Some(target.to_owned());
    }
    let domain = target.split_once(" (custom domain").map(|(domain, _)| domain);
    let host = domain.or_else(|| target.ends_with(".workers.dev").then_some(target))?;
    Some(format!("https://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_with_most_traffic_is_what_runs() {
        let status = r#"{"id":"d","versions":[{"version_id":"old","percentage":10},{"version_id":"new","percentage":90}]}"#;
        assert_eq!(newest(status), Ok(Version("new".to_owned())));
        assert!(newest("{}").is_err() && newest("no deployments").is_err());
    }

    #[test]
    fn the_address_is_the_first_that_a_client_can_ask() {
        let report = |targets: &str| {
            format!("{{\"type\":\"wrangler-session\"}}\n{{\"type\":\"deploy\",\"targets\":[{targets}]}}\n")
        };
        let of = |targets| address_in(&report(targets));
        assert_eq!(of(r#""https://a.b.workers.dev""#).as_deref(), Some("https://a.b.workers.dev"));
        assert_eq!(of(r#""a.b.workers.dev""#).as_deref(), Some("https://a.b.workers.dev"));
        let two = r#""schedule: 0 * * * *","chat.example (custom domain - zone name: example)""#;
        assert_eq!(of(two).as_deref(), Some("https://chat.example"));
        assert_eq!(of(r#""chat.example/* (zone name: example)""#), None);
    }
}
