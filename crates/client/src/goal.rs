//! Where the person wants to be in the room, and the way there: what is not held is fetched first.
//!
//! Not here: scrolling (pane.rs). Invariant: a goal is given once, when what it names is held; whoever wants to be elsewhere
//! meanwhile is led there and nowhere else.

use protocol::{Millis, Seq};

use crate::{
    client::Client,
    output::PageRequest,
    pages::Purpose,
    pane::{self, Jump},
    timeline::Stretch,
};

/// What the person wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sought {
    /// This message, or where it would be.
    Message(Seq),
    /// What was written then.
    Date(Millis),
    /// What follows this, which they read last.
    Unread { after: Seq },
}

impl Sought {
    const fn request(self) -> PageRequest {
        match self {
            Self::Message(seq) | Self::Unread { after: seq } => PageRequest::Around(seq),
            Self::Date(at) => PageRequest::AroundAt(at),
        }
    }
}

impl Client {
    /// Where the view is to go, once for each number.
    #[must_use]
    pub const fn jump(&self) -> Option<Jump> {
        self.jump
    }

    /// Leads there now, if it is held, else as soon as its page has come.
    pub(crate) fn seek(&mut self, sought: Sought) {
        self.sought = Some(sought);
        self.seek_on();
    }

    /// A snapshot gives up every question, so what is sought is asked for again.
    pub(crate) fn seek_on(&mut self) {
        let Some(sought) = self.sought else { return };
        let held = match sought {
            Sought::Message(seq) => self.timeline.holds(seq).then_some(pane::Goal::Message(seq)),
            Sought::Unread { after } => {
                self.timeline.coverage().holds(after.next()).then_some(pane::Goal::Unread)
            }
            // Whether an earlier message was written after that instant, only the room knows.
            Sought::Date(_) => None,
        };
        match held {
            Some(goal) => self.arrive(Some(goal)),
            None => self.want(Some(sought.request()), Purpose::View),
        }
    }

    /// What of a page is sought, if that is what it was asked for: the message, or the one nearest to where it would be.
    pub(crate) fn find(&self, request: PageRequest, page: &Stretch) -> Option<pane::Goal> {
        let sought = self.sought.filter(|sought| sought.request() == request)?;
        let reached = match sought {
            Sought::Unread { .. } => return Some(pane::Goal::Unread),
            Sought::Message(seq) => page.messages.iter().find(|message| message.seq >= seq),
            Sought::Date(at) => page.messages.iter().find(|message| message.at >= at),
        };
        reached.or(page.messages.last()).map(|message| pane::Goal::Message(message.seq))
    }

    /// It is held: the view is led there. What is around it is what is held from here on.
    pub(crate) fn arrive(&mut self, goal: Option<pane::Goal>) {
        let Some(goal) = goal else { return };
        let around = match (goal, self.sought.take()) {
            (pane::Goal::Message(seq), _) | (_, Some(Sought::Unread { after: seq })) => seq,
            _ => self.in_view,
        };
        self.in_view = around;
        let number = self.jump.map_or(1, |jump| jump.number.wrapping_add(1));
        self.jump = Some(Jump { number, goal });
        self.changed = true;
    }
}
