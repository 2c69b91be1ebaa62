//! What a room has to tell others, carried to them: rows of its `outgoing` table to Inboxes and to the Directory, until they are heard.
//!
//! Not here: what is told; the room decides that in its turns, and how it is for the Directory is said here at a pace. Invariant:
//! a row goes only once its receiver has heard it.

use ::metrics::Family;
use archive::{FILES, Outgoing, SqlError, Tell};
use protocol::{
    FileId, Millis, Slug,
    http::{ListedRoom, Nudge},
};
use room::{
    nudges::NUDGED,
    places::{DIRECTORY, DirectoryNews, RoomNews},
};
use worker::Env;

use crate::{
    directory::{self, DirectoryAnswer, DirectoryAsk, Report},
    inbox_ask::{InboxAnswer, InboxAsk},
    inbox_push::PushAsk,
    inbox_rooms::{FromRoom, RoomsAsk},
    limits::{REPORT_ROOM_EVERY_MS, TELL_AGAIN_FIRST_MS, TELL_AGAIN_LONGEST_MS},
    objects::{self, Callee, Kind},
    observe,
    problem::Problem,
    shelf::{self, Errand},
    together::{Waiting, together},
};

type Heard = Result<(), Problem>;

/// Whether a room has something to tell that it did not have before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Errands {
    /// Nothing new.
    #[default]
    None,
    /// Rows were stored.
    Waiting,
}

/// What the Directory was last told by this room, and when.
#[derive(Debug, Default)]
pub struct Reported {
    /// As long as the room stays in memory.
    last: Option<ListedRoom>,
    at: Option<Millis>,
}

impl Reported {
    /// At this time, by a room that has been out of memory since.
    pub fn restore(at: Option<Millis>) -> Self {
        Self { last: None, at }
    }

    /// What is to be stored for the Directory now, if anything has changed and the last report is long enough ago.
    pub fn due(&mut self, is: ListedRoom, now: Millis) -> Option<Tell> {
        let soon = self.at.is_some_and(|at| at <= now && now.since(at) < REPORT_ROOM_EVERY_MS);
        if soon || self.last.as_ref() == Some(&is) {
            return None;
        }
        let news = protocol::encode(&DirectoryNews::Is(is.clone()));
        (self.last, self.at) = (Some(is), Some(now));
        Some(Tell { receiver: DIRECTORY.to_owned(), news, at: now })
    }
}

/// Which rows were heard, and which were not.
#[derive(Debug, Default)]
pub struct Told {
    /// These go.
    pub heard: Vec<u64>,
    /// These stay until then.
    pub again: Vec<(u64, Millis)>,
}

