//! Export: a room's whole log as lines of JSON, read piece by piece, as fast as whoever asked takes it.
//!
//! Not here: who may ask. The invariant: the lines go from the floor to the head of when it began, without a hole; where
//! retention takes something away meanwhile, the answer breaks off rather than leaving it out in silence.

use archive::{Archive, Bounds, Sql, SqlError};
use protocol::{Seq, encode, limits::PAGE_EVENTS};

/// What is read at once: a moment's work, between which the room's turns have theirs.
const PIECE: Bounds = Bounds { count: PAGE_EVENTS, bytes: 256 * 1024 };

/// The pieces that are still to come.
#[derive(Debug)]
pub struct Export<S: Sql> {
    archive: Archive<S>,
    after: Seq,
    head: Seq,
}

impl<S: Sql> Export<S> {
    /// From the floor on; `None` if the room was never founded.
    pub fn begin(archive: Archive<S>) -> Result<Option<Self>, SqlError> {
        let log = archive.log()?;
        Ok(log.map(|log| Self { archive, after: log.floor.before(), head: log.head }))
    }

    fn piece(&mut self) -> Result<Vec<u8>, SqlError> {
        let mut lines = String::new();
        let events = self.archive.events_after(self.after, PIECE)?;
        for event in events.into_iter().take_while(|event| event.seq <= self.head) {
            if event.seq != self.after.next() {
                break;
            }
            lines.push_str(&encode(&event));
            lines.push('\n');
            self.after = event.seq;
        }
        if lines.is_empty() {
            return Err(SqlError("retention took what was to be exported: begin again".to_owned()));
        }
        Ok(lines.into_bytes())
    }
}

impl<S: Sql> Iterator for Export<S> {
    type Item = Result<Vec<u8>, SqlError>;

    /// Nothing more once the head is reached, or after a failure.
    fn next(&mut self) -> Option<Self::Item> {
        if self.after >= self.head {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.after = self.head;
        }
        Some(piece)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::{Change, Founding, native::Native};
    use protocol::{Epoch, Event, EventKind, Member, MemberId, Millis, Slug};

    use super::*;
    use crate::directory;

    fn event(seq: u64, kind: EventKind) -> Change {
        let by = Member { id: MemberId::parse("ada").unwrap(), name: "Ada".to_owned() };
        Change::Append(Event { seq: Seq::try_new(seq).unwrap(), at: Millis(seq), by, id: None, kind })
    }

    fn says(seq: u64) -> Change {
        let text = Some(format!("number {seq}"));
        event(
            seq,
            EventKind::Message {
                text,
                reply_to: None,
                mentions: Vec::new(),
                attachments: Vec::new(),
                redacted: false,
            },
        )
    }

    fn room(database: &Native, events: u64) -> Archive<&Native> {
        let archive = Archive::open(database).unwrap();
        let room = Slug::parse("lobby").unwrap();
        let info = directory::founded(room, "Lobby".to_owned(), String::new(), Millis(1));
        archive.found(&Founding { info, epoch: Epoch::parse("e").unwrap(), owner: None }).unwrap();
        archive.commit(&(1..=events).map(says).collect::<Vec<_>>()).unwrap();
        archive
    }

    fn seqs(pieces: impl Iterator<Item = Result<Vec<u8>, SqlError>>) -> Vec<u64> {
        let text = String::from_utf8(pieces.flat_map(Result::unwrap).collect()).unwrap();
        text.lines().map(|line| serde_json::from_str::<Event>(line).unwrap().seq.value()).collect()
    }

    #[test]
    fn every_event_stands_on_a_line_of_its_own_up_to_the_head_of_when_it_began() {
        let database = Native::in_memory().unwrap();
        let room = room(&database, 2_500);
        let mut export = Export::begin(Archive::open(&database).unwrap()).unwrap().unwrap();

        let first = export.next().unwrap();
        room.commit(&[says(2_501)]).unwrap();
        let all = seqs(std::iter::once(first).chain(&mut export));

        assert_eq!(all, (1..=2_500).collect::<Vec<_>>());
        assert_eq!(export.next(), None);
    }

    #[test]
    fn it_begins_at_the_floor() {
        let database = Native::in_memory().unwrap();
        let floor = Seq::try_new(8).unwrap();
        room(&database, 10).commit(&[event(11, EventKind::Pruned { floor })]).unwrap();

        let export = Export::begin(Archive::open(&database).unwrap()).unwrap().unwrap();

        assert_eq!(seqs(export), [8, 9, 10, 11]);
    }

    #[test]
    fn what_retention_takes_meanwhile_breaks_it_off() {
        let database = Native::in_memory().unwrap();
        let room = room(&database, 2_500);
        let mut export = Export::begin(Archive::open(&database).unwrap()).unwrap().unwrap();
        assert!(export.next().unwrap().is_ok());

        room.commit(&[event(2_501, EventKind::Pruned { floor: Seq::try_new(2_000).unwrap() })]).unwrap();

        assert!(export.next().unwrap().is_err());
        assert_eq!(export.next(), None);
    }

    #[test]
    fn an_empty_room_has_no_lines_and_one_that_never_was_has_no_export() {
        let database = Native::in_memory().unwrap();
        assert!(Export::begin(Archive::open(&database).unwrap()).unwrap().is_none());
        room(&database, 0);
        assert_eq!(Export::begin(Archive::open(&database).unwrap()).unwrap().unwrap().next(), None);
    }
}
