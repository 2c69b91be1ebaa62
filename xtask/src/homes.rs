//! The homes agree: what wrangler.toml and frontend/static/_headers say for the edge and for Miniflare, ops/containers says for plain
//! workerd and for Caddy, in other languages. Whoever changes one hears here of the other.

use std::fs;

use toml::{Table, Value};

use crate::project::Project;

const CONFIG: &str = "ops/containers/server/config.capnp";
const CADDYFILE: &str = "ops/containers/web/Caddyfile";

fn read(file: &str) -> String {
    let path = Project::here().root.join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn wrangler() -> Table {
    read("wrangler.toml").parse().expect("wrangler.toml is TOML")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn plain_workerd_has_the_objects_of_wrangler_toml_and_no_others() {
    let (toml, config) = (wrangler(), read(CONFIG));
    let objects = toml["durable_objects"]["bindings"].as_array().expect("a list of objects");
    assert!(!objects.is_empty());
    for object in objects {
        let (name, class) = (text(&object["name"]), text(&object["class_name"]));
        let binding = format!("(name = \"{name}\", durableObjectNamespace = \"{class}\")");
        assert!(config.contains(&binding), "{CONFIG} lacks the binding {binding}");
        let namespace =
            format!("(className = \"{class}\", uniqueKey = \"edgewise-{class}\", enableSql = true)");
        assert!(config.contains(&namespace), "{CONFIG} lacks the namespace {namespace}");
    }
    assert_eq!(config.matches("className = ").count(), objects.len(), "{CONFIG} has objects of its own");
}

#[test]
fn plain_workerd_lets_webhooks_reach_public_addresses_alone() {
    let config = read(CONFIG);
    assert!(config.contains(r#"(name = "PUBLIC_NETWORK", service = "public")"#), "{CONFIG}");
    assert!(config.contains(r#"(name = "public", network = (allow = ["public"]"#), "{CONFIG}");
}

#[test]
fn plain_workerd_behaves_as_of_the_same_day() {
    let date = format!("compatibilityDate = \"{}\"", text(&wrangler()["compatibility_date"]));
    assert!(read(CONFIG).contains(&date), "{CONFIG} lacks {date}");
}

#[test]
fn caddy_passes_on_what_the_cdn_sends_to_the_worker_first() {
    let toml = wrangler();
    let paths: Vec<&str> =
        toml["assets"]["run_worker_first"].as_array().expect("a list").iter().map(text).collect();
    let matcher = format!("@worker path {}\n", paths.join(" "));
    assert!(read(CADDYFILE).contains(&matcher), "{CADDYFILE} lacks `{}`", matcher.trim_end());
}

#[test]
fn the_service_worker_leaves_to_the_server_what_wrangler_toml_does() {
    let toml = wrangler();
    let paths = toml["assets"]["run_worker_first"].as_array().expect("a list").iter().map(text);
    let prefixes: Vec<String> = paths.map(|path| format!("\"{}\"", path.trim_end_matches('*'))).collect();
    let line = format!("const WORKER = [{}];", prefixes.join(", "));
    assert!(read("frontend/shell/service.js").contains(&line), "frontend/shell/service.js lacks `{line}`");
}

#[test]
fn caddy_sets_the_headers_of_the_cdn() {
    let (headers, caddyfile) = (read("frontend/static/_headers"), read(CADDYFILE));
    let set: Vec<_> = headers.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": ")).collect();
    assert!(set.len() > 5, "{set:?}");
    for (name, value) in set {
        let said = [format!("{name} {value}\n"), format!("{name} \"{value}\"\n")];
        assert!(said.iter().any(|line| caddyfile.contains(line)), "{CADDYFILE} lacks `{name} {value}`");
    }
}
