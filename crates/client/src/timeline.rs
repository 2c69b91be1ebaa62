//! The timeline: the messages that are held, each as it is at the cursor.
//!
//! Not here: echoes and dividers (rows.rs), how pages are fetched (pages.rs). Invariant: every held message equals what
//! a fresh client would be given at the same cursor, its excerpt too once its target is known.

use std::sync::Arc;

use litemap::LiteMap;
use protocol::{Event, EventKind, Excerpt, Member, MemberId, Message, Seq, limits::EXCERPT_SCALARS};

use crate::coverage::{Coverage, Run};

/// Where the first event of a log is.
const FIRST: Seq = Seq::ZERO.next();
/// Messages held at most: 3,000 of 500 bytes are 1.5 MB, a long day in a busy room. A program's memory never shrinks, so this is what
/// a page takes for as long as it is open.
const MOST_HELD: usize = 3_000;
/// Of more than those, so many of the newest are left: whoever goes back to the end has hours of talk there. The difference to
/// the whole, with those around the reader, makes the work rare.
const KEPT_NEWEST: usize = 1_000;
/// And so many above the reader and below: many screens, so that nothing jumps.
const KEPT_AROUND: usize = 600;

/// The newest messages, and whether there are older ones.
#[derive(Debug)]
pub(crate) struct Newest {
    pub(crate) messages: Vec<Message>,
    pub(crate) more_before: bool,
}

/// Consecutive messages, and between which seqs there are no others.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) messages: Vec<Message>,
    pub(crate) run: Run,
}

impl Stretch {
    /// The newest messages, up to `head`; from the beginning of the log if none are older.
    pub(crate) fn newest(messages: Vec<Message>, more_before: bool, head: Seq) -> Self {
        let oldest = messages.first().map_or(head.next(), |message| message.seq);
        let first = if more_before { oldest } else { FIRST };
        Self { messages, run: Run { first, last: head } }
    }
}

/// The messages that are held.
#[derive(Debug)]
pub(crate) struct Timeline {
    me: MemberId,
    messages: LiteMap<Seq, Arc<Message>>,
    coverage: Coverage,
    /// Which held messages answer a message, held or not: first the one that is answered.
    replies: LiteMap<(Seq, Seq), ()>,
    /// Targets that were looked up and are not in the room's history.
    lost: LiteMap<Seq, ()>,
    /// Nothing below it is in the room's history any more.
    floor: Seq,
}

