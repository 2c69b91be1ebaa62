//! What fills the window: a room with its parts, the place for one, nothing.

mod care;
mod conversation;
mod desk;
mod directory;
mod invited;
mod nowhere;
mod renaming;
mod room;
mod waiting;

pub use conversation::Conversation;
pub use desk::Desk;
pub use directory::DirectoryPage;
pub use invited::InvitedPage;
pub use nowhere::nowhere;
pub use renaming::Renaming;
pub use room::RoomPage;
pub use waiting::Waiting;
