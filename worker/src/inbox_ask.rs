//! What the Worker and Rooms ask of an Inbox object, what it answers, and what it tells Rooms in turn: one JSON value each.
//!
//! Not here: what becomes of it (inbox.rs).

use protocol::{Legacy, Member, MemberId, Millis, Name, Role, Slug, read_by_fields, read_by_tag};
use serde::Serialize;

use crate::{
    inbox_push::{PushAnswer, PushAsk},
    inbox_rooms::{RoomsAnswer, RoomsAsk},
    inbox_tokens::{TokensAnswer, TokensAsk},
};

/// What an Inbox is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxAsk {
    /// Begins a sign-in.
    SignIn {
        /// Which; never used before.
        sign_in: String,
        /// The member's name from now on.
        name: Name,
        /// What they may do in every room.
        role: Role,
        /// When it ends.
        expires_at: Millis,
        /// Whose it is.
        begins: Begins,
    },
    /// Which member a person is, in the Inbox of that person: this one, if they never were here.
    Is(MemberId),
    /// The person of this Inbox is that member no more.
    IsNot(MemberId),
    /// The member deletes their account.
    Depart {
        /// By which sign-in.
        sign_in: String,
        /// What becomes of their messages.
        legacy: Legacy,
    },
    /// Everything that the guest of this sign-in has becomes a member's; the guest is nobody any more.
    HandOver {
        /// Which.
        sign_in: String,
        /// Who takes it.
        to: Member,
    },
    /// How things stand with a sign-in.
    Check {
        /// Which.
        sign_in: String,
    },
    /// As `Check`; and if it stands, its end will be told to this room.
    Join {
        /// Which.
        sign_in: String,
        /// Where a socket is about to open.
        room: Slug,
    },
    /// In which rooms a sign-in that stands has had sockets.
    Joined {
        /// Which.
        sign_in: String,
    },
    /// In which rooms the member of a sign-in that stands has ever been.
    Visited {
        /// Which.
        sign_in: String,
    },
    /// Gives the member another name, if the sign-in stands.
    Rename {
        /// Which.
        sign_in: String,
        /// From now on.
        name: Name,
    },
    /// Ends a sign-in.
    SignOut {
        /// Which.
        sign_in: String,
    },
    /// About the rooms that the member keeps.
    Rooms(RoomsAsk),
    /// About the member's API tokens.
    Tokens(TokensAsk),
    /// About notifications.
    Push(PushAsk),
    /// What the member is called.
    Name,
    /// Whether the member is here.
    IsHere,
}

read_by_tag!(InboxAsk {
    "sign_in" => SignIn { sign_in, name, role, expires_at, begins },
    "is" => Is(one),
    "is_not" => IsNot(one),
    "depart" => Depart { sign_in, legacy },
    "hand_over" => HandOver { sign_in, to },
    "check" => Check { sign_in },
    "join" => Join { sign_in, room },
    "joined" => Joined { sign_in },
    "visited" => Visited { sign_in },
    "rename" => Rename { sign_in, name },
    "sign_out" => SignOut { sign_in },
    "rooms" => Rooms(one),
    "tokens" => Tokens(one),
    "push" => Push(one),
    "name" => Name,
    "is_here" => IsHere,
});

/// Whose a sign-in is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Begins {
    /// A guest's, who is called so from now on.
    Guest,
    /// A person's, whose own Inbox has this name. They keep the name that they have here. Whoever had a token of the guest that they
    /// were has nothing in their hands any more.
    Person(MemberId),
}

read_by_tag!(Begins {
    "guest" => Guest,
    "person" => Person(one),
});

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxAnswer {
    /// The sign-in stands.
    Stands(Standing),
    /// It has ended, or never was.
    Ended,
    /// It stood until now, and has ended.
    SignedOut,
    /// About rooms.
    Rooms(RoomsAnswer),
    /// About API tokens.
    Tokens(TokensAnswer),
    /// About notifications.
    Push(PushAnswer),
    /// The member is called so.
    Named(String),
    /// These rooms.
    Joined(Vec<Slug>),
    /// The person is this member.
    Is(MemberId),
    /// The member is here.
    Here,
    /// The member is not.
    Away,
}

read_by_tag!(InboxAnswer {
    "stands" => Stands(one),
    "ended" => Ended,
    "signed_out" => SignedOut,
    "rooms" => Rooms(one),
    "tokens" => Tokens(one),
    "push" => Push(one),
    "named" => Named(one),
    "joined" => Joined(one),
    "is" => Is(one),
    "here" => Here,
    "away" => Away,
});

/// A sign-in that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The member's name now.
    pub name: String,
    /// What they may do in every room.
    pub role: Role,
    /// Whether anybody else says who they are.
    pub who: Who,
}

read_by_fields!(Standing { name, role; who });

/// Whether anybody else says who a member is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Nobody does.
    #[default]
    Guest,
    /// A provider does.
    Person,
}

read_by_tag!(Who {
    "guest" => Guest,
    "person" => Person,
});

/// What a room must hear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// What a guest is here, a member is from now on.
    HandedOver {
        /// The guest.
        from: MemberId,
        /// The member.
        to: Member,
    },
    /// The member deleted their account.
    Farewell {
        /// Who.
        member: MemberId,
        /// What becomes of their messages.
        legacy: Legacy,
    },
    /// The member has another name.
    Renamed(Member),
    /// The sign-in has ended: its sockets close.
    SignedOut {
        /// Whose.
        member: MemberId,
        /// Which.
        sign_in: String,
    },
}

read_by_tag!(News {
    "handed_over" => HandedOver { from, to },
    "farewell" => Farewell { member, legacy },
    "renamed" => Renamed(one),
    "signed_out" => SignedOut { member, sign_in },
});