impl Timeline {
    pub(crate) fn new(me: MemberId) -> Self {
        Self {
            me,
            messages: LiteMap::new_vec(),
            coverage: Coverage::default(),
            replies: LiteMap::new_vec(),
            lost: LiteMap::new_vec(),
            floor: FIRST,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.messages.len()
    }

    pub(crate) fn messages(&self) -> impl DoubleEndedIterator<Item = &Arc<Message>> {
        self.messages.values()
    }

    /// Messages above `seq`, oldest first.
    pub(crate) fn messages_after(&self, seq: Seq) -> impl DoubleEndedIterator<Item = &Arc<Message>> {
        self.messages_from(seq.next()).iter().map(|(_, message)| message)
    }

    pub(crate) const fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    pub(crate) fn holds(&self, seq: Seq) -> bool {
        self.messages.contains_key(&seq)
    }

    /// Where older messages are missing: everything from there up to the first gap is held.
    pub(crate) fn beginning(&self) -> Option<Seq> {
        self.coverage.runs().next().map(|run| run.first).filter(|first| *first > FIRST)
    }

    /// Starts over with a snapshot.
    pub(crate) fn replace(&mut self, stretch: Stretch, floor: Seq) {
        *self = Self { floor, ..Self::new(self.me.clone()) };
        self.merge(stretch);
    }

    /// Adds messages that are as they are at the cursor. Of a page that was made before a pruning nothing may be left.
    pub(crate) fn merge(&mut self, stretch: Stretch) {
        let Run { first, last } = stretch.run;
        if last < self.floor {
            return;
        }
        self.coverage.add(Run { first: if first <= self.floor { FIRST } else { first }, last });
        for message in stretch.messages {
            self.insert(message);
        }
    }

    /// Folds the next event of the log in.
    pub(crate) fn fold(&mut self, event: &Event) {
        self.coverage.add(Run { first: event.seq, last: event.seq });
        if let Some(mut message) = Message::begin(event) {
            let target = message.reply_to.as_ref().and_then(|reply| self.messages.get(&reply.seq));
            if let Some(target) = target {
                message.reply_to = Some(target.excerpt());
            }
            self.insert(message);
        }
        if let EventKind::Pruned { floor } = event.kind {
            self.prune(floor);
        }
        let one = target_of(event);
        for target in one.as_ref().map_or_else(|| targets_of(event), std::slice::from_ref) {
            if let Some(message) = self.messages.get_mut(target) {
                Arc::make_mut(message).fold(event, &self.me);
            }
            for reply in replies_to(&self.replies, *target) {
                if let Some(message) = self.messages.get_mut(reply) {
                    requote(Arc::make_mut(message), event);
                }
            }
        }
    }

    /// What the message at `seq` answers, if nothing is known of that yet.
    pub(crate) fn unexplained(&self, seq: Seq) -> Option<Seq> {
        let message = self.messages.get(&seq).filter(|message| lacks_excerpt(message))?;
        let target = message.reply_to.as_ref()?.seq;
        (target >= self.floor && !self.lost.contains_key(&target)).then_some(target)
    }

    /// What is known of the target of some replies; `None` when it is not there.
    pub(crate) fn explain(&mut self, target: Seq, excerpt: Option<Excerpt>) {
        let Some(excerpt) = excerpt else {
            self.lost.insert(target, ());
            return;
        };
        for reply in replies_to(&self.replies, target) {
            let held = self.messages.get_mut(reply);
            if let Some(message) = held.filter(|held| lacks_excerpt(held)) {
                Arc::make_mut(message).reply_to = Some(excerpt.clone());
            }
        }
    }

    /// The newest messages without a gap, at most `count`, for a later start.
    pub(crate) fn newest(&self, count: usize) -> Newest {
        let first = self.coverage.runs().next_back().map_or(FIRST, |run| run.first);
        let mut all = self.messages_from(first).iter().rev().map(|(_, message)| Message::clone(message));
        let mut messages: Vec<Message> = all.by_ref().take(count).collect();
        let more_before = first > FIRST || all.next().is_some();
        messages.reverse();
        Newest { messages, more_before }
    }

    /// Of more messages than [`MOST_HELD`], gives up all but the newest and those around `reader`. They can be fetched again.
    pub(crate) fn shed(&mut self, reader: Seq) {
        if self.messages.len() <= MOST_HELD {
            return;
        }
        let all = self.messages.as_slice();
        let seq_at = |at: usize| all.get(at).map(|(seq, _)| *seq);
        let at = all.partition_point(|(held, _)| *held < reader);
        let newest = seq_at(all.len().saturating_sub(KEPT_NEWEST));
        let from = at.checked_sub(KEPT_AROUND).and_then(seq_at);
        let to = seq_at(at.saturating_add(KEPT_AROUND)).or(newest);
        let (Some(newest), Some(to)) = (newest, to) else { return };
        self.cut(Run { first: to.next(), last: newest.before() });
        if let Some(from) = from {
            self.cut_below(from.min(newest));
        }
        let replies = &self.replies;
        self.lost.retain(|target, ()| replies_to(replies, *target).next().is_some());
    }

    /// What lies below the floor is gone; if all from there on is held, nothing older is missing.
    fn prune(&mut self, floor: Seq) {
        self.cut_below(floor);
        if self.coverage.runs().next().is_some_and(|run| run.first <= floor) {
            self.coverage.add(Run { first: FIRST, last: floor.before() });
        }
        self.floor = floor;
        let messages = &mut self.messages;
        self.replies.retain(|(target, reply), ()| {
            let stays = *target >= floor;
            if let Some(message) = messages.get_mut(reply).filter(|_| !stays) {
                Arc::make_mut(message).forget_below(floor);
            }
            stays
        });
    }

    fn cut_below(&mut self, seq: Seq) {
        self.messages.retain(|held, _| *held >= seq);
        self.coverage.cut_below(seq);
        self.replies.retain(|(_, reply), ()| *reply >= seq);
    }

    fn cut(&mut self, run: Run) {
        if run.first > run.last {
            return;
        }
        let stays = |seq: &Seq| *seq < run.first || *seq > run.last;
        self.messages.retain(|held, _| stays(held));
        self.coverage.cut(run);
        self.replies.retain(|(_, reply), ()| stays(reply));
    }

    /// Those at `seq` and above, oldest first.
    fn messages_from(&self, seq: Seq) -> &[(Seq, Arc<Message>)] {
        let all = self.messages.as_slice();
        all.get(all.partition_point(|(held, _)| *held < seq)..).unwrap_or_default()
    }

    fn insert(&mut self, message: Message) {
        if let Some(reply) = &message.reply_to {
            self.replies.insert((reply.seq, message.seq), ());
        }
        self.messages.insert(message.seq, Arc::new(message));
    }
}

/// Which held messages answer the one at `target`.
fn replies_to(replies: &LiteMap<(Seq, Seq), ()>, target: Seq) -> impl Iterator<Item = &Seq> {
    let all = replies.as_slice();
    let from = all.get(all.partition_point(|((of, _), ())| *of < target)..).unwrap_or_default();
    from.iter().map_while(move |((of, reply), ())| (*of == target).then_some(reply))
}

/// Folds an event into messages that stand alone, as those of a page do: their excerpts too.
pub(crate) fn fold_alone(messages: &mut Vec<Message>, event: &Event, me: &MemberId) {
    if let EventKind::Pruned { floor } = event.kind {
        messages.retain(|message| message.seq >= floor);
    }
    for message in messages {
        message.fold(event, me);
        requote(message, event);
    }
}

/// What an event changes of the excerpt in a reply to its target.
fn requote(reply: &mut Message, event: &Event) {
    if let EventKind::Pruned { floor } = event.kind {
        reply.forget_below(floor);
    }
    let changed = |seq: Seq| Some(seq) == target_of(event) || targets_of(event).contains(&seq);
    let mut quoted = reply.reply_to.as_mut().filter(|quoted| changed(quoted.seq));
    if let (EventKind::Anonymised { author, .. }, Some(quoted)) = (&event.kind, quoted.as_mut())
        && quoted.by.is_some()
    {
        quoted.by = Some(Member::departed(author));
    }
    // One that is not known yet will be asked for, as it is then.
    let Some(excerpt) = quoted.and_then(|quoted| quoted.excerpt.as_mut()) else { return };
    match &event.kind {
        EventKind::Edited { text: Some(text), .. } => *excerpt = text.chars().take(EXCERPT_SCALARS).collect(),
        EventKind::Deleted { .. } | EventKind::Anonymised { removed: true, .. } => excerpt.clear(),
        EventKind::Edited { text: None, .. }
        | EventKind::Message { .. }
        | EventKind::Reacted { .. }
        | EventKind::Pinned { .. }
        | EventKind::Member { .. }
        | EventKind::Room(_)
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => {}
    }
}

fn lacks_excerpt(reply: &Message) -> bool {
    reply.reply_to.as_ref().is_some_and(|quoted| quoted.by.is_none() && quoted.excerpt.is_none())
}

/// The messages that an event changes which is about more than one.
fn targets_of(event: &Event) -> &[Seq] {
    match &event.kind {
        EventKind::Anonymised { targets, .. } => targets,
        _ => &[],
    }
}

/// The message that an event changes, where it is one.
fn target_of(event: &Event) -> Option<Seq> {
    match &event.kind {
        EventKind::Edited { target, .. }
        | EventKind::Deleted { target }
        | EventKind::Reacted { target, .. }
        | EventKind::Pinned { target, .. } => Some(*target),
        EventKind::Message { .. }
        | EventKind::Member { .. }
        | EventKind::Room(_)
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => None,
    }
}
