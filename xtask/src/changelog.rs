//! Cuts out of CHANGELOG.md what it says of one version: the text of its release.

use std::fs;

use crate::failure::{Done, Failure};
use crate::project::Project;

/// Prints it.
pub fn print(project: &Project, version: &str) -> Done {
    let file = project.root.join("CHANGELOG.md");
    let text = fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
    println!("{}", section(&text, version)?);
    Ok(())
}

/// What stands between the heading of a version (`## 0.1.0` or `## 0.1.0 - 2026-12-01`) and the next one.
fn section<'a>(changelog: &'a str, version: &str) -> Done<&'a str> {
    let mut after = None;
    let mut position = 0;
    for line in changelog.split_inclusive('\n') {
        let heading = line.trim().strip_prefix("## ");
        match (heading, after) {
            (Some(_), Some(start)) => return filled(&changelog[start..position], version),
            (Some(heading), None) if heading.split_whitespace().next() == Some(version) => {
                after = Some(position + line.len());
            }
            _ => {}
        }
        position += line.len();
    }
    match after {
        Some(start) => filled(&changelog[start..], version),
        None => Err(Failure::new(format!(
            "CHANGELOG.md has no section \"## {version}\": give Unreleased its number and its day, then tag again."
        ))),
    }
}

fn filled<'a>(section: &'a str, version: &str) -> Done<&'a str> {
    match section.trim() {
        "" => Err(Failure::new(format!(
            "CHANGELOG.md says nothing of {version}: write what people would notice."
        ))),
        text => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGELOG: &str = "# Changelog\n\nWords.\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n- More.\n\n## 0.1.0\n\n- All.\n";

    #[test]
    fn a_section_ends_where_the_next_begins() {
        assert_eq!(section(CHANGELOG, "0.2.0"), Ok("### Added\n\n- More."));
    }

    #[test]
    fn the_last_section_ends_with_the_file() {
        assert_eq!(section(CHANGELOG, "0.1.0"), Ok("- All."));
    }

    #[test]
    fn a_version_that_is_missing_or_empty_is_no_release() {
        let refused = |version| section(CHANGELOG, version).expect_err("it cannot be released").to_string();
        assert!(refused("0.3.0").contains("no section \"## 0.3.0\""));
        assert!(refused("0.1").contains("no section"), "a part of a number is another number");
        assert!(refused("Unreleased").contains("says nothing"));
    }
}
