//! Frames: what goes over a socket, one JSON object each.

use serde::Serialize;

use crate::{
    event::{Event, Member},
    id::{CommandId, Epoch, FileId, MemberId, Seq, SessionId},
    membership::Sanction,
    message::Message,
    read_by_fields,
    reject::RejectCode,
    room::{Availability, Present, Role, RoomInfo},
    time::Millis,
};

/// From a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientFrame {
    /// Write a message.
    Send {
        /// The command's id.
        id: CommandId,
        /// What to write.
        #[serde(flatten)]
        draft: Draft,
    },
    /// Change the text of an own message.
    Edit {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
        /// The new text.
        text: String,
    },
    /// Delete an own message, or as a moderator anybody's.
    Delete {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
    },
    /// Put a reaction on a message, or take it away.
    React {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
        /// Exactly one emoji.
        emoji: String,
        /// Put, or take away.
        on: bool,
    },
    /// Pin a message to the room, or take it down; moderators.
    Pin {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
        /// Pin, or take down.
        on: bool,
    },
    /// Act on a member; moderators, on members below them.
    Moderate {
        /// The command's id.
        id: CommandId,
        /// On whom, and how.
        #[serde(flatten)]
        moderation: Moderation,
    },
    /// Give a member a role; owners.
    Role {
        /// The command's id.
        id: CommandId,
        /// Whom.
        member: MemberId,
        /// Which.
        role: Role,
    },
    /// Everything up to `seq` was read.
    Read {
        /// The newest that was read.
        seq: Seq,
    },
    /// A frame that bore this mark was worked in.
    Received {
        /// The mark, as it came.
        mark: String,
    },
    /// Send what comes after the cursor.
    Resume {
        /// `{epoch}.{seq}`; one that cannot be read gets a snapshot.
        cursor: String,
    },
    /// The member is writing.
    Typing,
    /// The member came to the keyboard, or left it.
    Presence {
        /// Which.
        state: Availability,
    },
}

/// What a `send` carries besides its id; the body of `POST …/messages` too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Draft {
    /// What to write: 1–4,000 scalar values after trimming; nothing only where files are attached.
    pub text: String,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Seq>,
    /// Whom it calls, at most 20; [`MemberId::everybody`] only by moderators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<MemberId>,
    /// Files on it, at most 10: the author's own, which are on no message yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<FileId>,
}

read_by_fields!(Draft { text, reply_to; mentions, attachments });

/// What a `moderate` carries besides its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moderation {
    /// On whom.
    pub member: MemberId,
    /// How.
    pub action: Sanction,
    /// How long a ban or a mute lasts, in milliseconds; without end where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_ms: Option<u64>,
    /// Why, for whoever reads the log: at most 200 scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

read_by_fields!(Moderation { member, action, for_ms, reason });

/// A frame that wants a durable change, apart from its id: what the once-only rule compares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// See [`ClientFrame::Send`].
    Send(Draft),
    /// See [`ClientFrame::Edit`].
    Edit {
        /// The message.
        seq: Seq,
        /// The new text.
        text: String,
    },
    /// See [`ClientFrame::Delete`].
    Delete {
        /// The message.
        seq: Seq,
    },
    /// See [`ClientFrame::React`].
    React {
        /// The message.
        seq: Seq,
        /// Exactly one emoji.
        emoji: String,
        /// Put, or take away.
        on: bool,
    },
    /// See [`ClientFrame::Pin`].
    Pin {
        /// The message.
        seq: Seq,
        /// Pin, or take down.
        on: bool,
    },
    /// See [`ClientFrame::Moderate`].
    Moderate(Moderation),
    /// See [`ClientFrame::Role`].
    Role {
        /// Whom.
        member: MemberId,
        /// Which.
        role: Role,
    },
}

/// From the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The first frame, and the answer to `resume`.
    Welcome(Box<Welcome>),
    /// One or more events, in order.
    Events {
        /// Without a hole between them.
        events: Vec<Event>,
    },
    /// The command is in the room, on disk.
    Ack {
        /// The command.
        id: CommandId,
        /// Where; null when it changed nothing.
        seq: Option<Seq>,
        /// When.
        at: Millis,
        /// The command was there already.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        duplicate: bool,
    },
    /// The command, or the frame, was refused.
    Reject {
        /// The command, if its id could be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CommandId>,
        /// Why.
        code: RejectCode,
        /// Why, for people.
        message: String,
        /// Whether the same command may succeed later.
        retryable: bool,
        /// When, in milliseconds from now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u64>,
    },
    /// Members came, changed or went.
    Presence {
        /// Members in the room now.
        count: u32,
        /// Came, or changed name, role or state.
        joined: Vec<Present>,
        /// Went.
        left: Vec<MemberId>,
    },
    /// The whole roster again.
    Roster {
        /// Members in the room now.
        count: u32,
        /// All of them, or a sample above 200.
        members: Vec<Present>,
    },
    /// These members are writing; shown for 5 s.
    Typing {
        /// Who; never the reader.
        members: Vec<Member>,
    },
    /// Where the log ends.
    Head {
        /// The newest seq.
        head: Seq,
        /// Unread mentions of the reader, on a `notify` socket.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mentions: Option<u32>,
    },
    /// The reader's own marker moved, on another of their sessions.
    Read {
        /// The newest seq they have read.
        seq: Seq,
    },
    /// A close is coming.
    Notice {
        /// Why.
        code: String,
        /// Come back within this long after it.
        spread_ms: u64,
    },
    /// A frame of a later version: changes nothing.
    #[serde(other)]
    Unknown,
}

