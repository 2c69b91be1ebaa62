//! Rounds of fan-out: all that waits goes out together, events first.
//!
//! Not here: what waits (batch.rs, roster.rs, signals.rs) and who is told what of it.

use archive::Sql;
use protocol::{Member, Millis, Seq, ServerFrame, SessionId, encode, limits::NOTIFY_EVERY_MS};

use crate::{
    attachment::{Flow, Told},
    batch::{self, Waiting},
    effect::Fatal,
    ordered::Map,
    room::Room,
    sessions::elapsed,
    turn::Turn,
};

impl Room {
    /// Sends what is due, and fixes when the rest will be.
    pub(crate) fn settle<S: Sql>(&mut self, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        // A round may close slow readers, which is news for the next; so there are no more rounds than sessions.
        while self.waits_for_round() {
            if self.schedule_round(turn.now) > turn.reached {
                break;
            }
            self.round(turn)?;
        }
        if self.heads_at.is_some_and(|at| at <= turn.reached) {
            self.send_heads(turn)?;
        }
        Ok(())
    }

    /// When what waits goes out.
    pub(crate) fn schedule_round(&mut self, now: Millis) -> Millis {
        self.batch.schedule(now, batch::window_ms(self.sessions.count_full()))
    }

    /// Sends everything that waits, now.
    pub(crate) fn round<S: Sql>(&mut self, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        let events = self.batch.begin_round(turn.now);
        self.send_events(&events, turn);
        self.send_presence(turn);
        self.send_typing(turn);
        if events.is_empty() { Ok(()) } else { self.send_heads(turn) }
    }

    /// Whether there is anything to send in a round.
    pub(crate) fn waits_for_round(&self) -> bool {
        self.batch.waits() || self.roster.waits() || !self.typing.is_empty()
    }

    fn send_events<S: Sql>(&mut self, events: &[Waiting], turn: &mut Turn<'_, S>) {
        let (Some(first), Some(last)) = (events.first(), events.last()) else { return };
        // Nearly all sessions need all of it; those that were welcomed while it waited need its end, or nothing.
        let mut groups: Map<Seq, Vec<SessionId>> = Map::new_vec();
        for (id, session) in self.sessions.full() {
            if session.kept.flow == Flow::Live && session.from < last.seq {
                groups.entry(session.from.max(first.seq.before())).or_default().push(id.clone());
            }
        }
        self.tally.round(events.len());
        for (from, to) in groups {
            let new = || events.iter().filter(|event| event.seq > from);
            let mut heard = 0;
            for frame in batch::frames(new()) {
                heard = self.fan_out(to.clone(), &frame, turn);
                self.tally.frame_out(heard);
            }
            self.tally.delivered(new().count(), heard);
        }
    }

    fn send_typing<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        let typing = std::mem::take(&mut self.typing);
        let people = typing.iter().filter_map(|id| self.sessions.known(id));
        let members: Vec<Member> = people.map(|person| person.member()).collect();
        if members.is_empty() {
            return;
        }
        let others = self.sessions.full().filter(|(_, session)| !typing.contains(&session.member));
        let to: Vec<SessionId> = others.map(|(id, _)| id.clone()).collect();
        self.fan_out(to, &encode(&ServerFrame::Typing { members: members.clone() }), turn);
        for member in &members {
            self.send_typing_to_typer(member, &members, turn);
        }
    }

    /// Whoever types hears of the others.
    fn send_typing_to_typer<S: Sql>(&mut self, typer: &Member, typing: &[Member], turn: &mut Turn<'_, S>) {
        let members: Vec<Member> = typing.iter().filter(|member| member.id != typer.id).cloned().collect();
        if members.is_empty() {
            return;
        }
        let own = self.sessions.full().filter(|(_, session)| session.member == typer.id);
        let to: Vec<SessionId> = own.map(|(id, _)| id.clone()).collect();
        self.fan_out(to, &encode(&ServerFrame::Typing { members }), turn);
    }

    /// Tells `notify` sockets where the log ends, each at most once in 2 s; fixes when the rest will be told.
    fn send_heads<S: Sql>(&mut self, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        let mut now_due = Vec::new();
        self.heads_at = None;
        for (id, told) in self.behind() {
            let due_at = told.at.plus(NOTIFY_EVERY_MS);
            if due_at <= turn.reached || elapsed(turn.now, told.at, NOTIFY_EVERY_MS) {
                now_due.push(id);
            } else {
                self.heads_at = Some(self.heads_at.map_or(due_at, |at| at.min(due_at)));
            }
        }
        for id in now_due {
            self.send_head(&id, turn)?;
        }
        Ok(())
    }

    /// The `notify` sockets that were told of an older head than the log's, and when.
    pub(crate) fn behind(&self) -> Vec<(SessionId, Told)> {
        let told = self.sessions.iter().filter_map(|(id, session)| Some((id, session.kept.told?)));
        told.filter(|(_, told)| told.head < self.log.head).map(|(id, told)| (id.clone(), told)).collect()
    }

    fn send_head<S: Sql>(&mut self, id: &SessionId, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        let head = self.log.head;
        let Some(session) = self.sessions.by_id_mut(id) else { return Ok(()) };
        session.kept.told = Some(Told { head, at: turn.now });
        let member = session.member.clone();
        let read = self.read_marker(&member, turn)?;
        let mentions = turn.archive.mentions_after(&member, read)?;
        turn.attach(id.clone());
        self.tell(id, &ServerFrame::Head { head, mentions: Some(mentions) }, turn);
        Ok(())
    }

    /// Tells everybody who hears events where the log ends: whoever missed some asks for them. Those who are catching
    /// up ask on anyhow.
    pub(crate) fn send_head_to_all<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        let live = self.sessions.full().filter(|(_, session)| session.kept.flow == Flow::Live);
        let to: Vec<SessionId> = live.map(|(id, _)| id.clone()).collect();
        let frame = ServerFrame::Head { head: self.log.head, mentions: None };
        self.fan_out(to, &encode(&frame), turn);
    }
}

/// The earlier of two instants, either of which may not be.
pub(crate) fn earliest(instants: impl IntoIterator<Item = Option<Millis>>) -> Option<Millis> {
    instants.into_iter().flatten().min()
}
