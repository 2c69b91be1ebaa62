//! Imports: what was written elsewhere comes into the log, with its own authors and dates.
//!
//! Not here: other formats than an export's lines; crates/import turns them into these. The invariants: the log stays one order, by
//! seq and by date; nobody here is made to have said what an import says; a piece comes in whole or not at all.

use archive::Sql;
use protocol::{
    Emoji, Event, EventKind, File, Member, MemberId, Millis, Name, Role, Seq, Text,
    limits::{IMPORT_EVENTS, MENTIONS, MINTED_ID_BYTES, PINS, REACTIONS, TEXT_SCALARS},
};

use crate::{
    commands::Asker,
    effect::{Answer, Fatal},
    floods::Origin,
    ordered::{Map, Set},
    rights::Deed,
    room::Room,
    turn::Turn,
};

/// Stands before the id of an author from elsewhere: no id that is minted here begins so.
const ELSEWHERE: &str = "imported-";

/// A line that is no event which can be brought in; for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line} {why}")]
pub struct BadLine {
    /// The first is 1.
    line: usize,
    why: String,
}

/// Why events do not fit into this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// They do not follow the newest, which is this one.
    Follows(Seq),
    /// This one is dated before the event in front of it, or later than now.
    Date(Seq),
    /// With this one a message would have too many kinds of reactions.
    Reactions(Seq),
    /// With this one the room would have too many pins.
    Pins(Seq),
}

/// Reads a piece of an export: one event a line.
///
/// # Errors
/// [`BadLine`] for the first line that is no event, or one that only a room itself can make; or when there are more than
/// [`IMPORT_EVENTS`].
pub fn imported(lines: &str) -> Result<Vec<Event>, BadLine> {
    let mut events = Vec::new();
    for (line, text) in (1..).zip(lines.lines()) {
        let event = if line > IMPORT_EVENTS {
            Err(format!("is one too many: send at most {IMPORT_EVENTS} at a time."))
        } else {
            protocol::decode::<Event>(text)
                .map_err(|error| format!("is no event: {error}."))
                .and_then(checked)
        };
        events.push(event.map_err(|why| BadLine { line, why })?);
    }
    Ok(events)
}

/// The event within the bounds that commands have. Its command is forgotten: it was another room's.
fn checked(mut event: Event) -> Result<Event, String> {
    let target = match &mut event.kind {
        EventKind::Message { text, reply_to, mentions, attachments, redacted } => {
            leave_files_behind(text, attachments);
            whole(text, *redacted)?;
            if mentions.len() > MENTIONS {
                return Err(format!("calls more than {MENTIONS} members."));
            }
            *reply_to
        }
        EventKind::Edited { target, text, redacted } => {
            whole(text, *redacted)?;
            Some(*target)
        }
        EventKind::Reacted { target, emoji, .. } => {
            Emoji::parse(emoji).ok_or("has a reaction that is no emoji.")?;
            Some(*target)
        }
        EventKind::Deleted { target } | EventKind::Pinned { target, .. } => Some(*target),
        EventKind::Member { .. }
        | EventKind::Room(_)
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => {
            return Err(
                "tells of the room or its members; only what people wrote can be brought in.".to_owned()
            );
        }
    };
    if target.is_some_and(|target| target >= event.seq) {
        return Err("is about a later one.".to_owned());
    }
    let name = Name::parse(&event.by.name).map_err(|bad| format!("has a name that cannot be: {bad}."))?;
    event.by.name = name.as_str().to_owned();
    event.id = None;
    Ok(event)
}

/// A text is there unless it was taken out.
fn whole(text: &mut Option<String>, redacted: bool) -> Result<(), String> {
    match (text.as_deref(), redacted) {
        (None, true) => Ok(()),
        (Some(raw), false) => {
            let parsed = Text::parse(raw).map_err(|bad| format!("has a text that cannot be: {bad}."))?;
            *text = Some(parsed.into());
            Ok(())
        }
        (None, false) => Err("has no text.".to_owned()),
        (Some(_), true) => Err("is redacted and has a text.".to_owned()),
    }
}

