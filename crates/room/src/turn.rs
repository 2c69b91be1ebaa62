//! One turn: what it may look at, and the effects it gathers.
//!
//! Handlers say what they want in whatever order suits them; the room sorts it once, at the end: every `Store`, then the
//! alarm that belongs to the same commit, then the attachments, then what goes out, in the order it was said.

use archive::{Archive, Change, Sql};
use protocol::{CloseCode, MemberChange, MemberId, Millis, SessionId};

use crate::{
    effect::{Answer, Effect},
    ordered::Set,
    places::member_changed,
};

/// An input being applied.
pub(crate) struct Turn<'a, S: Sql> {
    /// When.
    pub(crate) now: Millis,
    /// What was stored before this turn.
    pub(crate) archive: &'a Archive<S>,
    /// What is due by now. A timer or an alarm that rings brings with it the instant it was set for, whatever the
    /// clock says.
    pub(crate) reached: Millis,
    stores: Vec<Change>,
    attach: Attach,
    closed: Set<SessionId>,
    out: Vec<Effect>,
}

/// Whose attachment has changed.
#[derive(Debug)]
pub(crate) enum Attach {
    /// These sessions'.
    These(Set<SessionId>),
    /// Everybody's.
    All,
}

/// What a turn has gathered.
pub(crate) struct Gathered {
    /// One transaction.
    pub(crate) stores: Vec<Change>,
    /// Whose attachment has to be written.
    pub(crate) attach: Attach,
    /// Sends, closes and answers, in order.
    pub(crate) out: Vec<Effect>,
}

impl<'a, S: Sql> Turn<'a, S> {
    pub(crate) fn new(now: Millis, archive: &'a Archive<S>) -> Self {
        let attach = Attach::These(Set::default());
        let (stores, out) = (Vec::new(), Vec::new());
        Self { now, archive, reached: now, stores, attach, closed: Set::default(), out }
    }

    pub(crate) fn store(&mut self, change: Change) {
        self.stores.push(change);
    }

    pub(crate) fn stores_anything(&self) -> bool {
        !self.stores.is_empty()
    }

    /// The session's attachment has changed.
    pub(crate) fn attach(&mut self, session: SessionId) {
        if let Attach::These(sessions) = &mut self.attach {
            sessions.insert(session);
        }
    }

    /// What every attachment holds of the room has changed.
    pub(crate) fn attach_all(&mut self) {
        self.attach = Attach::All;
    }

    /// Nothing of this turn is written, whatever its handlers said.
    pub(crate) fn drop_stores(&mut self) {
        self.stores.clear();
    }

    pub(crate) fn send(&mut self, to: Vec<SessionId>, frame: String) {
        if !to.is_empty() {
            self.out.push(Effect::Send { to, frame });
        }
    }

    /// Closes a socket, once a turn.
    pub(crate) fn close(&mut self, session: SessionId, code: CloseCode, reason: &'static str) {
        if self.closed.insert(session.clone()) {
            self.out.push(Effect::Close { session, code, reason });
        }
    }

    pub(crate) fn answer(&mut self, request: u64, answer: Answer) {
        self.out.push(Effect::Answer { request, answer });
    }

    /// Whom the events of this turn are about, and what changed about them.
    pub(crate) fn members_changed(&self) -> Vec<(MemberId, MemberChange)> {
        let events = self.stores.iter().filter_map(|change| match change {
            Change::Append(event) => member_changed(&event.kind),
            _ => None,
        });
        events.collect()
    }

    pub(crate) fn gathered(self) -> Gathered {
        Gathered { stores: self.stores, attach: self.attach, out: self.out }
    }
}
