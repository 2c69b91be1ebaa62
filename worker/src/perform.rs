//! The one match over [`Effect`]: carries out what a turn wants done, in order, with no await in between.
//!
//! Invariant: all `Store`s of a turn are one transaction, and if it fails nothing else of the turn happens.

use archive::{Archive, Change, SqlError};
use room::{Answer, Effect, Effects};
use worker::State;

use crate::{alarm, room_errands::Errands, sockets::Sockets, sql::StorageSql, timer::Timer};

/// What a turn's effects are carried out on.
pub struct Stage<'a> {
    /// The object.
    pub state: &'a State,
    /// Its storage.
    pub archive: &'a Archive<StorageSql>,
    /// Its sockets.
    pub sockets: &'a mut Sockets,
    /// Its timer.
    pub timer: &'a mut Timer,
    /// Whether others must hear of something.
    pub errands: &'a mut Errands,
}

/// Carries out a turn's effects. Gives the answer to the turn's HTTP request, if it was one.
pub fn perform(effects: Effects, stage: &mut Stage<'_>) -> Result<Option<Answer>, SqlError> {
    let mut changes = Vec::new();
    let mut answered = None;
    for effect in effects {
        if !matches!(effect, Effect::Store(_)) {
            commit(&mut changes, stage)?;
        }
        match effect {
            Effect::Store(change) => {
                if matches!(change, Change::Tell(_) | Change::Bury(_)) {
                    *stage.errands = Errands::Waiting;
                }
                changes.push(change);
            }
            Effect::Attach { session, attachment } => stage.sockets.attach(&session, &attachment),
            Effect::Send { to, frame } => stage.sockets.send(&to, &frame),
            Effect::Close { session, code, reason } => stage.sockets.close(&session, code, reason),
            Effect::Answer { request: _, answer } => answered = Some(answer),
            Effect::Timer(at) => stage.timer.set(at),
            Effect::Alarm(at) => alarm::set(stage.state, at).map_err(|error| SqlError(error.to_string()))?,
        }
    }
    commit(&mut changes, stage)?;
    Ok(answered)
}

fn commit(changes: &mut Vec<Change>, stage: &Stage<'_>) -> Result<(), SqlError> {
    if changes.is_empty() {
        return Ok(());
    }
    #[cfg(feature = "faults")]
    crate::faults::before_commit()?;
    stage.archive.commit(changes)?;
    changes.clear();
    #[cfg(feature = "faults")]
    crate::faults::after_commit();
    Ok(())
}
