//! The screen for a fault, and what is remembered of a sign-in.

use frontend::{broken, draft};
use gloo::utils::document;
use protocol::Slug;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_fault_shows_the_screen_for_it() {
    let root = document().document_element().expect("a root");
    assert!(!root.has_attribute(broken::ATTRIBUTE));

    broken::show();

    assert!(root.has_attribute(broken::ATTRIBUTE));
    root.remove_attribute(broken::ATTRIBUTE).expect("removed");
}

#[wasm_bindgen_test]
fn a_draft_is_its_rooms_and_is_gone_when_it_is_empty() {
    let (lobby, build) = (Slug::parse("lobby").expect("a slug"), Slug::parse("build").expect("a slug"));
    draft::write(&lobby, "half a thou");
    assert_eq!(draft::read(&lobby), "half a thou");
    assert_eq!(draft::read(&build), "");

    draft::write(&lobby, "");

    assert_eq!(draft::read(&lobby), "");
}
