//! The health check of an image without a shell: one GET, and whether the answer is 200.

use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use crate::failure::Failure;

/// How long each step may take: a check that takes longer has failed, and Docker asks again in a few seconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// The first line of an answer is far shorter.
const LINE_BYTES: u64 = 1_024;

/// Fails unless the answer is 200.
pub fn check(url: &str) -> Result<(), Failure> {
    let address = Address::parse(url).ok_or_else(|| Failure::Address(url.to_owned()))?;
    let status = ask(&address).map_err(|error| Failure::Silent { url: url.to_owned(), error })?;
    if status.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    Err(Failure::Unhealthy { url: url.to_owned(), status })
}

/// What is asked, and where.
#[derive(Debug, PartialEq, Eq)]
struct Address<'a> {
    authority: &'a str,
    path: &'a str,
}

impl<'a> Address<'a> {
    fn parse(url: &'a str) -> Option<Self> {
        let rest = url.strip_prefix("http://")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let port = authority.rsplit_once(':')?.1;
        port.parse::<u16>().ok()?;
        Some(Self { authority, path: if path.is_empty() { "/" } else { path } })
    }
}

/// The first line of the answer.
fn ask(address: &Address<'_>) -> io::Result<String> {
    let unknown = || io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    let at = address.authority.to_socket_addrs()?.next().ok_or_else(unknown)?;
    let mut stream = TcpStream::connect_timeout(&at, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Address { authority, path } = address;
    // In one piece: a server may answer and close before it has read a second one.
    let request = format!("GET {path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(LINE_BYTES).read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// A server that answers one request so; its address.
    fn server(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/healthz", listener.local_addr().expect("its address"));
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("somebody asks");
            let mut request = [0; 1_024];
            let length = stream.read(&mut request).expect("a request");
            assert!(request.get(..length).is_some_and(|text| text.starts_with(b"GET /healthz HTTP/1.1\r\n")));
            stream.write_all(answer.as_bytes()).expect("it listens");
        });
        url
    }

    #[test]
    fn a_server_that_answers_200_is_well() {
        assert!(check(&server("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")).is_ok());
    }

    #[test]
    fn any_other_answer_is_told_as_it_is() {
        let url = server("HTTP/1.1 503 Service Unavailable\r\n\r\n");
        let failure = check(&url).expect_err("503").to_string();
        assert_eq!(failure, format!("{url} answers `HTTP/1.1 503 Service Unavailable`"));
    }

    #[test]
    fn nobody_there_is_not_well() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/", listener.local_addr().expect("its address"));
        drop(listener);
        assert!(matches!(check(&url), Err(Failure::Silent { .. })));
    }

    #[test]
    fn an_address_has_a_scheme_a_host_and_a_port() {
        let parsed = Address::parse("http://127.0.0.1:8787");
        assert_eq!(parsed, Some(Address { authority: "127.0.0.1:8787", path: "/" }));
        let parsed = Address::parse("http://[::1]:8787/a?b");
        assert_eq!(parsed, Some(Address { authority: "[::1]:8787", path: "/a?b" }));
        for bad in ["https://a:1/", "a:1", "http://a/", "http://a:x/", "http://a:65536/"] {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
    }
}
