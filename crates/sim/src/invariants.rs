//! What must hold whatever happens, one named function each. A function takes what is true (the ledger) and what somebody
//! was told or shows, and says in a sentence what is wrong with it.

use std::{collections::BTreeSet, fmt::Debug, sync::Arc};

use archive::Once;
use client::view::{Connection, Row};
use protocol::{
    CommandId, Event, EventKind, MemberId, Message, Present, Seq, ServerFrame, Welcome,
    limits::SERVER_FRAME_BYTES,
};

use crate::ledger::Ledger;

/// An invariant that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{invariant}: {detail}")]
pub struct Broken {
    /// The name of the function.
    pub invariant: &'static str,
    /// What was found.
    pub detail: String,
}

/// Whether the invariant holds.
pub type Verdict = Result<(), Broken>;

fn broken(invariant: &'static str, detail: impl Into<String>) -> Verdict {
    Err(Broken { invariant, detail: detail.into() })
}

fn shown(value: &impl Debug) -> String {
    format!("{value:?}")
}

/// The log has the seqs 1, 2, 3 … without a hole, and its instants never go back.
///
/// # Errors
/// When `event` does not follow `last`.
pub fn log_without_holes(last: Option<&Event>, event: &Event) -> Verdict {
    let (expected, since) = last.map_or((Seq::ZERO.next(), event.at), |last| (last.seq.next(), last.at));
    if event.seq != expected {
        return broken("log_without_holes", format!("seq {expected} is next, but {event:?} was stored"));
    }
    if event.at < since {
        return broken(
            "log_without_holes",
            format!("{event:?} is older than the event before it, of {since:?}"),
        );
    }
    Ok(())
}

/// The floor only moves up, and what says so stands above it.
///
/// # Errors
/// When the event at `seq` moves it elsewhere.
pub fn floor_moves_up_within_the_log(ledger: &Ledger, floor: Seq, seq: Seq) -> Verdict {
    if ledger.floor() < floor && floor <= seq {
        return Ok(());
    }
    broken("floor_moves_up_within_the_log", format!("from {} to {floor} by event {seq}", ledger.floor()))
}

/// A command has its effect once: no two events bear the same member and id.
///
/// # Errors
/// When `event` is the second.
pub fn one_event_a_command_id(ledger: &Ledger, event: &Event) -> Verdict {
    let Some(id) = &event.id else { return Ok(()) };
    match ledger.command(&event.by.id, id) {
        None => Ok(()),
        Some(first) => broken(
            "one_event_a_command_id",
            format!("{} of {} had its effect at {first:?} and again: {event:?}", id, event.by.id),
        ),
    }
}

/// What is remembered of a command is what it did.
///
/// # Errors
/// When `once` names another seq than the command's event has.
pub fn remembered_as_it_happened(ledger: &Ledger, once: &Once) -> Verdict {
    match (ledger.command(&once.member, &once.id), once.seq) {
        (Some(Some(stored)), Some(seq)) if stored == seq => Ok(()),
        (None, None) => Ok(()),
        (stored, _) => broken("remembered_as_it_happened", format!("{once:?}, but the log says {stored:?}")),
    }
}

/// The archive holds exactly what was flushed, redacted where it was deleted.
///
/// # Errors
/// When it does not.
pub fn archive_holds_what_was_flushed(ledger: &Ledger, archived: &[Event]) -> Verdict {
    let log: Vec<Event> = ledger.log().collect();
    same("archive_holds_what_was_flushed", &log, archived)
}

/// Nothing is acked that is not stored: an ack names the seq that is on disk under the command's id.
///
/// # Errors
/// When it does not.
pub fn nothing_acked_that_is_not_stored(
    ledger: &Ledger,
    member: &MemberId,
    id: &CommandId,
    seq: Option<Seq>,
) -> Verdict {
    match ledger.command(member, id) {
        Some(stored) if stored == seq => Ok(()),
        stored => broken(
            "nothing_acked_that_is_not_stored",
            format!("{member} is told that {id} is at {seq:?}; the disk says {stored:?}"),
        ),
    }
}

