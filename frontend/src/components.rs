//! What is drawn: plain functions of their properties.
//!
//! Not here: any decision about delivery, any clock, any network. A component gets values of `client::view` and gives
//! [`Intent`](crate::intent::Intent)s back, so each can be drawn natively in a test.

pub mod actions;
pub mod announced;
pub mod avatar;
pub mod composer;
pub mod connection_bar;
pub mod day;
pub mod disk_bar;
pub mod editor;
pub mod files;
pub mod header;
pub mod icon;
pub mod name_field;
pub mod reactions;
pub mod roster;
pub mod row;
pub mod sidebar;
mod skeleton;
pub mod suggestions;
pub mod timeline;
mod tray;
pub mod typing_line;
pub mod written;

pub use actions::Actions;
pub use announced::Announced;
pub use avatar::Avatar;
pub use composer::{Answered, Composer};
pub use connection_bar::{ConnectionBar, EndedRoom};
pub use day::{Day, ToDate};
pub use disk_bar::DiskBar;
pub use files::Files;
pub use header::Header;
pub use icon::Icon;
pub use name_field::NameField;
pub use reactions::Reactions;
pub use roster::Roster;
pub use row::{EchoRow, MessageRow, When};
pub use sidebar::Sidebar;
pub use skeleton::{awaited, skeleton};
pub use timeline::{Timeline, message, newest_of_mine};
pub use typing_line::TypingLine;
pub use written::{Preview, Written};
