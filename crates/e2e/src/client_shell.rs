//! The client on tokio: carries out what [`client::Client`] wants, over a real socket, and notes in a history what it was
//! told. The same decisions as in the browser, so that what a browser would do after a crash is what is tested.
//!
//! Not here: any decision about delivery. One task owns the client; a socket is another task, with a number, and what
//! comes from an older number is dropped.

use std::{future::pending, time::Duration};

use client::{Client, Input, Output, output::PageRequest, view::Connection};
use futures_util::{SinkExt, StreamExt};
use hyper::Method;
use protocol::{CommandId, Draft, MemberId, Millis, ServerFrame, Slug, decode_server};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest, http::HeaderValue};

use crate::{
    Guest,
    address::Address,
    history::{History, Line},
    http::Ask,
};

/// Where the client's clock begins; only differences matter.
const BEGINNING: Millis = Millis(1_795_000_000_000);

/// How the client stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// It is in the room and nothing is missing.
    pub live: bool,
    /// Commands in its outbox.
    pub waiting: usize,
    /// Acks it has had.
    pub acks: usize,
}

/// A client that drives itself until this is dropped.
#[derive(Debug)]
pub struct ClientShell {
    wishes: mpsc::UnboundedSender<Input>,
    standing: watch::Receiver<Standing>,
    member: MemberId,
    history: History,
}

impl ClientShell {
    /// Starts the client of a guest in a room.
    pub fn start(guest: &Guest<'_>, room: &Slug, seed: u64, history: History) -> Self {
        let settings =
            client::Settings { me: guest.member.id.clone(), seed, zone_minutes: 0, words: client::words_in };
        let (wishes, wished) = mpsc::unbounded_channel();
        let (stands, standing) = watch::channel(Standing { live: false, waiting: 0, acks: 0 });
        let (says, heard) = mpsc::unbounded_channel();
        let driver = Driver {
            client: Client::new(settings, client::Saved::default()),
            place: Place {
                address: guest.server.address().clone(),
                room: room.clone(),
                token: guest.token.clone(),
                member: guest.member.id.clone(),
            },
            history: history.clone(),
            started: Instant::now(),
            timer: None,
            socket: None,
            sockets: 0,
            says,
            stands,
        };
        tokio::spawn(driver.run(wished, heard));
        Self { wishes, standing, member: guest.member.id.clone(), history }
    }

    /// Gives the client a message to send, and notes that it was given.
    pub fn send(&self, id: CommandId, text: String) {
        self.history.note(&Line::Sent { member: self.member.clone(), id: id.clone(), text: text.clone() });
        let draft = Draft { text, ..Draft::default() };
        // The task ends only after this shell is dropped.
        drop(self.wishes.send(Input::Send { id, draft }));
    }

    /// Has the client try at once, as a person does who is tired of its waits.
    pub fn try_now(&self) {
        drop(self.wishes.send(Input::TryNow));
    }

    /// How the client stands now.
    pub fn standing(&self) -> Standing {
        *self.standing.borrow()
    }

    /// Waits until the client stands so.
    ///
    /// # Panics
    /// When it does not within `patience`.
    pub async fn until(&mut self, what: &str, patience: Duration, stands: impl FnMut(&Standing) -> bool) {
        let waited = tokio::time::timeout(patience, self.standing.wait_for(stands)).await;
        let stood = waited.is_ok();
        drop(waited);
        assert!(stood, "waited {patience:?} for {what}: {} stands at {:?}", self.member, self.standing());
    }
}

/// Where the client connects, and as whom.
#[derive(Debug, Clone)]
struct Place {
    address: Address,
    room: Slug,
    token: String,
    member: MemberId,
}

/// What comes to the client from its sockets and its questions.
#[derive(Debug)]
struct Heard {
    /// The number of the socket; `None` for what does not come from one.
    socket: Option<u64>,
    input: Input,
}

struct Driver {
    client: Client,
    place: Place,
    history: History,
    started: Instant,
    timer: Option<Millis>,
    socket: Option<mpsc::UnboundedSender<String>>,
    sockets: u64,
    says: mpsc::UnboundedSender<Heard>,
    stands: watch::Sender<Standing>,
}

