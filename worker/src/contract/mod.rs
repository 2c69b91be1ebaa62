//! The API's description, frontend/static/api/openapi.json (OpenAPI 3.1): made from the table of routes and from the shapes of
//! `protocol`.
//!
//! Tests alone compile this. The file is handed out as one of the app's: inside of the Worker it would be a tenth of all there is. The
//! invariant, which the tests here hold: the committed file is the one that this code makes.

mod document;
mod endpoint;
mod queries;

pub use endpoint::{COMMAND, Endpoint, says};

use std::{collections::BTreeSet, fs};

use crate::routes;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../frontend/static/api/openapi.json");

#[test]
fn the_committed_description_is_the_one_that_the_routes_make() {
    let made = format!("{:#}\n", document::of(&routes::endpoints()));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(PATH, made).expect("the description can be written");
        return;
    }
    let committed = fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        made == committed,
        "frontend/static/api/openapi.json is stale: run `UPDATE_EXPECT=1 cargo test -p edgewise-worker contract` and commit it"
    );
}

#[test]
fn every_endpoint_is_routed_by_its_path_to_a_resource_that_takes_its_method() {
    for endpoint in routes::endpoints() {
        let route = routes::Route::of(&endpoint.path().replace(['{', '}'], ""));
        assert_eq!(route.name(), endpoint.route(), "{}", endpoint.path());
        assert!(route.takes().contains(&endpoint.method()), "{} {}", endpoint.method(), endpoint.path());
    }
}

#[test]
fn every_endpoint_has_a_name_of_its_own() {
    let endpoints = routes::endpoints();
    let names: BTreeSet<String> = endpoints.iter().map(Endpoint::name).collect();
    assert_eq!(names.len(), endpoints.len());
}
