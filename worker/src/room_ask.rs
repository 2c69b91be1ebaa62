//! What the Worker and other objects ask of a Room object: one JSON value a request.
//! Enums are tagged from outside: tags inside would have to be looked for first, which costs 20 KB of code.

use protocol::{
    File, FileId, Member, MemberId, Millis, Name, RoomChange, RoomInfo, Seq, SlashCommand, read_by_fields,
    read_by_tag,
};
use room::{Asker, Mode, Origin, Posted};
use serde::Serialize;

use crate::{
    inbox_ask::News,
    query::{EventsQuery, MembersQuery, MessagesQuery, ModerationQuery},
};

/// What a Room object is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomAsk {
    /// Something for a public room. It is founded now if it never was: so a creation that broke off half-way mends itself.
    Public(Box<About>),
    /// Something for a private room, which is founded by nobody who asks.
    Private(Box<AboutPrivate>),
    /// A private room begins. Once more for a direct room, whose members may both ask.
    Found(Box<Beginning>),
    /// Somebody writes by a webhook.
    Hooked(Box<Posted>),
    /// The bytes of a file that the room knows, as the body of this request.
    TakeBytes(FileId),
    /// Bytes of a file that the room keeps itself.
    GiveBytes(Bytes),
    /// News of a member. A room that never was has nobody whom it concerns.
    News(News),
    /// What a member wrote there, for themselves: a page of lines behind a first one that says how far it goes, or nothing.
    Written {
        /// Who.
        author: MemberId,
        /// Above this seq.
        after: Seq,
    },
    /// Whether somebody there is called so already. Nobody is in a room that never was.
    Likeness {
        /// Who would be called so.
        member: MemberId,
        /// What they would be called.
        name: Name,
    },
}

read_by_tag!(RoomAsk {
    "public" => Public(one),
    "private" => Private(one),
    "found" => Found(one),
    "hooked" => Hooked(one),
    "take_bytes" => TakeBytes(one),
    "give_bytes" => GiveBytes(one),
    "news" => News(one),
    "written" => Written { author, after },
    "likeness" => Likeness { member, name },
});

/// Something for a public room, with what it is founded with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// The room, as it begins.
    pub info: RoomInfo,
    /// Who made it.
    pub owner: Option<MemberId>,
    /// Who asks.
    pub asker: Asker,
    /// From where, if the runtime knows.
    pub origin: Option<Origin>,
    /// What is asked.
    pub what: What,
}

read_by_fields!(About { info, owner, asker, origin, what });

/// Something for a private room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutPrivate {
    /// Who asks.
    pub asker: Asker,
    /// Where from, if that is known.
    pub origin: Option<Origin>,
    /// What is asked.
    pub what: What,
}

read_by_fields!(AboutPrivate { asker, origin, what });

/// A private room as it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beginning {
    /// The room.
    pub info: RoomInfo,
    /// Who owns it; nobody owns a direct room.
    pub owner: Option<MemberId>,
    /// Who is in it from the start.
    pub members: Vec<Member>,
}

read_by_fields!(Beginning { info, owner; members });

/// What is asked of a public room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The room itself.
    Info,
    /// A page of history, as the asker sees it.
    Messages(MessagesQuery),
    /// Who is behind the reactions on this message.
    Reactors(Seq),
    /// A page of the log.
    Events(EventsQuery),
    /// The members of whom the room holds anything.
    Members(MembersQuery),
    /// The moderation log; for moderators.
    Moderation(ModerationQuery),
    /// Other settings; for moderators. Already within their bounds.
    Change(RoomChange),
    /// The asker, whom an invitation let in, becomes a member of the private room.
    Join,
    /// The asker leaves the private room.
    Leave,
    /// The whole log, as a stream; for moderators.
    Export,
    /// A search: what is looked for, as it stood in the address.
    Search(String),
    /// How the room stands to the asker's list.
    Counts,
    /// The asker keeps the room in their list.
    Keep,
    /// An invitation; for moderators.
    Invite(Invitation),
    /// The invitation whose secret has this digest is taken back; for moderators.
    Revoke(String),
    /// The room's slash commands; for whoever may write there.
    Commands,
    /// The room's webhooks; for moderators.
    Hooks,
    /// One more of them; for moderators.
    Hook(Box<NewWebhook>),
    /// One of them is taken away; for moderators.
    Unhook(MemberId),
    /// The asker holds the invitation whose secret has this digest.
    Redeem(String),
    /// Lines of an export are brought in; for its owner.
    Import(String),
    /// The asker brings this file.
    Bring(File),
    /// What a file is that the asker wants to see.
    File(FileId),
    /// The room ends; for its owner.
    Bury,
    /// A command, as a frame of a socket would carry it.
    Send(String),
    /// A socket.
    Open(Door),
}

read_by_tag!(What {
    "info" => Info,
    "messages" => Messages(one),
    "reactors" => Reactors(one),
    "events" => Events(one),
    "members" => Members(one),
    "moderation" => Moderation(one),
    "change" => Change(one),
    "join" => Join,
    "leave" => Leave,
    "export" => Export,
    "search" => Search(one),
    "counts" => Counts,
    "keep" => Keep,
    "invite" => Invite(one),
    "revoke" => Revoke(one),
    "commands" => Commands,
    "hooks" => Hooks,
    "hook" => Hook(one),
    "unhook" => Unhook(one),
    "redeem" => Redeem(one),
    "import" => Import(one),
    "bring" => Bring(one),
    "file" => File(one),
    "bury" => Bury,
    "send" => Send(one),
    "open" => Open(one),
});

/// A webhook to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewWebhook {
    /// Names it.
    pub hook: MemberId,
    /// What it is called.
    pub name: String,
    /// Which way it goes.
    pub way: NewWay,
}

read_by_fields!(NewWebhook { hook, name, way });

/// Which way it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewWay {
    /// Whoever knows its secret writes.
    In {
        /// Of the secret.
        digest: String,
    },
    /// It is called.
    Out {
        /// Where.
        url: String,
        /// For which command alone, if for one.
        command: Option<SlashCommand>,
    },
}

read_by_tag!(NewWay {
    "in" => In { digest },
    "out" => Out { url, command },
});

/// An invitation to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// Of its secret.
    pub digest: String,
    /// How many it lets in.
    pub uses: u32,
    /// Until when.
    pub expires_at: Millis,
}

read_by_fields!(Invitation { digest, uses, expires_at });

/// Some bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bytes {
    /// Which file.
    pub file: FileId,
    /// The first, from 0 on.
    pub first: u64,
    /// The last, which belongs to them.
    pub last: u64,
}

read_by_fields!(Bytes { file, first, last });

/// A socket to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Door {
    /// Under which sign-in.
    pub sign_in: String,
    /// What it wants to hear.
    pub mode: Mode,
    /// Its cursor, as it stood in the address.
    pub cursor: Option<String>,
}

read_by_fields!(Door { sign_in, mode, cursor });
