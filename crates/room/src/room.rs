//! The room: one match over what can happen to it.
//!
//! Not here: how each thing is handled; every file beside this one handles one idea. The invariant: what a client could
//! miss is in the archive or in an attachment once the effects of a turn are carried out.

use archive::{Archive, Change, Log, Sql};
use protocol::{
    Availability, CloseCode, Member, MemberId, Millis, Role, SessionId, limits::SOCKETS_PER_MEMBER,
};

use crate::{
    alarms::Due,
    attachment::{self, Flow, KeptRoom, KeptSession},
    batch::Batch,
    commands::Asker,
    effect::{Answer, Effect, Effects, Fatal},
    floods::Floods,
    hooks::Listeners,
    input::{Input, Opening},
    marks::Marks,
    mutes::Mutes,
    ordered::Set,
    rights::{Deed, Right, Target, right},
    roster::Roster,
    rounds::earliest,
    sessions::{Session, Sessions},
    settings::{Limits, Settings},
    tally::Tally,
    trouble::Trouble,
    turn::{Attach, Turn},
};

/// A room: its log's extent, who is connected, and what waits to be told.
#[derive(Debug)]
pub struct Room {
    pub(crate) settings: Settings,
    /// Where the log ended when this room was restored.
    #[cfg(feature = "mutants")]
    pub(crate) woke_at: protocol::Seq,
    pub(crate) log: Log,
    pub(crate) sessions: Sessions,
    pub(crate) roster: Roster,
    pub(crate) trouble: Trouble,
    pub(crate) due: Due,
    /// Sockets whose attachment could not be read.
    pub(crate) strays: Vec<SessionId>,
    /// What waits for the next round, beside the roster's changes.
    pub(crate) batch: Batch,
    pub(crate) typing: Set<MemberId>,
    /// When the next `notify` socket may hear of the head.
    pub(crate) heads_at: Option<Millis>,
    pub(crate) trial_at: Option<Millis>,
    /// It was ended in this turn.
    pub(crate) gone: bool,
    pub(crate) marks: Marks,
    pub(crate) tally: Tally,
    pub(crate) floods: Floods,
    pub(crate) mutes: Mutes,
    pub(crate) listeners: Listeners,
}

impl Room {
    /// Applies one input. What it wants done comes back in one ordered list.
    ///
    /// # Errors
    /// [`Fatal`] when the archive could not be read. The room must be thrown away then, and restored.
    pub fn apply<S: Sql>(
        &mut self,
        input: Input,
        now: Millis,
        archive: &Archive<S>,
    ) -> Result<Effects, Fatal> {
        let mut turn = Turn::new(now, archive);
        self.close_strays(&mut turn);
        match input {
            Input::Open(opening) => self.on_open(opening, &mut turn)?,
            Input::Frame { session, payload } => self.on_frame(&session, &payload, &mut turn)?,
            Input::Closed { session } => self.leave(&session, &mut turn),
            Input::Hook { request, input } => self.on_hook(request, input, &mut turn)?,
            Input::Owing { at } => self.on_owing(at, &mut turn),
            Input::Renamed(member) => self.on_renamed(&member, &mut turn),
            Input::SignedOut { member, sign_in } => self.on_signed_out(&member, &sign_in, &mut turn),
            Input::Timer => {
                turn.reached = self.due.timer_rings(now);
                self.try_writing(&mut turn);
            }
            Input::Alarm { pongs } => self.on_alarm(&pongs, &mut turn)?,
            Input::StorageFailed { of } => {
                self.on_storage_failed(*of, &mut turn);
                return Ok(self.effects(turn));
            }
            asked => self.on_asked(asked, &mut turn)?,
        }
        if self.is_gone() {
            return Ok(self.last_effects(turn));
        }
        self.tell_of_members(&mut turn)?;
        self.settle(&mut turn)?;
        self.guard(&mut turn);
        self.recover(&mut turn);
        Ok(self.effects(turn))
    }

