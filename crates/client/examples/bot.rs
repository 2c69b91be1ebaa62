//! A bot: whoever writes `ping` gets `pong`, once, over every break. Its token is one of `POST /api/me/tokens`:
//! `cargo run -p client --features bot --example bot -- 127.0.0.1:8787 lobby MEMBER TOKEN`

use std::{env::args, io::ErrorKind, net::TcpStream, thread::sleep, time::Duration, time::Instant};

use client::{Bot, Input, Output, Settings};
use protocol::{Draft, Event, EventKind, MemberId, Millis};
use tungstenite::{ClientRequestBuilder, Error, Message, WebSocket};

fn answer(event: &Event) -> Option<Draft> {
    let asked = matches!(&event.kind, EventKind::Message { text: Some(text), .. } if text == "ping");
    asked.then(|| Draft { text: "pong".to_owned(), reply_to: Some(event.seq), ..Draft::default() })
}

#[expect(clippy::disallowed_methods, reason = "a shell brings the clock")]
fn main() {
    let [at, room, me, token] = [1, 2, 3, 4].map(|n| args().nth(n).expect("HOST:PORT ROOM MEMBER TOKEN"));
    let me = MemberId::parse(&me).expect("a member's id");
    let mut bot = Bot::new(Settings { me, seed: 1, zone_minutes: 0, words: client::words_in }, answer);
    let (mut socket, mut happened, began) = (None, None, Instant::now());
    loop {
        sleep(Duration::from_millis(20));
        let now = Millis(began.elapsed().as_millis().try_into().expect("no bot lives that long"));
        for output in bot.apply(happened.take().or_else(|| hear(&mut socket)), now) {
            match output {
                Output::Connect { cursor } => {
                    let path = format!("api/rooms/{room}/socket?cursor={}", cursor.unwrap_or_default());
                    socket = open(&at, &format!("ws://{at}/{path}"), &token);
                    happened = Some(socket.as_ref().map_or(Input::Closed { code: 1006 }, |_| Input::Opened));
                }
                Output::Disconnect => socket = None,
                Output::Transmit(text) => _ = socket.as_mut().map(|socket| socket.send(text.into())),
                _ => {}
            }
        }
    }
}

fn open(at: &str, address: &str, token: &str) -> Option<WebSocket<TcpStream>> {
    let ask = ClientRequestBuilder::new(address.parse().ok()?).with_sub_protocol("edgewise.v1");
    let ask = ask.with_header("authorization", format!("Bearer {token}"));
    let (socket, _) = tungstenite::client(ask, TcpStream::connect(at).ok()?).ok()?;
    socket.get_ref().set_nonblocking(true).ok()?;
    Some(socket)
}

fn hear(socket: &mut Option<WebSocket<TcpStream>>) -> Option<Input> {
    match socket.as_mut()?.read() {
        Ok(Message::Text(text)) => Some(Input::Frame(text.to_string())),
        Ok(Message::Close(Some(frame))) => socket.take().map(|_| Input::Closed { code: frame.code.into() }),
        Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => None,
        Err(_) => socket.take().map(|_| Input::Closed { code: 1006 }),
        Ok(_) => None,
    }
}
