//! A room's log as a test writes it, and what a room would give of it: the independent reading that the client's
//! timeline is held against.

use client::PageRequest;
use protocol::{Epoch, Event, EventKind, Member, Message, Millis, Seq, http::MessagesPage};

use super::{NOON, command_id, member, member_id, seq};

/// A log and its identity.
pub struct Log {
    pub epoch: Epoch,
    events: Vec<Event>,
}

/// The newest messages.
pub struct Newest {
    pub messages: Vec<Message>,
    pub more_before: bool,
}

impl Default for Log {
    fn default() -> Self {
        Self { epoch: Epoch::parse("e1").unwrap(), events: Vec::new() }
    }
}

impl Log {
    pub fn head(&self) -> Seq {
        seq(&self.events.len().to_string())
    }

    /// The log was lost: another one begins.
    pub fn restart(&mut self, epoch: &str) {
        *self = Self { epoch: Epoch::parse(epoch).unwrap(), events: Vec::new() };
    }

    /// `bob: hello`, `bob: hello ^3`, `ada #a1: hello`, `bob edits 3: hello`, `bob deletes 3`, `bob likes 3`,
    /// `bob unlikes 3`, `room prunes 3`; `@-90` before it all says how many minutes from noon.
    pub fn add(&mut self, line: &str) {
        let (minutes, line) = match line.strip_prefix('@') {
            Some(line) => line.split_once(' ').map(|(at, line)| (at.parse::<i64>().unwrap(), line)).unwrap(),
            None => (0, line),
        };
        let (head, text) = line.split_once(": ").map_or((line, None), |(head, text)| (head, Some(text)));
        let mut words = head.split(' ');
        let by = member(words.next().unwrap());
        let mut verb = words.next();
        let id = verb.and_then(|word| word.strip_prefix('#')).map(command_id);
        if id.is_some() {
            verb = words.next();
        }
        let target = words.next().map(seq);
        let kind = kind(verb, target, text);
        let at = Millis(NOON.checked_add_signed(minutes * 60_000).unwrap());
        self.push(Event { seq: self.head().next(), at, by, id, kind });
    }

    pub fn push(&mut self, event: Event) {
        assert_eq!(event.seq, self.head().next());
        self.events.push(event);
    }

    /// The oldest seq that was held when the log ended at `head`.
    pub fn floor(&self, head: Seq) -> Seq {
        let mut newest_first = self.events.iter().rev().filter(|event| event.seq <= head);
        let floor = newest_first.find_map(|event| match event.kind {
            EventKind::Pruned { floor } => Some(floor),
            _ => None,
        });
        floor.unwrap_or(Seq::ZERO.next())
    }

    /// Events in (after, last], as the log has them now: without what was deleted since.
    pub fn events(&self, after: Seq, last: Seq) -> Vec<Event> {
        let within = |event: &&Event| event.seq > after && event.seq <= last;
        self.events.iter().filter(within).map(|event| self.redacted(event)).collect()
    }

    fn redacted(&self, event: &Event) -> Event {
        let deletes = |seq: Seq| {
            let is_deletion = |event: &Event| match &event.kind {
                EventKind::Deleted { target } => *target == seq,
                EventKind::Anonymised { targets, removed, .. } => *removed && targets.contains(&seq),
                _ => false,
            };
            self.events.iter().any(is_deletion)
        };
        let departed = self.events.iter().find_map(|later| match &later.kind {
            EventKind::Anonymised { targets, author, .. } if targets.contains(&event.seq) => Some(author),
            _ => None,
        });
        let by = departed.map_or_else(|| event.by.clone(), Member::departed);
        let kind = match &event.kind {
            EventKind::Message { .. } if deletes(event.seq) => EventKind::Message {
                text: None,
                reply_to: None,
                mentions: vec![],
                attachments: Vec::new(),
                redacted: true,
            },
            EventKind::Edited { target, .. } if deletes(*target) || *target < self.floor(self.head()) => {
                EventKind::Edited { target: *target, text: None, redacted: true }
            }
            as_it_was => as_it_was.clone(),
        };
        Event { kind, by, ..event.clone() }
    }

    /// All messages as ada sees them at `head`: first each alone, then the excerpts.
    pub fn messages(&self, head: Seq) -> Vec<Message> {
        let ada = member_id("ada");
        let upto: Vec<&Event> = self.events.iter().filter(|event| event.seq <= head).collect();
        let mut messages: Vec<Message> = upto.iter().filter_map(|event| Message::begin(event)).collect();
        for event in &upto {
            messages.iter_mut().for_each(|message| message.fold(event, &ada));
        }
        messages.retain(|message| message.seq >= self.floor(head));
        let targets = messages.clone();
        for message in &mut messages {
            let Some(quoted) = &message.reply_to else { continue };
            if let Some(target) = targets.iter().find(|target| target.seq == quoted.seq) {
                message.reply_to = Some(target.excerpt());
            }
        }
        messages
    }

    pub fn newest(&self, count: usize, head: Seq) -> Newest {
        let mut messages = self.messages(head);
        let older = messages.len().saturating_sub(count);
        Newest { messages: messages.split_off(older), more_before: older > 0 }
    }

    /// A page as `GET …/messages` gives it when the log ended at `head`.
    pub fn page(&self, request: PageRequest, limit: usize, head: Seq) -> MessagesPage {
        let all = self.messages(head);
        let at_or_below = |seq: Seq| all.iter().filter(|message| message.seq <= seq).count();
        let around = |middle: usize| {
            let first = middle.saturating_sub(limit.div_ceil(2));
            (first, first + limit)
        };
        let (first, last) = match request {
            PageRequest::Before(seq) => {
                let last = at_or_below(seq.before());
                (last.saturating_sub(limit), last)
            }
            PageRequest::After(seq) => (at_or_below(seq), at_or_below(seq) + limit),
            PageRequest::Around(seq) => around(at_or_below(seq)),
            PageRequest::AroundAt(at) => {
                // The room has no clock to ask here: its first message then stands for the first event.
                let first = all.iter().find(|message| message.at >= at).map_or(head, |message| message.seq);
                around(at_or_below(first))
            }
        };
        let last = last.min(all.len());
        MessagesPage {
            messages: all[first..last].to_vec(),
            epoch: self.epoch.clone(),
            head,
            floor: self.floor(head),
            more_before: first > 0,
            more_after: last < all.len(),
        }
    }
}

fn kind(verb: Option<&str>, target: Option<Seq>, text: Option<&str>) -> EventKind {
    match (verb, target, text) {
        (None, None, Some(text)) => {
            let (text, reply_to) =
                text.split_once(" ^").map_or((text, None), |(text, to)| (text, Some(seq(to))));
            EventKind::Message {
                text: Some(text.to_owned()),
                reply_to,
                mentions: vec![],
                attachments: Vec::new(),
                redacted: false,
            }
        }
        (Some("edits"), Some(target), Some(text)) => {
            EventKind::Edited { target, text: Some(text.to_owned()), redacted: false }
        }
        (Some("deletes"), Some(target), None) => EventKind::Deleted { target },
        (Some("likes"), Some(target), None) => {
            EventKind::Reacted { target, emoji: "👍".to_owned(), on: true }
        }
        (Some("unlikes"), Some(target), None) => {
            EventKind::Reacted { target, emoji: "👍".to_owned(), on: false }
        }
        (Some("prunes"), Some(floor), None) => EventKind::Pruned { floor },
        other => panic!("no such event: {other:?}"),
    }
}
