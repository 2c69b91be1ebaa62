//! An open socket of a test: waits for frames with a deadline, and holds every batch of events to the
//! promise of one order without holes.

use std::collections::VecDeque;

use futures_util::{SinkExt, StreamExt};
use protocol::{
    ClientFrame, CommandId, Draft, Event, Millis, RejectCode, Seq, ServerFrame, Welcome, decode_server,
    encode,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::CloseFrame},
};

use crate::{
    address::Stream,
    minted::{draft, fresh_id},
    patience::within,
};

/// An open socket.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<Stream>,
    kept: VecDeque<ServerFrame>,
    /// The welcome it began with.
    pub welcome: Option<Welcome>,
    /// Every event that came after it, in order.
    pub log: Vec<Event>,
    cursor: Option<Seq>,
}

/// A command that is in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ack {
    /// Where; `None` when it changed nothing.
    pub seq: Option<Seq>,
    /// When.
    pub at: Millis,
    /// It was there already.
    pub duplicate: bool,
}

/// A frame that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The command, if it was one.
    pub id: Option<CommandId>,
    /// Why.
    pub code: RejectCode,
    /// Whether to try again.
    pub retryable: bool,
    /// When.
    pub retry_after_ms: Option<u64>,
}

impl Socket {
    /// Around a stream whose upgrade went through.
    pub(crate) fn new(stream: WebSocketStream<Stream>) -> Self {
        Self { stream, kept: VecDeque::new(), welcome: None, log: Vec::new(), cursor: None }
    }

    /// The welcome it began with.
    ///
    /// # Panics
    /// When there was none yet.
    pub fn welcome(&self) -> &Welcome {
        self.welcome.as_ref().expect("the socket was entered")
    }

    /// `{epoch}.{seq}`: how far this socket has got.
    ///
    /// # Panics
    /// Before the welcome.
    pub fn cursor(&self) -> String {
        format!("{}.{}", self.welcome().epoch, self.cursor.expect("the socket was entered"))
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: &ClientFrame) {
        self.send_text(&encode(frame)).await;
    }

