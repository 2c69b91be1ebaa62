//! The examples of the CommonMark specification, from its package: every one without raw HTML, pictures or reference links matches.
//!
//! The tree is written as the specification writes it, here and nowhere else. What differs on purpose stands in [`EXCEPTIONS`].
#![cfg(not(target_arch = "wasm32"))]

mod examples;
mod html;

use std::collections::BTreeSet;

use examples::Example;

/// By number in version 0.31.2, each with its reason. At most twenty.
const EXCEPTIONS: &[(u32, &str)] = &[
    (602, "an address without marks is a link"),
    (608, "an address without marks is a link"),
    (611, "an address without marks is a link"),
];

#[test]
fn every_example_without_html_pictures_and_references_matches() {
    let examples = examples::all();
    assert_eq!(examples.len(), 652, "the specification of another version?");
    let held: Vec<&Example> = examples.iter().filter(|example| example.is_ours()).collect();
    let failing: Vec<&&Example> =
        held.iter().filter(|example| html::of(&example.text) != example.html).collect();
    println!("{} examples, {} of them ours, {} exceptions", examples.len(), held.len(), EXCEPTIONS.len());
    let unexpected: Vec<String> = failing
        .iter()
        .filter(|example| EXCEPTIONS.iter().all(|(number, _)| *number != example.number))
        .map(|example| format!("{example}\n--- is\n{}", html::of(&example.text)))
        .collect();
    assert!(unexpected.is_empty(), "{} differ:\n{}", unexpected.len(), unexpected.join("\n\n"));
}

#[test]
fn exceptions_are_few_and_each_is_needed() {
    assert!(EXCEPTIONS.len() <= 20);
    let examples = examples::all();
    let failing: BTreeSet<u32> = examples
        .iter()
        .filter(|example| example.is_ours() && html::of(&example.text) != example.html)
        .map(|example| example.number)
        .collect();
    let excepted: BTreeSet<u32> = EXCEPTIONS.iter().map(|(number, _)| *number).collect();
    assert_eq!(failing, excepted);
}