/// Tells these rows, all at once.
pub async fn tell(env: &Env, room: &Slug, due: &[Outgoing], now: Millis, request_id: &str) -> Told {
    let mut told = remove_files(env, room, due, now, request_id).await;
    let due: Vec<&Outgoing> = due.iter().filter(|row| row.receiver != FILES).collect();
    let telling =
        due.iter().map(|row| -> Waiting<'_, Heard> { Box::pin(tell_one(env, room, row, request_id)) });
    let tried = together(telling.collect()).await;
    for (row, outcome) in due.iter().zip(tried) {
        match outcome {
            Ok(()) => told.heard.push(row.number),
            Err(problem) => {
                tracing::warn!(reason = problem.code(), "news of a room were not heard");
                told.again.push((row.number, now.plus(wait_ms(row.tries))));
            }
        }
    }
    told
}

/// Files that left the room leave their shelf too, all that are due at once.
async fn remove_files(env: &Env, room: &Slug, due: &[Outgoing], now: Millis, request_id: &str) -> Told {
    let rows: Vec<&Outgoing> = due.iter().filter(|row| row.receiver == FILES).collect();
    let files: Vec<FileId> = rows.iter().filter_map(|row| FileId::parse(&row.news).ok()).collect();
    if files.is_empty() {
        return Told::default();
    }
    let errand = Errand { room: room.clone(), request_id: request_id.to_owned(), site: String::new() };
    match shelf::of(env, errand).remove(&files).await {
        Ok(()) => {
            observe::count(Family::FilesRemoved, &[], u64::try_from(files.len()).unwrap_or_default());
            Told { heard: rows.iter().map(|row| row.number).collect(), again: Vec::new() }
        }
        Err(_) => {
            let again = rows.iter().map(|row| (row.number, now.plus(wait_ms(row.tries))));
            Told { heard: Vec::new(), again: again.collect() }
        }
    }
}

async fn tell_one(env: &Env, room: &Slug, row: &Outgoing, request_id: &str) -> Heard {
    if row.receiver == DIRECTORY {
        let ask = match protocol::decode(&row.news).map_err(|error| malformed(&error))? {
            DirectoryNews::Is(room) => DirectoryAsk::Report(Report { room, number: row.number }),
            DirectoryNews::Gone => DirectoryAsk::Bury(room.clone()),
        };
        let shard = directory::shard(room).to_string();
        let callee = Callee { kind: Kind::Directory, name: &shard, request_id };
        return objects::ask::<DirectoryAnswer>(env, callee, &ask).await.map(drop);
    }
    if let Some(member) = row.receiver.strip_prefix(NUDGED) {
        return nudge(env, member, &row.news, request_id).await;
    }
    let news: RoomNews = protocol::decode(&row.news).map_err(|error| malformed(&error))?;
    let ask = InboxAsk::Rooms(RoomsAsk::Hear(FromRoom { room: room.clone(), number: row.number, news }));
    let callee = Callee { kind: Kind::Inbox, name: &row.receiver, request_id };
    objects::ask::<InboxAnswer>(env, callee, &ask).await.map(drop)
}

/// What there is no word of was deleted in between: nobody need hear of it.
async fn nudge(env: &Env, member: &str, says: &str, request_id: &str) -> Heard {
    if says.is_empty() {
        return Ok(());
    }
    let nudge: Nudge = protocol::decode(says).map_err(|error| malformed(&error))?;
    let callee = Callee { kind: Kind::Inbox, name: member, request_id };
    objects::ask::<InboxAnswer>(env, callee, &InboxAsk::Push(PushAsk::Nudge(nudge))).await.map(drop)
}

fn malformed(error: &dyn std::fmt::Display) -> Problem {
    let error = SqlError(format!("a row of outgoing cannot be read: {error}"));
    crate::object::storage_failed(&error)
}

fn wait_ms(tries: u64) -> u64 {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(32);
    TELL_AGAIN_FIRST_MS.saturating_mul(1 << doublings).min(TELL_AGAIN_LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use protocol::Seq;

    use super::*;

    fn room(online: u32) -> ListedRoom {
        ListedRoom {
            room: Slug::parse("garden").unwrap(),
            title: "Garden".to_owned(),
            topic: String::new(),
            members_online: online,
            head: Seq::ZERO,
        }
    }

    #[test]
    fn the_directory_is_told_at_once_and_then_at_most_once_in_thirty_seconds() {
        let mut reported = Reported::default();
        assert!(reported.due(room(1), Millis(1_000)).is_some());
        assert_eq!(reported.due(room(2), Millis(30_999)), None);
        assert!(reported.due(room(2), Millis(31_000)).is_some());
        assert_eq!(reported.due(room(2), Millis(99_000)), None);
    }

    #[test]
    fn a_room_that_was_out_of_memory_keeps_the_pace() {
        let mut reported = Reported::restore(Some(Millis(1_000)));
        assert_eq!(reported.due(room(1), Millis(30_999)), None);
        assert!(reported.due(room(1), Millis(31_000)).is_some());
    }

    #[test]
    fn a_clock_that_was_put_back_silences_no_room() {
        let mut reported = Reported::restore(Some(Millis(99_000)));
        assert!(reported.due(room(1), Millis(1_000)).is_some());
    }

    #[test]
    fn what_is_not_heard_is_told_later_and_later_but_never_rarer_than_once_a_minute() {
        let waits: Vec<u64> = [0, 1, 2, 8, 1_000].into_iter().map(wait_ms).collect();
        assert_eq!(waits, [250, 500, 1_000, 60_000, 60_000]);
    }
}
