//! One image: how it is built, how large it may be, and what a container of it may do.

use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;

use super::base::Arguments;

/// As `docker images` counts.
const MB: u64 = 1_000_000;

/// The lowest user id that is nobody's on a common machine.
const LOWEST_USER: u32 = 10_000;

/// The first process of every image.
const KEEPER: &str = "/keeper";

/// One of ours.
#[derive(Debug, Clone, Copy)]
pub struct Image {
    /// Its tag.
    name: &'static str,
    /// Its stage in Dockerfile.dev.
    target: &'static str,
    /// How large it may be, without compression.
    budget: u64,
    /// Where Prometheus asks what it uses.
    metrics: u16,
}

/// Node, wrangler, Miniflare and workerd. Most of it is theirs; the budget is there to notice what slips in.
pub const DEV: Image = Image { name: "edgewise-dev", target: "dev", budget: 1_200 * MB, metrics: 9100 };
/// workerd alone is 116 MB.
pub const SERVER: Image =
    Image { name: "edgewise-server", target: "server", budget: 130 * MB, metrics: 9100 };
/// Debian and Caddy.
pub const WEB: Image = Image { name: "edgewise-web", target: "web", budget: 260 * MB, metrics: 2019 };

/// All of them, in the order in which they are built.
pub const IMAGES: [Image; 3] = [SERVER, WEB, DEV];

impl Image {
    /// Builds it with either builder.
    pub fn build(self, project: &Project, arguments: &Arguments) -> Done {
        let mut docker = project.command("docker");
        docker.args(["build", "--file", "Dockerfile.dev", "--target", self.target, "--tag", self.name]);
        for (name, value) in arguments.pairs() {
            docker.arg("--build-arg").arg(format!("{name}={value}"));
        }
        docker.arg(".");
        program::quietly(&format!("building {}", self.name), &mut docker)
    }

    /// A line with its size, if it is within its budget.
    pub fn fits(self, project: &Project) -> Done<String> {
        let size = self.inspect(project, "{{.Size}}")?;
        let size: u64 =
            size.parse().map_err(|_| Failure::new(format!("docker tells no size of {}.", self.name)))?;
        let row = format!("{:<18}{:>6} of {:>5} MB", self.name, size.div_ceil(MB), self.budget / MB);
        if size <= self.budget {
            return Ok(row);
        }
        Err(Failure::new(format!("{row}: take something out, or raise the budget and say why.")))
    }

    /// Nobody's user, no capability, and not even root can write outside of the volumes.
    pub fn is_confined(self, project: &Project, container: &str) -> Done {
        let user = self.inspect(project, "{{.Config.User}}")?;
        if !is_unprivileged(&user) {
            return Err(Failure::new(format!(
                "{} runs as `{user}`: it must be a user of {LOWEST_USER} or more.",
                self.name
            )));
        }
        let told =
            inspect(project, "container", container, "{{.HostConfig.CapDrop}} {{.HostConfig.Privileged}}")?;
        if told != "[ALL] false" {
            return Err(Failure::new(format!(
                "{} keeps capabilities ({told}): docker-compose.yml must drop all.",
                self.name
            )));
        }
        self.refuses_to_write(project, container)
    }

    /// The keeper is asked to make a secret in the root, as root: on a disk that can be written it would.
    fn refuses_to_write(self, project: &Project, container: &str) -> Done {
        let mut docker = project.command("docker");
        docker.args([
            "exec",
            "--user",
            "0",
            container,
            KEEPER,
            "run",
            "--secret",
            "PROBE=/probe",
            "--",
            KEEPER,
            "help",
        ]);
        let output =
            docker.output().map_err(|error| Failure::new(format!("cannot start docker: {error}.")))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() && said.contains("Read-only file system") {
            return Ok(());
        }
        Err(Failure::new(format!("the root of {} can be written, or is not what refused: {said}", self.name)))
    }

    /// Prometheus would hear of it.
    pub fn tells_what_it_uses(self, project: &Project, container: &str) -> Done {
        let url = format!("http://127.0.0.1:{}/metrics", self.metrics);
        let step = format!("asking {} what it uses", self.name);
        program::quietly(&step, project.command("docker").args(["exec", container, KEEPER, "health", &url]))
    }

    /// There is nothing in it that an intruder could talk to.
    pub fn has_no_shell(self, project: &Project) -> Done {
        let mut docker = project.command("docker");
        docker.args(["run", "--rm", "--entrypoint", "/bin/sh", self.name, "-c", "exit 0"]);
        match program::output(&mut docker) {
            None => Ok(()),
            Some(_) => Err(Failure::new(format!("{} has a shell: take it out.", self.name))),
        }
    }

    fn inspect(self, project: &Project, format: &str) -> Done<String> {
        inspect(project, "image", self.name, format)
    }
}

/// What `docker inspect` tells of something.
pub fn inspect(project: &Project, kind: &str, name: &str, format: &str) -> Done<String> {
    let told = program::output(project.command("docker").args([kind, "inspect", "--format", format, name]));
    let told = told
        .ok_or_else(|| Failure::new(format!("docker knows no {kind} {name}: it was there a moment ago.")));
    told.map(|text| text.trim().to_owned())
}

/// `10001` or `10001:10001`; a name could be anybody.
fn is_unprivileged(user: &str) -> bool {
    let id = user.split(':').next().and_then(|id| id.parse::<u32>().ok());
    id.is_some_and(|id| id >= LOWEST_USER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_from_ten_thousand_on_is_nobodys_user() {
        assert!(is_unprivileged("10000"));
        assert!(is_unprivileged("10001:10001"));
        for user in ["", "root", "0", "1000:10001", "9999", "node"] {
            assert!(!is_unprivileged(user), "{user}");
        }
    }
}
