//! Everything that a member wrote, packed as it is asked for: a page of one room after the other, in a zip file.
//!
//! Not here: who asks; what they wrote, which rooms say. Invariant: a room that does not answer breaks the file off, so that what looks
//! whole is.

use std::vec;

use futures_util::{Stream, stream};
use protocol::{Seq, Slug, http::Exported};
use worker::Env;

use crate::{
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::RoomAsk,
    zip::Zip,
};

/// On whose behalf, and in which request.
pub struct Packing {
    env: Env,
    request_id: String,
    about: Exported,
    rooms: vec::IntoIter<Slug>,
    zip: Zip,
    stands: Stands,
}

/// How far it has got.
enum Stands {
    /// Nothing has gone out.
    Before,
    /// In a room: behind this message, and whether its entry was begun.
    In(Slug, Seq, Entry),
    /// Between two rooms.
    Between,
    /// All has gone out.
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Begun,
    NotYet,
}

impl Packing {
    /// Of these rooms.
    pub fn new(env: &Env, request_id: &str, about: Exported, rooms: Vec<Slug>) -> Self {
        let (env, request_id) = (env.clone(), request_id.to_owned());
        Self { env, request_id, about, rooms: rooms.into_iter(), zip: Zip::default(), stands: Stands::Before }
    }

    /// The pieces of the file.
    pub fn pieces(self) -> impl Stream<Item = Result<Vec<u8>, String>> {
        stream::unfold(self, |mut packing| async move {
            let piece = packing.piece().await?;
            Some((piece, packing))
        })
    }

    async fn piece(&mut self) -> Option<Result<Vec<u8>, String>> {
        match self.next().await {
            Ok(piece) => piece.map(Ok),
            Err(problem) => {
                self.stands = Stands::Done;
                tracing::warn!(reason = problem.code(), "an export broke off");
                Some(Err("a room did not answer: begin again".to_owned()))
            }
        }
    }

    async fn next(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        loop {
            match std::mem::replace(&mut self.stands, Stands::Done) {
                Stands::Before => {
                    self.stands = Stands::Between;
                    return Ok(Some(self.cover()));
                }
                Stands::Between => match self.rooms.next() {
                    Some(room) => self.stands = Stands::In(room, Seq::ZERO, Entry::NotYet),
                    None => return Ok(Some(self.zip.finish())),
                },
                Stands::In(room, after, entry) => {
                    if let Some(piece) = self.page(room, after, entry).await? {
                        return Ok(Some(piece));
                    }
                }
                Stands::Done => return Ok(None),
            }
        }
    }

    /// Whose it is.
    fn cover(&mut self) -> Vec<u8> {
        let mut bytes = self.zip.begin("me.json".to_owned());
        bytes.extend(self.zip.put(protocol::encode(&self.about).into_bytes()));
        bytes.extend(self.zip.end());
        bytes
    }

    /// A page of a room; `None` where nothing of it is in the file.
    async fn page(&mut self, room: Slug, after: Seq, entry: Entry) -> Result<Option<Vec<u8>>, Problem> {
        let callee = Callee { kind: Kind::Room, name: room.as_str(), request_id: &self.request_id };
        let ask = RoomAsk::Written { author: self.about.member.id.clone(), after };
        let page = objects::ask_text(&self.env, callee, &ask).await?;
        // The first line says how far the page goes.
        let Some((last, lines)) = page.split_once('\n') else {
            self.stands = Stands::Between;
            return Ok((entry == Entry::Begun).then(|| self.zip.end()));
        };
        let last = last.parse().ok().and_then(Seq::try_new).ok_or_else(Problem::internal)?;
        if self.zip.length() > u32::MAX / 2 {
            return Err(Problem::internal());
        }
        let mut bytes = match entry {
            Entry::NotYet => self.zip.begin(format!("rooms/{room}.ndjson")),
            Entry::Begun => Vec::new(),
        };
        bytes.extend(self.zip.put(lines.as_bytes().to_vec()));
        self.stands = Stands::In(room, last, Entry::Begun);
        Ok(Some(bytes))
    }
}
