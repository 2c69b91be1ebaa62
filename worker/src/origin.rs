//! Which pages may speak for a signed-in browser.
//!
//! A browser sends its cookie whichever page asks, so a page of another site could write in a member's name. The
//! `Origin` and `Sec-Fetch-Site` headers say which page it is, and no page can change them.

use crate::cookie::Transport;

/// Where this server was asked: scheme and authority of the request's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Plain or secure, as the browser sees it.
    pub transport: Transport,
    /// Host, and port where it is not the scheme's own.
    pub authority: String,
}

/// What a request says about the page it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// `Origin`.
    pub origin: Option<String>,
    /// `Sec-Fetch-Site`.
    pub fetch_site: Option<String>,
}

impl Site {
    /// Whether `origin` is this site.
    pub fn is(&self, origin: &str) -> bool {
        origin == self.url()
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        let scheme = match self.transport {
            Transport::Secure => "https",
            Transport::Plain => "http",
        };
        format!("{scheme}://{}", self.authority)
    }

    /// Whether a request that changes something and bears a cookie comes from a page of this site.
    pub fn may_change(&self, page: &Page) -> bool {
        match (&page.origin, page.fetch_site.as_deref()) {
            (_, Some("same-origin")) => true,
            (Some(origin), _) => self.is(origin),
            (None, _) => false,
        }
    }

    /// Whether a socket may be opened from this page. No `Origin` is no browser, and is let in.
    /// `allowed` lists further origins, with commas between them.
    pub fn may_open_socket(&self, page: &Page, allowed: &str) -> bool {
        let Some(origin) = &page.origin else { return true };
        self.is(origin) || allowed.split(',').any(|one| !origin.is_empty() && one.trim() == origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site { transport: Transport::Secure, authority: "chat.example".to_owned() }
    }

    fn page(origin: Option<&str>, fetch_site: Option<&str>) -> Page {
        Page { origin: origin.map(str::to_owned), fetch_site: fetch_site.map(str::to_owned) }
    }

    #[test]
    fn a_change_by_cookie_must_come_from_the_site_itself() {
        let cases = [
            (page(Some("https://chat.example"), None), true),
            (page(None, Some("same-origin")), true),
            (page(Some("https://evil.example"), None), false),
            (page(Some("https://evil.example"), Some("cross-site")), false),
            (page(Some("https://chat.example.evil.example"), None), false),
            (page(Some("http://chat.example"), None), false),
            (page(Some("null"), None), false),
            (page(None, Some("none")), false),
            (page(None, Some("same-site")), false),
            (page(None, None), false),
        ];
        for (page, may) in cases {
            assert_eq!(site().may_change(&page), may, "{page:?}");
        }
    }

    #[test]
    fn a_socket_is_opened_by_the_site_by_allowed_origins_and_by_what_is_no_browser() {
        let allowed = "https://app.example, https://other.example:8443";
        let cases = [
            (None, true),
            (Some("https://chat.example"), true),
            (Some("https://app.example"), true),
            (Some("https://other.example:8443"), true),
            (Some("https://other.example"), false),
            (Some("null"), false),
            (Some(""), false),
        ];
        for (origin, may) in cases {
            assert_eq!(site().may_open_socket(&page(origin, None), allowed), may, "{origin:?}");
        }
    }

    #[test]
    fn an_empty_list_allows_nobody() {
        assert!(!site().may_open_socket(&page(Some(""), None), ""));
    }
}
