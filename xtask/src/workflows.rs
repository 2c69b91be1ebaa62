//! What the workflows allow, read by zizmor without the network: unpinned actions, too many rights, secrets where a fork could see them.

use crate::failure::Done;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::tools::{self, Tool};

/// Fails on any finding, however slight.
pub fn check(project: &Project) -> Done {
    tools::ensure(project, &[Tool::Python(pins::ZIZMOR)])?;
    let mut zizmor = project.command(project.installed(pins::ZIZMOR));
    zizmor.args(["--offline", "--no-progress", "--strict-collection", ".github"]);
    program::openly("auditing the workflows", &mut zizmor)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    const CI: &str = include_str!("../../.github/workflows/ci.yml");
    const RULESET: &str = include_str!("../../.github/rulesets/main.json");

    /// The jobs of a workflow: the keys one step under `jobs`.
    fn jobs(workflow: &str) -> Vec<&str> {
        let jobs = workflow.lines().skip_while(|line| *line != "jobs:").skip(1);
        jobs.filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
            .filter(|job| !job.starts_with([' ', '#']))
            .collect()
    }

    #[test]
    fn ci_ok_waits_for_every_other_job() {
        let needs =
            CI.lines().find_map(|line| line.trim().strip_prefix("needs: [")).expect("ci-ok needs jobs");
        let mut waited: Vec<&str> = needs.trim_end_matches(']').split(", ").chain(["ci-ok"]).collect();
        let mut all = jobs(CI);
        waited.sort_unstable();
        all.sort_unstable();
        assert_eq!(waited, all);
    }

    #[test]
    fn the_ruleset_asks_for_ci_ok_a_pull_request_and_no_force_push() {
        let ruleset: Value = serde_json::from_str(RULESET).expect("the ruleset is JSON");
        let rules = ruleset["rules"].as_array().expect("rules");
        let of = |kind: &str| rules.iter().find(|rule| rule["type"] == kind);
        assert!(of("pull_request").is_some() && of("non_fast_forward").is_some());
        let checks = &of("required_status_checks").expect("checks")["parameters"]["required_status_checks"];
        let asked: Vec<_> =
            checks.as_array().expect("a list").iter().map(|check| &check["context"]).collect();
        assert_eq!(asked, ["ci-ok"]);
        assert_eq!(
            (ruleset["enforcement"].as_str(), &ruleset["bypass_actors"]),
            (Some("active"), &Value::Array(vec![]))
        );
    }
}
