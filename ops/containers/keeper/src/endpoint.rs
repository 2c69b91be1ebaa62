//! Where Prometheus asks: `GET /metrics`, one answer a connection, one connection at a time.
//!
//! It stands on the containers' own network and tells nothing that is secret. Whoever dawdles is cut off, so that nobody can hold it.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use crate::{cgroup, failure::Failure, processes::Usage};

/// How long a read or a write may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// A scraper's request has a few hundred bytes.
const REQUEST_BYTES: usize = 4_096;

/// Listens at `address` and answers from now on.
pub fn open(address: &str) -> Result<(), Failure> {
    let refused = |error| Failure::Endpoint { address: address.to_owned(), error };
    let listener = TcpListener::bind(address).map_err(refused)?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever asked has gone; the next may be asked.
            let _ = answer(stream);
        }
    });
    Ok(())
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let (status, body) = match read_request(&mut stream)?.split(' ').collect::<Vec<_>>()[..] {
        ["GET", "/metrics", ..] => ("200 OK", Usage::now().text(cgroup::memory_limit())),
        _ => ("404 Not Found", "there is only GET /metrics\n".to_owned()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; version=0.0.4; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes())
}

/// The first line of the request; the rest is read, so that nobody's words are cut off, and dropped.
fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut request = Vec::new();
    let mut piece = [0; 512];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") && request.len() < REQUEST_BYTES {
        match stream.read(&mut piece)? {
            0 => break,
            length => request.extend(piece.iter().take(length)),
        }
    }
    let text = String::from_utf8_lossy(&request);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(request: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let asker = thread::spawn(move || listener.accept().map(|(stream, _)| answer(stream)));
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        asker.join().expect("no panic").expect("accepted").expect("answered");
        answer
    }

    #[test]
    fn metrics_are_told_to_whoever_asks_for_them() {
        let answer = asked("GET /metrics HTTP/1.1\r\nhost: edgewise:9100\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\nprocess_cpu_seconds_total "), "{answer}");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
    }

    #[test]
    fn nothing_else_is_there() {
        for request in
            ["GET / HTTP/1.1\r\n\r\n", "POST /metrics HTTP/1.1\r\n\r\n", "GET /metricsx HTTP/1.1\r\n\r\n"]
        {
            assert!(asked(request).starts_with("HTTP/1.1 404 Not Found\r\n"), "{request}");
        }
    }
}
