//! Welcome: how a reader comes to stand in the room, with all it missed or with a snapshot.
//!
//! The invariant: after a cursor that is good come all events above it, in pages, and none of them another way: a
//! session hears live events only once a page was the last.

use archive::{Anchor, Bounds, Sql};
use protocol::{
    Cursor, Event, Message, Seq, ServerFrame, SessionId, Welcome,
    frame::{Limits, Me, Roster},
    limits::{
        ATTACHMENTS, CLIENT_FRAME_BYTES, HEARTBEAT_MS, MENTIONS, RESUME_EVENTS, SEND_BURST, SEND_PER_S,
        SNAPSHOT_MESSAGES, SPREAD_MS, TEXT_SCALARS, WELCOME_BYTES,
    },
};

use crate::{
    attachment::{Flow, Told},
    effect::Fatal,
    input::Mode,
    room::Room,
    settings::Shelf,
    tally::Joined,
    turn::Turn,
};

/// The version of the protocol that this room speaks.
const PROTOCOL: u32 = 1;

/// What a welcome has of the log.
#[derive(Default)]
struct Portion {
    recovered: bool,
    events: Option<Vec<Event>>,
    messages: Option<Vec<Message>>,
    more: bool,
    more_before: bool,
}

impl Room {
    /// Sends the session its `welcome`, from `cursor` on if it is good. `None` where the session is gone.
    pub(crate) fn welcome<S: Sql>(
        &mut self,
        id: &SessionId,
        cursor: Option<&str>,
        turn: &mut Turn<'_, S>,
    ) -> Result<Option<Joined>, Fatal> {
        let Some((session, member)) = self.sessions.with_member(id) else { return Ok(None) };
        let mode = session.kept.mode;
        let role = self.role(&member.id, session.kept.role);
        let me = Me { id: member.id, name: member.name, role };
        let portion = match (mode, cursor.and_then(|cursor| self.good(cursor))) {
            (Mode::Notify, _) => Portion { messages: Some(Vec::new()), ..Portion::default() },
            (Mode::Full, Some(after)) => self.missed(after, turn)?,
            (Mode::Full, None) => snapshot(&me, turn)?,
        };
        let joined = if portion.recovered { Joined::Recovered } else { Joined::Fresh };
        let flow = if portion.more { Flow::CatchingUp } else { Flow::Live };
        let frame = self.compose(id, me, mode, portion, turn)?;
        self.stand(id, flow, turn);
        self.tell(id, &ServerFrame::Welcome(Box::new(frame)), turn);
        Ok(Some(joined))
    }

    /// Where a cursor stands, if this log can go on from there: same epoch, floor − 1 ≤ seq ≤ head.
    fn good(&self, cursor: &str) -> Option<Seq> {
        let cursor = Cursor::parse(cursor)?;
        let held = self.log.floor.before() <= cursor.seq && cursor.seq <= self.log.head;
        (cursor.epoch == self.log.epoch && held).then_some(cursor.seq)
    }

    fn missed<S: Sql>(&self, after: Seq, turn: &Turn<'_, S>) -> Result<Portion, Fatal> {
        let bounds = Bounds { count: RESUME_EVENTS, bytes: WELCOME_BYTES };
        #[cfg(feature = "mutants")]
        let after = if crate::mutants::Mutant::ResumeOffByOne.is_loose() { after.next() } else { after };
        let events = turn.archive.events_after(after, bounds)?;
        let more = events.last().map_or(after, |last| last.seq) < self.log.head;
        // Whether there is anything at or below the cursor: a client that kept no messages may ask for them.
        let more_before = self.log.floor <= after;
        Ok(Portion { recovered: true, events: Some(events), messages: None, more, more_before })
    }

    fn compose<S: Sql>(
        &self,
        id: &SessionId,
        me: Me,
        mode: Mode,
        portion: Portion,
        turn: &Turn<'_, S>,
    ) -> Result<Welcome, Fatal> {
        let roster = match mode {
            Mode::Full => Roster { count: self.sessions.count_present(), members: self.sessions.roster() },
            Mode::Notify => Roster::default(),
        };
        Ok(Welcome {
            protocol: PROTOCOL,
            session: id.clone(),
            read: self.read_marker(&me.id, turn)?,
            me,
            room: self.log.info.clone(),
            epoch: self.log.epoch.clone(),
            head: self.log.head,
            floor: self.log.floor,
            recovered: portion.recovered,
            events: portion.events,
            messages: portion.messages,
            more: portion.more,
            more_before: portion.more_before,
            pins: turn.archive.pins()?,
            roster,
            limits: limits(self.settings.shelf),
            now: turn.now,
            heartbeat_ms: HEARTBEAT_MS,
            spread_ms: SPREAD_MS,
        })
    }

    /// Where the session stands once it has this welcome.
    fn stand<S: Sql>(&mut self, id: &SessionId, flow: Flow, turn: &mut Turn<'_, S>) {
        let (head, version) = (self.log.head, self.roster.version());
        let Some(session) = self.sessions.by_id_mut(id) else { return };
        session.kept.flow = flow;
        session.kept.told = (!session.is_full()).then_some(Told { head, at: turn.now });
        session.from = head;
        session.roster = version;
        turn.attach(id.clone());
    }
}

fn snapshot<S: Sql>(me: &Me, turn: &Turn<'_, S>) -> Result<Portion, Fatal> {
    let bounds = Bounds { count: SNAPSHOT_MESSAGES, bytes: WELCOME_BYTES };
    let history = turn.archive.messages(Anchor::Newest, &me.id, bounds)?;
    Ok(Portion { messages: Some(history.messages), more_before: history.more_before, ..Portion::default() })
}

/// As `protocol::limits` has them. The casts are of small constants.
fn limits(shelf: Shelf) -> Limits {
    Limits {
        text: TEXT_SCALARS as u32,
        frame_bytes: CLIENT_FRAME_BYTES as u32,
        mentions: MENTIONS as u32,
        attachments: ATTACHMENTS as u32,
        file_bytes: shelf.file_bytes() as u32,
        send_per_s: SEND_PER_S,
        send_burst: SEND_BURST,
    }
}