/// Nothing is shown that is not stored: every event in a frame is on disk, just so.
///
/// # Errors
/// For the first that is not.
pub fn nothing_shown_that_is_not_stored(ledger: &Ledger, frame: &ServerFrame) -> Verdict {
    let (events, messages, head) = match frame {
        ServerFrame::Events { events } => (events.as_slice(), &[][..], Seq::ZERO),
        ServerFrame::Welcome(welcome) => (
            welcome.events.as_deref().unwrap_or_default(),
            welcome.messages.as_deref().unwrap_or_default(),
            welcome.head,
        ),
        ServerFrame::Head { head, .. } => (&[][..], &[][..], *head),
        ServerFrame::Ack { .. }
        | ServerFrame::Reject { .. }
        | ServerFrame::Presence { .. }
        | ServerFrame::Roster { .. }
        | ServerFrame::Typing { .. }
        | ServerFrame::Read { .. }
        | ServerFrame::Notice { .. }
        | ServerFrame::Unknown => return Ok(()),
    };
    if head > ledger.head() {
        return broken("nothing_shown_that_is_not_stored", format!("head {head} of {}", ledger.head()));
    }
    if let Some(event) = events.iter().find(|event| !ledger.holds(event)) {
        let stored = ledger.event(event.seq);
        return broken("nothing_shown_that_is_not_stored", format!("{event:?}, but stored is {stored:?}"));
    }
    messages.iter().try_for_each(|message| message_is_stored(ledger, message))
}

/// A message that somebody sees was written so, or edited to be so, by whom it says.
///
/// # Errors
/// When it was not.
pub fn message_is_stored(ledger: &Ledger, message: &Message) -> Verdict {
    let stored = ledger.event(message.seq);
    if stored.is_some_and(|event| event.by == message.by && matches!(event.kind, EventKind::Message { .. })) {
        return Ok(());
    }
    broken("nothing_shown_that_is_not_stored", format!("{message:?}, but stored is {stored:?}"))
}

/// A session hears every event once and in order: what a frame brings continues what it had.
/// Gives how far the session has got after it.
///
/// # Errors
/// When there is a hole or a repeat.
pub fn no_silent_hole(
    heard: Option<Seq>,
    asked: &BTreeSet<Seq>,
    frame: &ServerFrame,
) -> Result<Option<Seq>, Broken> {
    let (before, events) = match frame {
        ServerFrame::Events { events } => (heard, events.as_slice()),
        ServerFrame::Welcome(welcome) if welcome.recovered => {
            let events = welcome.events.as_deref().unwrap_or_default();
            let continues = events.first().map_or(welcome.head, |first| first.seq.before());
            (asked.get(&continues).copied(), events)
        }
        ServerFrame::Welcome(welcome) => return Ok(Some(welcome.head)),
        _ => return Ok(heard),
    };
    let Some(mut last) = before else {
        return Err(Broken {
            invariant: "no_silent_hole",
            detail: format!("{asked:?} was asked for, and this comes: {frame:?}"),
        });
    };
    for event in events {
        if event.seq != last.next() {
            let detail = format!("after {last} comes {event:?}");
            return Err(Broken { invariant: "no_silent_hole", detail });
        }
        last = event.seq;
    }
    match frame {
        ServerFrame::Welcome(welcome) => ends_at_head(welcome, last).map(|()| Some(last)),
        _ => Ok(Some(last)),
    }
}

fn ends_at_head(welcome: &Welcome, last: Seq) -> Verdict {
    if welcome.more == (last < welcome.head) && last <= welcome.head {
        return Ok(());
    }
    broken("no_silent_hole", format!("more is {}, given up to {last} of {}", welcome.more, welcome.head))
}

/// No frame is larger than a client must take.
///
/// # Errors
/// When it is.
pub fn frames_within_their_limit(frame: &str) -> Verdict {
    if frame.len() <= SERVER_FRAME_BYTES {
        return Ok(());
    }
    broken("frames_within_their_limit", format!("a frame has {} bytes", frame.len()))
}

/// A timeline is in order, and between two messages without a gap none is missing.
///
/// # Errors
/// For the first pair that is wrong.
pub fn timelines_contiguous_and_in_order(ledger: &Ledger, rows: &[Row]) -> Verdict {
    let mut above: Option<Seq> = None;
    let mut gap = false;
    for row in rows {
        match row {
            Row::Message { message, .. } => {
                message_is_stored(ledger, message)?;
                if let Some(above) = above {
                    follows(ledger, above, message.seq, gap)?;
                }
                above = Some(message.seq);
                gap = false;
            }
            Row::Gap { .. } => gap = true,
            Row::Day { .. } | Row::New | Row::Echo { .. } => {}
        }
    }
    Ok(())
}

fn follows(ledger: &Ledger, above: Seq, below: Seq, gap: bool) -> Verdict {
    const NAME: &str = "timelines_contiguous_and_in_order";
    if below <= above {
        return broken(NAME, format!("{below} stands under {above}"));
    }
    let between = (above.next().value()..below.value()).filter_map(Seq::try_new);
    let missing =
        |seq: &Seq| ledger.event(*seq).is_some_and(|event| matches!(event.kind, EventKind::Message { .. }));
    match between.into_iter().find(missing) {
        Some(seq) if !gap => {
            broken(NAME, format!("{seq} is missing between {above} and {below}, and no gap says so"))
        }
        _ => Ok(()),
    }
}

