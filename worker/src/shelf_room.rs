//! Files in the room's own storage, in pieces: for a home that has no bucket. The edge's side; the room's is room_files.rs.
//!
//! Removing is nothing here: a file's pieces leave with its row, in one commit.

use files::Part;
use protocol::FileId;
use worker::{Env, ResponseBody};

use crate::{
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::{Bytes, RoomAsk},
    shelf::{Errand, Given, Shelf},
    streams::{self, Begun},
    together::{Waiting, together},
};

/// The files of one room in its object.
pub struct RoomShelf<'a> {
    env: &'a Env,
    errand: Errand,
}

impl<'a> RoomShelf<'a> {
    /// In the object of the errand's room.
    pub fn new(env: &'a Env, errand: Errand) -> Self {
        Self { env, errand }
    }

    fn callee(&self) -> Callee<'_> {
        Callee { kind: Kind::Room, name: self.errand.room.as_str(), request_id: &self.errand.request_id }
    }
}

impl Shelf for RoomShelf<'_> {
    fn put<'a>(&'a self, file: &'a FileId, body: Begun, size: u64) -> Waiting<'a, Result<(), Problem>> {
        Box::pin(async move {
            let (stream, flow) = body.whole(size)?;
            let ask = RoomAsk::TakeBytes(file.clone());
            let kept: Waiting<'_, Result<(), Problem>> = Box::pin(async {
                let answer = objects::hand_over(self.env, self.callee(), &stream, &ask).await?;
                if answer.status_code() == 204 { Ok(()) } else { Err(Problem::busy()) }
            });
            let flow = Box::pin(async {
                flow.await.map_err(|error| {
                    tracing::warn!(%error, "a file broke off");
                    Problem::bad_request("The file broke off. Send it again.")
                })
            });
            together(vec![kept, flow]).await.into_iter().collect()
        })
    }

    fn get<'a>(
        &'a self,
        file: &'a FileId,
        part: Part,
        size: u64,
    ) -> Waiting<'a, Result<Option<Given>, Problem>> {
        Box::pin(async move {
            let (first, last) = match part {
                Part::Span { first, last } => (first, last),
                Part::Whole | Part::Beyond => (0, size.saturating_sub(1)),
            };
            let ask = RoomAsk::GiveBytes(Bytes { file: file.clone(), first, last });
            let (_, body) = objects::forward(self.env, self.callee(), &ask).await?.into_parts();
            let ResponseBody::Stream(stream) = body else { return Ok(None) };
            let stream = streams::of_length(&stream, part.bytes(size))?;
            Ok(Some(Given { stream, part, from: "room" }))
        })
    }

    fn remove<'a>(&'a self, _files: &'a [FileId]) -> Waiting<'a, Result<(), Problem>> {
        Box::pin(async { Ok(()) })
    }
}
