//! Where a webhook may be called: `https`, under a name of the public Internet.
//!
//! Not here: what the name resolves to; the runtime lets a webhook's call reach public addresses alone. Invariant: no address literal,
//! no name that is only known here, no user, and nothing that two readers of addresses could read differently. Test builds alone may
//! also name this machine.

use protocol::limits::HOOK_URL_BYTES;

/// An address that a webhook may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookUrl(String);

/// Why an address cannot be taken; for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadHookUrl(pub &'static str);

/// Endings of names that mean something on one network only.
const LOCAL: [&str; 10] =
    ["localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "test", "arpa"];
/// A name of the Internet, in bytes.
const NAME_BYTES: usize = 253;
/// A part of it.
const LABEL_BYTES: usize = 63;

impl HookUrl {
    /// Reads one.
    pub fn parse(url: &str) -> Result<Self, BadHookUrl> {
        let plain = url.bytes().all(|b| b.is_ascii_graphic() && !b"\\\"<>^`{|}@#".contains(&b));
        if url.len() > HOOK_URL_BYTES || !plain {
            return Err(BadHookUrl(
                "url has at most 1000 characters, and none of white space, \\ \" < > ^ ` { | } @ #.",
            ));
        }
        #[cfg(feature = "faults")]
        if url.starts_with("http://127.0.0.1:") {
            return Ok(Self(url.to_owned()));
        }
        let Some(rest) = url.strip_prefix("https://") else {
            return Err(BadHookUrl("url begins with https://."));
        };
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let (host, port) =
            authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
            return Err(BadHookUrl("url has a port that is none."));
        }
        public(host)?;
        Ok(Self(url.to_owned()))
    }

    /// As it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A name with a dot in it, whose last part begins with a letter: no number ever does, in whatever way it is written.
fn public(host: &str) -> Result<(), BadHookUrl> {
    let label = |label: &str| {
        let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        (1..=LABEL_BYTES).contains(&label.len())
            && label.bytes().all(good)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let named = host.contains('.') && last.starts_with(|c: char| c.is_ascii_alphabetic());
    if host.len() > NAME_BYTES || !host.split('.').all(label) || !named {
        return Err(BadHookUrl(
            "url names a host of the public Internet, as hooks.example.com does, and no address.",
        ));
    }
    if LOCAL.contains(&last.as_str()) {
        return Err(BadHookUrl(
            "url names a host that is known on one network only. Take one of the public Internet.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_the_internet_is_taken_with_port_path_and_query() {
        for good in [
            "https://hooks.example.com",
            "https://hooks.example.com/a/b?c=%20d&e=[1]",
            "https://hooks.example.com:8443/x",
            "https://HOOKS.Example.Com?x",
            "https://xn--bcher-kva.example/",
            "https://1.2.3.4.example.com/",
        ] {
            assert_eq!(HookUrl::parse(good).map(|url| url.as_str().to_owned()), Ok(good.to_owned()));
        }
    }

    #[test]
    fn what_is_not_https_is_refused() {
        for bad in [
            "",
            "http://hooks.example.com/",
            "HTTPS://hooks.example.com",
            "https:hooks.example.com",
            "ftp://a.b",
        ] {
            assert!(HookUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_are_refused_however_they_are_written() {
        for host in [
            "127.0.0.1",
            "10.0.0.1",
            "169.254.169.254",
            "192.168.1.1",
            "8.8.8.8",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "a.0x7f",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "::1",
            "127.0.0.1.",
            "%31%32%37.0.0.1",
        ] {
            for url in [format!("https://{host}/"), format!("https://{host}:443/x")] {
                assert!(HookUrl::parse(&url).is_err(), "{url}");
            }
        }
    }

    #[test]
    fn names_that_are_known_here_only_are_refused() {
        for host in [
            "localhost",
            "localhost.",
            "a.localhost",
            "printer.local",
            "db.internal",
            "A.LAN",
            "router",
            "x.home.arpa",
        ] {
            assert!(HookUrl::parse(&format!("https://{host}/")).is_err(), "{host}");
        }
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        for bad in [
            "https://hooks.example.com@10.0.0.1/",
            "https://user:word@hooks.example.com/",
            "https://10.0.0.1\\@hooks.example.com/",
            "https://hooks.example.com\\.evil/",
            "https://hooks.example.com#@10.0.0.1/",
            "https://hooks.example.com:+80/",
            "https://hooks.example.com:99999/",
            "https://hooks.example.com:80:80/",
            "https:///hooks.example.com/",
            "https://hooks..example.com/",
            "https://-hooks.example.com/",
            "https://h\u{f6}\u{f6}ks.example.com/",
            "https://hooks.example.com/ x",
            "https://hooks.example.com\n/",
        ] {
            assert!(HookUrl::parse(bad).is_err(), "{bad}");
        }
        let long = |n: usize| format!("https://hooks.example.com/{}", "x".repeat(n - 26));
        assert!(HookUrl::parse(&long(HOOK_URL_BYTES)).is_ok());
        assert!(HookUrl::parse(&long(HOOK_URL_BYTES + 1)).is_err());
    }
}
