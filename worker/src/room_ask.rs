//! What the Worker and other objects ask of a Room object: one JSON value a request.
//! Enums are tagged from outside: tags inside would have to be looked for first, which costs 20 KB of code.

use protocol::{MemberId, RoomChange, RoomInfo, read_by_fields};
use room::{Asker, Mode, Origin};
use serde::{Deserialize, Serialize};

use crate::{
    inbox::News,
    query::{EventsQuery, MembersQuery, MessagesQuery, ModerationQuery},
};

/// What a Room object is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomAsk {
    /// Something for a public room. It is founded now if it never was: so a creation that broke off half-way mends itself.
    Public(Box<About>),
    /// News of a member. A room that never was has nobody whom it concerns.
    News(News),
}

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

/// What is asked of a public room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The room itself.
    Info,
    /// A page of history, as the asker sees it.
    Messages {
        /// Which page.
        page: MessagesQuery,
    },
    /// A page of the log.
    Events {
        /// Which page.
        page: EventsQuery,
    },
    /// The members of whom the room holds anything.
    Members {
        /// Which page.
        page: MembersQuery,
    },
    /// The moderation log; for moderators.
    Moderation {
        /// Which page.
        page: ModerationQuery,
    },
    /// Other settings; for moderators. Already within their bounds.
    Change {
        /// What is to be other.
        change: RoomChange,
    },
    /// The asker, whom an invitation let in, becomes a member of the private room.
    Join,
    /// The asker leaves the private room.
    Leave,
    /// The whole log, as a stream; for moderators.
    Export,
    /// A search.
    Search {
        /// What is looked for, as it stood in the address.
        query: String,
    },
    /// A command.
    Send {
        /// The command, as a frame of a socket would carry it.
        frame: String,
    },
    /// A socket.
    Open {
        /// Under which sign-in.
        sign_in: String,
        /// What it wants to hear.
        mode: Mode,
        /// Its cursor, as it stood in the address.
        cursor: Option<String>,
    },
}
