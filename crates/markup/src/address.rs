//! Addresses that may be followed: http, https, mailto. A script, a file or a data address cannot be one.

/// An address that a reader may be led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

/// Schemes in lower case, each with what must stand behind it before there is anything to follow.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

impl Address {
    /// `None` for another scheme, for none at all, for a scheme with nothing behind it, and for control characters, which a browser
    /// would pass over when it looks for the scheme.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let scheme = SCHEMES.iter().find(|scheme| begins(written, scheme))?;
        let rest = written.get(scheme.len()..)?;
        let leads = rest.starts_with(|c: char| c.is_alphanumeric() || c == '[' || c == '_');
        (leads && !written.chars().any(char::is_control)).then(|| Self(written.to_owned()))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text begins with these ASCII characters, in whatever case.
pub(crate) fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_schemes_may_be_followed_in_whatever_case() {
        for good in ["http://a", "HTTPS://example.org/x?y#z", "mailto:ada@example.org", "http://[::1]:8787/"]
        {
            assert_eq!(Address::parse(good).as_ref().map(Address::as_str), Some(good));
        }
    }

    #[test]
    fn nothing_else_may_be() {
        let refused = [
            "",
            "https://",
            "mailto:",
            "/path",
            "//example.org",
            "example.org",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            " https://example.org",
            "java\nscript:alert(1)",
            "https://exa\tmple.org",
            "https:/example.org",
            "http://\u{0}",
        ];
        for bad in refused {
            assert_eq!(Address::parse(bad), None, "{bad:?}");
        }
    }
}
