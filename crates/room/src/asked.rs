//! What is asked by HTTP: each request is one turn and gets one answer.
//!
//! Not here: what comes of it; that stands with the idea that it belongs to.

use archive::Sql;
use protocol::{
    RejectCode,
    http::{SendBody, Sent},
};

use crate::{
    commands::{Asker, Pace, Refusal, Verdict},
    effect::{Answer, Fatal},
    floods::{Origin, Passage},
    input::Input,
    membership::{Admission, refused},
    room::Room,
    settings::Limits,
    turn::Turn,
};

impl Room {
    /// Answers an input that names a request.
    pub(crate) fn on_asked<S: Sql>(&mut self, input: Input, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        let Some(request) = input.request() else { return Ok(()) };
        let answer = match input {
            Input::Command { member, role, body, origin, .. } => {
                self.on_http(&Asker { member, role }, body, origin, turn)?
            }
            Input::Change { member, role, change, .. } => {
                self.on_change(&Asker { member, role }, change, turn)?
            }
            Input::Join { member, .. } => self.on_join(member, turn)?,
            Input::Leave { member, .. } => self.on_leave(member, turn)?,
            Input::Keep { member, .. } => self.on_keep(&member, turn)?,
            Input::Invite { member, role, invite, .. } => {
                self.on_invite(&Asker { member, role }, invite, turn)?
            }
            Input::Revoke { member, role, digest, .. } => {
                self.on_revoke(&Asker { member, role }, digest, turn)?
            }
            Input::Redeem { member, digest, .. } => self.on_redeem(member, digest, turn)?,
            Input::Bring { member, role, file, .. } => self.on_bring(&Asker { member, role }, file, turn)?,
            Input::Import { member, role, events, origin, .. } => {
                self.on_import(&Asker { member, role }, events, origin, turn)?
            }
            Input::Bury { member, role, .. } => self.on_bury(&Asker { member, role }, turn),
            Input::HandOver { from, to, .. } => self.on_hand_over(&from, &to, turn)?,
            Input::Farewell { member, legacy, .. } => self.on_farewell(&member, legacy, turn)?,
            _ => return Ok(()),
        };
        turn.answer(request, answer);
        Ok(())
    }

    fn on_http<S: Sql>(
        &mut self,
        asker: &Asker,
        body: SendBody,
        origin: Option<Origin>,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        self.on_renamed(&asker.member, turn);
        if let Some(refusal) = self.flooded(asker, origin, turn) {
            return Ok(refusal.into());
        }
        self.tally.command_by_http();
        match self.admission(&asker.member.id, asker.role, turn.now, turn.archive)? {
            Admission::Admitted => {}
            Admission::Banned => return Ok(refused(RejectCode::Forbidden)),
            Admission::Hidden => return Ok(refused(RejectCode::NotFound)),
        }
        let SendBody { id, draft } = body;
        Ok(match self.command(asker, &id, protocol::Command::Send(draft), Pace::Kept, turn)? {
            Verdict::Acked(acked) => {
                Answer::Sent(Sent { id, seq: acked.seq, at: acked.at, duplicate: acked.duplicate })
            }
            Verdict::Refused(refusal) => refusal.into(),
        })
    }

    /// Why a request is not looked at: it is one of too many.
    pub(crate) fn flooded<S: Sql>(
        &mut self,
        asker: &Asker,
        origin: Option<Origin>,
        turn: &Turn<'_, S>,
    ) -> Option<Refusal> {
        if self.settings.limits == Limits::Off {
            return None;
        }
        let flood = &mut self.sessions.person(asker.member.clone()).flood;
        match self.floods.take(flood, origin, turn.now) {
            Passage::Free => None,
            Passage::Refused(refusal) => Some(refusal),
            Passage::Closed => Some(RejectCode::RateLimited.into()),
        }
    }
}
