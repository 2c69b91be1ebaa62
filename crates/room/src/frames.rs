//! What comes over a socket: decoded, counted if it is bad, and handed to whoever handles it.

use archive::Sql;
use protocol::{
    BadFrame, ClientFrame, CloseCode, Command, CommandId, Millis, RejectCode, ServerFrame, SessionId,
    decode_client,
    limits::{BAD_FRAMES, BAD_FRAMES_MS},
};

use crate::{
    attachment::LIFE_MS,
    commands::{Asker, Pace, Refusal, Verdict},
    effect::Fatal,
    floods::Passage,
    input::Payload,
    room::Room,
    sessions::elapsed,
    settings::Limits,
    turn::Turn,
};

impl Room {
    pub(crate) fn on_frame<S: Sql>(
        &mut self,
        id: &SessionId,
        payload: &Payload,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        if self.sessions.by_id(id).is_none() {
            // A socket that the room does not know must not wait for answers that never come.
            turn.close(id.clone(), CloseCode::RoomRestarts, "this socket is not known any more");
            return Ok(());
        }
        self.live(id, turn);
        self.expect_sweep(turn);
        let decoded = match payload {
            Payload::Text(text) => decode_client(text),
            Payload::Binary => Err(BadFrame { code: RejectCode::BadFrame, id: None }),
        };
        match decoded {
            Ok(frame) => {
                self.tally.frame(&frame);
                if self.is_flooded(id, &frame, turn) {
                    return Ok(());
                }
                self.on_decoded(id, frame, turn)
            }
            Err(bad) => {
                self.on_bad_frame(id, bad, turn);
                Ok(())
            }
        }
    }

    /// Whether a frame is one of too many: then it is refused, if it is a command, and costs nothing more. The return of a mark
    /// always counts, or a flood would look like a slow reader.
    fn is_flooded<S: Sql>(&mut self, id: &SessionId, frame: &ClientFrame, turn: &mut Turn<'_, S>) -> bool {
        if self.settings.limits == Limits::Off || matches!(frame, ClientFrame::Received { .. }) {
            return false;
        }
        let Some(session) = self.sessions.by_id(id) else { return false };
        let (origin, member) = (session.kept.origin, session.member.clone());
        let Some(person) = self.sessions.known_mut(&member) else { return false };
        match self.floods.take(&mut person.flood, origin, turn.now) {
            Passage::Free => return false,
            Passage::Refused(refusal) => {
                if let Some((command, _)) = frame.clone().into_command() {
                    let refusal = self.reject(Some(command), refusal);
                    self.tell(id, &refusal, turn);
                }
            }
            Passage::Closed => self.part(id, CloseCode::Flooding, "far too many frames", turn),
        }
        true
    }

    fn on_decoded<S: Sql>(
        &mut self,
        id: &SessionId,
        frame: ClientFrame,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        match frame {
            ClientFrame::Send { .. }
            | ClientFrame::Edit { .. }
            | ClientFrame::Delete { .. }
            | ClientFrame::React { .. }
            | ClientFrame::Pin { .. }
            | ClientFrame::Moderate { .. }
            | ClientFrame::Role { .. } => {
                if let Some((command_id, command)) = frame.into_command() {
                    self.on_command(id, command_id, command, turn)?;
                }
            }
            ClientFrame::Read { seq } => self.on_read(id, seq, turn)?,
            ClientFrame::Received { mark } => self.on_received(id, &mark),
            ClientFrame::Resume { cursor } => drop(self.welcome(id, Some(&cursor), turn)?),
            ClientFrame::Typing => self.on_typing(id, turn),
            ClientFrame::Presence { state } => self.on_presence(id, state, turn),
        }
        Ok(())
    }

    fn on_command<S: Sql>(
        &mut self,
        id: &SessionId,
        command_id: CommandId,
        command: Command,
        turn: &mut Turn<'_, S>,
    ) -> Result<(), Fatal> {
        let Some((session, member)) = self.sessions.with_member(id) else { return Ok(()) };
        let asker = Asker { member, role: session.kept.role };
        let frame = match self.command(&asker, &command_id, command, Pace::Kept, turn)? {
            Verdict::Acked(acked) => {
                ServerFrame::Ack { id: command_id, seq: acked.seq, at: acked.at, duplicate: acked.duplicate }
            }
            Verdict::Refused(refusal) => self.reject(Some(command_id), refusal),
        };
        self.tell(id, &frame, turn);
        Ok(())
    }

    fn on_received(&mut self, id: &SessionId, mark: &str) {
        if let Some(session) = self.sessions.by_id_mut(id) {
            session.wire.returned(mark);
        }
    }

    /// Refuses it; the fifth within a minute closes the socket. A type that is not known does not count: new pages meet
    /// old objects during a roll-out.
    fn on_bad_frame<S: Sql>(&mut self, id: &SessionId, bad: BadFrame, turn: &mut Turn<'_, S>) {
        let refusal = self.reject(bad.id, bad.code.into());
        self.tell(id, &refusal, turn);
        let counts = matches!(bad.code, RejectCode::BadFrame | RejectCode::TooLarge);
        let Some(session) = self.sessions.by_id_mut(id).filter(|_| counts) else { return };
        session.kept.bad.retain(|at| is_recent(*at, turn.now));
        session.kept.bad.push(turn.now);
        if session.kept.bad.len() >= BAD_FRAMES {
            self.part(id, CloseCode::BrokenClient, "five bad frames in a minute", turn);
        } else {
            turn.attach(id.clone());
        }
    }

    /// The refusal as a frame; counts it.
    pub(crate) fn reject(&mut self, id: Option<CommandId>, refusal: Refusal) -> ServerFrame {
        let Refusal { code, retry_after_ms } = refusal;
        self.tally.reject(code);
        let (message, retryable) = (code.sentence().to_owned(), code.retryable());
        ServerFrame::Reject { id, code, message, retryable, retry_after_ms }
    }

    /// Any frame is a sign of life.
    fn live<S: Sql>(&mut self, id: &SessionId, turn: &mut Turn<'_, S>) {
        let Some(session) = self.sessions.by_id_mut(id) else { return };
        if elapsed(turn.now, session.kept.life, LIFE_MS) {
            session.kept.life = turn.now;
            turn.attach(id.clone());
        }
    }
}

fn is_recent(at: Millis, now: Millis) -> bool {
    !elapsed(now, at, BAD_FRAMES_MS)
}