/// Everything a reader needs to stand in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Welcome {
    /// The version of the protocol: 1.
    pub protocol: u32,
    /// This session.
    pub session: SessionId,
    /// Who the reader is here.
    pub me: Me,
    /// The room.
    pub room: RoomInfo,
    /// Which log.
    pub epoch: Epoch,
    /// Its newest seq.
    pub head: Seq,
    /// Its oldest seq held; 1 even while it is empty.
    pub floor: Seq,
    /// Whether `events` continue the reader's cursor without a hole; else `messages` replace all it had.
    pub recovered: bool,
    /// The first events after the cursor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<Event>>,
    /// The newest messages, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<Message>>,
    /// There are more events: ask on by `resume`.
    pub more: bool,
    /// There are older messages than these.
    pub more_before: bool,
    /// Pinned messages.
    pub pins: Vec<Seq>,
    /// Who is here.
    pub roster: Roster,
    /// The newest seq this member has read, on whatever device.
    pub read: Seq,
    /// What may be sent.
    pub limits: Limits,
    /// The room's clock.
    pub now: Millis,
    /// Ping when nothing was sent for this long.
    pub heartbeat_ms: u64,
    /// Come back within this long after a 42xx close.
    pub spread_ms: u64,
}

read_by_fields!(Welcome {
    protocol,
    session,
    me,
    room,
    epoch,
    head,
    floor,
    recovered,
    events,
    messages,
    more,
    more_before,
    pins,
    roster,
    read,
    limits,
    now,
    heartbeat_ms,
    spread_ms
});

/// Who the reader is in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// Who.
    pub id: MemberId,
    /// Their name now.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

read_by_fields!(Me { id, name, role });

/// Who is in the room now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Roster {
    /// How many members.
    pub count: u32,
    /// All of them, or a sample above 200; ordered by id.
    pub members: Vec<Present>,
}

read_by_fields!(Roster { count, members });

/// What may be sent, so that a client need not guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Limits {
    /// Scalar values of a text.
    pub text: u32,
    /// Bytes of a frame.
    pub frame_bytes: u32,
    /// Mentions on a message.
    pub mentions: u32,
    /// Files on a message.
    pub attachments: u32,
    /// Bytes of a file.
    pub file_bytes: u32,
    /// Commands a second, on average.
    pub send_per_s: u32,
    /// Commands at once.
    pub send_burst: u32,
}

read_by_fields!(Limits { text, frame_bytes, mentions, attachments, file_bytes, send_per_s, send_burst });

impl ClientFrame {
    /// Splits a command from its id; `None` for a frame that is no command.
    #[must_use]
    pub fn into_command(self) -> Option<(CommandId, Command)> {
        match self {
            Self::Send { id, draft } => Some((id, Command::Send(draft))),
            Self::Edit { id, seq, text } => Some((id, Command::Edit { seq, text })),
            Self::Delete { id, seq } => Some((id, Command::Delete { seq })),
            Self::React { id, seq, emoji, on } => Some((id, Command::React { seq, emoji, on })),
            Self::Pin { id, seq, on } => Some((id, Command::Pin { seq, on })),
            Self::Moderate { id, moderation } => Some((id, Command::Moderate(moderation))),
            Self::Role { id, member, role } => Some((id, Command::Role { member, role })),
            Self::Read { .. }
            | Self::Received { .. }
            | Self::Resume { .. }
            | Self::Typing
            | Self::Presence { .. } => None,
        }
    }
}

impl Command {
    /// The frame that carries this command under `id`.
    #[must_use]
    pub fn into_frame(self, id: CommandId) -> ClientFrame {
        match self {
            Self::Send(draft) => ClientFrame::Send { id, draft },
            Self::Edit { seq, text } => ClientFrame::Edit { id, seq, text },
            Self::Delete { seq } => ClientFrame::Delete { id, seq },
            Self::React { seq, emoji, on } => ClientFrame::React { id, seq, emoji, on },
            Self::Pin { seq, on } => ClientFrame::Pin { id, seq, on },
            Self::Moderate(moderation) => ClientFrame::Moderate { id, moderation },
            Self::Role { member, role } => ClientFrame::Role { id, member, role },
        }
    }
}
