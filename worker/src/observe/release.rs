//! What is running: the version of the Worker, and the commit it was built from.
//!
//! The commit is not compiled in: a commit that changes nothing of the Worker would have it built anew. xtask writes it into the
//! first line of the built script, as a global.

use std::sync::OnceLock;

/// The version of the Worker.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit that the Worker was built from; `unknown` where nobody said.
pub fn commit() -> &'static str {
    static COMMIT: OnceLock<String> = OnceLock::new();
    COMMIT.get_or_init(|| written().filter(|commit| is_name(commit)).unwrap_or_else(|| "unknown".to_owned()))
}

/// What error tracking calls it: `edgewise@0.1.0+0123abc`.
pub fn release() -> &'static String {
    static RELEASE: OnceLock<String> = OnceLock::new();
    RELEASE.get_or_init(|| format!("edgewise@{VERSION}+{}", commit()))
}

#[cfg(target_family = "wasm")]
fn written() -> Option<String> {
    js_sys::Reflect::get(&js_sys::global(), &"EDGEWISE_COMMIT".into()).ok()?.as_string()
}

#[cfg(not(target_family = "wasm"))]
const fn written() -> Option<String> {
    None
}

/// It stands in logs, labels and headers.
fn is_name(commit: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (1..=64).contains(&commit.len()) && commit.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_may_not_break_out_of_where_it_stands() {
        assert!(is_name("0123abc") && is_name("0123abc-dirty"));
        assert!(!is_name("") && !is_name("a b") && !is_name("a\"") && !is_name(&"a".repeat(65)));
    }

    #[test]
    fn a_build_of_no_commit_says_so() {
        assert_eq!(release(), &format!("edgewise@{VERSION}+unknown"));
    }
}
