//! What goes over HTTP: bodies of requests and of answers.

mod bots;
mod places;
mod push;
mod reports;

use serde::Serialize;

pub use bots::{
    ApiToken, ApiTokens, CommandLine, CommandLines, HookAnswer, HookCall, HookLine, HookLines, HookPost,
    MadeHook, NewApiToken, NewHook,
};
pub use places::{Invite, ListedRoom, MyRoom, MyRooms, NewDirect, NewInvite, RoomNamed, RoomPage};
pub use push::{Nudge, PushKeys, PushState, PushSubscription};
pub use reports::{
    AtMost, Breadcrumb, BreadcrumbCategory, Bytes, ClientMetrics, ErrorKind, ErrorReport, ErrorReports,
    Measured, PagePath, Release, Scalars, Shift, TooMuch,
};

pub use crate::id::RequestId;
use crate::{
    event::{Event, Member},
    fields::{self, Fields},
    frame::Draft,
    id::{CommandId, Epoch, MemberId, Seq},
    membership::MemberLine,
    message::Message,
    read_by_fields,
    room::Visibility,
    time::Millis,
};

/// `POST /api/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignIn {
    /// What to be called; parsed by [`crate::Name`].
    pub name: String,
    /// Owner everywhere, for whoever knows the secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin_token: Option<String>,
}

read_by_fields!(SignIn { name, admin_token });

/// A reaction on a message, and who is behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReactedBy {
    /// Which.
    pub emoji: String,
    /// The first of them, in the order in which they gave it, called as they were then; at most [`crate::limits::REACTORS`].
    pub members: Vec<Member>,
}

read_by_fields!(ReactedBy { emoji, members });

/// `GET /api/rooms/{room}/messages/{seq}/reactions`: the reactions on a message, by emoji.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessageReactions {
    /// At most [`crate::limits::REACTIONS`].
    pub reactions: Vec<ReactedBy>,
}

read_by_fields!(MessageReactions { reactions });

/// `GET /api/sign-in`: how people may come in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignInWays {
    /// `POST /api/session` takes whoever says what they are called.
    pub guests: bool,
    /// The host of the provider that `GET /api/sign-in/begin` leads to; null where there is none.
    pub provider: Option<String>,
}

read_by_fields!(SignInWays { guests, provider });

/// `PATCH /api/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rename {
    /// What to be called from now on.
    pub name: String,
}

read_by_fields!(Rename { name });

/// The answer to making, asking for or changing a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignedIn {
    /// The session token, when a new one was minted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Who.
    pub member: Member,
    /// When the sign-in ends.
    pub expires_at: Millis,
}

read_by_fields!(SignedIn { token, member, expires_at });

/// `POST /api/rooms`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewRoom {
    /// Its slug; made from the title where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Its name for people.
    pub title: String,
    /// Who may find it.
    pub visibility: Visibility,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Where in the world it should live, as Cloudflare names its regions: `weur`, `enam` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

read_by_fields!(NewRoom { room, title, visibility, topic, region });

/// `POST /api/rooms/{room}/messages`: a `send` frame without `type`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SendBody {
    /// The command's id.
    pub id: CommandId,
    /// What to write.
    #[serde(flatten)]
    pub draft: Draft,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sent {
    /// The command.
    pub id: CommandId,
    /// Where.
    pub seq: Option<Seq>,
    /// When.
    pub at: Millis,
    /// The command was there already.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub duplicate: bool,
}

read_by_fields!(Sent { id, seq, at; duplicate });

/// `GET /api/rooms/{room}/messages`: a page of history, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagesPage {
    /// As they are at `head`.
    pub messages: Vec<Message>,
    /// Which log.
    pub epoch: Epoch,
    /// The page is the state here.
    pub head: Seq,
    /// The oldest seq held.
    pub floor: Seq,
    /// There are older messages.
    pub more_before: bool,
    /// There are newer messages.
    pub more_after: bool,
}

read_by_fields!(MessagesPage { messages, epoch, head, floor, more_before, more_after });

/// `GET /api/rooms/{room}/events`: a page of the log, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventsPage {
    /// Without a hole between them.
    pub events: Vec<Event>,
    /// Which log.
    pub epoch: Epoch,
    /// The newest seq.
    pub head: Seq,
    /// The oldest seq held.
    pub floor: Seq,
    /// There are newer events.
    pub more_after: bool,
}

read_by_fields!(EventsPage { events, epoch, head, floor, more_after });

/// `GET /api/rooms/{room}/members`: those who have a role, a mute or a ban, and in a private room all members; by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MembersPage {
    /// What the room holds of them.
    pub members: Vec<MemberLine>,
    /// There are more: ask on with it as `after`.
    pub next: Option<MemberId>,
}

read_by_fields!(MembersPage { members, next });

/// `GET /api/rooms/{room}/moderation`: a page of the moderation log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModerationPage {
    /// Events of the log: what was done to members, pins and settings, and deletions of what others wrote.
    pub events: Vec<Event>,
    /// There are older ones.
    pub more_before: bool,
}

read_by_fields!(ModerationPage { events, more_before });

/// `GET /api/rooms/{room}/search`: what was found, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SearchPage {
    /// Newest first.
    pub messages: Vec<FoundMessage>,
    /// What to ask for as `before` to get those below; null where there are none.
    pub next: Option<Seq>,
}

read_by_fields!(SearchPage { messages, next });

/// A message that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FoundMessage {
    /// As the reader sees it now.
    #[serde(flatten)]
    pub message: Message,
    /// The parts of its text that were looked for, in order: where each begins and where it has ended, in scalar values.
    pub highlight: Vec<(usize, usize)>,
}

/// `me.json` in what `GET /api/me/export` packs: whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exported {
    /// Who wrote all that, under their name of now.
    pub member: Member,
    /// When it was asked for.
    pub at: Millis,
}

read_by_fields!(Exported { member, at });

/// A line of it: what the member wrote, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Written {
    /// Where in the room's order.
    pub seq: Seq,
    /// When.
    pub at: Millis,
    /// What.
    pub text: String,
    /// When it was last edited, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Millis>,
    /// Which message it answers, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Seq>,
}

read_by_fields!(Written { seq, at, text, edited_at, reply_to });

/// An error, `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Always `about:blank`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable, for programs.
    pub code: String,
    /// What happened and what to do, for people.
    pub detail: String,
    /// Names the request in the logs.
    pub request_id: String,
    /// What would be taken instead, where something is known to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

read_by_fields!(Problem, problem);

fn problem(mut fields: Fields) -> Result<Problem, fields::Error> {
    Ok(Problem {
        kind: fields.take("type")?,
        title: fields.take("title")?,
        status: fields.take("status")?,
        code: fields.take("code")?,
        detail: fields.take("detail")?,
        request_id: fields.take("request_id")?,
        suggestion: fields.take("suggestion")?,
    })
}

/// `GET /healthz`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// `ok`.
    pub status: String,
    /// The version of the Worker.
    pub version: String,
    /// The commit it was built from.
    pub commit: String,
}

read_by_fields!(Health { status, version, commit });
