//! The commands of docs/operations.md, taken from there to be run: a manual that is followed by a program stays true.

/// Before the manual's words on a machine that has docker-compose 1 in place of the plugin.
pub const WITHOUT_PLUGIN: &str = "\
docker() {
  if [ \"$1\" = compose ]; then shift; docker-compose \"$@\"; else command docker \"$@\"; fi
}
";

/// The first block of shell commands under a heading, before the next heading.
pub fn commands_under(text: &str, heading: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| title(line) != Some(heading)).skip(1);
    let block_or_next_heading = lines.find(|line| *line == "```sh" || title(line).is_some())?;
    if title(block_or_next_heading).is_some() {
        return None;
    }
    let commands: String = lines.take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
    (!commands.is_empty()).then_some(commands)
}

/// `## Title`
fn title(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    (words.len() < line.len()).then(|| words.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Manual\n\nBackup\n\n## Backup\n\nWords.\n\n```sh\n# stop it\nstop\ncopy\n```\n\n```sh\nmore\n```\n\n## Empty\n\n## Last\n\n```sh\nlast\n```\n";

    #[test]
    fn the_first_block_under_a_heading_is_taken_whole() {
        assert_eq!(commands_under(TEXT, "Backup").as_deref(), Some("# stop it\nstop\ncopy\n"));
        assert_eq!(commands_under(TEXT, "Last").as_deref(), Some("last\n"));
    }

    #[test]
    fn a_heading_without_commands_has_none() {
        assert_eq!(commands_under(TEXT, "Empty"), None);
        assert_eq!(commands_under(TEXT, "Nowhere"), None);
    }

    #[test]
    fn docs_operations_has_what_is_followed() {
        let file = crate::project::Project::here().root.join("docs/operations.md");
        let text = std::fs::read_to_string(file).expect("it is in the clone");
        for heading in ["Backup", "Restore"] {
            assert!(commands_under(&text, heading).is_some(), "{heading}");
        }
    }
}