impl Driver {
    async fn run(
        mut self,
        mut wished: mpsc::UnboundedReceiver<Input>,
        mut heard: mpsc::UnboundedReceiver<Heard>,
    ) {
        self.apply(Input::Start);
        loop {
            let timer = self.timer.map(|at| self.started + Duration::from_millis(at.since(BEGINNING)));
            let rings = async {
                match timer {
                    Some(at) => sleep_until(at).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                wish = wished.recv() => match wish {
                    Some(input) => self.apply(input),
                    None => return,
                },
                Some(heard) = heard.recv() => {
                    if heard.socket.is_none_or(|number| number == self.sockets) {
                        self.note(&heard.input);
                        self.apply(heard.input);
                    }
                }
                () = rings => {
                    self.timer = None;
                    self.apply(Input::Timer);
                }
            }
        }
    }

    fn apply(&mut self, input: Input) {
        let elapsed = self.started.elapsed().as_millis();
        let now = BEGINNING.plus(u64::try_from(elapsed).unwrap_or(u64::MAX));
        for output in self.client.apply(input, now) {
            self.carry_out(output);
        }
        let live = *self.client.connection() == Connection::Live;
        let waiting = self.client.outbox().count();
        self.stands.send_if_modified(|standing| {
            let before = *standing;
            (standing.live, standing.waiting) = (live, waiting);
            *standing != before
        });
    }

    /// The one match over what comes out.
    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Connect { cursor } => self.connect(cursor),
            Output::Disconnect => self.socket = None,
            Output::Transmit(text) => {
                if let Some(socket) = &self.socket {
                    // A socket that has just ended takes nothing more; the client hears of its end next.
                    drop(socket.send(text));
                }
            }
            Output::Timer(at) => self.timer = at,
            Output::Fetch(request) => self.fetch(request),
            // This client's life is the test's: it keeps nothing on disk.
            Output::Keep(_) | Output::Forget(_) | Output::KeepPlace(_) | Output::Changed => {}
        }
    }

    fn connect(&mut self, cursor: Option<String>) {
        self.sockets += 1;
        let (sender, texts) = mpsc::unbounded_channel();
        self.socket = Some(sender);
        let (number, says) = (self.sockets, self.says.clone());
        let place = self.place.clone();
        tokio::spawn(async move {
            let say = |input| drop(says.send(Heard { socket: Some(number), input }));
            let code = hold(place, cursor, texts, &say).await.unwrap_or(1006);
            say(Input::Closed { code });
        });
    }

    fn fetch(&self, request: PageRequest) {
        let query = match request {
            PageRequest::Before(seq) => format!("before={seq}"),
            PageRequest::After(seq) => format!("after={seq}"),
            PageRequest::Around(seq) => format!("around={seq}"),
            PageRequest::AroundAt(at) => format!("around_at={}", at.0),
        };
        let path = format!("/api/rooms/{}/messages?{query}", self.place.room);
        let ask = Ask::at(&self.place.address, Method::GET, path).bearer(&self.place.token);
        let says = self.says.clone();
        tokio::spawn(async move {
            let page = ask.try_answer().await.ok().filter(|answer| answer.status == 200);
            let page = page.map(|answer| Box::new(answer.json(200)));
            drop(says.send(Heard { socket: None, input: Input::Page { request, page } }));
        });
    }

    /// Writes down what the client is being told, before the client knows it.
    fn note(&self, input: &Input) {
        let Input::Frame(text) = input else { return };
        let events = match decode_server(text).map(|received| received.frame) {
            Some(ServerFrame::Ack { id, seq: Some(seq), .. }) => {
                self.history.note(&Line::Acked { member: self.place.member.clone(), id, seq });
                self.stands.send_modify(|standing| standing.acks += 1);
                return;
            }
            Some(ServerFrame::Events { events }) => events,
            Some(ServerFrame::Welcome(welcome)) => welcome.events.unwrap_or_default(),
            _ => return,
        };
        for event in events {
            if let Some(id) = event.id {
                self.history.note(&Line::Seen { seq: event.seq, by: event.by.id, id });
            }
        }
    }
}

/// Opens a socket and holds it until either side ends it; the close code, if there was one.
async fn hold(
    place: Place,
    cursor: Option<String>,
    mut texts: mpsc::UnboundedReceiver<String>,
    say: &impl Fn(Input),
) -> Option<u16> {
    let query = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
    let (scheme, authority) = (place.address.socket_scheme(), place.address.authority());
    let address = format!("{scheme}://{authority}/api/rooms/{}/socket{query}", place.room);
    let mut request = address.into_client_request().ok()?;
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", HeaderValue::from_static("edgewise.v1"));
    headers.insert("authorization", HeaderValue::from_str(&format!("Bearer {}", place.token)).ok()?);
    let stream = place.address.connect().await.ok()?;
    let (mut stream, _) = tokio_tungstenite::client_async(request, stream).await.ok()?;
    say(Input::Opened);
    loop {
        tokio::select! {
            text = texts.recv() => match text {
                Some(text) => stream.send(Message::text(text)).await.ok()?,
                None => return stream.close(None).await.ok().and(None),
            },
            arrived = stream.next() => match arrived?.ok()? {
                Message::Text(text) => say(Input::Frame(text.to_string())),
                Message::Close(frame) => return frame.map(|frame| frame.code.into()),
                _ => {}
            },
        }
    }
}
