//! Signals: what is told and never stored. Typing, and who is at the keyboard.

use archive::Sql;
use protocol::{Availability, SessionId, limits::TYPING_EVERY_MS};

use crate::{room::Room, sessions::elapsed, turn::Turn};

impl Room {
    /// A session's member is writing. One in 3 s counts, from whichever of their sessions.
    pub(crate) fn on_typing<S: Sql>(&mut self, id: &SessionId, turn: &mut Turn<'_, S>) {
        let Some(member) = self.sessions.by_id(id).map(|session| session.member.clone()) else { return };
        let Some(person) = self.sessions.known_mut(&member) else { return };
        if elapsed(turn.now, person.kept.typed_at, TYPING_EVERY_MS) {
            person.kept.typed_at = turn.now;
            person.sessions.iter().for_each(|session| turn.attach(session.clone()));
            self.typing.insert(member);
        }
    }

    /// A session's member came to the keyboard, or left it.
    pub(crate) fn on_presence<S: Sql>(
        &mut self,
        id: &SessionId,
        state: Availability,
        turn: &mut Turn<'_, S>,
    ) {
        let Some(session) = self.sessions.by_id_mut(id) else { return };
        if session.kept.state == state {
            return;
        }
        let member = session.member.clone();
        let before = self.sessions.present(&member);
        if let Some(session) = self.sessions.by_id_mut(id) {
            session.kept.state = state;
        }
        turn.attach(id.clone());
        if before != self.sessions.present(&member) {
            self.roster.change(member);
        }
    }
}
