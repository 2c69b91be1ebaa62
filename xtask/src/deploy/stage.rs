//! Carries out the steps of a deploy: the shell around sequence.rs. What goes wrong is said here and counts as failed there.

use crate::deploy::options::PreviewName;
use crate::deploy::sequence::{Environment, Outcome, Place, Step, Version};
use crate::deploy::smoke;
use crate::deploy::wrangler::{Worker, Wrangler};
use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;

/// Where a deploy happens: with which wrangler, of which commit, under which name.
#[derive(Debug)]
pub struct Stage<'a> {
    project: &'a Project,
    wrangler: Wrangler,
    commit: String,
    /// The Worker's name, if it is a preview's.
    pub name: Option<PreviewName>,
    /// Where the smoke asks, if not where wrangler says.
    pub url: Option<String>,
    /// How long the new version may take to answer, if not as long as at the edge.
    pub patience_s: Option<u32>,
    /// Where wrangler said that the last upload is reached.
    reached: Option<String>,
}

impl<'a> Stage<'a> {
    /// A stage with everything as wrangler.toml has it.
    pub fn new(project: &'a Project, wrangler: Wrangler, commit: String) -> Self {
        Self { project, wrangler, commit, name: None, url: None, patience_s: None, reached: None }
    }

    /// Does one step.
    pub fn carry_out(&mut self, step: &Step) -> Outcome {
        let done = match step {
            Step::Note(at) => self.note(*at),
            Step::Upload(at, place) => self.upload(*at, *place),
            Step::Smoke(at) => self.smoke(*at),
            Step::RollBack(at, to) => self.roll_back(*at, to),
        };
        done.unwrap_or_else(|failure| {
            program::say(&failure.to_string());
            Outcome::Failed
        })
    }

    fn note(&self, at: Environment) -> Done<Outcome> {
        let running = self.wrangler.running(self.project, self.worker(at))?;
        let version = running.as_ref().map_or("nothing yet", |version| version.0.as_str());
        program::say(&format!("{} runs {version}", at.name()));
        Ok(Outcome::Noted(running))
    }

    fn upload(&mut self, at: Environment, place: Place) -> Done<Outcome> {
        self.reached = self.wrangler.deploy(self.project, self.worker(at), &self.commit, place)?;
        Ok(Outcome::Done)
    }

    fn smoke(&self, at: Environment) -> Done<Outcome> {
        let url = self.url.as_ref().or(self.reached.as_ref()).ok_or_else(|| {
            Failure::new(format!("wrangler names no address of {}: say it with --url.", at.name()))
        })?;
        smoke::ask(self.project, url, &self.commit, self.patience_s)?;
        Ok(Outcome::Done)
    }

    fn roll_back(&self, at: Environment, to: &Version) -> Done<Outcome> {
        self.wrangler.roll_back(self.project, self.worker(at), to)?;
        Ok(Outcome::Done)
    }

    fn worker(&self, environment: Environment) -> Worker<'_> {
        Worker { environment, name: self.name.as_ref().map(PreviewName::as_str) }
    }
}
