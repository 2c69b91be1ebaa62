//! Coming in: from the first byte of the upgrade to the last of a `welcome` with 50 messages.

use std::{fmt, time::Duration};

use futures_util::{SinkExt, StreamExt};
use protocol::{ClientFrame, CommandId, Draft, encode};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    reader::welcome,
    scan::{Sort, sort},
    spread::Spread,
    stage::{Stage, Stream},
};

/// Messages in the room; a `welcome` has the newest 50 of them.
const MESSAGES: usize = 60;
/// A line or two of chat.
const TEXT: &str =
    "Somebody wrote this line, and it is about as long as most lines that people write in a room.";

/// What came of it.
pub struct Outcome {
    name: &'static str,
    took: Spread,
    bytes: usize,
    messages: usize,
}

/// Comes in and leaves, so many times, one after the other.
pub async fn run(stage: &Stage, joins: u32) -> Outcome {
    let mut writer = stage.open(0).await;
    welcome(&mut writer).await;
    for number in 0..MESSAGES {
        say(&mut writer, number).await;
    }
    let mut took = Spread::new();
    let mut first = String::new();
    for number in 0..joins {
        let started = Instant::now();
        let mut stream = stage.open(number as usize).await;
        first = welcome(&mut stream).await;
        took.add(started.elapsed());
        // Who leaves does not wait for the other side to say goodbye too.
        drop(stream.close(None).await);
    }
    let messages = first.matches(TEXT).count();
    Outcome { name: stage.name, took, bytes: first.len(), messages }
}

async fn say(writer: &mut Stream, number: usize) {
    let id = CommandId::parse(&format!("join-{number}")).expect("a good id");
    let draft = Draft { text: TEXT.to_owned(), ..Draft::default() };
    writer.send(Message::text(encode(&ClientFrame::Send { id, draft }))).await.expect("the socket is open");
    loop {
        match writer.next().await {
            Some(Ok(Message::Text(frame))) if sort(&frame) == Sort::Ack => return,
            Some(Ok(_)) => {}
            other => panic!("no ack but {other:?}"),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |duration: Duration| format!("{:.1} ms", duration.as_secs_f64() * 1_000.0);
        writeln!(f, "{}: {} joins, one after the other", self.name, self.took.count())?;
        writeln!(f, "  welcome             {} messages, {} bytes", self.messages, self.bytes)?;
        writeln!(
            f,
            "  p50, p99            {}, {}",
            ms(self.took.percentile(50)),
            ms(self.took.percentile(99))
        )?;
        write!(f, "  longest             {}", ms(self.took.longest()))
    }
}
