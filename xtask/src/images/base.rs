//! What the images are made from: the base images that Dockerfile.dev names, or others where those cannot be had.
//!
//! In this order: what the environment names, what the Dockerfile names, and, where no registry answers, an image of a wider tag that
//! somebody has put on this machine.

use std::env;
use std::fs;

use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;

/// The arguments of Dockerfile.dev that name an image, and the tag that a machine without a registry may have instead.
const BASES: [(&str, &str); 3] = [
    ("RUST_IMAGE", "rust:1.95-slim-bookworm"),
    ("NODE_IMAGE", "node:24-bookworm-slim"),
    ("DEBIAN_IMAGE", "debian:bookworm-slim"),
];

/// What the Dockerfile is told.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// Names of arguments and the images that they stand for.
    bases: Vec<(String, String)>,
    /// What the Worker names as its commit.
    pub commit: String,
}

impl Arguments {
    /// Names and values; compose takes the same ones from its environment.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let bases = self.bases.iter().map(|(name, image)| (name.as_str(), image.as_str()));
        bases.chain([("EDGEWISE_COMMIT", self.commit.as_str())])
    }
}

/// Decides on every base, and on the commit that the Worker names as its own.
pub fn choose(project: &Project) -> Done<Arguments> {
    let file = project.root.join("Dockerfile.dev");
    let text = fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
    let mut bases = Vec::new();
    for (name, wider) in BASES {
        let default = default_of(&text, name).ok_or_else(|| {
            Failure::new(format!("{} has no default for {name}: give it one.", file.display()))
        })?;
        bases.push((name.to_owned(), one(project, name, default, wider)?));
    }
    Ok(Arguments { bases, commit: commit(project) })
}

/// `ARG NAME=value`, at the beginning of a line.
pub fn default_of<'a>(dockerfile: &'a str, name: &str) -> Option<&'a str> {
    let lines = dockerfile.lines().filter_map(|line| line.strip_prefix("ARG ")?.split_once('='));
    lines.into_iter().find(|(argument, _)| *argument == name).map(|(_, value)| value.trim())
}

fn one(project: &Project, name: &str, default: &str, wider: &str) -> Done<String> {
    if let Some(named) = env::var(name).ok().filter(|named| !named.is_empty()) {
        return Ok(named);
    }
    if is_here(project, default) || can_be_pulled(project, default) {
        return Ok(default.to_owned());
    }
    if is_here(project, wider) {
        program::say(&format!(
            "no registry has {default} for this machine; {wider}, which is here, takes its place"
        ));
        return Ok(wider.to_owned());
    }
    Err(Failure::new(format!(
        "{default} can neither be pulled nor is it here, and {wider} is not here either: set {name} to an image that is."
    )))
}

fn is_here(project: &Project, image: &str) -> bool {
    program::output(project.command("docker").args(["image", "inspect", "--format", "{{.Id}}", image]))
        .is_some()
}

fn can_be_pulled(project: &Project, image: &str) -> bool {
    program::output(project.command("docker").args(["pull", "--quiet", image])).is_some()
}

/// Twelve digits, as in logs; `unknown` outside a clone.
fn commit(project: &Project) -> String {
    let named = env::var("EDGEWISE_COMMIT").ok().filter(|named| !named.is_empty());
    let head = || program::output(project.command("git").args(["rev-parse", "--short=12", "HEAD"]));
    named.or_else(head).map_or_else(|| "unknown".to_owned(), |commit| commit.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_read_from_the_line_of_its_argument() {
        let dockerfile = "# ARG A=no\nARG AB=b:2\nARG A=a:1\nFROM ${A} AS x\n";
        assert_eq!(default_of(dockerfile, "A"), Some("a:1"));
        assert_eq!(default_of(dockerfile, "AB"), Some("b:2"));
        assert_eq!(default_of(dockerfile, "B"), None);
    }

    #[test]
    fn the_dockerfile_and_compose_name_the_same_bases_exactly() {
        let root = Project::here().root;
        let read = |file| fs::read_to_string(root.join(file)).expect("it is in the clone");
        let (dockerfile, compose) = (read("Dockerfile.dev"), read("docker-compose.yml"));
        for (name, _) in BASES {
            let default = default_of(&dockerfile, name).expect("a default");
            assert!(!default.ends_with(":latest") && default.contains(':'), "{default} is no exact tag");
            assert!(compose.contains(&format!("  {name}: ${{{name}:-{default}}}\n")), "{name} in compose");
        }
    }
}
