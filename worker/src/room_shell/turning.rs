//! One turn: restore the room, apply the input, carry out the effects, mend what went wrong.
//!
//! Invariant: a turn runs to its end with no await in it. One that fails, be it by an `Err` or by a panic, sends nothing, throws
//! the room away and restores it in place: sockets stay, the command is refused, and everybody hears where the log ends.

use archive::SqlError;
use protocol::{CloseCode, RejectCode};
use room::{Answer, Input};

use super::{Restored, RoomShell, Turned};
use crate::{
    clock, guard,
    observe::{self, Scope},
    perform::{Stage, perform},
    watch::{self, Cause},
};

impl RoomShell {
    /// Takes a turn, behind the frames that came before.
    pub fn turn(&mut self, input: Input) -> Turned {
        self.work_off();
        self.take_turn(input)
    }

    pub(super) fn take_turn(&mut self, input: Input) -> Turned {
        let session = input.session().map(|session| session.as_str().into());
        let _entered = observe::enter(Scope { session, ..self.scope(observe::current()) });
        tracing::debug!("a turn");
        let turned = self.turn_or_mend(input);
        self.watch.see(&self.sockets, &self.state);
        if let Err(error) = self.report() {
            // The next turn reports; nothing but the Directory's figures waits for it.
            tracing::warn!(%error, "the Directory could not be told");
        }
        self.outlet.see_to_it();
        turned
    }

    fn turn_or_mend(&mut self, input: Input) -> Turned {
        let failed = match guard::catch(|| self.try_turn(input.clone())) {
            Ok(Ok(turned)) => return turned,
            Ok(Err(error)) => {
                tracing::error!(%error, "a turn failed");
                watch::turn_failed(Cause::Storage(&error));
                input
            }
            Err(guard::Panicked) => self.expel(input),
        };
        self.throw_away();
        let refusing = Input::StorageFailed { of: Box::new(failed.clone()) };
        match guard::catch(|| self.try_turn(refusing)) {
            Ok(Ok(turned)) => turned,
            Ok(Err(_)) | Err(guard::Panicked) => {
                tracing::error!("a room could not be restored");
                self.throw_away();
                self.refuse(&failed)
            }
        }
    }

    fn try_turn(&mut self, input: Input) -> Result<Turned, SqlError> {
        #[cfg(feature = "faults")]
        if let Some(fault) = crate::faults::asked(&input) {
            self.fault = Some(fault);
            return Ok(Turned::Done(None));
        }
        #[cfg(feature = "faults")]
        self.arm(&input)?;
        let Some(mut restored) = self.take_restored()? else { return Ok(Turned::NoRoom) };
        let effects = restored.room.apply(input, clock::now(), &restored.archive).map_err(|fatal| fatal.0)?;
        let Restored { mut room, archive } = restored;
        let mut stage = Stage {
            state: &self.state,
            archive: &archive,
            sockets: &mut self.sockets,
            timer: &mut self.timer,
            errands: &mut self.errands,
        };
        let answer = perform(effects, &mut stage)?;
        watch::turn_done(&room.take_tally());
        if room.is_gone() {
            self.timer.clear();
            return Ok(Turned::Done(answer));
        }
        // Only a turn that came to its end keeps its room.
        self.restored = Some(Restored { room, archive });
        Ok(Turned::Done(answer))
    }

    #[cfg(feature = "faults")]
    fn arm(&mut self, input: &Input) -> Result<(), SqlError> {
        let asks = matches!(input, Input::Frame { .. } | Input::Command { .. });
        crate::faults::arm(if asks { self.fault.take() } else { None });
        crate::faults::at_begin()
    }

    fn take_restored(&mut self) -> Result<Option<Restored>, SqlError> {
        self.restored()?;
        Ok(self.restored.take())
    }

    fn throw_away(&mut self) {
        self.restored = None;
        self.timer.clear();
    }

    /// Whoever's frame made the room panic goes, and comes back with growing waits: what they sent may do it again.
    fn expel(&mut self, input: Input) -> Input {
        tracing::error!("a turn panicked");
        watch::turn_failed(Cause::Panic);
        match input.session() {
            Some(session) => {
                self.sockets.close(session, CloseCode::Overloaded, "");
                watch::closed(CloseCode::Overloaded);
                Input::Closed { session: session.clone() }
            }
            None => input,
        }
    }

    /// The last resort: there is no room to say it.
    fn refuse(&mut self, input: &Input) -> Turned {
        if let Some(session) = input.session() {
            self.sockets.close(session, CloseCode::Overloaded, "");
            watch::closed(CloseCode::Overloaded);
        }
        let rejected = Answer::Rejected { code: RejectCode::StorageFailed, retry_after_ms: None };
        Turned::Done(input.request().map(|_| rejected))
    }
}