    /// Sends any text.
    ///
    /// # Panics
    /// When the socket is gone.
    pub async fn send_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.expect("the socket is open");
    }

    /// Sends bytes, which are never a frame.
    ///
    /// # Panics
    /// When the socket is gone.
    pub async fn send_binary(&mut self, bytes: &[u8]) {
        self.stream.send(Message::binary(bytes.to_vec())).await.expect("the socket is open");
    }

    /// Writes a message and waits for its ack.
    pub async fn say(&mut self, text: &str) -> Ack {
        let id = fresh_id();
        self.command(&ClientFrame::Send { id, draft: draft(text) }).await
    }

    /// Writes a message and waits for its ack.
    pub async fn say_draft(&mut self, draft: Draft) -> Ack {
        self.command(&ClientFrame::Send { id: fresh_id(), draft }).await
    }

    /// Sends a command and waits for its ack.
    pub async fn command(&mut self, frame: &ClientFrame) -> Ack {
        let id = id_of(frame);
        self.send(frame).await;
        self.ack(&id).await
    }

    /// Sends a command and waits for its reject.
    pub async fn refused(&mut self, frame: &ClientFrame) -> Reject {
        let wanted = id_of(frame);
        self.send(frame).await;
        self.find("a reject", |frame| match frame {
            ServerFrame::Ack { id, .. } if *id == wanted => panic!("{wanted} was taken: {frame:?}"),
            other => reject_of(other).filter(|reject| reject.id.as_ref() == Some(&wanted)),
        })
        .await
    }

    /// Waits for the ack of this command.
    pub async fn ack(&mut self, wanted: &CommandId) -> Ack {
        self.find("an ack", |frame| match frame {
            ServerFrame::Ack { id, seq, at, duplicate } if id == wanted => {
                Some(Ack { seq: *seq, at: *at, duplicate: *duplicate })
            }
            ServerFrame::Reject { id: Some(id), code, .. } if id == wanted => panic!("{wanted} got {code:?}"),
            _ => None,
        })
        .await
    }

    /// Waits for the next reject.
    pub async fn reject(&mut self) -> Reject {
        self.find("a reject", reject_of).await
    }

    /// Waits until the event at `seq` has come, and gives it.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn event(&mut self, seq: Seq) -> Event {
        loop {
            if let Some(event) = self.log.iter().find(|event| event.seq == seq) {
                return event.clone();
            }
            let frame = self.next_frame().await;
            self.kept.push_back(frame);
        }
    }

    /// Waits for the next welcome.
    pub async fn next_welcome(&mut self) -> Welcome {
        self.find("a welcome", |frame| match frame {
            ServerFrame::Welcome(welcome) => Some((**welcome).clone()),
            _ => None,
        })
        .await
    }

    /// Waits for a frame that `pick` takes; the others are kept for later.
    pub async fn find<T>(&mut self, what: &str, mut pick: impl FnMut(&ServerFrame) -> Option<T>) -> T {
        for index in 0..self.kept.len() {
            if let Some(found) = self.kept.get(index).and_then(&mut pick) {
                self.kept.remove(index);
                return found;
            }
        }
        loop {
            let frame = within(what, self.next_frame()).await;
            match pick(&frame) {
                Some(found) => return found,
                None => self.kept.push_back(frame),
            }
        }
    }

    /// The next frame in the order of arrival.
    ///
    /// # Panics
    /// When the socket closes instead.
    pub async fn next_frame(&mut self) -> ServerFrame {
        loop {
            match self.next_text().await {
                Ok(text) if text == "pong" => {}
                Ok(text) => return self.take_in(&text).await,
                Err(code) => panic!("the socket closed with {code:?} while a frame was waited for"),
            }
        }
    }

    /// The next text, or the code with which the socket closed; `None` for a socket that was cut.
    pub async fn next_text(&mut self) -> Result<String, Option<u16>> {
        loop {
            match within("the next frame", self.stream.next()).await {
                Some(Ok(Message::Text(text))) => return Ok(text.to_string()),
                Some(Ok(Message::Close(Some(CloseFrame { code, .. })))) => return Err(Some(code.into())),
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Err(None),
                Some(Ok(_)) => {}
            }
        }
    }

    /// Waits until the server closes, reading whatever comes before, and gives the code.
    pub async fn closed(&mut self) -> Option<u16> {
        loop {
            if let Err(code) = self.next_text().await {
                return code;
            }
        }
    }

    /// Closes it from here.
    pub async fn close(mut self) {
        drop(self.stream.close(None).await);
        while let Some(Ok(_)) = within("the end of the socket", self.stream.next()).await {}
    }

    /// Works a frame in: notes events, and returns its mark.
    async fn take_in(&mut self, text: &str) -> ServerFrame {
        assert!(text.len() <= protocol::limits::SERVER_FRAME_BYTES, "a frame has {} bytes", text.len());
        let received = decode_server(text).unwrap_or_else(|| panic!("no frame: {text}"));
        match &received.frame {
            ServerFrame::Welcome(welcome) => self.begin_at(welcome),
            ServerFrame::Events { events } => {
                assert!(!events.is_empty(), "a batch has events in it");
                self.fold(events);
            }
            _ => {}
        }
        if let Some(mark) = received.mark {
            // A socket that has just been closed cannot return a mark, and need not.
            drop(self.stream.send(Message::text(encode(&ClientFrame::Received { mark }))).await);
        }
        received.frame
    }

    fn begin_at(&mut self, welcome: &Welcome) {
        match &welcome.events {
            Some(events) if welcome.recovered => {
                if self.cursor.is_none() {
                    self.cursor = events.first().map(|event| event.seq.before());
                }
                self.fold(events);
                self.cursor = self.cursor.or(Some(welcome.head));
            }
            _ => self.cursor = Some(welcome.head),
        }
    }

    /// Promise 3: no hole and no repeat, in every batch and between any two.
    fn fold(&mut self, events: &[Event]) {
        for event in events {
            if let Some(cursor) = self.cursor {
                assert_eq!(event.seq, cursor.next(), "the log has no hole and no repeat");
            }
            self.cursor = Some(event.seq);
            self.log.push(event.clone());
        }
    }
}

fn id_of(frame: &ClientFrame) -> CommandId {
    frame.clone().into_command().map(|(id, _)| id).expect("a command")
}

fn reject_of(frame: &ServerFrame) -> Option<Reject> {
    let ServerFrame::Reject { id, code, retryable, retry_after_ms, .. } = frame else { return None };
    Some(Reject { id: id.clone(), code: *code, retryable: *retryable, retry_after_ms: *retry_after_ms })
}
