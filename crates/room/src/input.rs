//! What goes into a room: everything that can happen to it, one case each.

use archive::Invite;
use protocol::{Event, File, Legacy, Member, MemberId, Millis, Role, RoomChange, SessionId, http::SendBody};

use crate::{floods::Origin, hooks::HookInput};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A socket was accepted for an authenticated member. Answered by `welcome` or a close.
    Open(Opening),
    /// A payload came from a session.
    Frame {
        /// Whose.
        session: SessionId,
        /// What.
        payload: Payload,
    },
    /// The runtime says that a session's socket is gone.
    Closed {
        /// Whose.
        session: SessionId,
    },
    /// A command came by HTTP; the answer goes out as `Effect::Answer` with the same number.
    Command {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// What their sign-in may do in every room.
        role: Role,
        /// The command.
        body: SendBody,
        /// Where it comes from, if the runtime knows.
        origin: Option<Origin>,
    },
    /// Somebody wants other settings. Answered by the room as it is then, or a refusal.
    Change {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// What their sign-in may do in every room.
        role: Role,
        /// Within its bounds, as `RoomChange::parse` gives it.
        change: RoomChange,
    },
    /// Somebody whom an invitation, or the other of two, let in becomes a member. Answered by `Done` or a refusal.
    Join {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
    },
    /// A member leaves. Answered by `Done` or a refusal: the last owner stays.
    Leave {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
    },
    /// Somebody who may enter wants the room in their list. Answered by `Done` or a refusal.
    Keep {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: MemberId,
    },
    /// A moderator invites. Answered by `Done` or a refusal.
    Invite {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// What their sign-in may do in every room.
        role: Role,
        /// Whom it lets in, and until when.
        invite: Invite,
    },
    /// A moderator takes an invitation back. Answered by `Done` or a refusal.
    Revoke {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// What their sign-in may do in every room.
        role: Role,
        /// Which invitation.
        digest: String,
    },
    /// Somebody holds an invitation. Answered by `Done`, `Spent` or a refusal.
    Redeem {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// Which invitation.
        digest: String,
    },
    /// The owner brings in what was written elsewhere. Answered by `Done`, `Unfit` or a refusal.
    Import {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// What their sign-in may do in every room.
        role: Role,
        /// As `imported` gives them.
        events: Vec<Event>,
        /// Where it comes from, if the runtime knows.
        origin: Option<Origin>,
    },
    /// Somebody brings a file. Answered by `Done`, after which its bytes may come, or a refusal.
    Bring {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// What their sign-in may do in every room.
        role: Role,
        /// What it is, under an id that was never used.
        file: File,
    },
    /// Somebody ends the room. Answered by `Done`, after which there is none, or a refusal.
    Bury {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: Member,
        /// What their sign-in may do in every room.
        role: Role,
    },
    /// Something about the room's webhooks.
    Hook {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// What.
        input: HookInput,
    },
    /// Somebody else did not hear what they must: it is told again then.
    Owing {
        /// When.
        at: Millis,
    },
    /// A guest turned out to be a member. Answered by `Done`, or a refusal: then it is to be said again.
    HandOver {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// The guest.
        from: MemberId,
        /// The member.
        to: Member,
    },
    /// A member deleted their account. Answered by `Done`, or a refusal: then it is to be said again.
    Farewell {
        /// Names the waiting request, for this turn only.
        request: u64,
        /// Who.
        member: MemberId,
        /// What becomes of their messages.
        legacy: Legacy,
    },
    /// A member has another name from now on.
    Renamed(Member),
    /// A sign-in ended: its sockets close with 4001.
    SignedOut {
        /// Whose.
        member: MemberId,
        /// Which sign-in.
        sign_in: String,
    },
    /// The in-memory timer that `Effect::Timer` asked for ran out.
    Timer,
    /// The object's alarm rang. `alive` is, for each open socket that the runtime answered a ping for, when that was.
    Alarm {
        /// The sessions and their last automatic `pong`.
        pongs: Vec<(SessionId, protocol::Millis)>,
    },
    /// The writing of the turn before failed and the room was restored: refuse its command.
    StorageFailed {
        /// The input whose turn failed.
        of: Box<Input>,
    },
}

impl Input {
    /// The HTTP request that waits for this turn's answer.
    #[must_use]
    pub fn request(&self) -> Option<u64> {
        match self {
            Self::Command { request, .. }
            | Self::Change { request, .. }
            | Self::Join { request, .. }
            | Self::Leave { request, .. }
            | Self::Keep { request, .. }
            | Self::Invite { request, .. }
            | Self::Revoke { request, .. }
            | Self::Redeem { request, .. }
            | Self::Import { request, .. }
            | Self::Bring { request, .. }
            | Self::Bury { request, .. }
            | Self::HandOver { request, .. }
            | Self::Farewell { request, .. } => Some(*request),
            Self::Hook { request, input } => input.is_asked().then_some(*request),
            Self::Open(_)
            | Self::Frame { .. }
            | Self::Closed { .. }
            | Self::Owing { .. }
            | Self::Renamed(_)
            | Self::SignedOut { .. }
            | Self::Timer
            | Self::Alarm { .. }
            | Self::StorageFailed { .. } => None,
        }
    }

    /// The session whose socket it came over.
    #[must_use]
    pub fn session(&self) -> Option<&SessionId> {
        match self {
            Self::Open(opening) => Some(&opening.session),
            Self::Frame { session, .. } | Self::Closed { session } => Some(session),
            _ => None,
        }
    }
}

/// A socket that wants in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Minted by the shell, never used before.
    pub session: SessionId,
    /// Who.
    pub member: Member,
    /// What their sign-in may do in every room.
    pub role: Role,
    /// Which sign-in, so that its end can close the socket.
    pub sign_in: String,
    /// What the socket wants to hear.
    pub mode: Mode,
    /// `{epoch}.{seq}` as it stood in the address, if it did.
    pub cursor: Option<String>,
    /// Where it comes from, if the runtime knows.
    pub origin: Option<Origin>,
}

/// What a socket wants to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everything.
    Full,
    /// Only where the log ends.
    Notify,
}

protocol::read_by_tag!(Mode {
    "full" => Full,
    "notify" => Notify,
});

/// What came over a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Text; perhaps a frame.
    Text(String),
    /// Bytes; never a frame.
    Binary,
}
