//! What comes over a socket, into the decoder: it never panics, and what it takes it takes again in the form that it writes itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use protocol::{ServerFrame, decode_client, decode_server, encode};

fuzz_target!(|text: &str| {
    // Lines, so that the golden files are something to start from.
    text.lines().for_each(decode_line);
});

fn decode_line(line: &str) {
    if let Ok(frame) = decode_client(line) {
        assert_eq!(decode_client(&encode(&frame)), Ok(frame));
    }
    if let Some(received) = decode_server(line).filter(|received| received.frame != ServerFrame::Unknown) {
        let again = decode_server(&encode(&received.frame)).map(|again| again.frame);
        assert_eq!(again, Some(received.frame));
    }
}
