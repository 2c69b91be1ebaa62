//! A deploy as a value: what to do next, and how it ended. It runs nothing and waits for nothing; mod.rs carries out its steps.
//!
//! For each environment: note what runs there, upload, smoke; what fails its smoke is rolled back. Invariant: an environment is touched
//! only after every one before it passed its smoke, and an ending says truly what runs now.

use std::collections::VecDeque;
use std::fmt;

/// Where Edgewise is deployed; each has its own Worker, objects and secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Environment {
    /// One pull request's own.
    Preview,
    /// As production, for nobody but us.
    Staging,
    /// People's.
    Production,
}

/// A version of a Worker as Cloudflare names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(pub String);

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Find out which version runs there, to have one to go back to.
    Note(Environment),
    /// Make the new version run there. A Worker that is not there yet is made, with a key of its own.
    Upload(Environment, Place),
    /// Ask the new version for its promises.
    Smoke(Environment),
    /// Make that version run there again.
    RollBack(Environment, Version),
}

/// Whether a Worker is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is.
    Taken,
    /// It is not.
    Empty,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Of [`Step::Note`]: which version runs there, if any.
    Noted(Option<Version>),
    /// It is done.
    Done,
    /// It is not.
    Failed,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// This.
    Do(Step),
    /// Nothing: so it ended.
    End(Ending),
}

/// How a deploy ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The new version runs everywhere it was to run.
    Live,
    /// What runs there could not be told, so nothing was changed there.
    NotStarted(Environment),
    /// The upload failed: what ran there runs on.
    NotUploaded(Environment),
    /// The new version failed its smoke, and the one before runs again.
    RolledBack(Environment, Version),
    /// The new version failed its smoke, and there is none before it.
    NothingBefore(Environment),
    /// The new version failed its smoke and still runs: going back to this one failed.
    Stuck(Environment, Version),
}

/// A deploy under way.
#[derive(Debug)]
pub struct Sequence {
    waiting: VecDeque<Environment>,
    doing: Option<Doing>,
}

/// The step that an outcome is awaited of, with what it needs to know later.
#[derive(Debug)]
enum Doing {
    Noting(Environment),
    Uploading(Environment, Option<Version>),
    Smoking(Environment, Option<Version>),
    RollingBack(Environment, Version),
}

impl Sequence {
    /// Through these environments, one after the other.
    pub fn through(environments: &[Environment]) -> Self {
        Self { waiting: environments.iter().copied().collect(), doing: None }
    }

    /// The first step.
    pub fn begin(&mut self) -> Next {
        self.next_environment()
    }

    /// What comes after a step that ended so.
    pub fn after(&mut self, outcome: Outcome) -> Next {
        match (self.doing.take(), outcome) {
            (Some(Doing::Noting(at)), Outcome::Noted(before)) => {
                let place = if before.is_some() { Place::Taken } else { Place::Empty };
                self.wait_for(Doing::Uploading(at, before), Step::Upload(at, place))
            }
            (Some(Doing::Noting(at)), Outcome::Done | Outcome::Failed) => Next::End(Ending::NotStarted(at)),
            (Some(Doing::Uploading(at, before)), Outcome::Done | Outcome::Noted(_)) => {
                self.wait_for(Doing::Smoking(at, before), Step::Smoke(at))
            }
            (Some(Doing::Uploading(at, _)), Outcome::Failed) => Next::End(Ending::NotUploaded(at)),
            (Some(Doing::Smoking(..)), Outcome::Done | Outcome::Noted(_)) => self.next_environment(),
            (Some(Doing::Smoking(at, Some(before))), Outcome::Failed) => {
                self.wait_for(Doing::RollingBack(at, before.clone()), Step::RollBack(at, before))
            }
            (Some(Doing::Smoking(at, None)), Outcome::Failed) => Next::End(Ending::NothingBefore(at)),
            (Some(Doing::RollingBack(at, to)), Outcome::Done | Outcome::Noted(_)) => {
                Next::End(Ending::RolledBack(at, to))
            }
            (Some(Doing::RollingBack(at, to)), Outcome::Failed) => Next::End(Ending::Stuck(at, to)),
            (None, _) => self.next_environment(),
        }
    }

    fn next_environment(&mut self) -> Next {
        match self.waiting.pop_front() {
            Some(at) => self.wait_for(Doing::Noting(at), Step::Note(at)),
            None => Next::End(Ending::Live),
        }
    }

    fn wait_for(&mut self, doing: Doing, step: Step) -> Next {
        self.doing = Some(doing);
        Next::Do(step)
    }
}

