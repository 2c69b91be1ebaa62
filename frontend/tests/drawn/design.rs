//! The page of every component: that none is missing from it, and no token either.

use std::collections::BTreeSet;

use frontend::DesignPage;
use yew::html;

use crate::drawing::{ada, draw};

const TOKENS: &str = include_str!("../../styles/00-tokens.css");

fn page() -> String {
    draw(html! { <DesignPage me={ada()} /> })
}

/// What stands between `before` and the next `"`, wherever it does.
fn all<'a>(drawn: &'a str, before: &str) -> Vec<&'a str> {
    drawn.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_token_of_the_style_sheet_is_shown() {
    let page = page();
    let defined: BTreeSet<_> = TOKENS
        .lines()
        .filter_map(|line| {
            line.trim().strip_prefix("--")?.split_once(':').map(|(name, _)| format!("--{name}"))
        })
        .collect();
    assert!(defined.len() > 30, "{defined:?}");
    let missing: Vec<_> =
        defined.iter().filter(|token| !page.contains(&format!("<code>{token}</code>"))).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn every_state_of_a_row_a_composer_and_a_bar_is_shown() {
    let page = page();
    for shown in [
        "data-state=\"sent\"",
        "data-state=\"waiting\"",
        "data-state=\"not sent\"",
        "calls-me",
        "class=\"gone\"",
        "class=\"edited\"",
        "class=\"quoted\"",
        "chip mine",
        "class=\"editor\"",
        "class=\"line new\"",
        "class=\"line gap\"",
        "class=\"newest\"",
        "class=\"answering\"",
        "class=\"preview\"",
        "class=\"slow\"",
        "class=\"count over\"",
        "class=\"dropping\"",
        "class=\"there\"",
        "class=\"going\"",
        "class=\"failed\"",
        "class=\"connection late\"",
        "class=\"connection ended\"",
        "Leave the page open",
        "class=\"naming\"",
        "role=\"listbox\"",
        "class=\"skeleton\"",
        "class=\"asking\"",
        "class=\"badge calls\"",
        "class=\"dot hollow\"",
    ] {
        assert!(page.contains(shown), "{shown} is missing");
    }
}

#[test]
fn what_has_a_name_in_the_page_has_it_alone() {
    let page = page();
    let names = all(&page, " id=\"");
    let distinct: BTreeSet<_> = names.iter().collect();
    assert_eq!(names.len(), distinct.len(), "{names:?}");
}
