//! Containers as docker-compose.yml starts them, under a name of their own, on free ports, and gone with this value.
//!
//! Works with the `docker compose` plugin and with docker-compose 1.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;

use super::base::Arguments;
use super::image;
use super::manual;

/// A start takes seconds; a machine that builds beside it needs longer.
const LOOKS: u32 = 240;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Names containers, networks and volumes apart from those that somebody runs for good.
const NAME: &str = "edgewise-images";

/// Which services are started, and which variable says where people come in.
#[derive(Debug, Clone, Copy)]
pub struct Home {
    /// The profile; empty for none.
    pub profile: &'static str,
    /// What is asked for; what that depends on comes too.
    pub services: &'static [&'static str],
    /// The variable of docker-compose.yml for the port to try.
    pub door: &'static str,
}

/// Miniflare.
pub const DEV: Home = Home { profile: "", services: &["edgewise"], door: "EDGEWISE_PORT" };
/// Plain workerd behind a web server.
pub const SELFHOST: Home = Home { profile: "selfhost", services: &["web"], door: "EDGEWISE_HTTP" };

/// Running containers.
#[derive(Debug)]
pub struct Stack<'a> {
    project: &'a Project,
    home: Home,
    variables: Vec<(String, String)>,
    port: u16,
}

impl<'a> Stack<'a> {
    /// Starts nothing yet.
    pub fn new(project: &'a Project, arguments: &Arguments, home: Home) -> Done<Self> {
        let port = free_port()?;
        let mut variables = Vec::new();
        let mut set = |name: &str, value: String| variables.push((name.to_owned(), value));
        arguments.pairs().for_each(|(name, value)| set(name, value.to_owned()));
        set("COMPOSE_PROJECT_NAME", NAME.to_owned());
        set("COMPOSE_FILE", project.root.join("docker-compose.yml").display().to_string());
        set("EDGEWISE_HTTPS", format!("127.0.0.1:{}", free_port()?));
        match home.door {
            "" => {}
            "EDGEWISE_HTTP" => set(home.door, format!("127.0.0.1:{port}")),
            door => set(door, port.to_string()),
        }
        Ok(Self { project, home, variables, port })
    }

    /// Where people come in.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the services from the images that are there.
    pub fn up(&self) -> Done {
        let arguments = [&["up", "--detach", "--no-build"], self.home.services].concat();
        let step = format!("starting {}", self.home.services.join(" and "));
        program::quietly(&step, &mut self.compose(&arguments))
    }

    /// Ends them all and forgets their volumes.
    pub fn throw_away(&self) -> Done {
        let mut down = self.compose(&["down", "--volumes", "--remove-orphans", "--timeout", "10"]);
        program::quietly("removing containers and volumes", &mut down)
    }

    /// Does what docs/operations.md says under a heading, word for word, in this folder.
    pub fn follow(&self, heading: &str, folder: &Path) -> Done {
        let file = self.project.root.join("docs/operations.md");
        let text = fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
        let commands = manual::commands_under(&text, heading).ok_or_else(|| {
            Failure::new(format!("{} has no commands under `{heading}`: write them.", file.display()))
        })?;
        let script =
            if has_plugin(self.project) { commands } else { format!("{}{commands}", manual::WITHOUT_PLUGIN) };
        let mut shell = self.project.command("sh");
        shell
            .args(["-euc", &script])
            .current_dir(folder)
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        program::quietly(&format!("doing what docs/operations.md says under `{heading}`"), &mut shell)
    }

    /// Waits for Docker's own word, and gives the container's id.
    pub fn wait_until_healthy(&self, service: &str) -> Done<String> {
        for _ in 0..LOOKS {
            if let Some(container) = self.container(service)
                && image::inspect(self.project, "container", &container, "{{.State.Health.Status}}")?
                    == "healthy"
            {
                return Ok(container);
            }
            thread::sleep(BETWEEN_LOOKS);
        }
        let _ = self.compose(&["logs", "--tail", "50", service]).status();
        Err(Failure::new(format!("{service} is not healthy after two minutes: what it said stands above.")))
    }

    /// A compose command on these containers.
    pub fn compose(&self, arguments: &[&str]) -> Command {
        let mut command = if has_plugin(self.project) {
            let mut docker = self.project.command("docker");
            docker.arg("compose");
            docker
        } else {
            self.project.command("docker-compose")
        };
        if !self.home.profile.is_empty() {
            command.args(["--profile", self.home.profile]);
        }
        command.args(arguments).envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn container(&self, service: &str) -> Option<String> {
        let listed = program::output(&mut self.compose(&["ps", "--all", "--quiet", service]))?;
        listed.lines().next().map(str::to_owned)
    }
}

impl Drop for Stack<'_> {
    fn drop(&mut self) {
        if !self.home.services.is_empty() {
            // It has been told already why something failed; what cannot be removed now is removed by the next run.
            let _ = self.throw_away();
        }
    }
}

fn has_plugin(project: &Project) -> bool {
    program::output(project.command("docker").args(["compose", "version"])).is_some()
}

fn free_port() -> Done<u16> {
    let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound
        .map(|address| address.port())
        .map_err(|error| Failure::new(format!("cannot find a free port: {error}.")))
}
