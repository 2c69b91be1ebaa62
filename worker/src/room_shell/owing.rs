//! What a room owes to others, and what is left to do once it is gone.
//!
//! Not here: telling them (`room_errands.rs`). Invariant: what is owed is stored before anybody is told, and goes when it was heard.

use archive::{Archive, Outgoing, Rows, SqlError};
use protocol::{Millis, Seq, Slug};
use room::{Input, nudges::NUDGED};

use super::{Restored, RoomShell};
use crate::{
    alarm, clock,
    limits::{CLEARED_AT_ONCE, TOLD_AT_ONCE},
    object,
    problem::Problem,
    room_errands::{Errands, Reported, Told},
    sql::StorageSql,
};

impl RoomShell {
    /// Stores how a public room is, for the Directory, where that is due.
    pub(super) fn report(&mut self) -> Result<(), SqlError> {
        let Some(Restored { room, archive }) = &self.restored else { return Ok(()) };
        let Some(is) = room.report() else { return Ok(()) };
        if self.reported.is_none() {
            self.reported = Some(Reported::restore(archive.reported_at()?));
        }
        let tell = self.reported.as_mut().and_then(|reported| reported.due(is, clock::now()));
        if let Some(tell) = tell {
            archive.report(&tell)?;
            self.errands = Errands::Waiting;
        }
        Ok(())
    }

    /// Whether there is something new to tell; asked once.
    pub fn take_errands(&mut self) -> Errands {
        std::mem::take(&mut self.errands)
    }

    /// What others have to hear now, and who says it.
    pub fn owed(&self) -> Result<(Slug, Vec<Outgoing>), Problem> {
        let archive =
            Archive::open(StorageSql::of(&self.state)).map_err(|error| object::storage_failed(&error))?;
        let owed = archive.outgoing(clock::now(), TOLD_AT_ONCE).and_then(|owed| with_words(&archive, owed));
        Ok((self.slug()?, owed.map_err(|error| object::storage_failed(&error))?))
    }

    /// After telling: what was heard goes, and the alarm sees to the rest.
    pub fn settle(&mut self, told: &Told) -> Result<(), SqlError> {
        let archive = Archive::open(StorageSql::of(&self.state))?;
        told.heard.iter().try_for_each(|number| archive.heard(*number))?;
        told.again.iter().try_for_each(|(number, at)| archive.not_heard(*number, *at))?;
        let Some(at) = archive.outgoing_due_at()? else { return Ok(()) };
        if self.restored()?.is_some() {
            self.turn(Input::Owing { at });
            return Ok(());
        }
        self.ring(at)
    }

    fn ring(&self, at: Millis) -> Result<(), SqlError> {
        alarm::set(&self.state, at.max(clock::now())).map_err(|error| SqlError(error.to_string()))
    }

    /// A room that is gone loses some of its rows; the alarm sees to the rest.
    pub fn clear(&mut self) -> Result<(), SqlError> {
        if self.restored()?.is_some() {
            return Ok(());
        }
        match Archive::open(StorageSql::of(&self.state))?.clear(CLEARED_AT_ONCE)? {
            // Files that left with the rows must still be removed where they are.
            Rows::Cleared => self.another_archive()?.outgoing_due_at()?.map_or(Ok(()), |at| self.ring(at)),
            Rows::Left => self.ring(clock::now()),
        }
    }
}

/// Rows that nudge somebody, with what they are told of the message as it is now; without a word where it is not there any more.
fn with_words(archive: &Archive<StorageSql>, mut owed: Vec<Outgoing>) -> Result<Vec<Outgoing>, SqlError> {
    for row in owed.iter_mut().filter(|row| row.receiver.starts_with(NUDGED)) {
        let seq = row.news.parse().ok().and_then(Seq::try_new);
        let nudge = match (archive.log()?, seq) {
            (Some(log), Some(seq)) => archive.nudge(log.info, seq)?,
            _ => None,
        };
        row.news = nudge.map(|nudge| protocol::encode(&nudge)).unwrap_or_default();
    }
    Ok(owed)
}
