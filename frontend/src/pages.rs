//! What fills the window: a room with its parts, the place for one, nothing.

mod conversation;
mod desk;
mod nowhere;
mod renaming;
mod room;
mod waiting;

pub use conversation::Conversation;
pub use desk::Desk;
pub use nowhere::Nowhere;
pub use renaming::Renaming;
pub use room::RoomPage;
pub use waiting::Waiting;