/// Old state plus its events equals state fetched fresh: each message that a reader folded is what a fold of the whole
/// log gives, and the newest of them is the newest there is.
///
/// # Errors
/// For the first message that differs.
pub fn old_state_plus_events_equals_fresh_state(
    who: &str,
    folded: &[Arc<Message>],
    fresh: &[Message],
) -> Verdict {
    const NAME: &str = "old_state_plus_events_equals_fresh_state";
    if folded.last().map(|message| message.seq) != fresh.last().map(|message| message.seq) {
        return broken(NAME, format!("{who} ends at {:?}, the log at {:?}", folded.last(), fresh.last()));
    }
    for message in folded {
        let found = fresh.binary_search_by_key(&message.seq, |fresh| fresh.seq).ok();
        let found = found.and_then(|index| fresh.get(index));
        if found != Some(message.as_ref()) {
            return broken(NAME, format!("{who} has {message:?}, the log says {found:?}"));
        }
    }
    Ok(())
}

/// A page of history is what a fold of the whole log gives.
///
/// # Errors
/// For the first message that differs.
pub fn archive_is_the_fold_of_its_log(page: &[Message], fresh: &[Message]) -> Verdict {
    same("archive_is_the_fold_of_its_log", fresh, page)
}

/// Once the network is quiet nothing waits in an outbox: each command is in the room, or failed with a reason.
///
/// # Errors
/// When one waits.
pub fn quiet_network_empties_outboxes(who: &str, waiting: &[String]) -> Verdict {
    if waiting.is_empty() {
        return Ok(());
    }
    broken("quiet_network_empties_outboxes", format!("{who} still waits with {}", waiting.join(", ")))
}

/// Once the network is quiet everybody sees the same people.
///
/// # Errors
/// When somebody sees others.
pub fn quiet_network_equals_rosters(who: &str, seen: &[Present], there: &[Present]) -> Verdict {
    if seen == there {
        return Ok(());
    }
    broken("quiet_network_equals_rosters", format!("{who} sees {seen:?}, there are {there:?}"))
}

/// Once the network is quiet a roster shows exactly the members who have an open socket.
///
/// # Errors
/// When it shows others.
pub fn quiet_network_shows_who_is_there(
    who: &str,
    seen: &BTreeSet<MemberId>,
    there: &BTreeSet<MemberId>,
) -> Verdict {
    if seen == there {
        return Ok(());
    }
    broken("quiet_network_shows_who_is_there", format!("{who} sees {seen:?}, there are {there:?}"))
}

/// Once the network is quiet everybody is in the room, at the end of its log.
///
/// # Errors
/// When somebody is not.
pub fn quiet_network_brings_everybody_back(who: &str, stands: &Connection) -> Verdict {
    if *stands == Connection::Live {
        return Ok(());
    }
    broken("quiet_network_brings_everybody_back", format!("{who} is {stands:?}"))
}

/// Hibernation cannot be seen: the frames of a run are the same whether the room hibernates after every turn or never.
///
/// # Errors
/// When the traces differ.
pub fn hibernation_invisible(awake: u64, asleep: u64) -> Verdict {
    if awake == asleep {
        return Ok(());
    }
    broken("hibernation_invisible", format!("{awake:016x} awake, {asleep:016x} with hibernation"))
}

/// The same seed gives the same trace.
///
/// # Errors
/// When it does not.
pub fn same_seed_same_trace(first: u64, second: u64) -> Verdict {
    if first == second {
        return Ok(());
    }
    broken("same_seed_same_trace", format!("{first:016x}, then {second:016x}"))
}

/// The cores never panic.
///
/// # Errors
/// Always: with the words of the panic.
pub fn nothing_panics(words: &str) -> Verdict {
    broken("nothing_panics", words)
}

fn same<T: PartialEq + Debug>(invariant: &'static str, expected: &[T], found: &[T]) -> Verdict {
    if expected == found {
        return Ok(());
    }
    let index =
        expected.iter().zip(found).position(|(a, b)| a != b).unwrap_or(expected.len().min(found.len()));
    let (expected_one, found_one) = (expected.get(index), found.get(index));
    broken(
        invariant,
        format!(
            "{} expected, {} found; number {index}: expected {}, found {}",
            expected.len(),
            found.len(),
            shown(&expected_one),
            shown(&found_one)
        ),
    )
}
