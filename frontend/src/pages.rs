//! What fills the window: a room with its parts, the place for one, nothing.

mod account;
mod care;
mod conversation;
mod design;
mod desk;
mod directory;
mod invited;
mod nowhere;
mod renaming;
mod room;
mod waiting;

pub use account::{AccountPage, Props as AccountProps};
pub use conversation::Conversation;
pub use design::{DesignPage, Props as DesignProps};
pub use desk::Desk;
pub use directory::{DirectoryPage, Props as DirectoryProps};
pub use invited::{InvitedPage, Props as InvitedProps};
pub use nowhere::nowhere;
pub use renaming::Renaming;
pub use room::RoomPage;
pub use waiting::Waiting;
