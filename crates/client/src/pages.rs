//! Pages of history: which are asked for, and how an answer is brought to the cursor.
//!
//! A page is the state at its head, which may lie before or after the cursor. So events are kept from the first question
//! on: a page that is behind gets those above its head folded in, one that is ahead waits until the cursor has reached
//! it. Invariant: what leaves here is as it is at the cursor.

use std::collections::VecDeque;

use litemap::LiteMap;
use protocol::{Cursor, Event, MemberId, Message, Seq, http::MessagesPage};

use crate::{
    backoff::{Backoff, Jitter},
    coverage::Run,
    output::PageRequest,
    steady::Steady,
    timeline::{Stretch, fold_alone},
};

/// Pages asked for at once. A page is up to 512 KiB; a person scrolls through one at a time.
const IN_FLIGHT: usize = 4;
/// Events kept for pages that are on their way: 2 s of the busiest room. A page behind all of them is asked for again.
const KEPT_EVENTS: usize = 2_000;

/// What a page is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// What an answer quotes.
    Excerpt,
    /// The view; an excerpt comes with it.
    View,
}

#[derive(Debug)]
enum Stage {
    /// To be asked for.
    Due,
    /// Asked for.
    InFlight,
    /// It failed; again then.
    Waits { until: Steady },
    /// Here, but ahead of the cursor.
    Ahead(Box<MessagesPage>),
}

#[derive(Debug)]
struct Want {
    purpose: Purpose,
    stage: Stage,
    backoff: Backoff,
}

/// A page that is as it is at the cursor.
#[derive(Debug)]
pub(crate) struct Ripe {
    pub(crate) request: PageRequest,
    pub(crate) purpose: Purpose,
    pub(crate) stretch: Stretch,
}

/// The pages that are wanted.
#[derive(Debug)]
pub(crate) struct Pages {
    me: MemberId,
    wants: LiteMap<PageRequest, Want>,
    /// The newest events, for as long as something is wanted.
    kept: VecDeque<Event>,
    /// Everything after this is in `kept`.
    kept_after: Seq,
}

impl Pages {
    pub(crate) fn new(me: MemberId) -> Self {
        Self { me, wants: LiteMap::new_vec(), kept: VecDeque::new(), kept_after: Seq::ZERO }
    }

    /// Wants a page, once however often it is said; `cursor` is where the timeline stands. True if it was not wanted before.
    pub(crate) fn want(&mut self, request: PageRequest, purpose: Purpose, cursor: Seq) -> bool {
        if self.wants.is_empty() {
            self.kept.clear();
            self.kept_after = cursor;
        }
        let is_new = !self.wants.contains_key(&request);
        let fresh = Want { purpose, stage: Stage::Due, backoff: Backoff::default() };
        let want = self.wants.entry(request).or_insert(fresh);
        want.purpose = want.purpose.max(purpose);
        is_new
    }

    pub(crate) fn is_wanted(&self, request: PageRequest) -> bool {
        self.wants.contains_key(&request)
    }

    /// Another log, another history: nothing that was asked for means anything.
    pub(crate) fn clear(&mut self) {
        self.wants.clear();
        self.kept.clear();
    }

    /// The cursor moved over this event.
    pub(crate) fn keep(&mut self, event: &Event) {
        if self.wants.is_empty() {
            return;
        }
        self.kept.push_back(event.clone());
        if self.kept.len() > KEPT_EVENTS {
            self.kept_after = self.kept.pop_front().map_or(self.kept_after, |oldest| oldest.seq);
        }
    }

    /// What is to be asked for now.
    pub(crate) fn next(&mut self, now: Steady) -> Option<PageRequest> {
        let in_flight = self.in_flight();
        let is_due = |want: &Want| match want.stage {
            Stage::Due => true,
            Stage::Waits { until } => now >= until,
            Stage::InFlight | Stage::Ahead(_) => false,
        };
        let (request, want) =
            self.wants.iter_mut().find(|(_, want)| in_flight < IN_FLIGHT && is_due(want))?;
        want.stage = Stage::InFlight;
        Some(*request)
    }