impl Room {
    /// The owner brings in what was written elsewhere, behind what is there.
    pub(crate) fn on_import<S: Sql>(
        &mut self,
        asker: &Asker,
        events: Vec<Event>,
        origin: Option<Origin>,
        turn: &mut Turn<'_, S>,
    ) -> Result<Answer, Fatal> {
        if let Some(refusal) = self.refuses(Deed::Import, asker, turn.now) {
            return Ok(refusal);
        }
        if let Some(refusal) = self.flooded(asker, origin, turn) {
            return Ok(refusal.into());
        }
        if let Some(unfit) = self.unfit(&events, turn)? {
            return Ok(Answer::Unfit(unfit));
        }
        for event in events {
            // Whoever owns every room restores one as it was.
            let event = if asker.role == Role::Owner { event } else { from_elsewhere(event) };
            self.enter(event, turn);
        }
        Ok(Answer::Done)
    }

    /// The first thing that does not fit.
    fn unfit<S: Sql>(&self, events: &[Event], turn: &Turn<'_, S>) -> Result<Option<Unfit>, Fatal> {
        // A room without events holds nothing that came earlier, whenever it was made.
        let last_at = if self.log.head == Seq::ZERO { Millis(0) } else { self.log.last_at };
        let mut end = End {
            next: self.log.head.next(),
            last_at,
            pins: turn.archive.pins()?,
            reactions: Map::default(),
        };
        for event in events {
            if event.seq != end.next {
                return Ok(Some(Unfit::Follows(self.log.head)));
            }
            if event.at < end.last_at || event.at > turn.now {
                return Ok(Some(Unfit::Date(event.seq)));
            }
            if let Some(unfit) = end.fold(event, turn)? {
                return Ok(Some(unfit));
            }
        }
        Ok(None)
    }
}

/// The end of the log as it will be behind the events that were looked at so far.
struct End {
    next: Seq,
    last_at: Millis,
    pins: Vec<Seq>,
    /// Kinds that the room has not stored yet.
    reactions: Map<Seq, Set<String>>,
}

impl End {
    fn fold<S: Sql>(&mut self, event: &Event, turn: &Turn<'_, S>) -> Result<Option<Unfit>, Fatal> {
        (self.next, self.last_at) = (event.seq.next(), event.at);
        match &event.kind {
            EventKind::Reacted { target, emoji, on: true } => {
                let stored = turn.archive.reaction(*target, emoji, &event.by.id)?;
                let new = self.reactions.entry(*target).or_default();
                if !stored.known {
                    new.insert(emoji.clone());
                }
                let kinds = stored.kinds.saturating_add(new.iter().count());
                return Ok((kinds > REACTIONS).then_some(Unfit::Reactions(event.seq)));
            }
            EventKind::Pinned { target, on } => {
                self.pins.retain(|pin| pin != target);
                self.pins.extend(on.then_some(*target));
            }
            _ => {}
        }
        Ok((self.pins.len() > PINS).then_some(Unfit::Pins(event.seq)))
    }
}

/// Bytes of files stay where they were: where a message was nothing else, their names stand in their place.
fn leave_files_behind(text: &mut Option<String>, files: &mut Vec<File>) {
    let names: Vec<String> = std::mem::take(files).into_iter().map(|file| file.name).collect();
    if let Some(text) = text.as_mut().filter(|text| text.is_empty()) {
        *text = names.join(", ").chars().take(TEXT_SCALARS).collect();
    }
}

/// The event with authors that are nobody's here.
fn from_elsewhere(event: Event) -> Event {
    let Event { seq, at, by: Member { id, name }, id: command, mut kind } = event;
    if let EventKind::Message { mentions, .. } = &mut kind {
        mentions
            .iter_mut()
            .filter(|member| !member.is_everybody())
            .for_each(|member| *member = nobody_here(member));
    }
    Event { seq, at, by: Member { id: nobody_here(&id), name }, id: command, kind }
}

fn nobody_here(id: &MemberId) -> MemberId {
    if id.as_str().starts_with(ELSEWHERE) {
        return id.clone();
    }
    // Ids are ASCII; one that is as long as can be loses its end.
    let kept: String = id.as_str().chars().take(MINTED_ID_BYTES - ELSEWHERE.len()).collect();
    MemberId::parse(&format!("{ELSEWHERE}{kept}")).unwrap_or_else(|_| MemberId::of_the_room())
}