    /// What was counted since this was asked last. Ask after a turn's effects are carried out: what a turn counts is true then.
    #[must_use]
    pub fn take_tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }

    /// What a member may do here, whose sign-in may do `everywhere` in every room.
    #[must_use]
    pub fn role(&self, member: &MemberId, everywhere: Role) -> Role {
        everywhere.max(self.sessions.roles.of(member))
    }

    /// What comes of a deed that is no command: reading the moderation log, inviting, exporting, deleting the room.
    #[must_use]
    pub fn may(&self, deed: Deed, asker: &Asker, now: Millis) -> Right {
        right(deed, Target::Room, self.actor(asker, now))
    }

    /// Whether anybody has a role here.
    #[must_use]
    pub fn has_staff(&self) -> bool {
        self.sessions.roles.has_any()
    }

    /// How many sockets stand in the room.
    #[must_use]
    pub fn count_sockets(&self) -> usize {
        self.sessions.count()
    }

    fn close_strays<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        for session in std::mem::take(&mut self.strays) {
            turn.close(session, CloseCode::RoomRestarts, "what this socket remembers cannot be read");
        }
    }

    fn on_open<S: Sql>(&mut self, opening: Opening, turn: &mut Turn<'_, S>) -> Result<(), Fatal> {
        let Opening { session: id, member, role, sign_in, mode, cursor, origin } = opening;
        let sockets = self.sessions.known(&member.id).map_or(0, |person| person.sessions.len());
        if self.settings.limits == Limits::On && sockets >= SOCKETS_PER_MEMBER {
            turn.close(id, CloseCode::TooManySockets, "");
            return Ok(());
        }
        if let Some(code) = self.keeps_out(&member, role, turn)? {
            turn.close(id, code, "");
            return Ok(());
        }
        self.on_renamed(&member, turn);
        self.expect_sweep(turn);
        let before = self.sessions.present(&member.id);
        let kept = KeptSession {
            role,
            sign_in,
            mode,
            state: Availability::Active,
            life: turn.now,
            flow: Flow::Live,
            bad: Vec::new(),
            origin,
            told: None,
        };
        self.sessions.insert(id.clone(), Session::new(member.id.clone(), kept), member.name);
        if before != self.sessions.present(&member.id) {
            self.roster.change(member.id);
        }
        if let Some(joined) = self.welcome(&id, cursor.as_deref(), turn)? {
            self.tally.join(joined);
        }
        Ok(())
    }

    /// A session's socket is gone.
    pub(crate) fn leave<S: Sql>(&mut self, id: &SessionId, turn: &mut Turn<'_, S>) {
        let Some(member) = self.sessions.by_id(id).map(|session| session.member.clone()) else { return };
        let before = self.sessions.present(&member);
        self.sessions.remove(id);
        if before != self.sessions.present(&member) {
            self.roster.change(member.clone());
        }
        if self.sessions.known(&member).is_some_and(|person| person.sessions.is_empty()) {
            self.write_read(&member, turn);
        }
    }

    /// Closes a session's socket.
    pub(crate) fn part<S: Sql>(
        &mut self,
        id: &SessionId,
        code: CloseCode,
        reason: &'static str,
        turn: &mut Turn<'_, S>,
    ) {
        self.leave(id, turn);
        turn.close(id.clone(), code, reason);
    }

    /// All sessions of a member carry one name, the last that was heard.
    pub(crate) fn on_renamed<S: Sql>(&mut self, member: &Member, turn: &mut Turn<'_, S>) {
        let Some(person) = self.sessions.known_mut(&member.id) else { return };
        if person.kept.name == member.name {
            return;
        }
        member.name.clone_into(&mut person.kept.name);
        person.sessions.iter().for_each(|session| turn.attach(session.clone()));
        if self.sessions.present(&member.id).is_some() {
            self.roster.change(member.id.clone());
        }
    }

    pub(crate) fn on_signed_out<S: Sql>(&mut self, member: &MemberId, sign_in: &str, turn: &mut Turn<'_, S>) {
        let ended = self
            .sessions
            .iter()
            .filter(|(_, session)| session.member == *member && session.kept.sign_in == sign_in);
        let ended: Vec<SessionId> = ended.map(|(id, _)| id.clone()).collect();
        for id in &ended {
            self.part(id, CloseCode::NoSession, "the sign-in ended", turn);
        }
    }

    /// Puts a turn's effects in order: what is stored, the alarm of the same commit, attachments, what goes out, the timer.
    fn effects<S: Sql>(&mut self, mut turn: Turn<'_, S>) -> Effects {
        self.schedule_trial(turn.now);
        let alarm = self.due.alarm_to_set(self.wanted_alarm(turn.now), turn.now).map(Effect::Alarm);
        if alarm.is_some() && self.trouble != Trouble::None {
            turn.attach_all();
        }
        if self.sessions.is_empty() {
            // No attachment would remember it over hibernation, so a room that is awake does not either.
            (self.trouble, self.trial_at) = (Trouble::None, None);
            self.due.believe_the_table();
        }
        let spent_at = self.sessions.forget_spent(turn.now);
        let timer = earliest([self.batch.round_at(), self.heads_at, self.trial_at, spent_at]);
        let timer = self.due.timer_to_set(timer).map(Effect::Timer);
        let gathered = turn.gathered();
        self.count_out(&gathered.out);
        let attachments = self.attachments(&gathered.attach);
        let stores = gathered.stores.into_iter().map(Effect::Store);
        #[cfg(feature = "mutants")]
        if crate::mutants::Mutant::AckBeforeStore.is_loose() {
            return gathered
                .out
                .into_iter()
                .chain(stores)
                .chain(alarm)
                .chain(attachments)
                .chain(timer)
                .collect();
        }
        stores.chain(alarm).chain(attachments).chain(gathered.out).chain(timer).collect()
    }

    /// The effects of the turn that ends the room: nothing is scheduled beyond it but the telling of its end.
    fn last_effects<S: Sql>(&mut self, turn: Turn<'_, S>) -> Effects {
        let now = turn.now;
        let gathered = turn.gathered();
        self.count_out(&gathered.out);
        let burial = gathered.stores.into_iter().filter(|change| matches!(change, Change::Bury(_)));
        burial.map(Effect::Store).chain([Effect::Alarm(now)]).chain(gathered.out).collect()
    }

    /// Counts what this turn closes and refuses by HTTP; whatever is refused by socket was counted when it was said.
    fn count_out(&mut self, out: &[Effect]) {
        for effect in out {
            match effect {
                Effect::Close { code, .. } => self.tally.close(*code),
                Effect::Answer { answer: Answer::Rejected { code, .. }, .. } => self.tally.reject(*code),
                Effect::Answer {
                    answer:
                        Answer::Sent(_) | Answer::Room(_) | Answer::Done | Answer::Spent | Answer::Unfit(_),
                    ..
                }
                | Effect::Store(_)
                | Effect::Attach { .. }
                | Effect::Send { .. }
                | Effect::Timer(_)
                | Effect::Alarm(_) => {}
            }
        }
    }

    fn attachments(&self, attach: &Attach) -> Vec<Effect> {
        let alarm = self.due.alarm().filter(|_| self.trouble != Trouble::None);
        let room = KeptRoom { roster: self.roster.extent, trouble: self.trouble, alarm };
        let written = |id: &SessionId| {
            let (session, member) = self.sessions.kept(id)?;
            Some(Effect::Attach {
                session: id.clone(),
                attachment: attachment::write(session, member, &room),
            })
        };
        match attach {
            Attach::These(sessions) => sessions.iter().filter_map(written).collect(),
            Attach::All => self.sessions.iter().filter_map(|(id, _)| written(id)).collect(),
        }
    }
}
