//! Where error reports go: a DSN, `https://KEY@HOST/PROJECT`, as Sentry and what speaks its protocol hand it out.

/// A DSN in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dsn {
    /// Where envelopes are posted.
    pub address: String,
    /// Names the project to whoever receives them. Public: it lets one report, not read.
    pub key: String,
}

impl Dsn {
    /// Reads one; `None` for what is none. A secret behind the key, as of old, is left out.
    pub fn parse(dsn: &str) -> Option<Self> {
        let (scheme, rest) = dsn.trim().split_once("://")?;
        let (keys, place) = rest.split_once('@')?;
        let (place, project) = place.trim_end_matches('/').rsplit_once('/')?;
        let (host, path) = place.split_once('/').map_or((place, ""), |(host, path)| (host, path));
        let key = keys.split(':').next().unwrap_or_default();
        let whole =
            ["http", "https"].contains(&scheme) && is_word(key) && is_word(project) && !host.is_empty();
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        whole.then(|| Self {
            address: format!("{scheme}://{host}{path}/api/{project}/envelope/"),
            key: key.to_owned(),
        })
    }

    /// The header that says who reports.
    pub fn auth(&self, client: &str) -> String {
        format!("Sentry sentry_version=7, sentry_client={client}, sentry_key={}", self.key)
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(dsn: &str) -> Option<String> {
        Dsn::parse(dsn).map(|dsn| dsn.address)
    }

    #[test]
    fn a_dsn_says_where_envelopes_go() {
        let cases = [
            ("https://abc@errors.example/7", "https://errors.example/api/7/envelope/"),
            ("http://abc@127.0.0.1:8000/1", "http://127.0.0.1:8000/api/1/envelope/"),
            ("https://abc@errors.example/under/here/7", "https://errors.example/under/here/api/7/envelope/"),
            ("https://abc:secret@errors.example/7/", "https://errors.example/api/7/envelope/"),
        ];
        for (dsn, expected) in cases {
            assert_eq!(address(dsn).as_deref(), Some(expected), "{dsn}");
        }
    }

    #[test]
    fn the_header_has_the_key_and_no_secret() {
        let dsn = Dsn::parse("https://abc:secret@errors.example/7").unwrap();
        assert_eq!(
            dsn.auth("edgewise/0.1.0"),
            "Sentry sentry_version=7, sentry_client=edgewise/0.1.0, sentry_key=abc"
        );
    }

    #[test]
    fn what_is_no_dsn_is_refused() {
        for bad in [
            "",
            "errors.example/7",
            "https://errors.example/7",
            "https://@h/7",
            "https://abc@h",
            "ftp://abc@h/7",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
        assert_eq!(address("https://a\nb@h/7"), None);
        assert_eq!(address("https://abc@h/"), None);
    }
}
