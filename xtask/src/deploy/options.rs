//! What can be asked of a deploy on the command line. It parses; it does nothing.

use lexopt::prelude::{Long, ValueExt};

use crate::deploy::ENVIRONMENTS;
use crate::deploy::sequence::Environment;
use crate::failure::{Done, Failure};

/// What is asked for on the command line.
#[derive(Debug, PartialEq, Eq)]
pub enum Deploy {
    /// Through these environments, one after the other.
    Through(Vec<Environment>, Target),
    /// Take a preview away.
    Remove(PreviewName),
    /// The whole sequence with a stand-in for wrangler.
    Rehearse,
}

/// What differs from wrangler.toml, and from what wrangler says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The Worker's name: a preview's own.
    pub name: Option<PreviewName>,
    /// Where the smoke asks; without it, where wrangler says that the Worker is reached.
    pub url: Option<String>,
}

/// The name of a preview's Worker. No other Worker has such a name, so that nothing else is ever taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewName(String);

impl PreviewName {
    /// `edgewise-pr-7`.
    pub fn parse(name: &str) -> Done<Self> {
        let number = name.strip_prefix("edgewise-pr-").unwrap_or_default();
        if number.parse::<u32>().is_ok() {
            return Ok(Self(name.to_owned()));
        }
        Err(Failure::new(format!(
            "a preview is called edgewise-pr- and the pull request's number, not `{name}`."
        )))
    }

    /// As Cloudflare knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads what stands behind `deploy`.
pub fn parse(parser: &mut lexopt::Parser) -> Done<Deploy> {
    let (mut environment, mut target) = (None, Target::default());
    let (mut remove, mut rehearse) = (None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("env") => environment = Some(parse_environment(&parser.value()?.string()?)?),
            Long("name") => target.name = Some(PreviewName::parse(&parser.value()?.string()?)?),
            Long("url") => target.url = Some(parser.value()?.string()?),
            Long("remove") => remove = Some(()),
            Long("rehearse") => rehearse = Some(()),
            other => return Err(other.unexpected().into()),
        }
    }
    match (rehearse, remove, target.name.take()) {
        (Some(()), _, _) => Ok(Deploy::Rehearse),
        (None, Some(()), Some(name)) => Ok(Deploy::Remove(name)),
        (None, Some(()), None) => Err(Failure::new("--remove takes a preview away: say which with --name.")),
        (None, None, name) => deploy_to(environment, Target { name, ..target }),
    }
}

/// One name or one address is one Worker's.
fn deploy_to(environment: Option<Environment>, target: Target) -> Done<Deploy> {
    let one = environment.map(|environment| vec![environment]);
    match (one, &target) {
        (Some(one), Target { name: None, .. }) => Ok(Deploy::Through(one, target)),
        (Some(one), _) if one == [Environment::Preview] => Ok(Deploy::Through(one, target)),
        (None, Target { name: None, url: None }) => {
            Ok(Deploy::Through(vec![Environment::Staging, Environment::Production], target))
        }
        _ => Err(Failure::new("--name is for --env preview alone, and --url needs an --env.")),
    }
}

fn parse_environment(word: &str) -> Done<Environment> {
    ENVIRONMENTS
        .into_iter()
        .find(|at| at.name() == word)
        .ok_or_else(|| Failure::new(format!("--env is preview, staging or production, not `{word}`.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Done<Deploy> {
        parse(&mut lexopt::Parser::from_args(line.split_whitespace()))
    }

    fn refused(line: &str) -> String {
        parsed(line).expect_err("the line should be refused").to_string()
    }

    #[test]
    fn a_deploy_goes_through_staging_to_production_unless_told_where() {
        let to = |line| match parsed(line) {
            Ok(Deploy::Through(environments, _)) => environments,
            other => panic!("{other:?}"),
        };
        assert_eq!(to(""), [Environment::Staging, Environment::Production]);
        assert_eq!(to("--env staging --url https://a.example"), [Environment::Staging]);
        assert_eq!(to("--env preview --name edgewise-pr-7"), [Environment::Preview]);
    }

    #[test]
    fn only_a_preview_has_a_name_of_its_own() {
        assert!(refused("--env production --name edgewise-pr-7").contains("--env preview alone"));
        assert!(refused("--remove").contains("--name"));
        let remove = Deploy::Remove(PreviewName("edgewise-pr-7".to_owned()));
        assert_eq!(parsed("--remove --name edgewise-pr-7"), Ok(remove));
        assert!(refused("--env prod").contains("not `prod`"));
    }

    #[test]
    fn nothing_but_a_preview_can_be_taken_away() {
        for name in ["edgewise", "edgewise-staging", "edgewise-pr-", "edgewise-pr-7x", "other-7"] {
            assert!(refused(&format!("--remove --name {name}")).contains(name));
        }
    }
}
