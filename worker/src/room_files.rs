//! A room's own storage as a shelf: bytes that come are cut into pieces, and pieces that are asked for go out one after the other.
//!
//! Not here: whether they may; the room was asked before. Between two pieces the room's turns have theirs.

use archive::{Archive, PIECE_BYTES, Sql, SqlError};
use protocol::FileId;
use worker::Request;

use crate::{object, problem::Problem, room_ask::Bytes, streams::Pieces};

/// Keeps a request's body as the pieces of a file.
pub async fn take<S: Sql>(archive: &Archive<S>, file: &FileId, request: &Request) -> Result<(), Problem> {
    let Some(body) = Pieces::of(request) else { return Err(Problem::internal()) };
    let size = usize::try_from(PIECE_BYTES).unwrap_or(usize::MAX);
    let (mut waits, mut number) = (Vec::with_capacity(size), 0);
    let mut put = |bytes: Vec<u8>| {
        let stored = archive.put_piece(file, number, bytes);
        number += 1;
        stored.map_err(|error| object::storage_failed(&error))
    };
    while let Some(piece) = body.next().await? {
        waits.extend(piece.to_vec());
        while waits.len() >= size {
            let rest = waits.split_off(size);
            put(std::mem::replace(&mut waits, rest))?;
        }
    }
    if waits.is_empty() { Ok(()) } else { put(waits) }
}

/// The pieces that hold some bytes of a file, cut to them.
pub struct Giving<S: Sql> {
    archive: Archive<S>,
    bytes: Bytes,
}

impl<S: Sql> Giving<S> {
    /// These bytes, both ends included.
    pub fn new(archive: Archive<S>, bytes: Bytes) -> Self {
        Self { archive, bytes }
    }

    fn piece(&mut self) -> Result<Vec<u8>, SqlError> {
        let Bytes { file, first, last } = &mut self.bytes;
        let (number, begin) = (*first / PIECE_BYTES, *first % PIECE_BYTES);
        let piece = self.archive.piece(file, number)?;
        let mut piece = piece.ok_or_else(|| SqlError("the file left while it was given".to_owned()))?;
        let end = begin.saturating_add(last.saturating_sub(*first)).saturating_add(1);
        piece.truncate(usize::try_from(end).unwrap_or(usize::MAX));
        let cut = piece.split_off(usize::try_from(begin).unwrap_or(usize::MAX).min(piece.len()));
        *first = number.saturating_add(1).saturating_mul(PIECE_BYTES);
        Ok(cut)
    }
}

impl<S: Sql> Iterator for Giving<S> {
    type Item = Result<Vec<u8>, SqlError>;

    /// Nothing more behind the last byte, or after a failure.
    fn next(&mut self) -> Option<Self::Item> {
        if self.bytes.first > self.bytes.last {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.bytes.first = self.bytes.last.saturating_add(1);
        }
        Some(piece)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::{Brought, Change, native::Native};
    use protocol::{File, MemberId, Millis};

    use super::*;

    fn content() -> Vec<u8> {
        (0..PIECE_BYTES * 2 + 7).map(|at| u8::try_from(at % 251).unwrap()).collect()
    }

    fn kept() -> (Native, FileId) {
        let database = Native::in_memory().unwrap();
        let archive = Archive::open(&database).unwrap();
        let id = FileId::parse("f1").unwrap();
        let (name, media) = ("a".to_owned(), "application/octet-stream".to_owned());
        let file =
            File { file: id.clone(), name, size: PIECE_BYTES * 2 + 7, media, width: None, height: None };
        let brought = Brought { file, member: MemberId::parse("ada").unwrap(), at: Millis(1) };
        archive.commit(&[Change::Bring(brought)]).unwrap();
        for (number, piece) in (0..).zip(content().chunks(usize::try_from(PIECE_BYTES).unwrap())) {
            archive.put_piece(&id, number, piece.to_vec()).unwrap();
        }
        (database, id)
    }

    fn given(database: &Native, file: &FileId, first: u64, last: u64) -> Vec<u8> {
        let bytes = Bytes { file: file.clone(), first, last };
        Giving::new(Archive::open(database).unwrap(), bytes).flat_map(Result::unwrap).collect()
    }

    #[test]
    fn any_bytes_of_a_file_come_out_as_they_went_in() {
        let (database, file) = kept();
        let (content, size) = (content(), PIECE_BYTES * 2 + 7);
        let edges = [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, PIECE_BYTES * 2, size - 1];
        for first in edges {
            for last in edges.into_iter().filter(|last| *last >= first) {
                let wanted = &content[usize::try_from(first).unwrap()..=usize::try_from(last).unwrap()];
                assert!(given(&database, &file, first, last) == wanted, "{first} to {last}");
            }
        }
    }

    #[test]
    fn a_file_that_leaves_meanwhile_breaks_off() {
        let (database, file) = kept();
        let bytes = Bytes { file, first: 0, last: PIECE_BYTES * 2 };
        let mut giving = Giving::new(Archive::open(&database).unwrap(), bytes);
        assert!(giving.next().unwrap().is_ok());
        Archive::open(&database).unwrap().commit(&[Change::DropWaiting { until: Millis(1) }]).unwrap();
        assert!(giving.next().unwrap().is_err());
        assert_eq!(giving.next(), None);
    }
}
