//! Rows: the timeline, the echoes and the dividers between them, top to bottom, ready to draw.
//!
//! A pure function of what the client holds. A row shares its message with the timeline, so 3,000 rows cost 3,000
//! counters and no text; a view compares most of them by their address.

use std::{iter::Peekable, sync::Arc};

use litemap::LiteMap;
use protocol::{Command, MemberId, Message, Millis, Seq};

use crate::{
    coverage::Run,
    other_tabs::OtherTabs,
    outbox::{Entry, Outbox},
    reading::counts,
    timeline::Timeline,
    view::{Pending, Row},
};

/// One author's messages within this long of the first are one group.
const GROUP_MS: u64 = 5 * 60 * 1_000;
/// Dividers and echoes that a timeline usually has: rows are then laid out without moving any.
const ROOM_FOR_OTHERS: usize = 64;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const MINUTE_MS: i64 = 60 * 1_000;

/// What rows are made of.
pub(crate) struct Sources<'a> {
    pub(crate) timeline: &'a Timeline,
    pub(crate) outbox: &'a Outbox,
    pub(crate) other_tabs: &'a OtherTabs,
    pub(crate) new_after: Option<Seq>,
    pub(crate) me: &'a MemberId,
    /// Minutes that the reader's clocks are ahead of UTC.
    pub(crate) zone_minutes: i32,
}

impl<'a> Sources<'a> {
    /// This tab's commands, then those of others.
    fn unsettled(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.outbox.entries().chain(self.other_tabs.entries())
    }
}

/// All rows.
pub(crate) fn rows(sources: &Sources<'_>) -> Vec<Row> {
    let mut builder = Builder::new(sources);
    builder.rows.reserve(sources.timeline.len().saturating_add(ROOM_FOR_OTHERS));
    for message in sources.timeline.messages() {
        builder.message(message);
    }
    builder.end();
    for entry in sources.unsettled() {
        builder.echo(entry);
    }
    builder.rows
}

/// Who began the group that a row may go on with, and when.
struct Group<'a> {
    author: &'a MemberId,
    name: Option<&'a str>,
    at: Millis,
}

struct Builder<'a, Runs: Iterator<Item = Run>> {
    me: &'a MemberId,
    zone_minutes: i32,
    pending: LiteMap<Seq, Pending>,
    /// The stretches that rows have not left yet.
    runs: Peekable<Runs>,
    new_after: Option<Seq>,
    group: Option<Group<'a>>,
    /// The latest instant so far: an echo may bear that of a clock that is behind the room's.
    at: Millis,
    day: Option<i64>,
    rows: Vec<Row>,
}

impl<'a> Builder<'a, Box<dyn Iterator<Item = Run> + 'a>> {
    fn new(sources: &Sources<'a>) -> Self {
        let runs: Box<dyn Iterator<Item = Run> + 'a> = Box::new(sources.timeline.coverage().runs());
        Self {
            me: sources.me,
            zone_minutes: sources.zone_minutes,
            pending: pending(sources.unsettled()),
            runs: runs.peekable(),
            new_after: sources.new_after,
            group: None,
            at: Millis::default(),
            day: None,
            rows: Vec::new(),
        }
    }
}

impl<'a, Runs: Iterator<Item = Run>> Builder<'a, Runs> {
    fn message(&mut self, message: &'a Arc<Message>) {
        self.gap_before(message.seq);
        self.day(message.at);
        if self.is_first_new(message) {
            self.divide(Row::New);
            self.new_after = None;
        }
        let first_of_group = self.begins_group(&message.by.id, Some(&message.by.name));
        let pending = self.pending.remove(&message.seq);
        self.rows.push(Row::Message { message: Arc::clone(message), first_of_group, pending });
    }

    /// Whether the unread begins here. Where it begins is known only when nothing is missing in between.
    fn is_first_new(&mut self, message: &Message) -> bool {
        let held_from = self.runs.peek().map(|run| run.first);
        let begins = |after: Seq| message.seq > after && held_from.is_none_or(|first| first <= after.next());
        self.new_after.is_some_and(begins) && counts(message, self.me)
    }

    /// Messages that are not held may lie below the last one, too.
    fn end(&mut self) {
        if let Some(Run { last, .. }) = self.runs.next()
            && let Some(next) = self.runs.next()
        {
            self.divide(Row::Gap { above: last, below: next.first });
        }
    }

    fn echo(&mut self, entry: &Entry) {
        let Command::Send(draft) = &entry.saved.command else { return };
        self.day(entry.saved.at);
        let first_of_group = self.begins_group(self.me, None);
        self.rows.push(Row::Echo {
            id: entry.saved.id.clone(),
            text: draft.text.clone(),
            at: entry.saved.at,
            reply_to: draft.reply_to,
            files: entry.saved.files.clone(),
            first_of_group,
            state: entry.delivery(),
        });
    }

    /// Leaves the stretches that end above `seq`; one gap, however many of them were empty.
    fn gap_before(&mut self, seq: Seq) {
        let mut above = None;
        while let Some(run) = self.runs.next_if(|run| run.last < seq) {
            above = above.or(Some(run.last));
        }
        if let Some(above) = above.filter(|_| !self.rows.is_empty()) {
            let below = self.runs.peek().map_or(seq, |run| run.first);
            self.divide(Row::Gap { above, below });
        }
    }

    fn day(&mut self, at: Millis) {
        self.at = self.at.max(at);
        let offset = i64::from(self.zone_minutes) * MINUTE_MS;
        let local = i64::try_from(self.at.0).unwrap_or(i64::MAX).saturating_add(offset);
        let day = local.div_euclid(DAY_MS);
        if self.day != Some(day) {
            self.day = Some(day);
            let midnight = day.saturating_mul(DAY_MS).saturating_sub(offset);
            self.divide(Row::Day { at: Millis(u64::try_from(midnight).unwrap_or_default()) });
        }
    }

    fn divide(&mut self, divider: Row) {
        self.group = None;
        self.rows.push(divider);
    }

    /// Whether a row of this author begins a group; an echo bears no name.
    fn begins_group(&mut self, author: &'a MemberId, name: Option<&'a str>) -> bool {
        let same_name = |group: &Group<'_>| group.name.zip(name).is_none_or(|(then, now)| then == now);
        let goes_on = self.group.as_ref().is_some_and(|group| {
            group.author == author && same_name(group) && self.at.since(group.at) < GROUP_MS
        });
        if !goes_on {
            self.group = Some(Group { author, name, at: self.at });
        }
        !goes_on
    }
}

/// Changes of messages that are on their way: of several, one that failed, else the last.
fn pending<'a>(unsettled: impl Iterator<Item = &'a Entry>) -> LiteMap<Seq, Pending> {
    let mut pending = LiteMap::<Seq, Pending>::new_vec();
    let mut failed = LiteMap::new_vec();
    for entry in unsettled {
        let (Command::Edit { seq, .. }
        | Command::Delete { seq }
        | Command::React { seq, .. }
        | Command::Pin { seq, .. }) = &entry.saved.command
        else {
            continue;
        };
        let of = if entry.saved.failed.is_some() { &mut failed } else { &mut pending };
        of.insert(*seq, Pending { id: entry.saved.id.clone(), state: entry.delivery() });
    }
    pending.extend(failed);
    pending
}
