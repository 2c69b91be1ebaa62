//! One socket of the load: says hello, counts what it hears and how long that took, returns marks, writes what it is told.

use std::{cell::RefCell, rc::Rc, time::Duration};

use futures_util::{SinkExt, StreamExt};
use protocol::{ClientFrame, encode};
use tokio::{sync::mpsc, time::Instant};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    scan::{Events, Sort, mark, sort},
    spread::Spread,
    stage::Stream,
};

/// What all sockets heard together.
#[derive(Debug)]
pub struct Tally {
    /// From handing a message to its writer's socket to reading it here.
    pub latency: Spread,
    /// The same by the second in which the message was sent.
    pub by_second: Vec<Spread>,
    /// Messages that the room acked.
    pub acked: u64,
    /// Messages that it refused.
    pub rejected: u64,
    /// Deliveries that came out of order, or twice, or with a hole before them.
    pub out_of_order: u64,
    /// Sockets that ended before the load did.
    pub ended: u64,
    /// When the last delivery came.
    pub last_at: Option<Instant>,
}

impl Tally {
    /// Nothing yet, of a load of so many seconds.
    pub fn new(seconds: u32) -> Self {
        Self {
            latency: Spread::new(),
            by_second: (0..seconds).map(|_| Spread::new()).collect(),
            acked: 0,
            rejected: 0,
            out_of_order: 0,
            ended: 0,
            last_at: None,
        }
    }

    fn add(&mut self, sent_us: u64, heard_us: u64) {
        let took = Duration::from_micros(heard_us.saturating_sub(sent_us));
        self.latency.add(took);
        let second = usize::try_from(sent_us / 1_000_000).unwrap_or(usize::MAX);
        if let Some(spread) = self.by_second.get_mut(second) {
            spread.add(took);
        }
    }
}

/// A socket of the load.
pub struct Reader {
    stream: Stream,
    events: Events,
    newest: u64,
    started: Instant,
    tally: Rc<RefCell<Tally>>,
}

/// Reads until the first frame has come, and gives it.
///
/// # Panics
/// When the socket is closed instead.
pub async fn welcome(stream: &mut Stream) -> String {
    loop {
        match stream.next().await {
            Some(Ok(Message::Text(text))) if sort(&text) == Sort::Welcome => return text.to_string(),
            Some(Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_))) => {}
            other => panic!("no welcome but {other:?}"),
        }
    }
}

impl Reader {
    /// Around a socket that has had its welcome. Texts are times since `started`, in microseconds.
    pub fn new(stream: Stream, started: Instant, tally: Rc<RefCell<Tally>>) -> Self {
        Self { stream, events: Events::new(), newest: 0, started, tally }
    }

    /// Reads and writes until `texts` ends.
    pub async fn run(mut self, mut texts: mpsc::UnboundedReceiver<String>) {
        loop {
            tokio::select! {
                biased;
                text = texts.recv() => match text {
                    Some(text) => self.write(text).await,
                    None => return,
                },
                arrived = self.stream.next() => match arrived {
                    Some(Ok(Message::Text(frame))) => self.hear(&frame).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => {
                        self.tally.borrow_mut().ended += 1;
                        return;
                    }
                    Some(Ok(_)) => {}
                },
            }
        }
    }

    async fn write(&mut self, text: String) {
        // A socket that ends says so when it is read.
        drop(self.stream.send(Message::text(text)).await);
    }

    async fn hear(&mut self, frame: &str) {
        match sort(frame) {
            Sort::Events => self.count(frame),
            Sort::Ack => self.tally.borrow_mut().acked += 1,
            Sort::Reject => self.tally.borrow_mut().rejected += 1,
            Sort::Welcome | Sort::Other => {}
        }
        if let Some(mark) = mark(frame) {
            self.write(encode(&ClientFrame::Received { mark: mark.to_owned() })).await;
        }
    }

    fn count(&mut self, frame: &str) {
        let now = Instant::now();
        let elapsed = u64::try_from(now.duration_since(self.started).as_micros()).unwrap_or(u64::MAX);
        let mut tally = self.tally.borrow_mut();
        let newest = &mut self.newest;
        self.events.each(frame, |seq, sent| {
            if *newest != 0 && seq != *newest + 1 {
                tally.out_of_order += 1;
            }
            *newest = seq;
            tally.add(sent, elapsed);
        });
        tally.last_at = Some(now);
    }
}
