//! What is configured in `ops/observability` against the catalogue and the docs: a dashboard or an alert that names what is not counted
//! would be silent for ever, and so would one that nobody has seen fire.
#![cfg(not(target_arch = "wasm32"))]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use metrics::{Family, Kind};

/// What the containers' keeper tells, and what Prometheus itself makes.
const BESIDE_THE_CATALOGUE: [&str; 6] = [
    "edgewise_build_info",
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "process_open_fds",
    "process_start_time_seconds",
    "edgewise_container_memory_limit_bytes",
];

/// An alert as the rules have it.
struct Alert {
    severity: String,
    section: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files of a folder under `ops/observability`, one after the other.
fn text_of(folder: &str) -> String {
    let folder = root().join("ops/observability").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| fs::read_to_string(file).unwrap()).collect::<Vec<_>>().join("\n")
}

fn docs() -> String {
    fs::read_to_string(root().join("docs/observability.md")).unwrap()
}

/// Every name that a scrape can hold.
fn known() -> BTreeSet<String> {
    let of_family = |family: &Family| {
        let definition = family.definition();
        let endings: &[&str] = match definition.kind {
            Kind::Histogram(_) => &["_bucket", "_sum", "_count"],
            Kind::Counter | Kind::Gauge => &[""],
        };
        endings.iter().map(|ending| format!("{}{ending}", definition.name)).collect::<Vec<_>>()
    };
    Family::ALL.iter().flat_map(of_family).chain(BESIDE_THE_CATALOGUE.map(str::to_owned)).collect()
}

/// Words of the text that look like metrics of ours.
fn metrics_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    let ours = words.filter(|word| word.starts_with("edgewise_") || word.starts_with("process_"));
    ours.map(str::to_owned).collect()
}

/// Names with a colon: what recording rules make.
fn recorded_in(text: &str) -> BTreeSet<String> {
    let words =
        text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == ':'));
    words.filter(|word| word.starts_with("home:")).map(str::to_owned).collect()
}

/// Alerts by name.
fn alerts() -> BTreeMap<String, Alert> {
    let rules = text_of("prometheus/rules");
    let field = |rule: &str, name: &str| {
        let line = rule.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: ")));
        line.unwrap_or_default().to_owned()
    };
    let each = rules.split("- alert: ").skip(1).map(|rule| {
        let name = rule.lines().next().unwrap_or_default().to_owned();
        assert!(!field(rule, "summary").is_empty(), "{name} has no summary");
        let section =
            field(rule, "runbook").strip_prefix("docs/observability.md#").unwrap_or_default().to_owned();
        (name, Alert { severity: field(rule, "severity"), section })
    });
    each.collect()
}

#[test]
fn every_metric_of_dashboards_rules_and_tests_is_counted_somewhere() {
    let known = known();
    for folder in ["prometheus/rules", "prometheus/tests", "grafana/dashboards"] {
        let named = metrics_in(&text_of(folder));
        assert!(named.len() > 10, "{folder} names {} metrics", named.len());
        let unknown: Vec<_> = named.difference(&known).collect();
        assert!(unknown.is_empty(), "{folder} names what nobody counts: {unknown:?}");
    }
}

#[test]
fn what_dashboards_take_from_rules_is_recorded_there() {
    let rules = text_of("prometheus/rules");
    let recorded: BTreeSet<String> =
        rules.lines().filter_map(|line| line.trim().strip_prefix("- record: ")).map(str::to_owned).collect();
    let used: BTreeSet<String> =
        recorded_in(&text_of("grafana/dashboards")).union(&recorded_in(&rules)).cloned().collect();
    assert_eq!(used, recorded, "left: used, right: recorded");
}

#[test]
fn every_alert_says_how_grave_it_is_and_has_its_section_in_the_runbook() {
    let slug = |title: &str| title.to_lowercase().replace(' ', "-");
    let runbook = docs().split_once("\n# Runbook\n").expect("a runbook").1.to_owned();
    let sections: BTreeSet<String> =
        runbook.lines().filter_map(|line| line.strip_prefix("## ")).map(slug).collect();
    let alerts = alerts();
    for (name, alert) in &alerts {
        assert!(["page", "ticket"].contains(&alert.severity.as_str()), "{name}: {}", alert.severity);
        assert!(sections.contains(&alert.section), "{name} points at #{}", alert.section);
        assert!(runbook.contains(&format!("`{name}`")), "the runbook does not name {name}");
    }
    let used: BTreeSet<String> = alerts.into_values().map(|alert| alert.section).collect();
    assert_eq!(used, sections, "every section is some alert's");
}

#[test]
fn every_alert_was_seen_to_fire_and_to_stay_silent() {
    let tests = text_of("prometheus/tests");
    for name in alerts().keys() {
        let asked = format!("alertname: {name}\n");
        let outcomes: Vec<&str> =
            tests.split(&asked).skip(1).filter_map(|rest| rest.trim_start().lines().next()).collect();
        assert!(outcomes.contains(&"exp_alerts:"), "no test sees {name} fire");
        assert!(outcomes.contains(&"exp_alerts: []"), "no test sees {name} silent");
    }
}

#[test]
fn the_docs_list_every_metric_with_its_labels() {
    let docs = docs();
    for family in Family::ALL {
        let definition = family.definition();
        let labels: Vec<String> = definition.labels.iter().map(|label| format!("`{}`", label.name)).collect();
        let row = format!("| `{}` | {} | {} |", definition.name, labels.join(" "), definition.help);
        assert!(docs.contains(&row), "docs/observability.md has no such row: {row}");
    }
    for name in BESIDE_THE_CATALOGUE {
        assert!(docs.contains(&format!("| `{name}` |")), "docs/observability.md does not list {name}");
    }
}