impl Environment {
    /// As wrangler.toml and the command line call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Staging => "staging",
            Self::Production => "production",
        }
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Live => write!(f, "deployed: the new version runs and keeps its promises."),
            Self::NotStarted(at) => write!(
                f,
                "{} was not touched: what runs there could not be told. Check the token and the account, then deploy again.",
                at.name()
            ),
            Self::NotUploaded(at) => write!(
                f,
                "the upload to {at} failed: what ran there runs on. Mend what wrangler said, then deploy again.",
                at = at.name()
            ),
            Self::RolledBack(at, to) => write!(
                f,
                "{at} was ROLLED BACK: the new version failed its smoke, and version {to} runs again. Mend what failed, then deploy again.",
                at = at.name(),
                to = to.0
            ),
            Self::NothingBefore(at) => write!(
                f,
                "{at} is BROKEN: its first version failed its smoke, and there is none to go back to. Mend what failed and deploy \
                 again, or take it away: npx wrangler delete --env {at}",
                at = at.name()
            ),
            Self::Stuck(at, to) => write!(
                f,
                "{at} is BROKEN AND STAYS SO: the new version failed its smoke, and rolling back to version {to} failed too. A \
                 person must act now: npx wrangler rollback {to} --env {at}. If a change of object classes forbids it, deploy a \
                 commit that mends what failed (docs/deploying.md, \"Rolling back by hand\").",
                at = at.name(),
                to = to.0
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: [Environment; 2] = [Environment::Staging, Environment::Production];

    fn version() -> Version {
        Version("v-before".to_owned())
    }

    /// Plays a deploy in which `outcome` says what comes of each step; what was done, and how it ended.
    fn played(
        environments: &[Environment],
        outcome: impl Fn(&Step) -> Outcome,
    ) -> (Vec<&'static str>, Ending) {
        let (mut sequence, mut done) = (Sequence::through(environments), Vec::new());
        let mut next = sequence.begin();
        loop {
            match next {
                Next::Do(step) => {
                    done.push(said(&step));
                    next = sequence.after(outcome(&step));
                }
                Next::End(ending) => return (done, ending),
            }
        }
    }

    fn said(step: &Step) -> &'static str {
        match step {
            Step::Note(Environment::Production) => "note production",
            Step::Upload(Environment::Production, _) => "upload production",
            Step::Smoke(Environment::Production) => "smoke production",
            Step::RollBack(Environment::Production, _) => "roll back production",
            Step::Note(_) => "note",
            Step::Upload(_, Place::Taken) => "upload",
            Step::Upload(_, Place::Empty) => "upload anew",
            Step::Smoke(_) => "smoke",
            Step::RollBack(..) => "roll back",
        }
    }

    fn well(step: &Step) -> Outcome {
        if matches!(step, Step::Note(_)) { Outcome::Noted(Some(version())) } else { Outcome::Done }
    }

    #[test]
    fn production_comes_after_stagings_smoke() {
        let (done, ending) = played(&WHOLE, well);
        let all = ["note", "upload", "smoke", "note production", "upload production", "smoke production"];
        assert_eq!((done.as_slice(), ending), (all.as_slice(), Ending::Live));
    }

    #[test]
    fn a_failed_upload_ends_it_and_touches_nothing_further() {
        let fails = |step: &Step| match step {
            Step::Upload(..) => Outcome::Failed,
            other => well(other),
        };
        let (done, ending) = played(&WHOLE, fails);
        assert_eq!(
            (done.as_slice(), ending),
            (["note", "upload"].as_slice(), Ending::NotUploaded(Environment::Staging))
        );
    }

    #[test]
    fn a_failed_smoke_on_staging_rolls_it_back_and_spares_production() {
        let fails = |step: &Step| match step {
            Step::Smoke(Environment::Staging) => Outcome::Failed,
            other => well(other),
        };
        let (done, ending) = played(&WHOLE, fails);
        assert_eq!(done, ["note", "upload", "smoke", "roll back"]);
        assert_eq!(ending, Ending::RolledBack(Environment::Staging, version()));
    }

    #[test]
    fn a_failed_smoke_in_production_goes_back_to_what_ran_before() {
        let fails = |step: &Step| match step {
            Step::Smoke(Environment::Production) => Outcome::Failed,
            other => well(other),
        };
        let (done, ending) = played(&WHOLE, fails);
        assert_eq!(done.last(), Some(&"roll back production"));
        assert_eq!(ending, Ending::RolledBack(Environment::Production, version()));
    }

    #[test]
    fn a_failed_rollback_tells_a_person_which_command_to_give() {
        let fails = |step: &Step| match step {
            Step::Smoke(_) | Step::RollBack(..) => Outcome::Failed,
            other => well(other),
        };
        let (_, ending) = played(&[Environment::Production], fails);
        assert_eq!(ending, Ending::Stuck(Environment::Production, version()));
        assert!(ending.to_string().contains("npx wrangler rollback v-before --env production"));
    }

    #[test]
    fn a_first_deploy_makes_the_worker_and_has_nothing_to_go_back_to() {
        let first = |step: &Step| match step {
            Step::Note(_) => Outcome::Noted(None),
            Step::Smoke(_) => Outcome::Failed,
            other => well(other),
        };
        let (done, ending) = played(&WHOLE, first);
        assert_eq!(done, ["note", "upload anew", "smoke"]);
        assert_eq!(ending, Ending::NothingBefore(Environment::Staging));
    }

    #[test]
    fn where_it_cannot_be_told_what_runs_nothing_is_uploaded() {
        let (done, ending) = played(&WHOLE, |_| Outcome::Failed);
        assert_eq!(
            (done.as_slice(), ending),
            (["note"].as_slice(), Ending::NotStarted(Environment::Staging))
        );
    }
}
