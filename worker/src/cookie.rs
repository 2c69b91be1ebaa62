//! Cookies: found in a request, written for an answer.

/// The session token's.
pub const SESSION: &str = "edgewise_session";
/// That of an attempt to sign in at a provider.
pub const ATTEMPT: &str = "edgewise_sign_in";

/// How the page was asked for, which decides how its cookie may travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// https: the cookie never goes over plain http.
    Secure,
    /// http, on a development machine.
    Plain,
}

/// The cookie of this name in a `Cookie` header.
pub fn find<'a>(header: &'a str, wanted: &str) -> Option<&'a str> {
    let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

/// The `Set-Cookie` that gives a browser this value for so many milliseconds.
pub fn give(name: &str, value: &str, lasts_ms: u64, transport: Transport) -> String {
    format!("{name}={value}; Max-Age={}; {}", lasts_ms / 1_000, attributes(transport))
}

/// The `Set-Cookie` that takes it back.
pub fn take_back(name: &str, transport: Transport) -> String {
    format!("{name}=; Max-Age=0; {}", attributes(transport))
}

fn attributes(transport: Transport) -> &'static str {
    match transport {
        Transport::Secure => "Path=/; HttpOnly; SameSite=Lax; Secure",
        Transport::Plain => "Path=/; HttpOnly; SameSite=Lax",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(header: &str) -> Option<&str> {
        super::find(header, SESSION)
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        assert_eq!(find("edgewise_session=a.b"), Some("a.b"));
        assert_eq!(find("theme=dark; edgewise_session=a.b;x=y"), Some("a.b"));
        assert_eq!(find("edgewise_session="), Some(""));
    }

    #[test]
    fn a_cookie_of_a_similar_name_is_not_taken_for_it() {
        assert_eq!(find("xedgewise_session=a"), None);
        assert_eq!(find("edgewise_session2=a"), None);
        assert_eq!(find("edgewise_sign_in=a"), None);
        assert_eq!(find("edgewise_session"), None);
        assert_eq!(find(""), None);
    }

    #[test]
    fn a_cookie_is_kept_from_scripts_and_on_https_from_plain_http() {
        assert_eq!(
            give(SESSION, "t", 5_999, Transport::Secure),
            "edgewise_session=t; Max-Age=5; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            take_back(SESSION, Transport::Plain),
            "edgewise_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
        );
    }
}
