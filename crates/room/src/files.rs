//! Files: who may bring one, what a message may show, and when one that nobody shows must go.
//!
//! Not here: the bytes, which the room never sees. The invariant: a file is told to the room before its first byte is kept, so
//! that none is ever kept which the room does not know, and whatever the room lets go is removed, over any crash.

use archive::{Archive, Brought, Change, Sql, Stored};
use protocol::{
    EventKind, File, FileId, Millis, RejectCode, Seq,
    limits::{ATTACHMENTS, FILE_WAITS_MS, WAITING_FILES},
};

use crate::{
    alarms::Reason,
    commands::Asker,
    effect::{Answer, Fatal},
    membership::refused,
    rights::Deed,
    room::Room,
    settings::Limits,
    turn::Turn,
};

/// After files were let go that had waited too long, others are looked at this much later: no waking for each.
const LOOK_AGAIN_MS: u64 = 60 * 60 * 1_000;

impl Room {
    /// Somebody brings a file. Answered by `Done`, after which its bytes may come, or a refusal.
    pub(crate) fn on_bring<S: Sql>(
        &mut self,
        asker: &Asker,
        file: File,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if let Some(refusal) = self.refuses(Deed::Bring, asker, turn.now) {
            return Ok(refusal);
        }
        if let Err(refusal) = self.take_token(asker, turn) {
            return Ok(refusal.into());
        }
        let shelf = self.settings.shelf;
        if file.size > shelf.file_bytes() {
            return Ok(refused(RejectCode::TooLarge));
        }
        let held = self.settings.limits == Limits::On;
        if held && turn.archive.waiting_files(&asker.member.id)? >= WAITING_FILES {
            return Ok(refused(RejectCode::TooMany));
        }
        if let Some(most) = shelf.room_bytes()
            && turn.archive.file_bytes()?.saturating_add(file.size) > most
        {
            return Ok(refused(RejectCode::TooMany));
        }
        turn.store(Change::Bring(Brought { file, member: asker.member.id.clone(), at: turn.now }));
        if !self.is_due(Reason::Files) {
            self.due_by(Reason::Files, turn.now.plus(FILE_WAITS_MS), turn);
        }
        Ok(Answer::Done)
    }

    /// What a message shows: files that its author brought and that are on no message yet, each once.
    pub(crate) fn shown<S: Sql>(
        asker: &Asker,
        files: &[FileId],
        turn: &Turn<'_, S>,
    ) -> Result<Result<Vec<File>, RejectCode>, Fatal> {
        if files.len() > ATTACHMENTS {
            return Ok(Err(RejectCode::TooMany));
        }
        let mut shown: Vec<File> = Vec::new();
        for file in files {
            let stored = turn.archive.file(file)?;
            let stored = stored.filter(|stored| stored.member == asker.member.id && stored.message.is_none());
            match stored {
                Some(stored) if !shown.contains(&stored.file) => shown.push(stored.file),
                Some(_) | None => return Ok(Err(RejectCode::NotFound)),
            }
        }
        Ok(Ok(shown))
    }

    /// The file that somebody who may read the room wants to see: one on a message, or their own.
    ///
    /// # Errors
    /// [`Fatal`] when the archive could not be read.
    pub fn file<S: Sql>(asker: &Asker, file: &FileId, archive: &Archive<S>) -> Result<Option<File>, Fatal> {
        let stored = archive.file(file)?;
        let shown = |stored: &Stored| stored.message.is_some() || stored.member == asker.member.id;
        Ok(stored.filter(shown).map(|stored| stored.file))
    }

    /// An event is about to take messages away: where they have files, these must be removed.
    pub(crate) fn let_files_go<S: Sql>(
        &mut self,
        kind: &EventKind,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        let gone = match kind {
            EventKind::Deleted { target } => (*target, *target),
            EventKind::Pruned { floor } => (Seq::ZERO, floor.before()),
            EventKind::Message { .. }
            | EventKind::Edited { .. }
            | EventKind::Reacted { .. }
            | EventKind::Pinned { .. }
            | EventKind::Member { .. }
            | EventKind::Room(_)
            | EventKind::Anonymised { .. }
            | EventKind::Unknown => return Ok(()),
        };
        if turn.archive.has_files(gone.0, gone.1)? {
            self.due_by(Reason::Outgoing, turn.now, turn);
        }
        Ok(())
    }

    /// Lets go what has waited too long for its message. Gives when to look again, if anything waits.
    pub(crate) fn drop_waiting_files<S: Sql>(
        &mut self,
        turn: &mut Turn<'_, S>,
    ) -> Result<Option<Millis>, Fatal> {
        let Some(oldest_at) = turn.archive.oldest_waiting_at()? else { return Ok(None) };
        let goes_at = oldest_at.plus(FILE_WAITS_MS);
        if goes_at > turn.reached {
            return Ok(Some(goes_at));
        }
        turn.store(Change::DropWaiting { until: Millis(turn.reached.0.saturating_sub(FILE_WAITS_MS)) });
        self.due_by(Reason::Outgoing, turn.now, turn);
        Ok(Some(turn.now.plus(LOOK_AGAIN_MS)))
    }
}
