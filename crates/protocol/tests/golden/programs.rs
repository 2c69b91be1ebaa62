//! Bodies of requests and answers about programs: API tokens.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::http::{ApiToken, ApiTokens, NewApiToken};

use crate::{Golden, given::AT};

#[test]
fn every_body_about_programs_has_these_bytes() {
    let mut golden = Golden::default();
    let new = NewApiToken { name: "Builds".to_owned(), expires_in_ms: None };
    golden.pin("POST /api/me/tokens, the least", &new);
    golden.pin("POST /api/me/tokens, everything in it", &NewApiToken { expires_in_ms: Some(60_000), ..new });
    let token = ApiToken {
        id: "t1".to_owned(),
        name: "Builds".to_owned(),
        created_at: AT,
        expires_at: AT.plus(60_000),
        token: None,
    };
    golden.pin(
        "an API token that was just made",
        &ApiToken { token: Some("2.a.b.c".to_owned()), ..token.clone() },
    );
    golden.pin("API tokens", &ApiTokens { tokens: vec![token] });
    golden.check("programs.txt", include_str!("programs.txt"));
}
