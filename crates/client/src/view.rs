//! What a view shows: plain values, ready to draw, that the client keeps in step.

use std::sync::Arc;

use protocol::{CommandId, File, Member, Message, Millis, Present, RejectCode, Seq};

/// How the connection stands, for the thin bar over the composer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// On its way to `welcome`.
    Connecting,
    /// In the room, and everything up to `welcome` is here.
    Live,
    /// Waiting to try again.
    Waiting {
        /// When it tries.
        until: Millis,
    },
    /// The browser has no network.
    Offline,
    /// Over, with a reason for people.
    Ended {
        /// The close code.
        code: u16,
    },
}

/// A line of the timeline, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A day begins; the first row of its day.
    Day {
        /// Midnight of that day in the reader's zone.
        at: Millis,
    },
    /// Everything below is unread.
    New,
    /// Messages are missing here.
    Gap {
        /// Everything from the last gap up to here is held.
        above: Seq,
        /// Everything from here up to the next gap is held.
        below: Seq,
    },
    /// A message that is in the room.
    Message {
        /// It, shared with the client: comparing two is cheap where nothing changed.
        message: Arc<Message>,
        /// Whether it begins a group: one author within 5 minutes.
        first_of_group: bool,
        /// A change of it that is on its way, or failed.
        pending: Option<Pending>,
    },
    /// A message of mine that is not in the room yet.
    Echo {
        /// Its command.
        id: CommandId,
        /// What was written.
        text: String,
        /// When.
        at: Millis,
        /// The message it answers.
        reply_to: Option<Seq>,
        /// The files on it.
        files: Vec<File>,
        /// Whether it begins a group.
        first_of_group: bool,
        /// How it stands.
        state: Delivery,
    },
}

impl Row {
    /// What tells this row from all others, and stays the same while the row does.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Day { at } => format!("day-{}", at.0),
            Self::New => "new".to_owned(),
            Self::Gap { above, .. } => format!("gap-{above}"),
            Self::Message { message, .. } => format!("message-{}", message.seq),
            Self::Echo { id, .. } => format!("echo-{id}"),
        }
    }
}

/// From which of its edges a gap is to be filled: from the one that the reader is at, or they would wait for all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapEdge {
    /// What follows this.
    After(Seq),
    /// What comes before this.
    Before(Seq),
}

/// How a command of mine stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// On its way, or waiting for a connection.
    Waiting,
    /// Refused, with the reason for people.
    Failed {
        /// Which refusal it was, if it is one that this version knows.
        code: Option<RejectCode>,
        /// Why.
        reason: String,
    },
}

/// A change of a message that is not in the room yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its command.
    pub id: CommandId,
    /// How it stands.
    pub state: Delivery,
}

/// Who is here and who writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Members in the room now.
    pub count: u32,
    /// All of them, or a sample.
    pub members: Vec<Present>,
    /// Who is writing now.
    pub typing: Vec<Member>,
}

/// What the person has not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unread {
    /// Undeleted messages of others above the read marker, among those that are held.
    pub count: u32,
    /// Those of them that call the person.
    pub calls: u32,
    /// Everything above the marker is held, so the count is exact; else it is at least this.
    pub all_held: bool,
}

/// What lies above the oldest row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Above {
    /// Nothing: the room began there.
    Beginning,
    /// Older messages, for `Input::Older`.
    Older,
    /// Older messages, on their way.
    Loading,
}