    /// An answer; `None` for one that failed. What comes back is ripe; the rest waits or is asked for again.
    pub(crate) fn take(
        &mut self,
        request: PageRequest,
        page: Option<Box<MessagesPage>>,
        cursor: Option<&Cursor>,
        retry: Retry<'_>,
    ) -> Option<Ripe> {
        let want = self.wants.get_mut(&request).filter(|want| matches!(want.stage, Stage::InFlight))?;
        let usable = page.zip(cursor).filter(|(page, cursor)| {
            page.epoch == cursor.epoch && page.head >= self.kept_after && makes_progress(request, page)
        });
        match usable {
            Some((page, cursor)) if page.head > cursor.seq => {
                want.stage = Stage::Ahead(page);
                None
            }
            Some((page, _)) => self.ripen(request, *page),
            None => {
                want.stage = Stage::Waits { until: retry.now.plus(want.backoff.next_ms(retry.jitter)) };
                None
            }
        }
    }

    /// A page that the cursor has reached by now.
    pub(crate) fn reached(&mut self, cursor: Seq) -> Option<Ripe> {
        let is_reached = |want: &Want| matches!(&want.stage, Stage::Ahead(page) if page.head <= cursor);
        let request = self.wants.iter().find(|(_, want)| is_reached(want)).map(|(request, _)| *request)?;
        match self.wants.get_mut(&request).map(|want| std::mem::replace(&mut want.stage, Stage::Due)) {
            Some(Stage::Ahead(page)) => self.ripen(request, *page),
            Some(Stage::Due | Stage::InFlight | Stage::Waits { .. }) | None => None,
        }
    }

    /// When something is to be asked for again.
    pub(crate) fn deadline(&self) -> Option<Steady> {
        let waits = |want: &Want| match want.stage {
            Stage::Waits { until } => Some(until),
            Stage::Due | Stage::InFlight | Stage::Ahead(_) => None,
        };
        // With all hands full, the next answer decides.
        if self.in_flight() < IN_FLIGHT { self.wants.values().filter_map(waits).min() } else { None }
    }

    fn in_flight(&self) -> usize {
        self.wants.values().filter(|want| matches!(want.stage, Stage::InFlight)).count()
    }

    fn ripen(&mut self, request: PageRequest, page: MessagesPage) -> Option<Ripe> {
        let want = self.wants.remove(&request)?;
        let mut stretch = stretch(request, &page);
        stretch.messages = page.messages;
        for event in self.kept.iter().filter(|event| event.seq > page.head) {
            fold_alone(&mut stretch.messages, event, &self.me);
        }
        Some(Ripe { request, purpose: want.purpose, stretch })
    }
}

/// When and how spread a failed question is asked again.
pub(crate) struct Retry<'a> {
    pub(crate) now: Steady,
    pub(crate) jitter: &'a mut Jitter,
}

/// An empty page that says there is more would be asked for without end.
fn makes_progress(request: PageRequest, page: &MessagesPage) -> bool {
    let more = match request {
        PageRequest::Before(_) => page.more_before,
        PageRequest::After(_) => page.more_after,
        PageRequest::Around(_) | PageRequest::AroundAt(_) => page.more_before || page.more_after,
    };
    !(more && page.messages.is_empty())
}

/// What a page says of the log: between which seqs it has every message.
fn stretch(request: PageRequest, page: &MessagesPage) -> Stretch {
    let seqs = || page.messages.iter().map(|message: &Message| message.seq);
    let oldest = if page.more_before { seqs().next() } else { None };
    let newest = if page.more_after { seqs().next_back() } else { None };
    let (first, last) = match request {
        PageRequest::Before(seq) => (oldest, Some(seq.before())),
        PageRequest::After(seq) => (Some(seq.next()), newest),
        PageRequest::Around(_) | PageRequest::AroundAt(_) => (oldest, newest),
    };
    let run = Run { first: first.unwrap_or(Seq::ZERO.next()), last: last.unwrap_or(page.head) };
    Stretch { messages: Vec::new(), run }
}
