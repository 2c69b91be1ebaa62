//! The crowd: sockets without a client behind them, which only listen. With them a room has enough sockets to collect
//! events into batches, and some that want to know only where the log ends.
//!
//! The invariant: what a lurker is sent is checked like everything else; it returns every mark at once and never leaves.

use std::collections::BTreeSet;

use protocol::{ClientFrame, Member, MemberId, Millis, Role, ServerFrame, SessionId};
use room::{Input, Mode, Opening, Payload};

use crate::{
    invariants::Verdict,
    world::{Happening, Hearing, World},
};

/// How long the crowd takes to come, and to come back.
const COMES_MS: u64 = 60;
/// Sockets of one member of the crowd.
const SOCKETS: usize = 8;
/// Every so many sockets one hears only of the head.
const NOTIFIED: usize = 8;

impl World {
    /// Those without a socket come in a little later.
    pub(crate) fn lurkers_come_later(&mut self) {
        if !self.lurkers.is_empty() {
            self.queue.put(self.queue.now().plus(COMES_MS), Happening::Crowd);
        }
    }

    pub(crate) fn crowd_comes(&mut self) -> Verdict {
        for number in 0..self.lurkers.len() {
            if !self.server.is_open(&self.lurkers[number]) {
                self.lurkers_seen += 1;
                let opening = opening(number, self.lurkers_seen);
                let hearing =
                    Hearing { member: opening.member.id.clone(), asked: BTreeSet::new(), heard: None };
                self.hearings.insert(opening.session.clone(), hearing);
                self.lurkers[number] = opening.session.clone();
                self.turn(Input::Open(opening))?;
            }
        }
        Ok(())
    }

    /// A lurker is sent a frame: it returns the mark.
    pub(crate) fn lurker_hears(
        &mut self,
        session: &SessionId,
        decoded: &ServerFrame,
        frame: &str,
    ) -> Verdict {
        self.check_hearing(session, decoded)?;
        if frame.contains("\"mark\"")
            && let Some(mark) = protocol::decode_server(frame).and_then(|received| received.mark)
        {
            let payload = Payload::Text(protocol::encode(&ClientFrame::Received { mark }));
            let returned = Input::Frame { session: session.clone(), payload };
            self.queue.put(self.queue.now(), Happening::FromInside(returned));
        }
        Ok(())
    }

    /// When each socket last pinged; the crowd always has a moment ago.
    pub(crate) fn pongs(&mut self) -> Vec<(SessionId, Millis)> {
        let now = self.server_clock();
        for session in &self.lurkers {
            self.server.pinged(session, now);
        }
        self.server.pongs()
    }
}

/// A crowd of so many, none of whom has a socket yet.
pub fn of(size: u64) -> Vec<SessionId> {
    (0..size).map(|_| session(0)).collect()
}

fn opening(number: usize, seen: u64) -> Opening {
    let id = format!("x-{}", number / SOCKETS);
    let member = Member { id: MemberId::parse(&id).expect("an id"), name: id };
    let mode = if number.is_multiple_of(NOTIFIED) { Mode::Notify } else { Mode::Full };
    Opening {
        session: session(seen),
        member,
        role: Role::Member,
        sign_in: "crowd".to_owned(),
        mode,
        cursor: None,
        origin: None,
    }
}

fn session(seen: u64) -> SessionId {
    SessionId::parse(&format!("x{seen}")).expect("a letter and digits are an id")
}
