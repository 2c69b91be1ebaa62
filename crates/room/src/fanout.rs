//! Fan-out: one frame, encoded once, to many sessions.
//!
//! Those that need a mark get a copy with one, the same for all of them: it is fresh, and nobody else has seen it.
//! Those that do not read are closed instead; whoever comes after them waits for nothing.

use archive::Sql;
use protocol::{CloseCode, ServerFrame, SessionId, encode, with_mark};

use crate::{marks::Passage, room::Room, turn::Turn};

impl Room {
    /// Sends a frame to one session.
    pub(crate) fn tell<S: Sql>(&mut self, session: &SessionId, frame: &ServerFrame, turn: &mut Turn<'_, S>) {
        self.fan_out(vec![session.clone()], &encode(frame), turn);
    }

    /// Sends an encoded frame to these sessions. Gives how many of them got it.
    pub(crate) fn fan_out<S: Sql>(
        &mut self,
        to: Vec<SessionId>,
        frame: &str,
        turn: &mut Turn<'_, S>,
    ) -> usize {
        let (mut plain, mut marked, mut slow) = (Vec::new(), Vec::new(), Vec::new());
        for id in to {
            let Some(session) = self.sessions.by_id_mut(&id) else { continue };
            match session.wire.passage(frame.len(), turn.now) {
                Passage::Plain => {
                    session.wire.send(frame.len());
                    plain.push(id);
                }
                Passage::Marked => marked.push(id),
                Passage::Slow => slow.push(id),
            }
        }
        let sent = plain.len().saturating_add(marked.len());
        turn.send(plain, frame.to_owned());
        if !marked.is_empty() {
            self.fan_out_marked(marked, frame, turn);
        }
        for id in slow {
            self.part(&id, CloseCode::SlowReader, "too much was left unread", turn);
        }
        sent
    }

    fn fan_out_marked<S: Sql>(&mut self, to: Vec<SessionId>, frame: &str, turn: &mut Turn<'_, S>) {
        let mark = self.marks.mint();
        let frame = with_mark(frame, &mark);
        for id in &to {
            if let Some(session) = self.sessions.by_id_mut(id) {
                session.wire.send_marked(frame.len(), &mark, turn.now);
            }
        }
        turn.send(to, frame);
    }
}
