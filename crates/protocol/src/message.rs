//! Messages: what a person wrote, with all later events folded in.
//!
//! The archive gives them so, and a client comes to the same by folding events: old state plus its events equals fresh state.

use serde::Serialize;

use crate::{
    event::{Event, EventKind, Member},
    file::File,
    id::{MemberId, Seq},
    limits::EXCERPT_SCALARS,
    read_by_fields,
    time::Millis,
};

/// A message as one reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Its place in the log: the seq of its `message` event.
    pub seq: Seq,
    /// When it was written.
    pub at: Millis,
    /// By whom, under the name of then.
    pub by: Member,
    /// As it is now; empty once deleted.
    pub text: String,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Millis>,
    /// Deleted: only its place is left.
    pub deleted: bool,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Excerpt>,
    /// Whom it calls; see [`Message::calls`].
    pub mentions: Vec<MemberId>,
    /// Files on it; none once deleted.
    pub attachments: Vec<File>,
    /// In the order in which each first appeared.
    pub reactions: Vec<Reaction>,
    /// Pinned to the room.
    pub pinned: bool,
}

read_by_fields!(Message {
    seq,
    at,
    by,
    text,
    edited_at,
    deleted,
    reply_to,
    mentions,
    attachments,
    reactions,
    pinned
});

/// The start of the message that is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Excerpt {
    /// Which.
    pub seq: Seq,
    /// Whose; absent where it is no longer known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Member>,
    /// The first 100 scalar values of its text as it is now; empty once deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

read_by_fields!(Excerpt { seq, by, excerpt });

/// One emoji under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reaction {
    /// Which.
    pub emoji: String,
    /// How many members; never 0.
    pub count: u32,
    /// Whether the reader is one of them.
    pub mine: bool,
}

read_by_fields!(Reaction { emoji, count, mine });

impl Message {
    /// The message that a `message` event begins; `None` for every other kind.
    /// A reply has the seq of what it answers and nothing more: whoever holds that message adds the [`Excerpt`].
    #[must_use]
    pub fn begin(event: &Event) -> Option<Self> {
        let EventKind::Message { text, reply_to, mentions, attachments, redacted } = &event.kind else {
            return None;
        };
        Some(Self {
            seq: event.seq,
            at: event.at,
            by: event.by.clone(),
            text: text.clone().unwrap_or_default(),
            edited_at: None,
            deleted: *redacted,
            reply_to: reply_to.map(|seq| Excerpt { seq, by: None, excerpt: None }),
            mentions: mentions.clone(),
            attachments: attachments.clone(),
            reactions: Vec::new(),
            pinned: false,
        })
    }

    /// Folds a later event in, as `reader` sees it. Events about other messages change nothing.
    pub fn fold(&mut self, event: &Event, reader: &MemberId) {
        match &event.kind {
            EventKind::Edited { target, text: Some(text), .. } if *target == self.seq && !self.deleted => {
                text.clone_into(&mut self.text);
                self.edited_at = Some(event.at);
            }
            EventKind::Deleted { target } if *target == self.seq => self.redact(),
            EventKind::Reacted { target, emoji, on } if *target == self.seq && !self.deleted => {
                self.react(emoji, *on, event.by.id == *reader);
            }
            EventKind::Pinned { target, on } if *target == self.seq && !self.deleted => self.pinned = *on,
            EventKind::Anonymised { targets, author, removed } if targets.contains(&self.seq) => {
                self.by = Member::departed(author);
                if *removed {
                    self.redact();
                }
            }
            EventKind::Message { .. }
            | EventKind::Edited { .. }
            | EventKind::Deleted { .. }
            | EventKind::Reacted { .. }
            | EventKind::Pinned { .. }
            | EventKind::Member { .. }
            | EventKind::Room(_)
            | EventKind::Pruned { .. }
            | EventKind::Anonymised { .. }
            | EventKind::Unknown => {}
        }
    }

    /// Whether it calls this reader, by name or with the whole room. Nobody calls themselves.
    #[must_use]
    pub fn calls(&self, reader: &MemberId) -> bool {
        self.by.id != *reader && self.mentions.iter().any(|member| member == reader || member.is_everybody())
    }

    /// Forgets what was known of the message it answers, if that lies below `floor`: its seq alone is left.
    pub fn forget_below(&mut self, floor: Seq) {
        if let Some(reply) = self.reply_to.as_mut().filter(|reply| reply.seq < floor) {
            (reply.by, reply.excerpt) = (None, None);
        }
    }

    /// What a reply to this message shows of it: the begin of its text, or, where files say it all, what the first is called.
    #[must_use]
    pub fn excerpt(&self) -> Excerpt {
        let file = self.attachments.first().filter(|_| self.text.is_empty());
        let says = file.map_or(&self.text, |file| &file.name);
        let excerpt = says.chars().take(EXCERPT_SCALARS).collect();
        Excerpt { seq: self.seq, by: Some(self.by.clone()), excerpt: Some(excerpt) }
    }

    fn redact(&mut self) {
        self.text.clear();
        self.edited_at = None;
        self.deleted = true;
        self.reply_to = None;
        self.mentions.clear();
        self.attachments.clear();
        self.reactions.clear();
        self.pinned = false;
    }

    fn react(&mut self, emoji: &str, on: bool, mine: bool) {
        match (self.reactions.iter_mut().find(|r| r.emoji == emoji), on) {
            (Some(reaction), true) => {
                reaction.count = reaction.count.saturating_add(1);
                reaction.mine |= mine;
            }
            (Some(reaction), false) => {
                reaction.count = reaction.count.saturating_sub(1);
                reaction.mine &= !mine;
            }
            (None, true) => self.reactions.push(Reaction { emoji: emoji.to_owned(), count: 1, mine }),
            (None, false) => {}
        }
        self.reactions.retain(|reaction| reaction.count > 0);
    }
}
