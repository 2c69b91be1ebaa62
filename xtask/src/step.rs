//! The steps of CI by name: those that every change must pass, and those that only a night has time for.
//!
//! Invariant: a workflow, a desk and `.ci/run` name the same steps, and each runs from a clean clone by itself.

use crate::failure::{Done, Failure};

/// One step of CI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Format and clippy.
    Lint,
    /// Lock files, licences, sources, who may depend on whom.
    Supply,
    /// What the workflows themselves allow.
    Workflows,
    /// What Prometheus and Alertmanager are told.
    Rules,
    /// Tests on this machine's own processor.
    Native,
    /// The cores' tests on wasm.
    Wasm,
    /// Many seeds of the simulator.
    Sim,
    /// Tests in headless Chromium.
    Browser,
    /// Tests against a live server.
    E2e,
    /// What the API's description says, against a live server.
    Contract,
    /// What goes over the wire, against its budgets.
    Size,
    /// What a delivery costs, beside a peer.
    Perf,
    /// What would be deployed, and the rehearsal of deploying it.
    Deploy,
    /// The container images; needs Docker.
    Images,
    /// Every step that a change must pass.
    All,
    /// Seeds of the simulator, and cases of the properties, that no run has had.
    LongSim,
    /// Input that nobody would think of.
    Fuzz,
    /// How fast and how frugal the page is for a visitor with a slow phone; half an hour of it watches memory.
    Vitals,
    /// Known weaknesses of what is depended on; asks the network.
    Advisories,
}

/// Every step that a change must pass, the quickest to tell first.
pub const EVERY_CHANGE: &[Step] = &[
    Step::Workflows,
    Step::Supply,
    Step::Rules,
    Step::Lint,
    Step::Native,
    Step::Wasm,
    Step::Sim,
    Step::Size,
    Step::Browser,
    Step::E2e,
    Step::Contract,
    Step::Perf,
    Step::Deploy,
    Step::Images,
];

/// What a night has time for, or what changes without any change of ours.
pub const NIGHTLY: &[Step] = &[Step::LongSim, Step::Fuzz, Step::Vitals, Step::Advisories];

impl Step {
    /// As one asks for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Supply => "supply",
            Self::Workflows => "workflows",
            Self::Rules => "rules",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Sim => "sim",
            Self::Browser => "browser",
            Self::E2e => "e2e",
            Self::Contract => "contract",
            Self::Size => "size",
            Self::Perf => "perf",
            Self::Deploy => "deploy",
            Self::Images => "images",
            Self::All => "all",
            Self::LongSim => "long-sim",
            Self::Fuzz => "fuzz",
            Self::Vitals => "vitals",
            Self::Advisories => "advisories",
        }
    }

    /// The step of this name.
    pub fn parse(word: Option<&str>) -> Done<Self> {
        let mut steps = EVERY_CHANGE.iter().chain(&[Self::All]).chain(NIGHTLY).copied();
        steps.find(|step| Some(step.name()) == word).ok_or_else(|| {
            let asked = word.map_or_else(|| "no step".to_owned(), |word| format!("`{word}`"));
            Failure::new(format!("{asked} asked for: {}.", listing()))
        })
    }
}

/// All names in one sentence's worth of words.
pub fn listing() -> String {
    let names = |steps: &[Step]| steps.iter().map(|step| step.name()).collect::<Vec<_>>().join(", ");
    format!("the steps of CI are {}; all runs these; at night {}", names(EVERY_CHANGE), names(NIGHTLY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_found_by_its_name() {
        for step in EVERY_CHANGE.iter().chain(NIGHTLY) {
            assert_eq!(Step::parse(Some(step.name())), Ok(*step));
        }
        assert_eq!(Step::parse(Some("all")), Ok(Step::All));
    }

    #[test]
    fn an_unknown_step_is_answered_with_those_there_are() {
        let refused = |word| Step::parse(word).expect_err("it is none").to_string();
        assert!(refused(None).starts_with("no step asked for: the steps of CI are workflows, supply, rules"));
        assert!(refused(Some("lints")).starts_with("`lints` asked for"));
    }

    /// The workflow's text, so that a step that is added here is not forgotten there.
    fn names_in(workflow: &str) -> Vec<&str> {
        let line = workflow.lines().find_map(|line| line.trim().strip_prefix("step: [")).expect("a matrix");
        line.trim_end_matches(']').split(", ").collect()
    }

    #[test]
    fn the_workflows_run_exactly_these_steps() {
        let sorted = |mut names: Vec<&'static str>| {
            names.sort_unstable();
            names
        };
        let here = |steps: &[Step]| sorted(steps.iter().map(|step| step.name()).collect());
        let ci = include_str!("../../.github/workflows/ci.yml");
        let nightly = include_str!("../../.github/workflows/nightly.yml");
        assert_eq!(sorted(names_in(ci)), here(EVERY_CHANGE));
        assert_eq!(sorted(names_in(nightly)), here(NIGHTLY));
    }
}
