//! What a client and a room say to each other: frames, events, ids, limits and codes, as docs/protocol.md has them.
//!
//! Not here: any state, any clock, any I/O. Every type is either a shape on the wire or a value that was parsed from
//! one and cannot be wrong any more. The golden files in `tests/golden` pin each shape byte for byte.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod close;
pub mod codec;
pub mod cursor;
pub mod emoji;
pub mod event;
pub mod fields;
pub mod file;
pub mod frame;
pub mod http;
pub mod id;
pub mod json;
pub mod legacy;
pub mod limits;
pub mod membership;
pub mod message;
mod reading;
pub mod reject;
pub mod room;
pub mod slash;
pub mod tagged;
pub mod text;
pub mod time;

pub use close::{CloseCode, Comeback};
pub use codec::{BadFrame, decode, decode_client, decode_object, decode_server, encode, with_mark};
pub use cursor::Cursor;
pub use emoji::Emoji;
pub use event::{Event, EventKind, Member};
pub use file::File;
pub use frame::{ClientFrame, Command, Draft, Moderation, ServerFrame, Welcome};
pub use id::{CommandId, Epoch, FileId, MemberId, Seq, SessionId, Slug};
pub use legacy::Legacy;
pub use membership::{End, MemberChange, MemberLine, Membership, Sanction};
pub use message::{Excerpt, Message, Reaction};
pub use reject::RejectCode;
pub use room::{Availability, Present, Role, RoomChange, RoomInfo};
pub use slash::{BadCommand, SlashCommand};
pub use text::{Name, Text};
pub use time::Millis;
