//! A browser in small: it goes where it is sent, and each site gets the cookies that it gave.

use std::collections::BTreeMap;

use e2e::{
    address::{Address, Trust},
    http::{Answer, Ask},
};
use hyper::Method;

/// Redirects that somebody follows before they give up: a sign-in takes six.
const PATIENCE: usize = 12;

#[derive(Debug, Default)]
pub struct Browser {
    /// By site, then by name.
    jars: BTreeMap<String, BTreeMap<String, String>>,
}

/// Where a browser has come to.
pub struct Page {
    /// The whole address.
    pub url: String,
    pub answer: Answer,
}

impl Browser {
    pub fn cookie(&self, site: &str, name: &str) -> Option<&str> {
        self.jars.get(authority(site))?.get(name).map(String::as_str)
    }

    pub fn keep(&mut self, site: &str, name: &str, value: &str) {
        self.jars.entry(authority(site).to_owned()).or_default().insert(name.to_owned(), value.to_owned());
    }

    /// Opens an address and follows where it leads, as long as `goes_on` wants to go there.
    pub async fn open(&mut self, url: &str, goes_on: impl Fn(&str) -> bool) -> Page {
        let answer = self.get(url).await;
        self.follow(url, answer, goes_on).await
    }

    /// Sends a form and follows where it leads.
    pub async fn submit(&mut self, url: &str, form: &str, goes_on: impl Fn(&str) -> bool) -> Page {
        let answer = self.ask(Method::POST, url).form(form).answer().await;
        self.take_cookies(url, &answer);
        self.follow(url, answer, goes_on).await
    }

    /// Opens an address and goes nowhere from there.
    pub async fn get(&mut self, url: &str) -> Answer {
        let answer = self.ask(Method::GET, url).answer().await;
        self.take_cookies(url, &answer);
        answer
    }

    fn ask(&self, method: Method, url: &str) -> Ask {
        let (site, path) = url.split_at(site(url).len());
        let ask =
            Ask::at(&Address::parse(site, &Trust::System), method, if path.is_empty() { "/" } else { path });
        let cookies = self.jars.get(authority(url)).into_iter().flatten();
        let cookies: Vec<String> = cookies.map(|(name, value)| format!("{name}={value}")).collect();
        ask.header("cookie", cookies.join("; "))
    }

    async fn follow(&mut self, url: &str, answer: Answer, goes_on: impl Fn(&str) -> bool) -> Page {
        let mut page = Page { url: url.to_owned(), answer };
        for _ in 0..PATIENCE {
            let Some(location) = page.answer.header("location") else { return page };
            let next = if location.starts_with('/') {
                format!("{}{location}", site(&page.url))
            } else {
                location.to_owned()
            };
            if !goes_on(&next) {
                return Page { url: next, answer: page.answer };
            }
            page = Page { answer: self.get(&next).await, url: next };
        }
        panic!("it is sent on and on, to {}", page.url);
    }

    fn take_cookies(&mut self, url: &str, answer: &Answer) {
        let jar = self.jars.entry(authority(url).to_owned()).or_default();
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().expect("a cookie is ASCII").to_owned();
            let (name, value) = set.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            if value.is_empty() || set.to_ascii_lowercase().contains("max-age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// Scheme, host and port.
fn site(url: &str) -> &str {
    let scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[scheme..].find('/').map_or(url.len(), |at| scheme + at);
    &url[..end]
}

fn authority(url: &str) -> &str {
    site(url).rsplit('/').next().unwrap_or_default()
}
