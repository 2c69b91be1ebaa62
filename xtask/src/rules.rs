//! What Prometheus and Alertmanager are told, checked by their own tools: the rules hold, each alert fires when it should and is silent
//! when it should be, and the script that writes Alertmanager's configuration writes one that Alertmanager takes.

use std::fs;
use std::path::PathBuf;

use crate::failure::{Done, Failure};
use crate::install;
use crate::program;
use crate::project::Project;

/// Where the configuration lies.
const HOME: &str = "ops/observability";

/// Debian's packages and the program of each that is called.
const PROGRAMS: [(&str, &str); 3] =
    [("promtool", "prometheus"), ("prometheus", "prometheus"), ("amtool", "prometheus-alertmanager")];

/// Both receivers, with characters that YAML would stumble over.
const RECEIVERS: [(&str, &str); 6] = [
    ("ALERT_WEBHOOK_URL", "http://127.0.0.1:9/it's?a=b&c=#d"),
    ("ALERT_EMAIL_TO", "on-call@example.org"),
    ("ALERT_EMAIL_FROM", "edgewise@example.org"),
    ("ALERT_SMTP_HOST", "mail.example.org:587"),
    ("ALERT_SMTP_USER", "edgewise"),
    ("ALERT_SMTP_PASSWORD", "a'b\"c: {d}"),
];

/// Checks all of it.
pub fn check(project: &Project) -> Done {
    ensure(project)?;
    let files = |folder: &str| files_in(&project.root.join(HOME).join("prometheus").join(folder));
    let mut config = project.command("promtool");
    config.args(["check", "config", "--syntax-only"]).arg(format!("{HOME}/prometheus/prometheus.yml"));
    program::quietly("checking what Prometheus scrapes", &mut config)?;
    let mut rules = project.command("promtool");
    rules.args(["check", "rules", "--lint-fatal"]).args(files("rules")?);
    program::quietly("checking the rules", &mut rules)?;
    let mut tests = project.command("promtool");
    tests.args(["test", "rules"]).args(files("tests")?);
    program::openly("testing the rules", &mut tests)?;
    for (name, receivers) in [("nobody", RECEIVERS.get(..0)), ("both receivers", Some(RECEIVERS.as_slice()))]
    {
        alertmanager(project, name, receivers.unwrap_or_default())?;
    }
    Ok(())
}

/// Installs Prometheus, Alertmanager and their tools where they are missing.
pub fn ensure(project: &Project) -> Done {
    let missing =
        |(name, _): &&(&str, &str)| program::output(project.command(name).arg("--version")).is_none();
    let mut packages: Vec<&str> = PROGRAMS.iter().filter(missing).map(|(_, package)| *package).collect();
    packages.dedup();
    if packages.is_empty() { Ok(()) } else { install::apt_install(project, &packages) }
}

/// The container's start, with `true` in place of Alertmanager; what it wrote goes to Alertmanager's own check.
fn alertmanager(project: &Project, name: &str, receivers: &[(&str, &str)]) -> Done {
    let file = project.memory_file("alertmanager.yml")?;
    let mut start = project.command(project.root.join(HOME).join("alertmanager/start.sh"));
    for (variable, _) in RECEIVERS {
        start.env_remove(variable);
    }
    start.envs(receivers.iter().copied()).env("ALERTMANAGER", "true").env("ALERTMANAGER_CONFIG", &file);
    program::quietly(&format!("writing Alertmanager's configuration for {name}"), &mut start)?;
    let mut check = project.command("amtool");
    program::quietly("checking it", check.arg("check-config").arg(&file))
}

fn files_in(folder: &PathBuf) -> Done<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::file("read", folder, &error))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}
