//! What the Worker and other objects ask of a Room object: one JSON value a request.
//! Enums are tagged from outside: tags inside would have to be looked for first, which costs 20 KB of code.

use protocol::{Member, MemberId, Role, RoomInfo};
use room::Mode;
use serde::{Deserialize, Serialize};

use crate::{
    inbox::News,
    query::{EventsQuery, MessagesQuery},
};

/// What a Room object is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomAsk {
    /// Something for a public room. It is founded now if it never was: so a creation that broke off half-way mends itself.
    Public {
        /// The room, as it begins.
        info: RoomInfo,
        /// What is asked.
        what: What,
    },
    /// News of a member. A room that never was has nobody whom it concerns.
    News(News),
}

/// What is asked of a public room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The room itself.
    Info,
    /// A page of history, as this member sees it.
    Messages {
        /// Which page.
        page: MessagesQuery,
        /// Who reads.
        reader: MemberId,
    },
    /// A page of the log.
    Events {
        /// Which page.
        page: EventsQuery,
    },
    /// A command.
    Send {
        /// Who.
        member: Member,
        /// What they may do.
        role: Role,
        /// The command, as a frame of a socket would carry it.
        frame: String,
    },
    /// A socket.
    Open {
        /// Who.
        member: Member,
        /// What they may do.
        role: Role,
        /// Under which sign-in.
        sign_in: String,
        /// What it wants to hear.
        mode: Mode,
        /// Its cursor, as it stood in the address.
        cursor: Option<String>,
    },
}
