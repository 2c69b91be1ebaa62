//! Headers that every answer bears, so that a browser runs nothing here but what this site serves.

use worker::{Headers, Result};

/// Only this site's own scripts, styles, pictures and sockets; wasm may be compiled; nobody may frame it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// Each header and its value.
pub const HEADERS: [(&str, &str); 5] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// Puts them on an answer, but for what it says more strictly by itself.
pub fn dress(headers: &Headers) -> Result<()> {
    HEADERS.iter().try_for_each(|(name, value)| match headers.has(name)? {
        true => Ok(()),
        false => headers.set(name, value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_this_site_and_wasm_and_nothing_else() {
        let directives = CONTENT_SECURITY_POLICY.split(';').flat_map(|d| d.split_whitespace().skip(1));
        for source in directives {
            assert!(["'none'", "'self'", "'wasm-unsafe-eval'"].contains(&source), "{source}");
        }
    }
}
